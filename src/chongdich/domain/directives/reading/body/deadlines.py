"""By when and how: a date ("trước 14 giờ ngày 29/7/2020"), a period ("định kỳ 03 tháng"), a manner ("khẩn trương")."""

import re
from datetime import date

from chongdich.kernels.text.passages import Passage

from .. import dates
from ..result import Deadline, PartialDate

_HOUR = r"(?P<hour>\d{1,2}\s?(?:gio|h|g)(?:\s?\d{0,2}(?:\s?phut)?)?)"
_LEAD = re.compile(
    rf"(?:truoc|chm nhat|cham nh.t|muon nhat|den het|het|xong truoc|trong)\s+(?:la\s+)?(?:{_HOUR}\s*,"
    rf"?\s*)?(?:ngay\s+)?(?=[0-3]?\d\s?[/.\-]|\d{{1,2}}\s*th.ng|th.ng\s*\d)"
)
_SHORT = re.compile(r"(?P<d>[0-3]?\d)\s?[/.\-]\s?(?P<m>[01]?\d)(?!\d|[/.\-]\d)")
_PERIOD = re.compile(
    r"(?:dinh ky|hang|hằng)\s+(?P<p>(?:\d{1,2}\s*)?(?:ngay|tuan|thang|quy"
    r"|nam)(?:\s*/\s*\d?\s*lan)?(?:,\s*(?:quy|6 thang|nam|thang))*|va dot xuat)|\bdinh ky\b"
    r"|\d{1,2}\s*(?:gio|h) hang ngay"
)
_MANNERS = (
    ("khẩn trương", re.compile(r"\bkh[aâẩ]n\s?\.?truong\b")),
    (
        "ngay",
        re.compile(
            r"\b(?:thuc hien|xu ly|bao cao|thong bao|cach ly|trien khai|to chuc|bo "
            r"sung)\s+ngay\b(?!\s*\d)|\bngay lap tuc\b|\bngay sau khi\b|\bngay khi\b"
        ),
    ),
    ("thường xuyên", re.compile(r"\bthuong xuyen\b")),
    ("định kỳ", re.compile(r"\bdinh ky\b|\bh[aă]ng (?:ngay|tuan|thang|quy)\b")),
    ("kịp thời", re.compile(r"\bkip thoi\b")),
)


def deadline_of(text: Passage, year: int | None) -> Deadline | None:
    """The first deadline or period of an instruction. `year` completes days written without one."""
    folded = text.folded
    for lead in _LEAD.finditer(folded):
        found = _dated(text, lead, year)
        if found:
            return found
    period = _PERIOD.search(folded)
    if period:
        return Deadline(
            None,
            text.text[slice(*period.span())],
            text.span(*period.span()),
            None,
            text.text[slice(*period.span("p"))] if period["p"] else None,
        )
    return None


def manner_of(text: Passage) -> tuple[str, ...]:
    """The words of manner an instruction uses."""
    return tuple(name for name, pattern in _MANNERS if pattern.search(text.folded))


def _dated(text: Passage, lead: re.Match[str], year: int | None) -> Deadline | None:
    full = dates.DATE.match(text.folded, lead.end())
    hour = text.text[slice(*lead.span("hour"))] if lead["hour"] else None
    if full:
        when, end = dates.date_of(full, text), full.end()
    else:
        short = _SHORT.match(text.folded, lead.end())
        when, end = (_this_year(short, year), short.end()) if short else (None, lead.end())
    if when is None:
        return None
    return Deadline(when, text.text[lead.start() : end], text.span(lead.start(), end), hour)


def _this_year(match: re.Match[str], year: int | None) -> PartialDate | None:
    if year is None:
        return None
    try:
        day = date(year, int(match["m"]), int(match["d"]))
    except ValueError:
        return None
    return PartialDate(day.year, day.month, day.day)
