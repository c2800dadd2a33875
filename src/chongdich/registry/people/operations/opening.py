"""A full record is opened: never without a purpose, never without a trace."""

from django.db import transaction

from chongdich.core.errors import NotFound, Refused
from chongdich.core.vietnamese import squeeze
from chongdich.registry.ledger.operations import Author, record
from chongdich.registry.people import facts
from chongdich.registry.people.models import Opening, Person
from chongdich.registry.people.rules import PURPOSES


@transaction.atomic
def open_record(*, person_id: int, purpose: str, reason: str = "", by: Author) -> Opening:
    """Note that an account opens a full record, and what for."""
    if purpose not in PURPOSES:
        raise Refused("Cần chọn mục đích mở hồ sơ.", "purpose")
    if not Person.objects.filter(pk=person_id).exists():
        raise NotFound("Không tìm thấy người này.")
    opening = Opening.objects.create(
        account_id=by.account_id, unit_id=by.unit_id, person_id=person_id, purpose=purpose,
        reason=squeeze(reason)[:200], at=by.at,
    )  # fmt: skip
    fact = facts.RecordOpened(person_id=person_id, opening_id=opening.pk)
    record(fact, by=by, about=[f"person:{person_id}"])
    return opening
