"""A value of a table as a reader in Viet Nam expects it: 1.351 people, 0,5 %, 29/11/2021."""

from datetime import date, datetime
from decimal import Decimal
from numbers import Integral, Real

_SWAPPED = str.maketrans(",.", ".,")


def cell_text(value: object) -> str:
    """The printed form: thousands by points, decimals by a comma, days as dd/mm/yyyy, nothing for None."""
    match value:
        case None:
            return ""
        case bool():
            return "Có" if value else "Không"
        case Integral():
            return _pointed(f"{int(value):,}")
        case Decimal() | Real():
            return _pointed(f"{value:,}" if isinstance(value, Decimal) else f"{float(value):,}")
        case datetime():
            return value.strftime("%H:%M %d/%m/%Y")
        case date():
            return value.strftime("%d/%m/%Y")
        case _:
            return str(value)


def _pointed(text: str) -> str:
    return text.translate(_SWAPPED)
