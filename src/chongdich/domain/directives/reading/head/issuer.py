"""Who issues a document, and which body stands above: component 2 of Nghị định 30/2020/NĐ-CP, Annex I."""

import re

from chongdich.kernels.text.passages import Passage

from ..cells import Cell, shouting
from ..names import from_capitals
from ..result import Text
from .fields import Head
from .openings import BODY_HEAD


def read_issuer(cells: list[Cell], head: Head) -> None:
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
        if BODY_HEAD.match(text.folded) and not _continues(bodies, text):
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
