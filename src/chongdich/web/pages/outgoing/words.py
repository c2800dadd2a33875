"""How a document made here is named on screens, and how its deliveries are told."""

from collections import Counter

from django.utils.translation import gettext

from chongdich.domain.directives.models import Directive
from chongdich.domain.directives.states import DELIVERY


def number_words(row: Directive) -> str:
    """ "01/UBND-VP"; the symbol alone while the number is blank."""
    return f"{row.number}/{row.symbol}" if row.number else f"…/{row.symbol}"


def name_words(row: Directive) -> str:
    """What a heading calls it: "Công văn 01/UBND-VP"."""
    return f"{(row.kind or gettext('văn bản')).capitalize()} {number_words(row)}"


def delivery_words(counted: Counter[str]) -> str:
    """ "8 nơi: 2 đã hoàn thành, 6 đã đến"."""
    total = sum(counted.values())
    if not total:
        return ""
    parts = [f"{counted[code]} {gettext(DELIVERY[code]).lower()}" for code in reversed(DELIVERY) if counted[code]]
    return gettext("%(total)s nơi: %(parts)s") % {"total": total, "parts": ", ".join(parts)}
