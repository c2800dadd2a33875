"""Automatic staff are a few people with two hands: work waits until somebody is free, and nobody works at night."""

from datetime import datetime, timedelta

from chongdich.core.periods import VIETNAM
from chongdich.universe.drill import notebook
from chongdich.universe.drill.stage import Stage

BEGINS, ENDS = 7, 22  # hours of the working day of an outbreak


def done_by(stage: Stage, pool: str, size: int, minutes: float, key: str) -> datetime:
    """When a piece of work that came in now will be done; keeps the person busy until then.

    `minutes` is what it takes as usual; slowness and luck stretch it.
    """
    free = notebook.noted(f"pool:{pool}", {})
    busy = {number: datetime.fromisoformat(free[str(number)]) for number in range(size) if str(number) in free}
    who = min(range(size), key=lambda number: (busy.get(number, stage.at), number))
    start = awake(max(stage.at, busy.get(who, stage.at)))
    stretched = minutes * stage.options.slowness * stage.lot("takes", key).lognormvariate(0, 0.4)
    end = awake(start + timedelta(minutes=round(stretched)))
    notebook.note(f"pool:{pool}", {**free, str(who): end.isoformat()})
    return end


def awake(at: datetime) -> datetime:
    """The moment itself, or the next morning when it falls into the night."""
    local = at.astimezone(VIETNAM)
    if BEGINS <= local.hour < ENDS:
        return at
    morning = local.replace(hour=BEGINS, minute=0, second=0, microsecond=0)
    if local.hour >= ENDS:
        morning += timedelta(days=1)
    return morning.astimezone(at.tzinfo)


def is_awake(at: datetime) -> bool:
    """Whether people are at work."""
    return BEGINS <= at.astimezone(VIETNAM).hour < ENDS
