"""All organisations in memory, by kind and place, on any day. Pure: from the planned bodies or from one query."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from chongdich.core.vietnamese import fold_words
from chongdich.registry.organisations.catalogue import BodyKind
from chongdich.registry.organisations.generation import Body
from chongdich.registry.organisations.vocabulary import Words, place_names
from chongdich.registry.places.gazetteer import Gazetteer, PlaceEntry
from chongdich.registry.places.kinds import Level, PlaceKind


class DayDirectory:
    """The bodies and places of the days between two changes."""

    def __init__(self, places: list[PlaceEntry], bodies: list[Body], gazetteer: Gazetteer, day: date) -> None:
        self.day = day
        self.gazetteer = gazetteer
        self.names: dict[Words, list[PlaceEntry]] = place_names(places)
        self.places = places
        self._at: dict[tuple[str, str], Body] = {(body.kind, body.place): body for body in bodies}
        self._of_place: dict[str, list[Body]] = defaultdict(list)
        for body in bodies:
            self._of_place[body.place].append(body)
        self._near_names: dict[str | None, dict[int | str, str]] = {}
        self._inside: dict[str, list[PlaceEntry]] = defaultdict(list)
        for place in places:
            for above in gazetteer.chain(place.key)[1:]:
                self._inside[above].append(place)

    def body(self, kind: str, place: str) -> Body | None:
        return self._at.get((kind, place))

    def bodies_of(self, place: str) -> list[Body]:
        return self._of_place.get(place, [])

    def inside(self, place: str) -> list[PlaceEntry]:
        """Every place below a place, in the order of codes."""
        return self._inside.get(place, [])

    def chain(self, place: str | None) -> list[PlaceEntry]:
        """The place itself and what it lies in, the nearest first; empty for no place."""
        return [self.gazetteer.places[key] for key in self.gazetteer.chain(place)] if place else []

    def at_level(self, place: str, level: Level) -> PlaceEntry | None:
        """The place itself or what it lies in, at a level."""
        return next((above for above in self.chain(place) if above.level == level), None)

    def everything_in(self, place: str | None) -> list[Body]:
        """Every body at a place and below it; all bodies for no place."""
        if place is None:
            return [body for bodies in self._of_place.values() for body in bodies]
        keys = [place, *(below.key for below in self.inside(place))]
        return [body for key in keys for body in self.bodies_of(key)]

    def names_in(self, place: str | None) -> dict[int | str, str]:
        """The short names of `everything_in`, each as its folded words in order: what near names are compared with."""
        if place not in self._near_names:
            bodies = self.everything_in(place)
            self._near_names[place] = {body.id: sorted_words(body.short_name) for body in bodies}
        return self._near_names[place]


def sorted_words(text: str) -> str:
    return " ".join(sorted(fold_words(text).split()))


class Directory:
    """Organisations and places of all days; `on(day)` is built once for the days between two changes."""

    def __init__(self, gazetteer: Gazetteer, bodies: Iterable[Body], kinds: dict[str, BodyKind]) -> None:
        self.gazetteer = gazetteer
        self.kinds = kinds
        self.bodies = list(bodies)
        self.by_id = {body.id: body for body in self.bodies}
        self._changes = sorted(self._days_of_change())
        self._days: dict[int, DayDirectory] = {}

    def _days_of_change(self) -> set[date]:
        places = self.gazetteer.places.values()
        days = {day for place in places for day in (place.valid_from, place.valid_until) if day}
        return days | {day for body in self.bodies for day in (body.since, body.until) if day}

    def on(self, day: date) -> DayDirectory:
        """The directory as it was on a day."""
        interval = bisect_right(self._changes, day)
        if interval not in self._days:
            places = sorted(self.gazetteer.on(day), key=lambda place: (place.level, place.code))
            bodies = [body for body in self.bodies if body.exists(day)]
            self._days[interval] = DayDirectory(places, bodies, self.gazetteer, day)
        return self._days[interval]

    def family(self, body: Body) -> str:
        return self.kinds[body.kind].family_at(self.gazetteer.places[body.place].kind)

    def place_of(self, organisation: int | str) -> str | None:
        """The place key of an organisation's id."""
        body = self.by_id.get(organisation)
        return body.place if body else None

    def kind_on_any_day(self, kind: str, places: set[PlaceKind]) -> list[Body]:
        """Bodies of a kind at these kinds of place, whenever they existed."""
        return [body for body in self.bodies if body.kind == kind and self.gazetteer.places[body.place].kind in places]
