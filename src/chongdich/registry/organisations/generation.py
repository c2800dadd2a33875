"""Which bodies exist, from the places and the catalogue: one per kind and place where the kind exists. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from chongdich.registry.organisations.catalogue import BodyKind
from chongdich.registry.places.gazetteer import Gazetteer, PlaceEntry, earliest

LINES = ("territorial", "professional")


@dataclass(frozen=True, slots=True)
class Body:
    """An organisation without its row; `place` is a place key, `id` the row's or the key where there is none."""

    id: int | str
    key: str
    kind: str
    name: str
    short_name: str
    symbol: str
    place: str
    since: date
    until: date | None

    def exists(self, on: date) -> bool:
        return self.since <= on and (self.until is None or on < self.until)


@dataclass(frozen=True, slots=True)
class Under:
    """`child` stands under `parent` (both keys) on a line, from `since` up to `until`."""

    parent: str
    child: str
    line: str
    since: date
    until: date | None


def plan_bodies(places: Gazetteer, kinds: dict[str, BodyKind]) -> list[Body]:
    """Every body at every place where it exists, clipped to the days of the place."""
    planned = (_body(kind, place) for place in places.places.values() for kind in kinds.values())
    return [body for body in planned if body is not None]


def _body(kind: BodyKind, place: PlaceEntry) -> Body | None:
    here = kind.at_place(place)
    if here is None:
        return None
    since = max(place.valid_from, here.since or place.valid_from)
    until = earliest(place.valid_until, here.until)
    if until is not None and until <= since:
        return None
    name, short = kind.names_at(place)
    key = f"{kind.kind}:{place.key}"
    symbol = here.symbol if here.symbol is not None else kind.symbol
    return Body(key, key, kind.kind, name, short, symbol, place.key, since, until)


def plan_standings(places: Gazetteer, kinds: dict[str, BodyKind], bodies: list[Body]) -> list[Under]:
    """Who stands under whom: the best candidate first, the next one only for days the better ones leave open."""
    at = {(body.kind, body.place): body for body in bodies}
    return [edge for body in bodies for line in LINES for edge in _edges(body, line, places, kinds, at)]


def _edges(
    body: Body, line: str, places: Gazetteer, kinds: dict[str, BodyKind], at: dict[tuple[str, str], Body]
) -> Iterator[Under]:
    wanted: tuple[str, ...] = getattr(kinds[body.kind], line)
    covered = body.since
    for parent in (at.get((kind, place)) for kind in wanted for place in places.chain(body.place)):
        if parent is None or parent.key == body.key or _ended(covered, body.until):
            continue
        since, until = max(covered, parent.since), earliest(body.until, parent.until)
        if until is None or since < until:
            yield Under(parent.key, body.key, line, since, until)
            covered = until or date.max


def _ended(covered: date, until: date | None) -> bool:
    return covered == date.max or (until is not None and covered >= until)
