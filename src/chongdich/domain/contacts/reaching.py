"""Write what becomes of contacts: calls, states, who traces them, releases. A person's word is always kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, transaction

from chongdich.core.errors import Conflict, NotFound, Refused
from chongdich.domain.contacts import facts
from chongdich.domain.contacts.models import Call, Contact
from chongdich.domain.contacts.states import CALL_OUTCOME, CONTACT
from chongdich.registry.ledger.operations import Author, record, record_all

REACHED = ("reached", "followed", "quarantined")


def locked(contact_id: int, version: int | None = None) -> Contact:
    """The contact, locked until commit where the database can. Conflict when somebody was first."""
    rows = Contact.objects.select_for_update() if connection.features.has_select_for_update else Contact.objects
    found = rows.filter(pk=contact_id).first()
    if found is None:
        raise NotFound("Không tìm thấy người tiếp xúc.")
    if version is not None and found.version != version:
        raise Conflict("Người khác vừa cập nhật người tiếp xúc này. Hãy tải lại trang rồi làm lại.")
    return found


def _about(row: Contact) -> list[str]:
    return [f"contact:{row.pk}", f"person:{row.person_id}"]


@transaction.atomic
def record_call(*, contact_id: int, outcome: str, note: str = "", at: datetime | None = None, by: Author) -> Call:
    """One attempt to reach somebody; reached, the contact is so from then on, refused likewise."""
    if outcome not in CALL_OUTCOME:
        raise Refused("Chưa chọn kết quả liên hệ.", "outcome")
    when = at or by.at
    if when > by.at:
        raise Refused("Thời điểm liên hệ ở tương lai.", "at")
    row = locked(contact_id)
    call = Call.objects.create(contact=row, at=when, outcome=outcome, note=note.strip()[:2000], by=by.account_id)
    if outcome == "reached" and row.state in ("to_reach", "lost", "refused", "elsewhere"):
        row.state, row.reached_at = "reached", row.reached_at or when
    elif outcome == "refused" and "refuse" in CONTACT[row.state].actions:
        row.state, row.reached_at = "refused", row.reached_at or when
    _touch(row)
    record(facts.ContactCalled(contact_id=row.pk, person_id=row.person_id), by=by, about=_about(row))
    return call


@transaction.atomic
def move(*, contact_id: int, action: str, note: str = "", version: int | None = None, by: Author) -> Contact:
    """Take one of the actions of the contact's state. Dismissing asks for a reason."""
    row = locked(contact_id, version)
    following = CONTACT[row.state].actions.get(action)
    if following is None or action == "convert":
        raise Conflict(f"Người tiếp xúc đang ở trạng thái “{CONTACT[row.state].label}”, không thể làm việc này.")
    if action == "dismiss" and not note.strip():
        raise Refused("Cần ghi lý do không coi là người tiếp xúc.", "note")
    row.state = following
    row.reached_at = row.reached_at or (by.at if following in REACHED else None)
    row.quarantined_at = by.at if action == "quarantine" else row.quarantined_at
    row.closed_at = by.at if CONTACT[following].final else None
    if note.strip():
        row.note = note.strip()[:2000]
    _touch(row)
    record(facts.ContactMoved(contact_id=row.pk, person_id=row.person_id), by=by, about=_about(row))
    return row


def _touch(row: Contact) -> None:
    row.by_hand = True
    row.version += 1
    row.save()


@transaction.atomic
def assign(*, contact_ids: Sequence[int], tracer: int | None, by: Author) -> int:
    """Give contacts to one account, or to nobody."""
    rows = Contact.objects.filter(pk__in=contact_ids)
    count = rows.update(tracer=tracer, assigned_at=by.at if tracer else None, by_hand=True)
    if count:
        keys = tuple(sorted(contact_ids))
        record(facts.ContactsAssigned(contact_ids=keys), by=by, about=[f"contact:{key}" for key in keys])
    return count


@transaction.atomic
def release(*, contact_ids: Sequence[int], by: Author) -> int:
    """The days of the rule are over for these."""
    allowed = [name for name, state in CONTACT.items() if "release" in state.actions]
    rows = Contact.objects.filter(pk__in=contact_ids, state__in=allowed)
    keys = tuple(sorted(rows.values_list("pk", flat=True)))
    if keys:
        Contact.objects.filter(pk__in=keys).update(state="released", closed_at=by.at)
        record(facts.ContactsReleased(contact_ids=keys), by=by, about=[f"contact:{key}" for key in keys])
    return len(keys)


@transaction.atomic
def note_referral(*, contact_ids: Sequence[int], unit_id: int | None, directive_id: int, by: Author) -> None:
    """A document that hands these over was drafted."""
    keys = tuple(sorted(contact_ids))
    fact = facts.ContactsReferred(contact_ids=keys, unit_id=unit_id, directive_id=directive_id)
    record(fact, by=by, about=[f"directive:{directive_id}", *(f"contact:{key}" for key in keys)])


@transaction.atomic
def hand_over(*, contact_ids: Sequence[int], by: Author) -> int:
    """These are followed elsewhere from now on; how many."""
    allowed = [name for name, state in CONTACT.items() if "refer" in state.actions]
    rows = list(Contact.objects.filter(pk__in=contact_ids, state__in=allowed))
    Contact.objects.filter(pk__in=[row.pk for row in rows]).update(state="elsewhere", by_hand=True)
    told = [facts.ContactMoved(contact_id=row.pk, person_id=row.person_id) for row in rows]
    record_all(list(zip(told, [_about(row) for row in rows])), by=by)
    return len(rows)


@dataclass(frozen=True, kw_only=True)
class Received:
    """One contact as another house handed it over; `told` is what it said of the exposure."""

    person_id: int
    generation: int
    place_id: int | None
    unit_id: int | None
    last_exposure: datetime | None
    follow_until: date | None
    told: str


@transaction.atomic
def take_in(*, received: Sequence[Received], disease: str, directive_id: int, by: Author) -> list[int]:
    """Contacts of cases elsewhere, to be reached here; who is followed already is left, with the word added."""
    states = [name for name, state in CONTACT.items() if not state.final]
    known = {row.person_id: row for row in Contact.objects.filter(
        disease=disease, person__in=[one.person_id for one in received], state__in=states)}  # fmt: skip
    new = [
        Contact(
            person_id=one.person_id, disease=disease, generation=one.generation, state="to_reach",
            place_id=one.place_id, unit_id=one.unit_id, last_exposure=one.last_exposure,
            first_exposure=one.last_exposure, follow_until=one.follow_until, note=one.told[:2000], found_at=by.at,
            by_hand=True, rank=1_000_000 if one.generation == 1 else 0,
        )
        for one in received if one.person_id not in known
    ]  # fmt: skip
    Contact.objects.bulk_create(new, batch_size=500)
    keys = tuple(row.pk for row in new)
    fact = facts.ContactsReceived(contact_ids=keys, directive_id=directive_id)
    record(fact, by=by, about=[f"directive:{directive_id}", *(f"contact:{key}" for key in keys)])
    return list(keys)
