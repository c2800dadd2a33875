"""The head's small marks: number and symbol, place and date, urgency, incoming stamp; and where a head begins.

Components 3, 4, 10b of Nghị định 30/2020/NĐ-CP, Annex I. In a scan the two columns of the head may follow one another,
share lines, or be interleaved with the list of addressees.
"""

import re

from .. import dates
from ..cells import Cell, head_cells, is_state_name
from ..lines import Line
from ..names import mended_place
from ..result import Dated, Received, Text
from ..symbols import Numbered, own_number
from ..vocabulary import URGENCIES
from .fields import Head
from .issuer import read_issuer
from .subject import read_kind_and_subject

HEAD_LINES = 70


def read_head(lines: list[Line], start: int = 0) -> Head:
    """Read the head that begins at a line."""
    head = Head(body=start)
    cells = head_cells(lines, start, start + HEAD_LINES)
    cells = _without_stamp(cells, head)
    _read_number(cells, head)
    _read_date(cells, head)
    read_issuer(cells, head)
    _read_urgency(cells, head)
    read_kind_and_subject(cells, head, lines)
    return head


def _without_stamp(cells: list[Cell], head: Head) -> list[Cell]:
    for cell in cells:
        if cell.kind != "received":
            continue
        match = re.search(r"\bso\s*:?\s*(\d{1,6})\s*,?\s*ngay\s*:?\s*", cell.text.folded)
        dated = dates.DATE.search(cell.text.folded)
        if match or dated:
            when = dates.date_of(dated, cell.text) if dated else None
            head.received = Received(match[1] if match else None, when, cell.text.span())
            break
    return [cell for cell in cells if cell.kind != "received"]


def _read_number(cells: list[Cell], head: Head) -> None:
    """Of several number cells the first that is legible; a blank or illegible one is told, not guessed."""
    found = [(cell, number) for cell in cells if cell.kind == "number" and (number := own_number(cell.text))]
    if not found:
        return
    first_to = next((c.line for c in cells if c.kind in ("kind",)), 10**6)
    found = [pair for pair in found if pair[0].line <= first_to + 1] or found[:1]
    cell, number = next((pair for pair in found if pair[1].number), found[0])
    head.symbol = Text(number.symbol, cell.text.span())
    head.number = Text(number.number, cell.text.span(), _number_doubt(number))


def _number_doubt(number: Numbered) -> str:
    if number.number:
        return ""
    return f"Số văn bản không đọc được: “{number.raw}”." if number.raw else "Số văn bản để trống."


def _read_date(cells: list[Cell], head: Head) -> None:
    for cell in cells:
        match = dates.PLACED.search(cell.text.folded) if cell.kind == "date" else None
        if not match:
            continue
        when = dates.date_of(match, cell.text)
        doubt = ""
        if when is None or when.precision != "day":
            illegible = not dates.is_legible(match, cell.text)
            doubt = "Ngày, tháng không đọc được hết." if illegible else "Ngày hoặc tháng để trống."
        head.date = Dated(when, cell.text.span(match.start()), doubt)
        place = cell.text.part(0, match.start()).trimmed(",.;:-_'\"`*| ")
        if place:
            head.place = Text(mended_place(place.text), place.span())
        return


def _read_urgency(cells: list[Cell], head: Head) -> None:
    for cell in cells:
        if cell.kind == "urgency":
            head.urgency = Text(URGENCIES[cell.text.folded.strip(" .:!-")], cell.text.span())
            return


def next_head(lines: list[Line], start: int) -> int:
    """The line at which another document's head begins (the State's name again), or the number of lines."""
    for i in range(start, len(lines)):
        if len(lines[i].text) < 130 and is_state_name(lines[i].text):
            return i
    return len(lines)
