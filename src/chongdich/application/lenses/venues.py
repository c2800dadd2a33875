"""See who was where: venues of one's area with how many people and cases were there, and one venue's stays."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, F, Max, Q, QuerySet

from chongdich.application.desk import Desk
from chongdich.application.lenses.cases import find_cases, title_of_case, title_of_person
from chongdich.core.errors import NotFound
from chongdich.domain.cases.models import Case
from chongdich.domain.contacts.models import Presence, Venue
from chongdich.registry.people.models import Person
from chongdich.registry.people.queries import Scope

LOOK_BACK = timedelta(days=28)  # cases confirmed since then are counted at venues
SHOWN = 300


def _scope(desk: Desk) -> Scope:
    return desk.territory("contacts.read")


def find_venues(desk: Desk) -> QuerySet[Venue]:
    """Venues in the territories of one's units, and vehicles that people of one's area took. Homes are left out."""
    desk.require("contacts.read")
    scope = _scope(desk)
    rows = Venue.objects.exclude(kind__in=("household", "encounter")).select_related("place")
    if scope.everywhere:
        return rows
    people = Person.objects.filter(scope.filter(), merged_into=None).values("pk")
    taken = Presence.objects.filter(venue__place=None, person__in=people)
    return rows.filter(Q(place__in=sorted(scope.places)) | Q(place=None, pk__in=taken.values("venue")))


def get_visible_venue(desk: Desk, venue_id: int) -> Venue:
    """One of them; a foreign one looks like none."""
    desk.require("contacts.read")
    found = find_venues(desk).filter(pk=venue_id).first()
    if found is None:
        raise NotFound("Không tìm thấy nơi này.")
    return found


def counted_venues(desk: Desk, at_least: int = 0) -> QuerySet[Venue]:
    """Venues with `people`, `cases` (people ill lately who were there) and `latest`; those of `at_least` cases."""
    desk.require("contacts.read")
    stands = Q(presences__superseded=False)
    rows = find_venues(desk).annotate(
        people=Count("presences__person", filter=stands, distinct=True),
        cases=Count("presences__person", distinct=True, filter=stands & Q(presences__person__in=_ill(desk))),
        latest=Max("presences__until", filter=stands),
    )
    return rows.filter(people__gt=0, cases__gte=at_least).order_by("-cases", "-latest", "pk")


def _ill(desk: Desk) -> Any:
    if not desk.may("cases.read"):
        return ()
    lately = find_cases(desk).filter(confirmed_on__gt=desk.today - LOOK_BACK).exclude(classification="discarded")
    return lately.order_by().values("person")


@dataclass(frozen=True)
class StayView:
    """One stay at a venue. `case` is there when the person is a case of one's area."""

    presence: Presence
    title: str
    case: Case | None
    case_title: str
    mine: bool  # the person is of one's area, so the stay may be set right here


def stays_at(desk: Desk, venue: Venue) -> list[StayView]:
    """The stays at a venue (`get_visible_venue`), latest first, at most three hundred."""
    desk.require("contacts.read")
    rows = Presence.objects.filter(venue=venue, superseded=False).order_by(F("since").desc(), "pk")
    stays = list(rows.select_related("person", "person__residence", "person__present")[:SHOWN])
    scope, named = _scope(desk), desk.may("people.open")
    people = {one.person_id for one in stays}
    cases = find_cases(desk).filter(person__in=people) if desk.may("cases.read") else ()
    ill = {case.person_id: case for case in cases}
    return [_stay(desk, one, ill.get(one.person_id), scope.holds(one.person), named) for one in stays]


def _stay(desk: Desk, one: Presence, case: Case | None, mine: bool, named: bool) -> StayView:
    """Who lives elsewhere goes by initials."""
    title = title_of_person(desk, one.person, named and mine)
    return StayView(one, title, case, title_of_case(desk, case, named) if case else "", mine)
