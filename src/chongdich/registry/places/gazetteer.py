"""All places in memory, found by any spelling on a day. Pure: built from the data files or from one query."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from rapidfuzz import fuzz, process

from chongdich.core.vietnamese import fold_words
from chongdich.registry.places.kinds import Level, PlaceKind
from chongdich.registry.places.spelling import Written, read_chain, same_name

SUGGEST_FROM = 80.0  # similarity (0-100) of folded names from which a place is worth suggesting
SUGGEST_AT_MOST = 5


@dataclass(frozen=True, slots=True)
class PlaceEntry:
    """A place without its row. `id` is the row's, or None when built from the data files; `parent` is a key."""

    key: str
    code: str
    kind: PlaceKind
    name: str
    valid_from: date
    valid_until: date | None
    parent: str | None = None
    id: int | None = None

    @property
    def level(self) -> Level:
        return self.kind.level

    @property
    def full_name(self) -> str:
        return f"{self.kind.label} {self.name}"

    def exists(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_until is None or on < self.valid_until)


@dataclass(frozen=True, slots=True)
class Match:
    """One answer: `how` is "exact", "folded" (diacritics missing) or "suggested" (never to be taken unasked)."""

    place: PlaceEntry
    how: str
    score: float = 100.0


class Gazetteer:
    """Places by key and by folded name, with the chain of what each lies in."""

    def __init__(self, entries: Iterable[PlaceEntry]) -> None:
        self.places = {entry.key: entry for entry in entries}
        self._named: dict[str, list[PlaceEntry]] = defaultdict(list)
        for entry in self.places.values():
            self._named[fold_words(entry.name)].append(entry)
        self._chains = {key: self._climb(key) for key in self.places}

    def _climb(self, key: str) -> tuple[str, ...]:
        chain, here = [], self.places.get(key)
        while here is not None:
            chain.append(here.key)
            here = self.places.get(here.parent) if here.parent else None
        return tuple(chain)

    def chain(self, key: str) -> tuple[str, ...]:
        """The keys from the place itself up to the country."""
        return self._chains[key]

    def lies_in(self, key: str, above: str | None) -> bool:
        return above is None or above in self._chains[key]

    def on(self, day: date, within: str | None = None) -> list[PlaceEntry]:
        """Every place that exists on the day, inside `within` (itself included)."""
        return [p for p in self.places.values() if p.exists(day) and self.lies_in(p.key, within)]

    def find(self, text: str, on: date, within: str | None = None) -> list[Match]:
        """The places a text may mean, best first: all exact ones, else all folded ones, else suggestions.

        Several answers of one kind mean the text is ambiguous. Higher levels stand first.
        """
        written = read_chain(text)
        if not written:
            return []
        inner, outers = written[0], written[1:]
        whole = Written(None, inner.whole, inner.whole)
        found = self._named_as(inner, on, within) or self._named_as(whole, on, within)
        found = found or self._suggest(inner, on, within)
        return [match for match in found if self._inside_all(match.place, outers)] or self._as_suggested(found)

    def _named_as(self, written: Written, on: date, within: str | None) -> list[Match]:
        known = self._named.get(fold_words(written.name), [])
        pairs = [(place, same_name(written.name, place.name)) for place in known if place.exists(on)]
        matches = [
            Match(place, how)
            for place, how in pairs
            if how and self.lies_in(place.key, within) and written.kind in (None, place.kind)
        ]
        best = [match for match in matches if match.how == "exact"] or matches
        return sorted(best, key=lambda match: (match.place.level, match.place.key))

    def _inside_all(self, place: PlaceEntry, outers: list[Written]) -> bool:
        above = [self.places[key] for key in self._chains[place.key][1:]]
        return all(any(_is_written(outer, place) for place in above) for outer in outers)

    @staticmethod
    def _as_suggested(found: list[Match]) -> list[Match]:
        """Right name, wrong surroundings: worth showing, never worth taking."""
        return [Match(match.place, "suggested", min(match.score, 90.0)) for match in found]

    def _suggest(self, written: Written, on: date, within: str | None) -> list[Match]:
        choices = {place.key: fold_words(place.name) for place in self.on(on, within)}
        near = process.extract(
            fold_words(written.name), choices, scorer=fuzz.ratio, score_cutoff=SUGGEST_FROM, limit=SUGGEST_AT_MOST
        )
        return [Match(self.places[key], "suggested", score) for _, score, key in near]


def _is_written(written: Written, place: PlaceEntry) -> bool:
    return written.kind in (None, place.kind) and same_name(written.name, place.name) is not None


def earliest(one: date | None, other: date | None) -> date | None:
    """The earlier of two ends, where None is never."""
    return min((day for day in (one, other) if day is not None), default=None)
