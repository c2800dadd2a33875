"""Seal the history: its rows are hashed together into facts of the chain, so that a changed one is found (ADR 9).

Triggers write history, and a trigger cannot hash. So a job seals, at each run, the rows that stood there at the run
before: what was under way then has ended since, whatever order its rows were written in.
"""

import hashlib
from collections.abc import Iterator

from django.db import transaction
from django.db.models import Max

from chongdich.registry.ledger.chain import Break, canonical, moment
from chongdich.registry.ledger.facts import HistorySealed
from chongdich.registry.ledger.models import Entry, History
from chongdich.registry.ledger.operations import Author, record


def seal(*, by: Author) -> Entry | None:
    """Seal what stood there at the last run; None when there was nothing and nothing came. Opens its transaction."""
    last = _last_seal()
    newest = History.objects.aggregate(last=Max("pk"))["last"] or 0
    if last.stood == newest == last.up_to:
        return None
    rows, digest = _digest(last.up_to, last.stood)
    with transaction.atomic():
        fact = HistorySealed(after=last.up_to, up_to=last.stood, rows=rows, sha256=digest, stood=newest)
        return record(fact, by=by)


def count_unsealed() -> int:
    """Rows of history that no seal covers yet."""
    return History.objects.filter(pk__gt=_last_seal().up_to).count()


def find_history_breaks() -> Iterator[Break]:
    """Every seal whose rows were changed, removed or added to since."""
    before = 0
    for entry in Entry.objects.filter(kind=HistorySealed.__name__).order_by("seq"):
        fact = HistorySealed.from_payload(entry.payload)
        if fact.after != before or _digest(fact.after, fact.up_to) != (fact.rows, fact.sha256):
            yield Break(entry.seq, f"lịch sử sửa đổi {fact.after + 1}–{fact.up_to} đã bị sửa, xóa hoặc chèn thêm")
        before = fact.up_to


def _last_seal() -> HistorySealed:
    entry = Entry.objects.filter(kind=HistorySealed.__name__).order_by("-seq").first()
    return HistorySealed.from_payload(entry.payload) if entry else HistorySealed(
        after=0, up_to=0, rows=0, sha256="", stood=0)  # fmt: skip


def _digest(after: int, up_to: int) -> tuple[int, str]:
    """How many rows stand in (after, up_to], and the SHA-256 over all that is in them."""
    digest, count = hashlib.sha256(), 0
    for row in History.objects.filter(pk__gt=after, pk__lte=up_to).order_by("pk").iterator(chunk_size=1000):
        values = [row.pk, row.table, row.row, row.operation, row.before, moment(row.at), row.after_seq]
        digest.update(canonical(values))
        count += 1
    return count, digest.hexdigest()
