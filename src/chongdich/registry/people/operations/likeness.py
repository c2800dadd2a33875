"""Pairs that may be one person, and the word of somebody who looked."""

from collections.abc import Iterable

from django.db import transaction

from chongdich.core.errors import Conflict
from chongdich.registry.ledger.operations import Author, record
from chongdich.registry.people import facts
from chongdich.registry.people.models import Likeness
from chongdich.registry.people.rules import Comparison

LOT = 500


@transaction.atomic
def note_likenesses(*, pairs: Iterable[tuple[int, int, Comparison]], by: Author) -> int:
    """Put pairs into the queue; those already there, or decided, stay as they are. How many are new."""
    rows = [
        Likeness(
            first_id=min(one, other), second_id=max(one, other), score=comparison.score, certain=comparison.certain,
            found_at=by.at,
        )
        for one, other, comparison in pairs
        if one != other
    ]  # fmt: skip
    before = Likeness.objects.count()
    Likeness.objects.bulk_create(rows, batch_size=LOT, ignore_conflicts=True)
    return Likeness.objects.count() - before


@transaction.atomic
def say_distinct(*, likeness_id: int, by: Author) -> None:
    """These two are not one person; they are not asked about again."""
    pair = Likeness.objects.select_for_update().filter(pk=likeness_id).first()
    if pair is None or pair.state != Likeness.State.OPEN:
        raise Conflict("Cặp này đã được xử lý.")
    pair.state, pair.decided_by, pair.decided_at = Likeness.State.DISTINCT, by.account_id, by.at
    pair.save(update_fields=["state", "decided_by", "decided_at"])
    fact = facts.DistinctSaid(first_id=pair.first_id, second_id=pair.second_id)
    record(fact, by=by, about=[f"person:{pair.first_id}", f"person:{pair.second_id}"])
