"""Spans of time as documents mean them."""

import calendar
from datetime import date


def months_between(since: date, on: date) -> float:
    """Calendar months from one day to another, so that "not more than 6 months" holds up to the same day six months on.

    Whole months plus the days left over as a part of 31: 21/8/2021 to 21/2/2022 is 6.0, one day later 6.03. A month
    without that day ends on its last (31/8 to 28/2 is 6.0). ValueError when `on` lies before `since`.
    """
    if on < since:
        raise ValueError(f"{on} lies before {since}")
    whole = (on.year - since.year) * 12 + on.month - since.month
    if months_after(since, whole) > on:
        whole -= 1
    return whole + (on - months_after(since, whole)).days / 31


def months_after(day: date, months: int) -> date:
    """The same day some months later, or the last of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
