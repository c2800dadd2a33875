"""A result becomes a case by the definition in force that day, or sets an existing case right."""

from dataclasses import replace

from chongdich.application.desk import Desk
from chongdich.core.periods import vietnam_day
from chongdich.domain.cases.models import Case
from chongdich.domain.cases.operations import NewCase, change, open_case
from chongdich.domain.cases.queries import find_active_case, find_last_case
from chongdich.domain.cases.rules import Classification, Picture, Test, classify, day_of, infectious_window, origin_of
from chongdich.domain.contacts.models import Contact
from chongdich.domain.contacts.operations import convert
from chongdich.domain.contacts.queries import find_open_contact
from chongdich.domain.lab.facts import ResultRecorded
from chongdich.domain.lab.models import Result
from chongdich.domain.lab.queries import find_results
from chongdich.registry.people.models import Person

DISEASE = "covid19"


def confirm_case(desk: Desk, fact: ResultRecorded) -> None:
    """Look at all results of the person; open a case, or confirm the suspected one there is."""
    desk.require("system.act")
    if not fact.positive:
        return
    contact = find_open_contact(fact.person_id, DISEASE)
    results = find_results(fact.person_id, until=desk.at)
    active = find_active_case(fact.person_id, DISEASE)
    picture = Picture(
        tests=[_test(row) for row in results],
        symptoms=frozenset(active.symptoms) if active else frozenset(),
        is_contact=contact is not None and contact.generation == 1,
        epidemiological_factor=contact is not None,
    )
    found = classify(picture, desk.law, desk.today)
    if found.name == "discarded" or (active and active.classification == found.name):
        return
    new = _new_case(desk, fact, found, contact, active)
    if active:
        changes = {name: getattr(new, name) for name in _DECIDED}
        case = change(case_id=active.pk, changes=changes, by=desk.author)
    else:
        case = open_case(new=new, by=desk.author)
    if contact is not None and found.name == "confirmed":
        convert(contact_id=contact.pk, case_id=case.pk, by=desk.author)


_DECIDED = ("classification", "rule", "sampled_on", "resulted_on", "confirmed_on", "infectious_from",
            "infectious_until", "window_rule", "ct", "origin", "known_contact")  # fmt: skip


def _test(row: Result) -> Test:
    return Test(row.sample.kind, row.outcome == "positive", row.sample.taken_at, row.resulted_at, row.permitted, row.ct)


def _new_case(
    desk: Desk, fact: ResultRecorded, found: Classification, contact: Contact | None, active: Case | None
) -> NewCase:
    """What the result makes of it; what a person wrote on the case there is (onset, origin) stands."""
    person = Person.objects.get(pk=fact.person_id)
    test = found.first_positive
    sampled = vietnam_day(test.taken_at) if test else fact.sampled_on
    exposed = contact.first_exposure if contact else None
    window = infectious_window(
        onset=active.onset_on if active else None, sampled=sampled, cleared=None, law=desk.law, on=desk.today,
        isolated=day_of(active.isolated_at) if active else None,
        first_contact_with_source=vietnam_day(exposed) if exposed else None,
    )  # fmt: skip
    before = find_last_case(person.pk, DISEASE)
    new = NewCase(
        person_id=person.pk,
        disease=DISEASE,
        classification=found.name,
        place_id=person.present_id or person.residence_id,
        rule=found.decision.record(),
        origin=active.origin if active and active.origin != "unknown" else _origin(contact, active),
        sampled_on=sampled,
        resulted_on=vietnam_day(test.resulted_at) if test else None,
        infectious_from=window.since,
        infectious_until=window.until,
        window_rule=window.decision.record(),
        ct=test.ct if test else None,
        known_contact=contact is not None or (active is not None and active.known_contact),
        reinfection_of_id=before.pk if before and before.outcome == "recovered" else None,
    )  # fmt: skip
    return replace(new, confirmed_on=desk.today) if found.name == "confirmed" else new


def _origin(contact: Contact | None, active: Case | None) -> str:
    return origin_of(
        abroad=False, in_quarantine=contact is not None and contact.state == "quarantined",
        has_source=active is not None and active.source_id is not None, was_contact=contact is not None,
    )  # fmt: skip
