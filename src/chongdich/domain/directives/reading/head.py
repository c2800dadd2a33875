"""The head of a document: who issues it, its number, place and date, kind, subject, to whom it goes, urgency, stamp.

Components 2, 3, 4, 5a, 5b, 9a and 10b of Nghị định 30/2020/NĐ-CP, Annex I. In a scan the two columns of the head may
follow one another, share lines, or be interleaved with the list of addressees.
"""

import re
from dataclasses import dataclass
from itertools import pairwise

from chongdich.kernels.text.passages import Passage

from . import dates
from .cells import ABOUT, BULLET, SENT_BY_WIRE, TO, Cell, head_cells, is_state_name, kind_of, shouting
from .lines import Line
from .names import from_capitals, mended, mended_place
from .result import NOT_FOUND, UNDATED, Dated, Received, Text, Unit
from .symbols import Numbered, own_number
from .units import read_list
from .vocabulary import BODY_HEADS, KIND_BY_CODE, URGENCIES

HEAD_LINES = 70
_PLAINLY_ABOUT = re.compile(r"^ve\s+(?:viec\s+)?(?=\S)")
_INTRO = re.compile(
    r"^\W{0,3}(?:thuc hien|can cu|tiep theo|sau khi|theo (?:de nghi|chi dao|tinh than|bao cao|quy "
    r"dinh|noi dung)|de (?!nghi)|ngay \d|"
    r"trong (?:thoi gian|khuon kho|nhung|tuan)|nham|xet |tren co so|hien nay|thoi gian qua|lien quan"
    r"|vua qua|duoc su|nhan duoc|"
    r"phuc dap|tra loi|thi hanh|trien khai (?:thuc hien )?(?:cong|quyet|nghi|ke|chi|thong)|hom nay"
    r"|tinh hinh|con bao|truoc tinh hinh|qua theo doi|bo y te (?:nhan|co|cam)|"
    r"(?:so|uy ban|cuc|trung tam|ban|ubnd|bo)\b.{3,60}\b(?:nhan duoc|thong bao|de nghi|yeu cau|da ban hanh|ban hanh))"
)
_STRUCTURE = re.compile(
    r"^\W{0,2}(?:[IVX]{1,4}|\d{1,2})\s?[.)]\s|^\W{0,2}(?:dieu|phan|chuong) \w{1,4}\b", re.IGNORECASE
)
_BODY_HEAD = re.compile(r"^\W{0,3}(?:" + "|".join(BODY_HEADS) + r")\b")
_SUBJECT_LEAD = re.compile(r"^\W*v\S{1,2}\s?vi.c\s*:?\s*")
_SIDE_NOTE = re.compile(r"\(\s*sau day (?:goi|viet)[^)]*\)?\.?")


@dataclass
class Head:
    """What the head says, and the line at which the body begins."""

    number: Text = NOT_FOUND
    symbol: Text = NOT_FOUND
    date: Dated = UNDATED
    place: Text = NOT_FOUND
    kind: Text = NOT_FOUND
    issuer: Text = NOT_FOUND
    superior: Text = NOT_FOUND
    subject: Text = NOT_FOUND
    urgency: Text = NOT_FOUND
    received: Received | None = None
    addressees: tuple[Unit, ...] = ()
    body: int = 0
    issuer_printed: bool = True
    subject_passage: Passage | None = None


def read_head(lines: list[Line], start: int = 0) -> Head:
    """Read the head that begins at a line."""
    head = Head(body=start)
    cells = head_cells(lines, start, start + HEAD_LINES)
    cells = _without_stamp(cells, head)
    _read_number(cells, head)
    _read_date(cells, head)
    _read_issuer(cells, head)
    _read_urgency(cells, head)
    _read_kind_and_subject(cells, head, lines)
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


