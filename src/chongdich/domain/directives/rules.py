"""What the directives room decides from values in hand. Pure."""

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from chongdich.core.vietnamese import fold, squeeze

_AROUND_JOINTS = re.compile(r"\s*([/-])\s*")

PERIODS = {"daily": "hằng ngày", "weekly": "hằng tuần", "monthly": "hằng tháng", "quarterly": "hằng quý"}

PERIOD_DOUBT = "Kỳ báo cáo"  # how every question about a period begins
_EVERY = re.compile(r"(?:(?P<number>\d{1,2})\s*)?(?P<unit>ngay|tuan|thang|quy|nam)")
_PERIODS_READ = {("ngay", 1): "daily", ("tuan", 1): "weekly", ("thang", 1): "monthly", ("thang", 3): "quarterly",
                 ("quy", 1): "quarterly"}  # fmt: skip

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


def period_of(words: str, manner: Iterable[str]) -> tuple[str, str]:
    """How often a clause is reported on, and what a person must be asked; ("", "") for one that does not recur.

    "hằng ngày", "03 tháng" and "quý" say it; of several ("tháng, quý, năm") the first counts. A clause that is only
    "thường xuyên" or "định kỳ" recurs too: weekly is proposed, and asked.
    """
    named = _EVERY.search(fold(words))
    if named:
        period = _PERIODS_READ.get((named["unit"], int(named["number"] or 1)), "")
        return period, "" if period else f"{PERIOD_DOUBT} “{squeeze(words)}” không có trong danh mục; chọn ở “Hạn”."
    if words or {"thường xuyên", "định kỳ"} & set(manner):
        return "weekly", f"{PERIOD_DOUBT} không được nêu; tạm đặt hằng tuần, sửa ở “Hạn” nếu khác."
    return "", ""


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
    if state in ("refused", "withdrawn", "voided"):
        return {"refused": "02", "withdrawn": "15", "voided": "02"}[state]
    if state != "confirmed":
        return "01"
    tasks = [task for task in task_states if task != "cancelled"]
    if not tasks:
        return "03"
    if all(task in ("accepted", "closed") for task in tasks):
        return "06"
    return "04" if all(task == "received" for task in tasks) else "05"


@dataclass(frozen=True)
class Identity:
    """What tells one document from another; `day` is (year, month, day) with None for what the paper lacks."""

    reference: str
    symbol: str
    subject: str
    issuer_id: int | None
    issuer_name: str
    day: tuple[int | None, int | None, int | None]


def seem_same(one: Identity, other: Identity) -> bool:
    """Whether two registered documents are probably the same paper. Missing words do not speak against it."""
    if one.reference != other.reference or any(a and b and a != b for a, b in zip(one.day, other.day)):
        return False
    if not one.reference:
        return all(fold(getattr(one, name)) == fold(getattr(other, name)) for name in ("symbol", "subject"))
    if one.issuer_id and other.issuer_id:
        return one.issuer_id == other.issuer_id
    named = [squeeze(fold(row.issuer_name)) for row in (one, other)]
    return not all(named) or named[0] == named[1] or (one.day == other.day and None not in one.day)


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
