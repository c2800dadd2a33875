"""The neighbours of a document as a drawing: what it rests on at the left, itself, what rests on it at the right."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from chongdich.application.lenses.citations import CitationGraph, Cited
from chongdich.domain.directives.models import Directive
from chongdich.web.pages.incoming.words import date_words, name_words

WIDTH, BOX, HIGH, GAP = 1120, 300, 66, 18
LEFT, MIDDLE, RIGHT = 0, (WIDTH - BOX) // 2, WIDTH - BOX
DRAWN = 12  # boxes in one column; the lists below the drawing hold all
FITS = 36  # characters of a line in a box


@dataclass(frozen=True)
class Box:
    """A document in the drawing, its corner in pixels."""

    x: int
    y: int
    title: str
    note: str
    url: str = ""
    css: str = ""

    @property
    def middle(self) -> int:
        return self.y + HIGH // 2


@dataclass(frozen=True)
class Drawing:
    """Boxes and the curves between them."""

    width: int
    height: int
    boxes: list[Box]
    curves: list[tuple[str, str]]  # path, class


def draw(directive: Directive, graph: CitationGraph) -> Drawing:
    """Only as much as can be read; `graph` has the rest."""
    left, right = graph.cited[:DRAWN], [*graph.implementing, *graph.citing][:DRAWN]
    rows = max(len(left), len(right), 1)
    height = rows * (HIGH + GAP) - GAP
    here = Box(MIDDLE, (height - HIGH) // 2, _short(name_words(directive)), _short(directive.subject), css="here")
    before = [_cited(one, y) for one, y in zip(left, _places(left, height))]
    after = [_held(one, RIGHT, y) for one, y in zip(right, _places(right, height))]
    curves = [(_curve(box.x + BOX, box.middle, here.x, here.middle), box.css) for box in before]
    curves += [(_curve(here.x + BOX, here.middle, box.x, box.middle), box.css) for box in after]
    return Drawing(WIDTH, height, [here, *before, *after], curves)


def _places(items: Sequence[object], height: int) -> list[int]:
    top = (height - (len(items) * (HIGH + GAP) - GAP)) // 2
    return [top + number * (HIGH + GAP) for number in range(len(items))]


def _cited(one: Cited, y: int) -> Box:
    if one.target is not None:
        return _held(one.target, LEFT, y)
    note = _("chưa có trong hệ thống") if one.is_missing else _("ngoài phạm vi của bạn")
    return Box(LEFT, y, _short(one.words), note, css="missing" if one.is_missing else "")


def _held(row: Directive, x: int, y: int) -> Box:
    note = " · ".join(part for part in (date_words(row), row.subject) if part)
    return Box(x, y, _short(name_words(row)), _short(note), reverse("directive", args=[row.pk]))


def _short(text: str) -> str:
    return text if len(text) <= FITS else text[: FITS - 1] + "…"


def _curve(x1: int, y1: int, x2: int, y2: int) -> str:
    half = (x1 + x2) // 2
    return f"M{x1} {y1} C{half} {y1} {half} {y2} {x2 - 6} {y2}"