def _read_issuer(cells: list[Cell], head: Head) -> None:
    """The lines in capitals above the number, left of the State's name; a new body begins with a body's word."""
    stop = next((c.line for c in cells if c.kind == "number"), None)
    if stop is None:
        stop = next((c.line for c in cells if c.kind in ("kind", "about", "to", "date")), None)
    bodies: list[list[Passage]] = []
    candidates = [c for c in cells if c.kind == "text" and (stop is None or c.line <= stop)]
    state = next((c.line for c in cells if c.kind in ("state", "party")), None)
    beside = state is not None and any(c.line == state for c in candidates)
    for cell in candidates:
        if beside and state is not None and cell.line < state and not _just_above(cell, cells, state):
            continue
        text = cell.text.trimmed("*-_—=.: |'\"`,;~")
        if shouting(text.text) < 0.6 or len(text) < 4:
            continue
        if _BODY_HEAD.match(text.folded) and not _continues(bodies, text):
            bodies.append([text])
        elif bodies:
            bodies[-1].append(text)
    _settle_issuer([Passage.join(parts) for parts in bodies], head)


def _just_above(cell: Cell, cells: list[Cell], state: int) -> bool:
    """The cells of a table's first column come line by line: the superior body stands right above the State's name."""
    return cell.line == state - 1 and all(c.gap == 0 for c in cells if c.line == state and c.first)


def _continues(bodies: list[list[Passage]], text: Passage) -> bool:
    """ "BAN CHỈ ĐẠO / PHÒNG, CHỐNG DỊCH", "SỞ NÔNG NGHIỆP VÀ / …": the body's name is not finished."""
    if not bodies:
        return False
    before = bodies[-1][-1].folded
    phrase = text.folded.startswith(("phong, chong", "phong chong", "bo doi", "hoi dong nhan dan va"))
    return phrase or before.endswith((" va", ",", "-", " cua", "uy ban", "trung tam", "van phong"))


def _settle_issuer(bodies: list[Passage], head: Head) -> None:
    kept = [b for i, b in enumerate(bodies) if not any(o.folded.startswith(b.folded) for o in bodies[i + 1 :])]
    if not kept:
        return
    head.issuer = Text(from_capitals(kept[-1].text), kept[-1].span())
    if len(kept) > 1 and kept[-1].folded == "van phong":  # an office is named with its body
        head.issuer = Text(f"Văn phòng {from_capitals(kept[-2].text)}", kept[-1].span())
    elif len(kept) > 1:
        head.superior = Text(from_capitals(kept[-2].text), kept[-2].span())


def _read_urgency(cells: list[Cell], head: Head) -> None:
    for cell in cells:
        if cell.kind == "urgency":
            head.urgency = Text(URGENCIES[cell.text.folded.strip(" .:!-")], cell.text.span())
            return


def _read_kind_and_subject(cells: list[Cell], head: Head, lines: list[Line]) -> None:
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
        subject.append(text.part(_lead_length(text, ABOUT)) if following.kind == "about" else text)
        last = following.line
        if len(subject) >= 9:
            break
    head.body = last + 1
    _settle_subject(subject, head)
    _read_wire(rest, head, lines, last)


