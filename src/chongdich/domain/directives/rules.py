"""What the directives room decides from values in hand. Pure."""

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from chongdich.core.vietnamese import fold, squeeze

_AROUND_JOINTS = re.compile(r"\s*([/-])\s*")

PERIODS = {"daily": "hằng ngày", "weekly": "hằng tuần", "monthly": "hằng tháng", "quarterly": "hằng quý"}

# The overdue ladder: rung -> (days after the deadline, who is told).
LADDER: dict[str, tuple[int, str]] = {
    "soon": (-1, "unit"),
    "today": (0, "unit"),
    "late": (1, "head"),
    "very_late": (3, "giver"),
}


def reference_of(number: str, symbol: str = "") -> str:
    """How a document is matched: "Số: 7572 /UBND-VXNV" and "7572/UBND-VXNV" are one. Empty without a number."""
    text = squeeze(f"{number}/{symbol}" if symbol and "/" not in number else number)
    if symbol and number and "-" in symbol and "/" in symbol and "/" not in number:  # party style: 550-CV/HU
        text = squeeze(f"{number}-{symbol}")
    return _AROUND_JOINTS.sub(r"\1", fold(text)) if number else ""


def first_report_day(period: str, given_on: date) -> date | None:
    """When a recurring clause is first reported on; None for one that does not recur."""
    return next_report_day(period, given_on)


def next_report_day(period: str, after: date) -> date | None:
    """The next day a periodic report is due: tomorrow, the coming Friday, or the last day of the month or quarter."""
    if period == "daily":
        return after + timedelta(days=1)
    if period == "weekly":
        return after + timedelta(days=(4 - after.weekday()) % 7 or 7)
    if period == "monthly":
        return _month_end_after(after, step=1)
    if period == "quarterly":
        return _month_end_after(after, step=3)
    return None


def _month_end_after(after: date, step: int) -> date:
    month = -(-after.month // step) * step
    end = date(after.year, month, monthrange(after.year, month)[1])
    return end if end > after else _month_end_after(end + timedelta(days=1), step)


def rung_on(due: date, today: date, climbed: str) -> str | None:
    """The highest rung of the overdue ladder reached today, if it is above the one already climbed."""
    order = list(LADDER)
    reached = [name for name, (after, _) in LADDER.items() if today >= due + timedelta(days=after)]
    if not reached:
        return None
    top = reached[-1]
    return top if climbed not in order or order.index(climbed) < order.index(top) else None


_ON_THE_WAY = ("", "01", "03", "04", "05", "06")
_ENDED = ("02", "15", "16")


def goes_on(old: str, new: str) -> bool:
    """Whether the word on a delivery (QCVN 102:2016 code) replaces the one known: later ones win, answers close."""
    if old == "13" or new == "13":
        return new != old and new in ("13", "15", "16")
    if new in _ENDED:
        return new != old
    return old in _ON_THE_WAY and new in _ON_THE_WAY and _ON_THE_WAY.index(new) > _ON_THE_WAY.index(old)


def answer_code(state: str, task_states: Iterable[str]) -> str:
    """What the sender of a document is told of it: its state here, and the states of the tasks it became."""
    if state in ("refused", "withdrawn"):
        return {"refused": "02", "withdrawn": "15"}[state]
    if state != "confirmed":
        return "01"
    tasks = [task for task in task_states if task != "cancelled"]
    if not tasks:
        return "03"
    if all(task in ("accepted", "closed") for task in tasks):
        return "06"
    return "04" if all(task == "received" for task in tasks) else "05"


@dataclass(frozen=True)
class Split:
    """One part of a clause after splitting: its text and its place in the source."""

    text: str
    start: int
    end: int


def split_text(text: str, start: int, at: int) -> tuple[Split, Split]:
    """Two clauses from one, cut at character `at` of its text. Raises ValueError when a side would be empty."""
    left, right = text[:at].rstrip(" ;,"), text[at:].lstrip(" ;,")
    if not left.strip() or not right.strip():
        raise ValueError("an empty side")
    return Split(left, start, start + at), Split(right, start + at, start + len(text))
