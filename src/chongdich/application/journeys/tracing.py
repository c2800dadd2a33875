"""Contacts follow from facts: cases with their windows, presences and the law of the day go in, F1 and F2 come out.

`trace_contacts` is settled for every fact that may change who is a contact. Whichever runs first takes in all that wait
(a batch of 500 results is one question to the engine); those taken in are settled with it, in one transaction.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime

from django.db import transaction

from chongdich.application.desk import Desk
from chongdich.application.lenses.cases import case_filter
from chongdich.application.tracing import keeping
from chongdich.application.tracing.people import People
from chongdich.application.tracing.question import Question, Window, law_of, longest_lag, window_of_case
from chongdich.application.tracing.waiting import cases_of, settle_along, waiting_facts
from chongdich.core.facts import Fact
from chongdich.domain.cases.models import Case
from chongdich.domain.contacts.facts import ContactsTraced
from chongdich.domain.contacts.models import TracedCase, Tracing
from chongdich.domain.contacts.nearness import DayRule, day_rule
from chongdich.domain.contacts.recording import Outcome, record_tracing
from chongdich.domain.contacts.turning import convert_of, turn_back
from chongdich.registry.ledger.operations import record

LOT = 500


def trace_contacts(desk: Desk, fact: Fact) -> None:
    """Find the contacts of all cases whose facts wait. Twice is once; a fact already taken in costs a look."""
    desk.require("system.act")
    keeping.locked_mark()
    waiting = waiting_facts(desk, fact)
    cases = cases_of(desk, waiting)
    if cases:
        _trace(desk, cases, up_to=max(waiting, default=0))
    settle_along(desk, waiting)


@transaction.atomic
def trace_again(desk: Desk, *, case_ids: Iterable[int]) -> Outcome:
    """Look at some cases anew because somebody asks. What is found as before changes nothing."""
    desk.require("contacts.trace")
    seen = Case.objects.filter(case_filter(desk, "contacts.trace"), pk__in=list(case_ids))
    keeping.locked_mark()
    return _trace(desk, list(seen.select_related("person")), up_to=0)


def _trace(desk: Desk, cases: list[Case], *, up_to: int) -> Outcome:
    """Trace cases by the law of their days, write what is found, announce it. One call of the engine for each rule."""
    total = Outcome()
    tracings: list[int] = []
    known = TracedCase.objects.filter(case__in=[case.pk for case in cases]).count()
    _turn(desk, cases)
    groups: dict[tuple[str, DayRule], list[Window]] = defaultdict(list)
    rules: dict[tuple[str, date], DayRule] = {}
    lag = longest_lag()
    for window in (window_of_case(desk, case) for case in cases):
        disease, on = window.case.disease, window.law_on
        if (disease, on) not in rules:
            rules[disease, on] = day_rule(law_of(desk, disease), on, lag)
        groups[disease, rules[disease, on]].append(window)
    for (disease, rule), windows in groups.items():
        outcome, tracing = _trace_group(desk, disease, rule, windows)
        _remember(windows, tracing, up_to, desk.at)
        _add(total, outcome)
        tracings.append(tracing.pk)
    if total.new or total.changed or known < len(cases):
        _announce(desk, cases, total, tracings)
    return total


def _turn(desk: Desk, cases: list[Case]) -> None:
    """Contacts who are cases now are no longer to be followed as contacts; those of discarded cases are again."""
    turn_back(case_ids=[case.pk for case in cases if case.outcome == "discarded"], by=desk.author)
    ill: dict[str, dict[int, int]] = defaultdict(dict)
    for case in cases:
        if case.classification == "confirmed" and case.outcome == "active":
            ill[case.disease][case.person_id] = case.pk
    for disease, people in ill.items():
        convert_of(cases=people, disease=disease, by=desk.author)


def _trace_group(desk: Desk, disease: str, rule: DayRule, windows: list[Window]) -> tuple[Outcome, Tracing]:
    found = Question(desk, disease, rule, windows).ask()
    tracing = Tracing.objects.create(
        at=desk.at, disease=disease, law_on=max(one.law_on for one in windows),
        rule={"f1": asdict(rule.f1), "f2": asdict(rule.f2), "f2_record": found.f2_record},
        store_version=found.version, store_rows=found.rows, case_ids=[one.case.pk for one in windows],
        f1=len({link.person_id for link in found.links if link.through is None}),
        f2=len({link.person_id for link in found.links if link.through is not None}), because_of=desk.because_of,
    )  # fmt: skip
    people = People(desk, law_of(desk, disease), disease, found.links, [one.case for one in windows])
    outcome = record_tracing(
        tracing=tracing, links=found.links, case_ids=[one.case.pk for one in windows], people=people, by=desk.author
    )
    return outcome, tracing


def _remember(windows: list[Window], tracing: Tracing, up_to: int, at: datetime) -> None:
    rows = [
        TracedCase(
            case_id=one.case.pk, since=one.span[0] if one.span else None, until=one.span[1] if one.span else None,
            up_to=up_to, tracing=tracing, traced_at=at,
        )
        for one in windows
    ]  # fmt: skip
    kept = ["since", "until", "tracing", "traced_at", *(["up_to"] if up_to else [])]
    TracedCase.objects.bulk_create(
        rows, batch_size=LOT, update_conflicts=True, unique_fields=["case"], update_fields=kept
    )


def _add(total: Outcome, one: Outcome) -> None:
    total.new += one.new
    total.changed += one.changed
    total.f1 += one.f1
    total.f2 += one.f2


def _announce(desk: Desk, cases: list[Case], total: Outcome, tracings: list[int]) -> None:
    """Said when something is new or other than before, and when a case is traced for the first time."""
    case_ids = tuple(case.pk for case in cases)
    fact = ContactsTraced(
        case_ids=case_ids, new_contact_ids=tuple(total.new), changed_contact_ids=tuple(total.changed), f1=total.f1,
        f2=total.f2, tracing_ids=tuple(tracings),
    )  # fmt: skip
    record(fact, by=desk.author, about=[f"case:{key}" for key in case_ids])
