"""What the directives room decides from values in hand. Pure."""

import re
from calendar import monthrange
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
