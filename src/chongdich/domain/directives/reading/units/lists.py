"""Lists of bodies inside sentences.

"Các sở, ban, ngành, đoàn thể tỉnh và Ban Chỉ đạo phòng, chống dịch các huyện, thành phố tiếp tục …" is two bodies; a
comma or "và" cuts only where the next body's first word follows, a predicate ends the list.
"""

import re

from chongdich.kernels.text.passages import Passage

from ..result import Unit
from .cutting import MASK, SEPARATOR, cut
from .endings import end_of_units
from .openings import starts_bare, starts_body

_COLON_LIST = re.compile(
    r"^(?:cac\s+)(?P<g>so|phong|bo|ban|cuc|chi cuc|huyen|xa|phuong|hoi|vu)(?:,\s*(?:ban|nganh|ban nganh))*\s*:\s*"
)


def read_units(passage: Passage, at: int = 0, *, bare: bool = False) -> tuple[list[Unit], int]:
    """The bodies named from a place on and the place after them; none when no body begins there.

    `bare`: groups in lower case ("chính quyền các cấp") count as beginnings too, as after "phối hợp với".
    """
    if not (starts_body(passage, at) or (bare and starts_bare(passage, at))):
        return [], at
    colon = _COLON_LIST.match(passage.folded[at:])
    if colon and passage.text[at + colon.end() : at + colon.end() + 1].isupper():
        return _colon_list(passage, at, colon)
    passage = _masked(passage)
    end = end_of_units(passage, at)
    return cut(passage, at, end, bare=True), end


def end_of_name(passage: Passage, at: int) -> int:
    """Where the name (or list of names) that begins at a place ends, whatever it begins with."""
    return end_of_units(passage, at)


def _masked(passage: Passage) -> Passage:
    """Remarks in brackets inside a list ("Sở Y tế (cơ quan thường trực), Công an tỉnh") are no part of names."""
    text = passage.text
    for match in reversed(list(_REMARK.finditer(text))):
        text = text[: match.start()] + MASK * (match.end() - match.start()) + text[match.end() :]
    return Passage(passage.source, text, passage.at) if text != passage.text else passage


def read_list(item: Passage) -> list[Unit]:
    """The bodies of a whole item of a list ("- Sở Y tế, Công an tỉnh;"): everything belongs to one of them."""
    colon = _COLON_LIST.match(item.folded)
    if colon and item.text[colon.end() : colon.end() + 1].isupper():
        return _colon_list(item, 0, colon)[0]
    return cut(item, 0, len(item), bare=False)


def _colon_list(passage: Passage, at: int, colon: re.Match[str]) -> tuple[list[Unit], int]:
    """ "Các Sở: Tài chính, Kế hoạch và Đầu tư" is Sở Tài chính and Sở Kế hoạch và Đầu tư."""
    kind = {"so": "Sở", "phong": "Phòng", "bo": "Bộ", "ban": "Ban", "cuc": "Cục", "chi cuc": "Chi cục", "vu": "Vụ"}
    first = at + colon.end()
    end = end_of_units(passage, first)
    word = kind.get(colon["g"], passage.text[at + colon.start("g") : at + colon.end("g")].capitalize())
    body = next((m.end() for m in SEPARATOR.finditer(passage.folded, first, end) if starts_body(passage, m.end())), end)
    units: list[Unit] = []
    for piece in re.finditer(r"[^,;]+", passage.text[first:body]):
        part = passage.part(first + piece.start(), first + piece.end()).trimmed(",;")
        name = re.sub(r"\s+(?:và|cùng)$", "", part.text)
        if units and re.match(r"(?:thương binh|thể thao)", part.text, re.IGNORECASE):
            units[-1] = Unit(f"{units[-1].name}, {name}", units[-1].span)
        elif name:
            units.append(Unit(f"{word} {name}", part.span(0, len(name))))
    return units + (cut(passage, body, end, bare=True) if body < end else []), end


_REMARK = re.compile(r"\([^()]{2,120}\)(?=\s*(?:[,;]|và\s))")
