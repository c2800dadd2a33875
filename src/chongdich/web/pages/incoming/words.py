"""How a document received is named on screens: its number, its partial date, its urgency."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from chongdich.domain.directives.models import Directive

URGENCIES: Mapping[str, str | Promise] = {
    "hỏa tốc hẹn giờ": _("Hỏa tốc hẹn giờ"),
    "hỏa tốc": _("Hỏa tốc"),
    "thượng khẩn": _("Thượng khẩn"),
    "khẩn": _("Khẩn"),
}
PERIODS: Mapping[str, str | Promise] = {
    "daily": _("hằng ngày"),
    "weekly": _("hằng tuần"),
    "monthly": _("hằng tháng"),
    "quarterly": _("hằng quý"),
}


def number_words(row: Directive) -> str:
    """ "8005/UBND-VXNV", "733-CV/HU"; empty for a document without either."""
    if not row.number:
        return row.symbol
    joint = "-" if "/" in row.symbol else "/"
    return f"{row.number}{joint}{row.symbol}" if row.symbol else row.number


def name_words(row: Directive) -> str:
    """What a heading calls a document."""
    return number_words(row) or gettext("Văn bản đến số %(number)s") % {"number": row.arrival_number}


def date_words(row: Directive) -> str:
    """ "29/11/2021", or "…/11/2021" as far as the paper tells; nothing before it is read."""
    return partial_words(row.year, row.month, row.day) if row.state != "received" else ""


def partial_words(year: int | None, month: int | None, day: int | None) -> str:
    """A day of which parts may be missing, the missing ones as dots."""
    if year is None:
        return ""
    if month is None:
        return gettext("năm %(year)s") % {"year": year}
    return f"{day:02d}/{month:02d}/{year}" if day else f"…/{month:02d}/{year}"


def urgency_words(name: str) -> str:
    """The degree of urgency as on the stamp."""
    return str(URGENCIES.get(name, name))


def head_words(name: str, value: Any) -> str:
    """One head field as words; empty when there is nothing."""
    if value in (None, ""):
        return ""
    if isinstance(value, dict):  # the machine's partial date
        return partial_words(value.get("year"), value.get("month"), value.get("day"))
    return urgency_words(value) if name == "urgency" else str(value)
