"""See who may have infected a case: whom it met in the days of its incubation, and places it shared with other cases.

Rests on the tracing store as it stands (`kernels.tracing.backward`); a hint for an interviewer, no verdict.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from chongdich.application.desk import Desk
from chongdich.application.lenses.cases import find_cases, get_visible_case, title_of_case, title_of_person
from chongdich.application.tracing import keeping
from chongdich.application.tracing.question import engine_case, law_of, longest_lag
from chongdich.core.periods import start_of_day
from chongdich.domain.cases.models import Case
from chongdich.domain.contacts.models import StoreMark, TracedCase, Venue
from chongdich.domain.contacts.nearness import day_rule
from chongdich.registry.people.models import Person

SHOWN = 30
OTHERS = 300  # other cases among which common places are looked for


@dataclass(frozen=True)
class Likely:
    """One person met before falling ill. `case`: a case of one's area that could infect then. `odds` of having met."""

    title: str
    case: Case | None
    meetings: int
    minutes: float
    first: datetime
    last: datetime
    odds: float


@dataclass(frozen=True)
class Common:
    """A place where the case and others of the area were in the days of their incubation."""

    venue: Venue
    cases: int
    people: int
    first: datetime
    last: datetime


@dataclass(frozen=True)
class Sources:
    """What the store says of the days from `since` to `until`, both included."""

    since: date | None
    until: date | None
    people: list[Likely]
    places: list[Common]


def likely_sources(desk: Desk, case_id: int) -> Sources:
    """Of a case one may see. People out of one's area go by initials; their illness is not told."""
    desk.require("contacts.read")
    case = get_visible_case(desk, case_id)
    span = _exposure(desk, case)
    mark = StoreMark.objects.first()
    if span is None or mark is None or not mark.rows:
        return Sources(span[0] if span else None, span[1] if span else None, [], [])
    snapshot = keeping.open_store(mark).snapshot()
    return Sources(*span, _people(desk, case, span, snapshot), _places(desk, case, span, snapshot))


Span = tuple[date, date]


def _exposure(desk: Desk, case: Case) -> Span | None:
    """The days in which the case was probably infected, by the incubation the law names."""
    day = case.onset_on or case.sampled_on or case.resulted_on or case.confirmed_on
    if day is None:
        return None
    law = law_of(desk, case.disease)
    return day - timedelta(days=int(law.find("cases/incubation_days", on=case.confirmed_on or desk.today) or 14)), day


def _asked(case: Case, span: Span) -> Any:
    return engine_case(case.person_id, start_of_day(span[0]), start_of_day(span[1] + timedelta(days=1)))


def _people(desk: Desk, case: Case, span: Span, snapshot: Any) -> list[Likely]:
    from chongdich.kernels.tracing.backward import sources

    traced = TracedCase.objects.filter(case__disease=case.disease).exclude(case=case).exclude(since=None)
    known = [engine_case(person, since, until) for person, since, until in
             traced.values_list("case__person", "since", "until") if since and until]  # fmt: skip
    rule = day_rule(law_of(desk, case.disease), case.confirmed_on or desk.today, longest_lag()).f1
    table = sources(snapshot, [_asked(case, span)], known, rule)[:SHOWN]
    people = Person.objects.in_bulk(table["person"].tolist())
    ill = {one.person_id: one for one in find_cases(desk).filter(person__in=list(people))}
    told = _titles(desk, people.values(), ill)
    return [_likely(row, told, ill) for row in table if int(row["person"]) in people]


def _titles(desk: Desk, people: Iterable[Person], ill: dict[int, Case]) -> dict[int, str]:
    named, scope = desk.may("people.open"), desk.territory("people.open")
    return {
        one.pk: title_of_case(desk, ill[one.pk], named) if one.pk in ill
        else title_of_person(desk, one, named and scope.holds(one))
        for one in people
    }  # fmt: skip


def _likely(row: Any, told: dict[int, str], ill: dict[int, Case]) -> Likely:
    person = int(row["person"])
    return Likely(
        told[person], ill.get(person) if row["known_case"] else None, int(row["meetings"]), float(row["seconds"]) / 60,
        keeping.moment(int(row["first"])), keeping.moment(int(row["last"])), float(row["odds"]),
    )  # fmt: skip


def _places(desk: Desk, case: Case, span: Span, snapshot: Any) -> list[Common]:
    from chongdich.kernels.tracing.backward import linking_places

    recent = find_cases(desk).filter(disease=case.disease).exclude(pk=case.pk).order_by("-confirmed_on", "-pk")
    near = [(one, _exposure(desk, one)) for one in recent.select_related(None)[:OTHERS]]
    asked = [_asked(case, span), *(_asked(one, days) for one, days in near if days)]
    table = linking_places(snapshot, asked, at_least=2)
    own = {int(row["place"]) for row in linking_places(snapshot, asked[:1], at_least=1)}
    rows = [row for row in table if int(row["place"]) in own][:SHOWN]
    venues = Venue.objects.exclude(kind__in=("household", "encounter")).in_bulk([int(row["place"]) for row in rows])
    return [
        Common(venues[int(row["place"])], int(row["cases"]), int(row["people"]), keeping.moment(int(row["first"])),
               keeping.moment(int(row["last"])))
        for row in rows if int(row["place"]) in venues
    ]  # fmt: skip
