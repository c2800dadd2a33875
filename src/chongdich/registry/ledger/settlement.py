"""Settle what follows from facts: at least once, unique on (fact, journey), retried with backoff, dead letters kept.

A settlement is claimed under a lease in a transaction of its own, then run together with its mark "settled" in one
transaction: a worker killed between the two leaves a lease that runs out, and the work is taken up again.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import F

from chongdich.registry.ledger.models import Entry, Settlement

LEASE = timedelta(seconds=120)
BACKOFF = (
    timedelta(seconds=2),
    timedelta(seconds=10),
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
)

Run = Callable[[str, Entry], None]


def claim(*, worker: str, at: datetime) -> Settlement | None:
    """The next settlement that is due, leased to `worker`; None when nothing is due."""
    with transaction.atomic():
        due = Settlement.objects.filter(state=Settlement.State.WAITING, due_at__lte=at).order_by("due_at", "id")
        if connection.features.has_select_for_update_skip_locked:
            due = due.select_for_update(skip_locked=True)
        found = due.first()
        if found is None:
            return None
        found.attempts, found.due_at, found.leased_by = found.attempts + 1, at + LEASE, worker
        found.save(update_fields=["attempts", "due_at", "leased_by"])
        return found


def claim_along(first: Settlement, *, most: int, worker: str, at: datetime) -> list[Settlement]:
    """Further settlements of the same journey that are due and were never tried, leased too; in order."""
    with transaction.atomic():
        due = Settlement.objects.filter(
            journey=first.journey, state=Settlement.State.WAITING, due_at__lte=at, attempts=0
        ).order_by("due_at", "id")  # fmt: skip
        if connection.features.has_select_for_update_skip_locked:
            due = due.select_for_update(skip_locked=True)
        found = list(due[:most])
        Settlement.objects.filter(pk__in=[row.pk for row in found]).update(
            attempts=1, due_at=at + LEASE, leased_by=worker
        )
    for row in found:
        row.attempts, row.due_at, row.leased_by = 1, at + LEASE, worker
    return found


def settle_together(settlements: list[Settlement], run: Run, *, at: datetime) -> bool:
    """Run many in one transaction. When one fails none counts, and each is tried again alone, at once. True if all."""
    try:
        with transaction.atomic():
            ours = [row for row in settlements if _still_ours(row)]
            for row in ours:
                run(row.journey, row.entry)
            Settlement.objects.filter(pk__in=[row.pk for row in ours]).update(
                state=Settlement.State.SETTLED, settled_at=at, error="", leased_by=""
            )
        return True
    except Exception:
        rows = Settlement.objects.filter(pk__in=[row.pk for row in settlements], state=Settlement.State.WAITING)
        rows.update(due_at=at, leased_by="")
        return False


def settle(settlement: Settlement, run: Run, *, at: datetime) -> bool:
    """Run the journey and mark it settled in one transaction; on an error plan the next attempt. True when settled."""
    try:
        with transaction.atomic():
            if not _still_ours(settlement):
                return False
            run(settlement.journey, settlement.entry)
            Settlement.objects.filter(pk=settlement.pk).update(
                state=Settlement.State.SETTLED, settled_at=at, error="", leased_by=""
            )
        return True
    except Exception as error:
        _plan_retry(settlement, error, at)
        return False


def _still_ours(settlement: Settlement) -> bool:
    """Lock the row; False when the lease ran out and another worker has it or finished it."""
    rows = Settlement.objects.select_for_update() if connection.features.has_select_for_update else Settlement.objects
    return rows.filter(
        pk=settlement.pk, state=Settlement.State.WAITING, leased_by=settlement.leased_by, attempts=settlement.attempts
    ).exists()


def _plan_retry(settlement: Settlement, error: Exception, at: datetime) -> None:
    dead = settlement.attempts > len(BACKOFF)
    wait = timedelta() if dead else BACKOFF[settlement.attempts - 1]
    Settlement.objects.filter(pk=settlement.pk, attempts=settlement.attempts).update(
        state=Settlement.State.DEAD if dead else Settlement.State.WAITING,
        due_at=at + wait,
        leased_by="",
        error=f"{type(error).__name__}: {error}"[:2000],
    )


def revive(settlement_id: int, *, at: datetime) -> bool:
    """Give a dead settlement a fresh set of attempts. True when there was one."""
    return bool(
        Settlement.objects.filter(pk=settlement_id, state=Settlement.State.DEAD).update(
            state=Settlement.State.WAITING, attempts=F("attempts") * 0, due_at=at
        )
    )
