"""Days as people write them, and what a birth day can be."""

import re
from datetime import date

from chongdich.core.errors import Refused
from chongdich.core.vietnamese import squeeze

OLDEST = 125  # years; older than anybody on record
_DAY = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})")
_RUN = re.compile(r"(\d{2})(\d{2})(\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_YEAR = re.compile(r"\d{4}")


def read_day(text: str, where: str = "") -> tuple[date | None, int | None]:
    """(day, year) from 05/02/1987, 5.2.1987, 05021987 or 1987-02-05; (None, 1987) from 1987; (None, None) from nothing.

    The day always stands before the month. An impossible day is refused, never mended.
    """
    written = squeeze(text)
    if not written:
        return None, None
    if _YEAR.fullmatch(written):
        return None, int(written)
    iso = _ISO.fullmatch(written)
    found = _DAY.fullmatch(written) or _RUN.fullmatch(written)
    if not iso and not found:
        raise Refused(f"Không hiểu ngày “{written}”; viết ngày/tháng/năm, hoặc chỉ năm.", where)
    year, month, day = map(int, iso.groups()) if iso else map(int, reversed(found.groups()))  # type: ignore[union-attr]
    if not day and not month:  # cards of people whose day of birth is not known
        return None, year
    try:
        return date(year, month, day), year
    except ValueError as wrong:
        raise Refused(f"Không có ngày {day}/{month}/{year}.", where) from wrong


def check_birth(birth_date: date | None, birth_year: int | None, today: date) -> int | None:
    """The birth year. Refused when it is to come, too long ago, or not the year of the birth date."""
    year = birth_date.year if birth_date else birth_year
    if birth_date and birth_year and birth_date.year != birth_year:
        raise Refused(f"Năm sinh {birth_year} khác năm trong ngày sinh {birth_date:%d/%m/%Y}.", "birth_year")
    if (birth_date and birth_date > today) or (year and year > today.year):
        raise Refused("Ngày sinh ở tương lai.", "birth_date")
    if year is not None and year < today.year - OLDEST:
        raise Refused(f"Năm sinh {year} quá xa: không ai sống quá {OLDEST} năm.", "birth_date")
    return year


def check_past(day: date | None, today: date, where: str, words: str) -> None:
    """Refused when something that happened lies in the future."""
    if day and day > today:
        raise Refused(f"{words} {day:%d/%m/%Y} ở tương lai.", where)
