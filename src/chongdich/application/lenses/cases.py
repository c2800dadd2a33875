"""See cases: lists of one's area, half-hidden for who may not know names; one case with its reasons and its story."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from chongdich.application.desk import Desk
from chongdich.application.lenses.people import pseudonym_of
from chongdich.application.lenses.story import Event, get_story
from chongdich.core.errors import NotFound, Refused
from chongdich.domain.cases.linelist.rows import NAMELESS
from chongdich.domain.cases.models import Case, FollowUp, Interview, Link
from chongdich.domain.lab.models import Result
from chongdich.domain.lab.queries import find_results
from chongdich.registry.people.models import Person
from chongdich.regulations.explanation import Explanation


def case_filter(desk: Desk, permission: str = "cases.read") -> Q:
    """Cases counted in the territories of the units that give the permission, or followed by these units."""
    return desk.visible_by_territory(permission)


def find_cases(desk: Desk, permission: str = "cases.read") -> QuerySet[Case]:
    """Cases one may see."""
    desk.require(permission)
    rows = Case.objects.filter(case_filter(desk, permission))
    return rows.select_related("person", "person__residence", "person__present", "place", "source")


def get_visible_case(desk: Desk, case_id: int, permission: str = "cases.read") -> Case:
    """One of them; a foreign one looks like none."""
    return _one_of(find_cases(desk, permission), case_id)


def _one_of(area: QuerySet[Case], case_id: int) -> Case:
    case = area.select_related("cluster", "reinfection_of", "import_row").filter(pk=case_id).first()
    if case is None:
        raise NotFound("Không tìm thấy ca bệnh.")
    return case


def title_of_case(desk: Desk, case: Case, named: bool) -> str:
    """ "BN17 · Nguyễn Văn An", or "BN17 · N.V.A., 34 t., xã Phúc Lộc" for who may not know names."""
    return " · ".join(part for part in (case.code, title_of_person(desk, case.person, named)) if part)


def title_of_person(desk: Desk, person: Person, named: bool) -> str:
    if person.name == NAMELESS:
        age = f", {desk.today.year - person.birth_year} t." if person.birth_year else ""
        return f"{NAMELESS.lower()}{age}"
    return person.name if named else pseudonym_of(desk, person)


@dataclass(frozen=True)
class CaseView:
    """All that a case page shows."""

    case: Case
    title: str
    named: bool
    classification: Explanation | None
    window: Explanation | None
    outcome: Explanation | None
    risk: Explanation | None
    risk_missing: str
    results: list[Result]
    visits: list[FollowUp]
    sources: list[tuple[Case, str]]
    infected: list[tuple[Case, str]]
    interviews: list[Interview]
    story: list[Event]


def see_case(desk: Desk, case_id: int) -> CaseView:
    """One case with its decisions explained and everything that hangs on it."""
    desk.require("cases.read")
    area = find_cases(desk)
    case = _one_of(area, case_id)
    named = desk.may("people.open")
    sources, infected = _linked(desk, area, case, named)
    visits = list(case.follow_ups.order_by("-at")[:50])
    risk, missing = risk_of(desk, case, visits[0] if visits else None)
    records = (case.rule, case.window_rule, case.outcome_rule)
    told = [desk.law.explain(record) if record else None for record in records]
    return CaseView(
        case, title_of_case(desk, case, named), named, told[0], told[1], told[2], risk, missing,
        find_results(case.person_id), visits, sources, infected,
        list(case.interviews.order_by("-started_at")), get_story(f"case:{case.pk}"),
    )  # fmt: skip


Linked = list[tuple[Case, str]]


def _linked(desk: Desk, area: QuerySet[Case], case: Case, named: bool) -> tuple[Linked, Linked]:
    """(those who may have infected this case, those it may have infected), of one's area, at most 200."""
    links = list(Link.objects.filter(Q(case=case) | Q(source=case)).values_list("source_id", "case_id")[:200])
    if not links:
        return [], []
    rows = area.filter(pk__in={pk for link in links for pk in link} - {case.pk}).order_by("onset_on", "pk")
    told = [(row, title_of_case(desk, row, named)) for row in rows]
    before = {source for source, _ in links if source != case.pk}
    return [one for one in told if one[0].pk in before], [one for one in told if one[0].pk not in before]


def risk_of(desk: Desk, case: Case, visit: FollowUp | None) -> tuple[Explanation | None, str]:
    """(explanation, what is lacking) of the risk group by the rule of the day."""
    person = case.person
    if person.birth_year is None:
        return None, "Cần biết tuổi."
    given: dict[str, Any] = {
        "age_years": desk.today.year - person.birth_year, "listed_disease": bool(person.comorbidities),
        "spo2_percent": visit.oxygen if visit else None, "breathing_per_minute": visit.breaths if visit else None,
        "pulse_per_minute": visit.pulse if visit else None, "systolic": visit.systolic if visit else None,
        "diastolic": visit.diastolic if visit else None,
        "emergency_signs": frozenset({"dyspnoea"} & set(visit.symptoms)) if visit else frozenset(),
    }  # fmt: skip
    given = {name: value for name, value in given.items() if value is not None}
    try:
        decision = desk.law.decide("treatment/risk_group", on=desk.today, assume_last=True, **given)
    except Refused as refused:
        return None, refused.message
    return desk.law.explain(decision), ""


def find_home_treated(desk: Desk) -> QuerySet[Case]:
    """Patients treated at home, whoever was not visited longest first. `last_visit` is a moment or None."""
    rows = find_cases(desk).filter(outcome="active", home_treated=True)
    last = FollowUp.objects.filter(case=OuterRef("pk")).order_by("-at")
    return rows.annotate(last_visit=Subquery(last.values("at")[:1]), last_oxygen=Subquery(last.values("oxygen")[:1]))


@dataclass(frozen=True)
class Figures:
    """What stands above the list."""

    active: int
    today: int
    week: int
    unknown: int
    home: int


def figures_of(desk: Desk, area: QuerySet[Case]) -> Figures:
    """Counts of one's area (`find_cases`), in one question."""
    desk.require("cases.read")
    confirmed = Q(classification="confirmed")
    week = Q(confirmed_on__gt=desk.today - timedelta(days=7))
    counted = area.order_by().aggregate(
        active=Count("pk", filter=confirmed & Q(outcome="active")),
        today=Count("pk", filter=confirmed & Q(confirmed_on=desk.today)),
        week=Count("pk", filter=confirmed & week),
        unknown=Count("pk", filter=confirmed & week & Q(origin__in=("community_unknown", "unknown"))),
        home=Count("pk", filter=Q(outcome="active", home_treated=True)),
    )
    return Figures(**counted)


def people_found(desk: Desk, people: Iterable[Person]) -> list[dict[str, Any]]:
    """People offered while a case is entered, with whether they are ill now."""
    desk.require("cases.read")
    rows = list(people)
    ill = set(
        Case.objects.filter(person__in=[row.pk for row in rows], outcome="active").values_list("person_id", flat=True)
    )
    return [{"person": row, "ill": row.pk in ill} for row in rows]


def first_positive_on(case: Case) -> date | None:
    """The day from which discharge rules count."""
    return case.sampled_on or case.resulted_on or case.confirmed_on
