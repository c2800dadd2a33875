"""Days as documents write them: in figures, in words, half filled in, or half eaten by a stamp."""

import re

from chongdich.kernels.text.passages import Passage
from chongdich.kernels.text.repair import mend_digits

from .result import PartialDate

_NUMERIC = r"(?P<d>[0-3]?\s?\d)\s?[/.\-]\s?(?P<m>[01]?\s?[\dIl])\s?[/.\-]\s?(?P<y>(?:19|20)\s?\d\s?\d)"
_SPELLED = (
    r"(?P<sd>\S{0,2}\s?\S{0,3}?)\s*t[hb].n[gq]\s*(?P<sm>\S{0,2}\s?\S{0,2}?)\s*n.(?:m|rn)\s*"
    r"(?P<sy>[12lIi]\s?[09oO]\s?[\dlIoO]\s?[\dlIoO!])"
)
_MONTH = r"t[hb].n[gq]\s*(?P<mm>\d{1,2})\s*(?:n.(?:m|rn)\s*|/)\s*(?P<my>(?:19|20)\d\d)"
DATE = re.compile(rf"{_NUMERIC}|{_SPELLED}|{_MONTH}")
"""Searched in folded text; read the match with `date_of` over the original."""
PLACED = re.compile(rf"(?:n[gq]|ug).y(?P<gap>[\s.,:…_]*)(?:{_SPELLED})")
"""A document's own date: "ngày … tháng … năm …"."""


def date_of(match: re.Match[str], passage: Passage) -> PartialDate | None:
    """The date a match stands for; parts that are missing, illegible or impossible are left out."""
    groups = match.groupdict()
    names = next((n for n in (("d", "m", "y"), ("sd", "sm", "sy"), (None, "mm", "my")) if groups.get(n[2])), None)
    if names is None:
        return None
    day, month, year = (_number(match, name, passage) for name in names)
    if year is None or not 1945 <= year <= 2100:
        return None
    month = month if month and 1 <= month <= 12 else None
    return PartialDate(year, month, day if month and day and 1 <= day <= _days(year, month) else None)


def is_legible(match: re.Match[str], passage: Passage) -> bool:
    """Is what stands for the day and month either figures or nothing at all?"""
    for name in ("sd", "sm"):
        start, end = match.span(name)
        written = passage.text[start:end].strip(" .…_")
        if written and _figures(written) is None:
            return False
    return True


def _number(match: re.Match[str], name: str | None, passage: Passage) -> int | None:
    if name is None or match.start(name) < 0:
        return None
    return _figures(passage.text[match.start(name) : match.end(name)].strip(" .…_,"))


def _figures(written: str) -> int | None:
    digits = mend_digits(written.replace("!", "1") if len(written) > 2 else written).replace(" ", "")
    return int(digits) if digits.isascii() and digits.isdigit() else None


def _days(year: int, month: int) -> int:
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31
