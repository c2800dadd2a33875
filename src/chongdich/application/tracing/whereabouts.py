"""Where people are to be reached, by which unit, in which district and province: a few questions for thousands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from chongdich.domain.contacts.rules import province_named
from chongdich.registry.organisations.models import Organisation
from chongdich.registry.people.models import Person
from chongdich.registry.places.kinds import Level
from chongdich.registry.places.models import Place, Within

FOLLOWED_BY = ("tram_y_te", "ubnd")  # the commune's health station, else its committee


@dataclass(frozen=True)
class Whereabouts:
    """A person's commune, the unit that follows people there, the district and province above it.

    `outside` names the province, where the person lives in one whose communes the registry does not hold, or in one
    that is not `home`.
    """

    place_id: int | None = None
    unit_id: int | None = None
    district_id: int | None = None
    province_id: int | None = None
    outside: str = ""


class Map:
    """Places with what lies above them, and who follows people there, on a day."""

    def __init__(self, places: Iterable[int], on: date) -> None:
        wanted = {place for place in places if place}
        self.above: dict[int, dict[int, int]] = {place: {} for place in wanted}
        alive = Q(since__lte=on) & (Q(until=None) | Q(until__gt=on))
        rows = Within.objects.filter(place__in=wanted).order_by("since")
        for place, level, above in rows.values_list("place_id", "above__level", "above_id"):
            self.above[place][level] = above
        bodies = Organisation.objects.filter(alive, place__in=wanted, kind__in=FOLLOWED_BY)
        self.unit: dict[int, int] = {}
        for kind in reversed(FOLLOWED_BY):
            self.unit |= dict(bodies.filter(kind=kind).values_list("place_id", "pk"))
        provinces = {levels[Level.PROVINCE] for levels in self.above.values() if Level.PROVINCE in levels}
        self.names = dict(Place.objects.filter(pk__in=provinces).values_list("pk", "full_name"))

    def district(self, place: int | None) -> int | None:
        return self.above.get(place or 0, {}).get(Level.DISTRICT)

    def province(self, place: int | None) -> int | None:
        return self.above.get(place or 0, {}).get(Level.PROVINCE)

    def find(self, person: Person, home: frozenset[int]) -> Whereabouts:
        """`home` are the provinces this house answers for."""
        place = person.present_id or person.residence_id
        if place is None:
            return Whereabouts(outside=province_named(person.present_address or person.residence_address))
        province = self.province(place)
        outside = self.names.get(province or 0, "") if province and home and province not in home else ""
        return Whereabouts(place, None if outside else self.unit.get(place), self.district(place), province, outside)
