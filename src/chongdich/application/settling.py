"""Run the journey of one settlement at a desk of the machine."""

from collections.abc import Callable
from datetime import datetime

from chongdich.application import flow
from chongdich.application.desk import Desk
from chongdich.registry.accounts.actor import THE_MACHINE
from chongdich.registry.ledger import settlement
from chongdich.registry.ledger.models import Entry, Settlement
from chongdich.registry.ledger.queries import fact_of

# Journeys that come in crowds and touch one record each: so many share a transaction.
TOGETHER = {"confirm_case": 50}


def settle_next(*, worker: str, clock: Callable[[], datetime], entropy: Callable[[int], bytes]) -> bool:
    """Claim and run the next due journey. False when nothing was due."""
    claimed = settlement.claim(worker=worker, at=clock())
    if claimed is None:
        return False

    def run(name: str, entry: Entry) -> None:
        desk = Desk(THE_MACHINE, clock(), entropy, because_of=entry.id)
        flow.journey(name)(desk, fact_of(entry))

    along: list[Settlement] = []
    if claimed.journey in TOGETHER and claimed.attempts == 1:
        along = settlement.claim_along(claimed, most=TOGETHER[claimed.journey] - 1, worker=worker, at=clock())
    if along:
        settlement.settle_together([claimed, *along], run, at=clock())
    else:
        settlement.settle(claimed, run, at=clock())
    return True


def settle_all(
    *, worker: str, clock: Callable[[], datetime], entropy: Callable[[int], bytes], limit: int = 100_000
) -> int:
    """Settle until nothing is due; how many were run."""
    count = 0
    while count < limit and settle_next(worker=worker, clock=clock, entropy=entropy):
        count += 1
    return count
