"""Sentences and labels of answers in the reader's language."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from chongdich.domain.scenarios.answering.wording import Sentence, number
from chongdich.domain.scenarios.asking.kinds import KINDS

WORDS_INSIDE = ("unit", "outcome", "factor", "direction")  # values that are words themselves
FIGURES = ("middle", "low", "high", "there", "wanted", "more", "strength", "percent")


def said(sentence: Sentence) -> str:
    """A sentence of an answer; its pattern is translated, and the words inside it."""
    pattern, values = sentence
    told: dict[str, Any] = {k: _(v) if k in WORDS_INSIDE else v for k, v in values.items()}
    told |= {k: localised(v) if v[:1].isdigit() or v[:1] in "+-" else _(v) for k, v in values.items() if k in FIGURES}
    return _(pattern).format(**told)


def n(value: float) -> str:
    """A figure for a reader: whole from 10 on, one decimal below; points and commas as the language writes them."""
    return localised(number(value))


def localised(said_number: str) -> str:
    """A number written the Vietnamese way, as the reader's language writes it."""
    english = (get_language() or "vi").startswith("en")
    return said_number.translate(str.maketrans(",.", ".,")) if english else said_number


def kind_label(kind: str) -> str:
    """A kind of resource with its unit."""
    return f"{_(KINDS[kind].label)}, {_(KINDS[kind].unit)}"
