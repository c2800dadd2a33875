"""Contacts who become cases, cases that are none after all, cases that are taken back: what it means for contacts."""

from collections.abc import Iterable

from django.db.models import F

from chongdich.domain.contacts import facts
from chongdich.domain.contacts.models import Contact, Link, TracedCase
from chongdich.domain.contacts.queries import OPEN_STATES
from chongdich.registry.ledger.operations import Author, record_all

LOT = 500


def convert_of(*, cases: dict[int, int], disease: str, by: Author) -> list[int]:
    """Open contacts of people who are cases now (person -> case) are converted; one fact each. Needs a transaction."""
    rows = [
        row for lot in _lots(sorted(cases))
        for row in Contact.objects.filter(disease=disease, person__in=lot, state__in=OPEN_STATES)
    ]  # fmt: skip
    for row in rows:
        row.state, row.converted_to_id, row.closed_at = "converted", cases[row.person_id], by.at
        row.version += 1
    Contact.objects.bulk_update(rows, ["state", "converted_to", "closed_at", "version"], batch_size=LOT)
    told = [
        facts.ContactConverted(contact_id=row.pk, person_id=row.person_id, case_id=cases[row.person_id]) for row in rows
    ]
    about = [(f"contact:{row.pk}", f"case:{cases[row.person_id]}", f"person:{row.person_id}") for row in rows]
    record_all(list(zip(told, about)), by=by)
    return [row.pk for row in rows]


def turn_back(*, case_ids: Iterable[int], by: Author) -> list[int]:
    """Contacts who became cases that are none: contacts again, unless they have a newer record."""
    rows = [row for lot in _lots(sorted(case_ids)) for row in Contact.objects.filter(converted_to__in=lot)]
    open_now = set(
        Contact.objects.filter(person__in=[row.person_id for row in rows], state__in=OPEN_STATES)
        .values_list("person_id", "disease")
    )  # fmt: skip
    for row in rows:
        row.converted_to = None
        if (row.person_id, row.disease) in open_now:
            row.state = "dismissed"
        else:
            row.state, row.closed_at = ("reached" if row.reached_at else "to_reach"), None
        row.version += 1
    Contact.objects.bulk_update(rows, ["state", "converted_to", "closed_at", "version"], batch_size=LOT)
    return [row.pk for row in rows]


def let_go(*, case_ids: Iterable[int], by: Author) -> None:
    """Cases are about to be taken back whole: their links are withdrawn and remember the number alone.

    Contacts left without a reason are dismissed, unless somebody worked on them. Needs a transaction.
    """
    for lot in _lots(sorted(case_ids)):
        turn_back(case_ids=lot, by=by)
        links = Link.objects.filter(case__in=lot)
        touched = set(links.values_list("contact_id", flat=True))
        links.update(case=None, former_case=F("case_id"), withdrawn=True, withdrawn_at=by.at)
        TracedCase.objects.filter(case__in=lot).delete()
        for keys in _lots(sorted(touched)):
            _left_without(keys, by)


def _left_without(contact_ids: list[int], by: Author) -> None:
    held = Link.objects.filter(contact__in=contact_ids, withdrawn=False).values("contact")
    rows = Contact.objects.filter(pk__in=contact_ids).exclude(pk__in=held)
    rows.filter(by_hand=False, state__in=OPEN_STATES).update(state="dismissed", closed_at=by.at)
    rows.update(supported=False)


def _lots(keys: list[int]) -> Iterable[list[int]]:
    return (keys[start : start + LOT] for start in range(0, len(keys), LOT))
