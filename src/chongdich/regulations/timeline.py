"""Which edition rules a day, by two times: since when it applies, since when it was known.

Of the editions that cover the day and were known, a province's (or what-if's) layer comes before the law's, then the
one that applies latest, then the one known latest. So an open edition needs no end: the next one takes over.
"""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import Generic, Protocol, TypeVar


class Dated(Protocol):
    """What a timeline orders. Days are ordinals; `until` is not included, None is open."""

    @property
    def since(self) -> int: ...
    @property
    def until(self) -> int | None: ...
    @property
    def known_since(self) -> int: ...
    @property
    def layer(self) -> int: ...
    @property
    def falls_through(self) -> bool: ...


D = TypeVar("D", bound=Dated)


class Steps(Generic[D]):
    """Days cut where the answer may change; `stacks[i]` rules from `cuts[i-1]` up to `cuts[i]`, topmost first."""

    __slots__ = ("cuts", "stacks")

    def __init__(self, editions: Sequence[D]) -> None:
        self.cuts = sorted({e.since for e in editions} | {e.until for e in editions if e.until})
        self.stacks: list[tuple[D, ...]] = [(), *(stack(editions, cut) for cut in self.cuts)]

    def at(self, ordinal: int) -> tuple[D, ...]:
        return self.stacks[bisect_right(self.cuts, ordinal)]


def stack(editions: Sequence[D], ordinal: int) -> tuple[D, ...]:
    """The editions to ask on a day, in order; the plain reference that `Steps` is held to."""
    covering = [e for e in editions if e.since <= ordinal and (e.until is None or ordinal < e.until)]
    covering.sort(key=lambda e: (e.layer, e.since, e.known_since), reverse=True)
    for place, edition in enumerate(covering):
        if not edition.falls_through:
            return tuple(covering[: place + 1])
    return tuple(covering)


class Timeline(Generic[D]):
    """All editions of a table. With no `known_on`, everything recorded counts."""

    def __init__(self, editions: Sequence[D]) -> None:
        self.editions = tuple(sorted(editions, key=lambda e: (e.since, e.known_since, e.layer)))

    @cached_property
    def whole(self) -> Steps[D]:
        return Steps(self.editions)

    @cached_property
    def _known(self) -> tuple[list[int], list[Steps[D]]]:
        days = sorted({e.known_since for e in self.editions})
        return days, [Steps([e for e in self.editions if e.known_since <= day]) for day in days]

    def at(self, on: date, known_on: date | None = None) -> tuple[D, ...]:
        """The editions to ask on `on`, as known on `known_on`; empty when nothing covers the day."""
        if known_on is None:
            return self.whole.at(on.toordinal())
        days, steps = self._known
        place = bisect_right(days, known_on.toordinal())
        return steps[place - 1].at(on.toordinal()) if place else ()

    def before(self, on: date, known_on: date | None = None) -> tuple[D, ...]:
        """The editions that applied last before a day, whether or not they have ended."""
        known = [e for e in self.editions if known_on is None or e.known_since <= known_on.toordinal()]
        earlier = [e for e in known if e.since <= on.toordinal()]
        return tuple(sorted(earlier, key=lambda e: (e.layer, e.since, e.known_since), reverse=True))
