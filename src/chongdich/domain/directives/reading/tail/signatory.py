"""Who signed: authority mark, title, name; components 7a, 7b of Nghị định 30/2020/NĐ-CP, Annex I."""

import re

from chongdich.kernels.text.folding import fold_in_place
from chongdich.kernels.text.passages import Passage

from ..cells import shouting
from ..names import from_capitals
from ..result import Signatory
from .fields import Tail
from .marks import AUTHORITY, DEGREE, name_of, title_of


def read_signatory(right: list[Passage], left: list[Passage], tail: Tail) -> None:
    behalf = position = name = None
    capacity: list[str] = []
    for text in right:
        mark = AUTHORITY.match(text.text)
        person = name_of(text.text) if not mark and shouting(text.text) < 0.75 else None
        if mark and _letters(mark) == "TM":
            behalf = behalf or from_capitals(text.part(mark.end()).text)
        elif mark:
            title = title_of(text.part(mark.end()))
            capacity.append(f"{_letters(mark)}. {title.upper() if title else text.part(mark.end()).text}")
        elif person:
            name = person
        elif position is None:
            position = title_of(text) or _office(text)
    span = (right[0].span()[0], right[-1].span()[1]) if right else None
    person = _mended_name(name) if name else None
    doubt = "" if person else "Không thấy họ tên người ký."
    tail.signatory = Signatory(behalf, "; ".join(capacity) or None, _cased(position), person, span, doubt)


def _letters(mark: re.Match[str]) -> str:
    return (mark["m"] or mark["s"]).replace("/", "").replace("Ư", "U")


def _office(text: Passage) -> str | None:
    words = text.folded.strip()
    return (
        text.text.lower() if words.startswith(("pho ", "chu tich", "giam doc", "truong ", "chanh ", "bi thu")) else None
    )


_OFFICE_WORDS = {
    "chủ": "Chủ",
    "giám": "Giám",
    "trưởng": "Trưởng",
    "bí": "Bí",
    "chánh": "Chánh",
    "cục": "Cục",
    "thường trực": "Thường trực",
}


def _cased(position: str | None) -> str | None:
    """ "phó chủ tịch" is Phó Chủ tịch, "phó trưởng ban thường trực" Phó Trưởng ban Thường trực."""
    if not position:
        return None
    words = position.split(" ")
    if words[0] == "phó" and len(words) > 1:
        words[1] = words[1].capitalize()
    words[0] = words[0].capitalize()
    return re.sub(r"thường trực$", "Thường trực", " ".join(words))


def _mended_name(name: str) -> str:
    """Degree and rank off; a garbled surname everybody knows is written right."""
    folded = fold_in_place(name)
    degree = DEGREE.match(folded)
    name = name[degree.end() :] if degree and degree.end() < len(name) else name
    words = name.split()
    middle = [_MIDDLE.get(fold_in_place(word), word) if len(words) > 2 else word for word in words[1:-1]]
    return " ".join([_mended_surname(words[0]), *middle, *words[1:][-1:]])


def _mended_surname(word: str) -> str:
    right = _COMMON_SURNAMES.get(fold_in_place(word), ())
    return word if word in right or not right else right[0]


_MIDDLE = {"van": "Văn", "thi": "Thị"}
_COMMON_SURNAMES = {
    "nguyen": ("Nguyễn",), "tran": ("Trần",), "pham": ("Phạm",), "hoang": ("Hoàng",), "huynh": ("Huỳnh",),
    "dang": ("Đặng", "Đăng"), "bui": ("Bùi",), "le": ("Lê",), "vu": ("Vũ", "Vu"), "vo": ("Võ",), "ngo": ("Ngô",),
    "do": ("Đỗ", "Đô"), "ho": ("Hồ", "Hố"), "ly": ("Lý",), "phan": ("Phan",), "nong": ("Nông",),
    "trieu": ("Triệu",),
    "ha": ("Hà", "Hạ"), "dinh": ("Đinh",), "trinh": ("Trịnh",),
    "phung": ("Phùng", "Phụng"), "mai": ("Mai",), "cao": ("Cao",),
}  # fmt: skip
