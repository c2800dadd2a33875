"""To whom a letter goes: the items after "Kính gửi", component 9a of Nghị định 30/2020/NĐ-CP, Annex I."""

import re

from chongdich.kernels.text.passages import Passage

from ..cells import BULLET, Cell
from ..lines import Line
from ..names import mended
from ..result import Unit
from ..units import read_list
from .openings import BODY_HEAD, INTRO, STRUCTURE

_SIDE_NOTE = re.compile(r"\(\s*sau day (?:goi|viet)[^)]*\)?\.?")


def lead_length(text: Passage, pattern: re.Pattern[str]) -> int:
    match = pattern.match(text.folded)
    return match.end() if match else 0


def read_addressees(
    rest: list[Cell], to: Cell, inline: Passage | None, lines: list[Line]
) -> tuple[tuple[Unit, ...], int]:
    """The items after "Kính gửi" and the line the body begins at; the other column's pieces are passed over."""
    items: list[list[Passage]] = [[inline]] if inline else []
    last = to.line
    for cell in rest:
        if cell.line < to.line or (cell.line == to.line and cell.kind != "text"):
            continue
        if cell.kind in ("state", "motto", "date", "party", "number", "urgency"):
            last = max(last, cell.line)
            continue
        if cell.kind == "about":
            break
        if not _is_addressee(cell, items):
            break
        opens = cell.kind == "item" or not items or _ended(items[-1][-1])
        text = cell.text.part(lead_length(cell.text, BULLET)) if cell.kind == "item" else cell.text
        if opens:
            items.append([text])
        else:
            items[-1].append(text)
        last = cell.line
    units = [unit for item in items for unit in _item_units(Passage.join(item))]
    return tuple(units), last + 1


def _is_addressee(cell: Cell, items: list[list[Passage]]) -> bool:
    if cell.kind == "item":
        return not INTRO.match(cell.text.folded) or len(cell.text) < 60
    if cell.kind != "text":
        return False
    text = cell.text
    if text.text.startswith("("):
        return True
    if INTRO.match(text.folded) and not text.text[:1].islower():
        return False
    if not items:
        return BODY_HEAD.match(text.folded) is not None or text.folded.startswith("cac ") or len(text) < 90
    before = items[-1][-1].text
    if text.text[:1].islower():
        return not before.endswith(".") or cell.gap == 0
    if STRUCTURE.match(text.text):
        return False
    unfinished = before.endswith((",", "-", " và", " các", " của", " thuộc", " trực")) or (
        cell.kind == "text" and len(before) > 45
    )
    unfinished = unfinished and not before.endswith((".", ";"))
    heads = BODY_HEAD.match(text.folded) is not None or text.folded.startswith("cac ")
    return (unfinished and not cell.gap and not before.endswith(":")) or (
        heads and not before.endswith(".") and len(text) < 110
    )


def _ended(text: Passage) -> bool:
    return text.text.endswith((";", ".", ":"))


def _item_units(item: Passage) -> list[Unit]:
    for note in reversed(list(_SIDE_NOTE.finditer(item.folded))):
        item = item.without([note.span()])
    item = item.trimmed(".;,:_-—*~|'`")
    if not item or sum(c.isalpha() for c in item.text) < 3:
        return []
    return [Unit(mended(unit.name, case=False), unit.span) for unit in read_list(item)]
