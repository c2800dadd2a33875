"""How values, days and conditions read in Vietnamese."""

from collections.abc import Mapping
from datetime import date
from typing import Any

NOT_RECORDED = "Không có quy định được ghi nhận"
UNVERIFIED = "chưa xác minh"
NO_NUMBER = "số văn bản chưa ghi nhận"
SIGNS = {"<": "dưới", "<=": "không quá", ">": "trên", ">=": "từ", "==": "bằng"}


def day(value: date | str | None) -> str:
    """25/12/2021; an ISO text is taken too."""
    if not value:
        return "…"
    real = date.fromisoformat(value) if isinstance(value, str) else value
    return f"{real.day:02d}/{real.month:02d}/{real.year}"


def number(value: float) -> str:
    """Vietnamese digits: 3.710.000 and 0,7."""
    whole = isinstance(value, int) or float(value).is_integer()
    text = f"{int(value):,}" if whole else f"{value:,.6g}"
    return text.translate(str.maketrans(",.", ".,"))


def value(found: Any, choices: Mapping[str, str] | None = None, unit: str = "") -> str:
    """A value as the screen says it: a choice by its label, yes and no, a list joined, a number with its unit."""
    if isinstance(found, (list, tuple, set, frozenset)):
        inner = ", ".join(value(one, choices) for one in (found if isinstance(found, (list, tuple)) else sorted(found)))
        return f"{inner} {unit}".strip() if inner else "không có"
    key = str(found).lower() if isinstance(found, bool) else str(found)
    if choices and key in choices:
        return choices[key]
    return _plain(found, unit)


def _plain(found: Any, unit: str) -> str:
    if found is None:
        return "chưa ghi nhận"
    if isinstance(found, bool):
        return "có" if found else "không"
    if isinstance(found, date):
        return day(found)
    text = number(found) if isinstance(found, (int, float)) else str(found)
    return f"{text} {unit}".strip()