def _ends_subject(cell: Cell, subject: list[Passage]) -> bool:
    text = cell.text
    if not subject:
        return bool(_STRUCTURE.match(text.text)) or (
            bool(_INTRO.match(text.folded)) and text.text[-1:] in ",.;:" and len(text) > 60
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
    opens_body = bool(_INTRO.match(text.folded)) and not small
    return opens_body or bool(_STRUCTURE.match(text.text)) or text.text.startswith("(")


def _read_wire(rest: list[Cell], head: Head, lines: list[Line], last: int) -> None:
    """A công điện names its addressees after "… điện:"; some named kinds have "Kính gửi" below the title."""
    for cell in rest:
        if not last < cell.line <= last + 4:
            continue
        if cell.kind == "to" or (SENT_BY_WIRE.search(cell.text.folded) and len(cell.text) < 90):
            start = cell.text.part(_lead_length(cell.text, TO)) if cell.kind == "to" else None
            after = rest[rest.index(cell) + 1 :]
            head.addressees, head.body = _addressees(after, cell, start, lines)
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
        head.addressees, head.body = _addressees(
            cells[to + 1 :], cell, cell.text.part(_lead_length(cell.text, TO)), lines
        )
    elif about is not None:
        _headless_list(cells[about + 1 :], last, head, lines)
    head.body = max(head.body, last + 1) if to is None else head.body
    _skip_head_remains(cells, head)


def _read_about(cells: list[Cell], about: int, to: int | None, head: Head) -> int:
    first = cells[about]
    lead = ABOUT if first.kind == "about" else _PLAINLY_ABOUT
    subject = [first.text.part(_lead_length(first.text, lead))]
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
    return bool((cell.gap and not small) or (_INTRO.match(text.folded) and not small) or len(text) > 100)


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


def _lead_length(text: Passage, pattern: re.Pattern[str]) -> int:
    match = pattern.match(text.folded)
    return match.end() if match else 0


def _addressees(rest: list[Cell], to: Cell, inline: Passage | None, lines: list[Line]) -> tuple[tuple[Unit, ...], int]:
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
        text = cell.text.part(_lead_length(cell.text, BULLET)) if cell.kind == "item" else cell.text
        if opens:
            items.append([text])
        else:
            items[-1].append(text)
        last = cell.line
    units = [unit for item in items for unit in _item_units(Passage.join(item))]
    return tuple(units), last + 1


def _is_addressee(cell: Cell, items: list[list[Passage]]) -> bool:
    if cell.kind == "item":
        return not _INTRO.match(cell.text.folded) or len(cell.text) < 60
    if cell.kind != "text":
        return False
    text = cell.text
    if text.text.startswith("("):
        return True
    if _INTRO.match(text.folded) and not text.text[:1].islower():
        return False
    if not items:
        return _BODY_HEAD.match(text.folded) is not None or text.folded.startswith("cac ") or len(text) < 90
    before = items[-1][-1].text
    if text.text[:1].islower():
        return not before.endswith(".") or cell.gap == 0
    if _STRUCTURE.match(text.text):
        return False
    unfinished = before.endswith((",", "-", " và", " các", " của", " thuộc", " trực")) or (
        cell.kind == "text" and len(before) > 45
    )
    unfinished = unfinished and not before.endswith((".", ";"))
    heads = _BODY_HEAD.match(text.folded) is not None or text.folded.startswith("cac ")
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


def _headless_list(rest: list[Cell], last: int, head: Head, lines: list[Line]) -> None:
    """ "Kính gửi" was lost in the scan, the list after the subject was not."""
    items = [cell for cell in rest if cell.kind == "item" and cell.line <= last + 3]
    if items and len(read_list(items[0].text.part(_lead_length(items[0].text, BULLET)))) > 0:
        first = Cell("to", items[0].text, items[0].line - 1, 0)
        head.addressees, head.body = _addressees([c for c in rest if c.line >= items[0].line], first, None, lines)


def _skip_head_remains(cells: list[Cell], head: Head) -> None:
    """The right column may come after the addressees: the body begins below it."""
    for cell in cells:
        if cell.line == head.body and cell.kind in ("state", "motto", "date", "party", "number", "urgency", "received"):
            head.body = cell.line + 1


def issuer_from_context(head: Head, on_behalf_of: str | None) -> None:
    """A head without its issuing body: the signature's "TM. …" and the place of the date tell it, with a doubt."""
    place = head.place.value
    if head.issuer.value or not on_behalf_of or not place:
        return
    kind, name = _place_kind(place)
    issuer = f"{on_behalf_of} {kind} {name}".replace("  ", " ") if kind else f"{on_behalf_of} {name}"
    head.issuer = Text(issuer, head.place.span, "Cơ quan ban hành suy từ chữ ký và địa danh, đề nghị kiểm tra.")
    head.issuer_printed = False


def _place_kind(place: str) -> tuple[str, str]:
    match = re.match(r"^(tp\.?|thành phố|huyện|thị xã|quận|xã|phường|tỉnh|thị trấn)\s*(.+)$", place, re.IGNORECASE)
    if not match:
        return "", place
    kind = match[1].lower()
    return ("thành phố" if kind.startswith("tp") else kind), match[2]


def next_head(lines: list[Line], start: int) -> int:
    """The line at which another document's head begins (the State's name again), or the number of lines."""
    for i in range(start, len(lines)):
        if len(lines[i].text) < 130 and is_state_name(lines[i].text):
            return i
    return len(lines)
