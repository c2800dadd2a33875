"""Kind and subject: a titled document (5a) or a letter with "V/v" (5b of Nghị định 30/2020/NĐ-CP, Annex I)."""

import re
from itertools import pairwise

from chongdich.kernels.text.passages import Passage

from ..cells import ABOUT, BULLET, SENT_BY_WIRE, TO, Cell, kind_of, shouting
from ..lines import Line
from ..result import Text
from ..units import read_list
from ..vocabulary import KIND_BY_CODE
from .addressees import lead_length, read_addressees
from .fields import Head
from .openings import INTRO, STRUCTURE

_PLAINLY_ABOUT = re.compile(r"^ve\s+(?:viec\s+)?(?=\S)")
_SUBJECT_LEAD = re.compile(r"^\W*v\S{1,2}\s?vi.c\s*:?\s*")


def read_kind_and_subject(cells: list[Cell], head: Head, lines: list[Line]) -> None:
    titled = next((i for i, c in enumerate(cells) if c.kind == "kind"), None)
    about = next((i for i, c in enumerate(cells) if c.kind == "about"), None)
    to = next((i for i, c in enumerate(cells) if c.kind == "to"), None)
    if (
        titled is not None
        and (about is None or cells[titled].line < cells[about].line)
        and not _letter_first(cells, to, titled)
    ):
        _read_titled(cells, titled, head, lines)
    else:
        _read_letter(cells, _plainly_about(cells) if about is None else about, to, head, lines)


def _letter_first(cells: list[Cell], to: int | None, titled: int) -> bool:
    return to is not None and cells[to].line < cells[titled].line


def _read_titled(cells: list[Cell], titled: int, head: Head, lines: list[Line]) -> None:
    cell = cells[titled]
    head.kind = Text(kind_of(cell.text), cell.text.span())
    subject: list[Passage] = []
    last = cell.line
    rest = cells[titled + 1 :]
    for following in rest:
        if (
            following.kind in ("state", "motto", "party", "number", "date", "urgency")
            and following.line <= cell.line + 2
        ):
            continue
        if following.kind not in ("text", "about") or _ends_subject(following, subject):
            break
        text = following.text
        subject.append(text.part(lead_length(text, ABOUT)) if following.kind == "about" else text)
        last = following.line
        if len(subject) >= 9:
            break
    head.body = last + 1
    _settle_subject(subject, head)
    _read_wire(rest, head, lines, last)


def _ends_subject(cell: Cell, subject: list[Passage]) -> bool:
    text = cell.text
    if not subject:
        return bool(STRUCTURE.match(text.text)) or (
            bool(INTRO.match(text.folded)) and text.text[-1:] in ",.;:" and len(text) > 60
        )
    small = text.text[:1].islower()
    if cell.gap and not small and not subject[-1].text.endswith((",", "-", " và", " của", " về")):
        return True
    if (
        shouting(text.text) > 0.85
        and len(text) > 6
        and shouting(subject[-1].text) < 0.6
        and not any(c.isdigit() for c in text.text)
    ):
        return True
    opens_body = bool(INTRO.match(text.folded)) and not small
    return opens_body or bool(STRUCTURE.match(text.text)) or text.text.startswith("(")


def _read_wire(rest: list[Cell], head: Head, lines: list[Line], last: int) -> None:
    """A công điện names its addressees after "… điện:"; some named kinds have "Kính gửi" below the title."""
    for cell in rest:
        if not last < cell.line <= last + 4:
            continue
        if cell.kind == "to" or (SENT_BY_WIRE.search(cell.text.folded) and len(cell.text) < 90):
            start = cell.text.part(lead_length(cell.text, TO)) if cell.kind == "to" else None
            after = rest[rest.index(cell) + 1 :]
            head.addressees, head.body = read_addressees(after, cell, start, lines)
            return


def _plainly_about(cells: list[Cell]) -> int | None:
    """The party's letters say "Về …" below the number, without "V/v"."""
    for i, (above, cell) in enumerate(pairwise(cells), start=1):
        if above.kind == "number" and cell.kind == "text" and _PLAINLY_ABOUT.match(cell.text.folded):
            return i
    return None


def _read_letter(cells: list[Cell], about: int | None, to: int | None, head: Head, lines: list[Line]) -> None:
    code = (head.symbol.value or "").split("-")[0].split("/")[0]
    typed = "-" in (head.symbol.value or "") or "/" in (head.symbol.value or "")
    head.kind = Text(KIND_BY_CODE.get(code, "công văn") if typed else "công văn", head.symbol.span)
    last = cells[0].line - 1 if cells else head.body - 1
    for cell in cells:
        if cell.kind in ("number", "date", "state", "motto"):
            last = max(last, cell.line)
        elif cell.kind == "text" and cell.line > last + 3:
            break
    if about is not None:
        last = max(last, _read_about(cells, about, to, head))
    head.body = last + 1
    if to is not None:
        cell = cells[to]
        head.addressees, head.body = read_addressees(
            cells[to + 1 :], cell, cell.text.part(lead_length(cell.text, TO)), lines
        )
    elif about is not None:
        _headless_list(cells[about + 1 :], last, head, lines)
    head.body = max(head.body, last + 1) if to is None else head.body
    _skip_head_remains(cells, head)


def _read_about(cells: list[Cell], about: int, to: int | None, head: Head) -> int:
    first = cells[about]
    lead = ABOUT if first.kind == "about" else _PLAINLY_ABOUT
    subject = [first.text.part(lead_length(first.text, lead))]
    last = first.line
    for i in range(about + 1, len(cells)):
        cell = cells[i]
        if cell.kind in ("to", "item", "kind") or (
            cell.kind == "text" and _ends_about(cell, subject, last, to is not None and to > i)
        ):
            break
        if cell.kind == "text":
            subject.append(cell.text)
            last = cell.line
        if len(subject) > 12:
            break
    _settle_subject(subject, head)
    return last


def _ends_about(cell: Cell, subject: list[Passage], last: int, before_to: bool) -> bool:
    text = cell.text
    if before_to:
        return cell.line > last + 6
    small = text.text[:1].islower()
    return bool((cell.gap and not small) or (INTRO.match(text.folded) and not small) or len(text) > 100)


def _settle_subject(parts: list[Passage], head: Head) -> None:
    subject = Passage.join([p for p in parts if p]) if parts else None
    if not subject:
        return
    lead = _SUBJECT_LEAD.match(subject.folded)
    if lead and lead.end() < len(subject):
        subject = subject.part(lead.end())
    subject = subject.trimmed("_-—*~|'`:.,;")
    if subject:
        head.subject = Text(subject.text, subject.span())
        head.subject_passage = subject


def _headless_list(rest: list[Cell], last: int, head: Head, lines: list[Line]) -> None:
    """ "Kính gửi" was lost in the scan, the list after the subject was not."""
    items = [cell for cell in rest if cell.kind == "item" and cell.line <= last + 3]
    if items and len(read_list(items[0].text.part(lead_length(items[0].text, BULLET)))) > 0:
        first = Cell("to", items[0].text, items[0].line - 1, 0)
        head.addressees, head.body = read_addressees([c for c in rest if c.line >= items[0].line], first, None, lines)


def _skip_head_remains(cells: list[Cell], head: Head) -> None:
    """The right column may come after the addressees: the body begins below it."""
    for cell in cells:
        if cell.line == head.body and cell.kind in ("state", "motto", "date", "party", "number", "urgency", "received"):
            head.body = cell.line + 1
