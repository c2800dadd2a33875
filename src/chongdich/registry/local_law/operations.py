"""Write local rules."""

from datetime import date
from typing import Any

from django.db import transaction

from chongdich.core.errors import Conflict, NotFound
from chongdich.registry.ledger.operations import Author, record
from chongdich.registry.local_law import facts, queries
from chongdich.registry.local_law.models import LocalRule
from chongdich.regulations import Overlay


@transaction.atomic
def record_rule(*, overlay: Overlay, signed_on: date, since: date, by: Author) -> LocalRule:
    """Keep a checked overlay. Conflict when the same document stands already."""
    document = overlay.document
    if LocalRule.objects.filter(number=document.number, signed_on=signed_on, withdrawn_at=None).exists():
        raise Conflict(f"Văn bản {document.number} đã được ghi.", "number")
    kept: dict[str, Any] = overlay.record()["editions"]
    row = LocalRule.objects.create(
        number=document.number, signed_on=signed_on, signatory=document.signatory, issuer=document.issuer,
        editions=kept, unit_id=by.unit_id, at=by.at, by=by.account_id,
    )  # fmt: skip
    record(facts.LocalRuleRecorded(rule_id=row.pk, since=since), by=by, about=[f"local_rule:{row.pk}"])
    queries.forget()
    return row


@transaction.atomic
def withdraw_rule(*, rule_id: int, by: Author) -> LocalRule:
    """The rule no longer counts; the row stays."""
    row = LocalRule.objects.filter(pk=rule_id, withdrawn_at=None).first()
    if row is None:
        raise NotFound("Không tìm thấy quy định này.")
    row.withdrawn_at, row.withdrawn_by = by.at, by.account_id
    row.save()
    record(facts.LocalRuleWithdrawn(rule_id=row.pk, since=queries.first_day(row)), by=by,
           about=[f"local_rule:{row.pk}"])  # fmt: skip
    queries.forget()
    return row
