"""Bodies inside sentences: where a list of them begins and ends, and where it is cut.

"Các sở, ban, ngành, đoàn thể tỉnh và Ban Chỉ đạo phòng, chống dịch các huyện, thành phố tiếp tục …" is two bodies; a
comma or "và" cuts only where the next body's first word follows, a predicate ends the list.
"""

import re

from chongdich.kernels.text.folding import fold_in_place
from chongdich.kernels.text.passages import Passage

from .accents import well_marked
from .names import is_known_name, mended
from .result import Unit
from .vocabulary import (
    BARE_GROUPS,
    BODY_HEADS,
    GROUP_ALIASES,
    GROUP_HEADS,
    NAME_VERBS,
    NOT_BODIES,
    PREFIXES,
    SINGLE_WORDS,
    STOP_WORDS,
    VERBS,
)


def _alternatives(words: tuple[str, ...]) -> str:
    return "|".join(re.escape(word) for word in sorted(set(words), key=len, reverse=True))


_HEAD = re.compile(rf"(?:{_alternatives(BODY_HEADS)})\b")
_GROUP = re.compile(rf"(?:tat ca |toan the |toan bo )?(?:cac|moi|nhung)\s+(?P<g>{_alternatives(GROUP_HEADS)})\b")
_BARE = re.compile(rf"(?:{_alternatives(BARE_GROUPS)})\b")
_NOT = re.compile(rf"(?:(?:cac|nhung|moi)\s+)?(?:{_alternatives(NOT_BODIES)})\b")
_STOP = re.compile(rf"\b(?:{_alternatives(VERBS + STOP_WORDS)})\b")
_WORD = re.compile(r"[^\W\d_]+")
_NAME_VERB = re.compile(rf"(?:{_alternatives(NAME_VERBS)})\b")
_PREFIX = re.compile(rf"[\s\"“']*(?:(?:{_alternatives(PREFIXES)})\b\s*,?\s*)+")
_SEPARATOR = re.compile(r"\s*[,;]\s*(?:va\s+|cung\s+)?|\s+va\s+|\s+cung\s+(?:voi\s+)?")
_SENTENCE_END = re.compile(r"[:;\"“]|\.(?:\s|$)|\((?!s\))|(?<=[a-z])\.{2,}")
_COLON_LIST = re.compile(
    r"^(?:cac\s+)(?P<g>so|phong|bo|ban|cuc|chi cuc|huyen|xa|phuong|hoi|vu)(?:,\s*(?:ban|nganh|ban nganh))*\s*:\s*"
)
_ABBREVIATED = re.compile(r"\b(?:tp|tx|tt|th|gs|ts|bs|đ/c|cty|p|q|h)\.$", re.IGNORECASE)
_AFTER_STOP_OK = (
    "trên địa bàn",
    "có liên quan",
    "có giường",
    "trực thuộc",
    "tại địa phương",
    "trên cả nước",
    "tại tỉnh",
    "có hoạt động",
    "có người",
    "có chức năng",
)
_BARE_BODY = re.compile(r"^(?:ubnd|uy ban nhan dan|hdnd|hoi dong nhan dan|so|phong|ban|trung tam|cong an)$")


def starts_body(passage: Passage, at: int) -> bool:
    """Does the name of a body or of a group of bodies begin here?"""
    folded = passage.folded
    if _NOT.match(folded, at) and not _real_group(passage, at):
        return False
    group = _GROUP.match(folded, at)
    if group:
        return well_marked(group["g"], passage.text[group.start("g") : group.end("g")])
    head = _HEAD.match(folded, at)
    if not head or not passage.text[at : at + 1].isupper():
        return False
    if folded.startswith("-", head.end()):
        return False
    return well_marked(head.group(), passage.text[at : head.end()]) or is_known_name(folded, at)


def _real_group(passage: Passage, at: int) -> bool:
    match = re.compile(r"(?:cac|moi)\s+(?:to chuc|doan the|bo phan|hoi vien|co so san xuat)\b").match(
        passage.folded, at
    )
    return bool(match)


def skip_prefix(passage: Passage, at: int = 0) -> int:
    """Past "Đề nghị", "Yêu cầu", "Giao" … where a body follows; else the place given."""
    match = _PREFIX.match(passage.folded, at)
    if match and starts_body(passage, match.end()):
        return match.end()
    return at


def read_units(passage: Passage, at: int = 0, *, bare: bool = False) -> tuple[list[Unit], int]:
    """The bodies named from a place on and the place after them; none when no body begins there.

    `bare`: groups in lower case ("chính quyền các cấp") count as beginnings too, as after "phối hợp với".
    """
    if not (starts_body(passage, at) or (bare and _starts_bare(passage, at))):
        return [], at
    colon = _COLON_LIST.match(passage.folded[at:])
    if colon and passage.text[at + colon.end() : at + colon.end() + 1].isupper():
        return _colon_list(passage, at, colon)
    passage = _masked(passage)
    end = _end_of_units(passage, at)
    return _cut(passage, at, end, bare=True), end


def end_of_name(passage: Passage, at: int) -> int:
    """Where the name (or list of names) that begins at a place ends, whatever it begins with."""
    return _end_of_units(passage, at)


def _masked(passage: Passage) -> Passage:
    """Remarks in brackets inside a list ("Sở Y tế (cơ quan thường trực), Công an tỉnh") are no part of names."""
    text = passage.text
    for match in reversed(list(_REMARK.finditer(text))):
        text = text[: match.start()] + _MASK * (match.end() - match.start()) + text[match.end() :]
    return Passage(passage.source, text, passage.at) if text != passage.text else passage


def read_list(item: Passage) -> list[Unit]:
    """The bodies of a whole item of a list ("- Sở Y tế, Công an tỉnh;"): everything belongs to one of them."""
    colon = _COLON_LIST.match(item.folded)
    if colon and item.text[colon.end() : colon.end() + 1].isupper():
        return _colon_list(item, 0, colon)[0]
    return _cut(item, 0, len(item), bare=False)


def _colon_list(passage: Passage, at: int, colon: re.Match[str]) -> tuple[list[Unit], int]:
    """ "Các Sở: Tài chính, Kế hoạch và Đầu tư" is Sở Tài chính and Sở Kế hoạch và Đầu tư."""
    kind = {"so": "Sở", "phong": "Phòng", "bo": "Bộ", "ban": "Ban", "cuc": "Cục", "chi cuc": "Chi cục", "vu": "Vụ"}
    first = at + colon.end()
    end = _end_of_units(passage, first)
    word = kind.get(colon["g"], passage.text[at + colon.start("g") : at + colon.end("g")].capitalize())
    body = next(
        (m.end() for m in _SEPARATOR.finditer(passage.folded, first, end) if starts_body(passage, m.end())), end
    )
    units: list[Unit] = []
    for piece in re.finditer(r"[^,;]+", passage.text[first:body]):
        part = passage.part(first + piece.start(), first + piece.end()).trimmed(",;")
        name = re.sub(r"\s+(?:và|cùng)$", "", part.text)
        if units and re.match(r"(?:thương binh|thể thao)", part.text, re.IGNORECASE):
            units[-1] = Unit(f"{units[-1].name}, {name}", units[-1].span)
        elif name:
            units.append(Unit(f"{word} {name}", part.span(0, len(name))))
    return units + (_cut(passage, body, end, bare=True) if body < end else []), end


def _starts_bare(passage: Passage, at: int) -> bool:
    match = _BARE.match(passage.folded, at)
    return (
        match is not None
        and not _NOT.match(passage.folded, at)
        and well_marked(match.group(), passage.text[at : match.end()])
    )


def _end_of_units(passage: Passage, at: int) -> int:
    folded, text = passage.folded, passage.text
    end = len(text)
    place = at
    while place < end:
        stop = _SENTENCE_END.search(folded, place, end)
        if not stop:
            break
        if stop.group().startswith(".") and _ABBREVIATED.search(text[: stop.start() + 1]):
            place = stop.end()
            continue
        if stop.group() == "(":
            closing = text.find(")", stop.start())
            if 0 < closing < stop.start() + 60 and re.match(r"\s*(?:,|và )", text[closing + 1 :]):
                place = closing
                continue
        end = stop.start()
        break
    end = min(end, _first_predicate(passage, at, end))
    trailing = re.search(r"(?:[\s,]|\bvà\b|\bcùng\b)+$", text[at:end])
    return at + trailing.start() if trailing else end


def _first_predicate(passage: Passage, at: int, end: int) -> int:
    folded = passage.folded
    head_end = _end_of_head(passage, at)
    for match in _STOP.finditer(folded, at, end):
        if match.start() <= at or not _is_predicate(passage, match.start(), head_end):
            continue
        if _NAME_VERB.match(folded, match.start()) and _directly_after_head(passage, match.start(), at):
            continue
        return min(match.start(), _first_single(passage, at, match.start(), head_end))
    return _first_single(passage, at, end, head_end)


def _first_single(passage: Passage, at: int, end: int, head_end: int) -> int:
    text = passage.text
    for word in _WORD.finditer(text, max(at, head_end), end):
        if (
            (word.group() in SINGLE_WORDS or _grants(text, word))
            and not text.startswith(_AFTER_STOP_OK, word.start())
            and not _kept_together(text, word.end())
        ):
            return word.start()
    return end


def _grants(text: str, word: re.Match[str]) -> bool:
    """ "cấp" is a verb unless it is a level ("các cấp", "cấp tỉnh", "cấp ủy")."""
    if word.group() != "cấp" or re.search(r"(?:các|mọi|nhiều|hai|ba)\s+$", text[: word.start()]):
        return False
    return (
        re.match(
            r"\s+(?:tỉnh|huyện|xã|ủy|uỷ|trên|dưới|trung ương|cơ sở|thành phố|quận|phường|bộ|sở|có)\b",
            text[word.end() :],
        )
        is None
    )


def _kept_together(text: str, after: int) -> bool:
    """ "cần", "để" … are words of their own; "tự vệ", "từ thiện" are not predicates."""
    return re.match(r"\s+(?:vệ|thiện|nguyện|trị|do)\b", text[after:]) is not None or text[:after].endswith(_WHOLE)


_WHOLE = ("công lập", "dân lập", "độc lập", "Đầu tự", "đầu tự", "công tự", "hoạt động về", "Ngoại giao", "ngoại giao")


def _is_predicate(passage: Passage, place: int, head_end: int) -> bool:
    text, folded = passage.text, passage.folded
    if not text[place].islower() and not text[:place].isupper():
        return False
    if place < head_end:
        return False
    if text.startswith(_AFTER_STOP_OK, place):
        return False
    if _ORGANISATIONS.match(folded, place):
        return False
    before = folded[:place].rstrip().rsplit(" ", 1)[-1]
    inside = before in ("cac", "nhung", "khu", "noi", "chot", "diem")
    return not inside and not folded[:place].rstrip().endswith((" cong tac", "chuc nang", "giao duc"))


def _end_of_head(passage: Passage, at: int) -> int:
    for pattern in (_GROUP, _HEAD, _BARE):
        match = pattern.match(passage.folded, at)
        if match:
            return match.end()
    return at


_NAMED_BY_VERB = re.compile(
    r"(?:(?:cac |moi )?(?:ban|trung tam|to|doi|hoi dong|khu|bo phan|ban cong tac|doan|chot|cum)"
    r"|phong|van phong|cong ty|vien|vien nghien cuu|hoi|tram|cuc|chi cuc)"
)


def _directly_after_head(passage: Passage, place: int, at: int) -> bool:
    """Only the first word of a name stands between the last separator and the verb: "Ban | chỉ đạo"."""
    start = at
    for separator in _SEPARATOR.finditer(passage.folded, at, place):
        start = separator.end()
    head = passage.folded[start:place].strip()
    if head in ("so", "bo", "ty"):
        return bool(re.match(r"(?:thong tin|xay dung|lao dong|giao duc|tai chinh)", passage.folded[place:]))
    if re.fullmatch(r"(?:cac |moi )?(?:co quan|don vi)", head):
        return bool(
            re.match(r"(?:thong tin|truyen thong|quan ly|kiem tra|giam sat|nghien cuu)", passage.folded[place:])
        )
    if head.endswith("benh vien"):
        return bool(re.match(r"(?:dieu tri|phuc hoi)", passage.folded[place:]))
    return _NAMED_BY_VERB.fullmatch(head) is not None


def _cut(passage: Passage, at: int, end: int, *, bare: bool) -> list[Unit]:
    pieces: list[tuple[int, int]] = []
    start = at
    for separator in _SEPARATOR.finditer(passage.folded, at, end):
        after = separator.end()
        if (
            after >= end
            or separator.start() <= start
            or not (starts_body(passage, after) or (bare and _starts_bare_after(passage, after, separator)))
        ):
            continue
        if "," in separator.group() and _BARE_HEADS_ONLY.fullmatch(
            passage.folded[after:end].split(",")[0].split(" va ")[0].strip()
        ):
            continue
        if _incomplete(passage, start, separator, end):
            continue
        pieces.append((start, separator.start()))
        start = after
    pieces.append((start, end))
    units = []
    for a, b in pieces:
        part = passage.part(a, b).trimmed(",;:." + _MASK)
        if part:
            name = mended(re.sub(rf"\s*{_MASK}+", "", part.text), case=False)
            units.append(Unit(_named_once(name), part.span()))
    return units


_ORGANISATIONS = re.compile(
    r"to chuc(?: dang\b| chinh tri| xa hoi| thanh vien| ton giao| kinh te| ca nhan| co so|\s*,|\s+moi\b|$)"
)
_MASK = "¤"
_REMARK = re.compile(r"\([^()]{2,120}\)(?=\s*(?:[,;]|và\s))")
_BARE_HEADS_ONLY = re.compile(r"(?:so|ban|nganh|phong|hoi|doan the)")


def _starts_bare_after(passage: Passage, at: int, separator: re.Match[str]) -> bool:
    match = re.compile(
        r"(?:chinh quyen|he thong|luc luong|cac co so|nganh (?:y te|giao duc|cong an|thue)|(?:pho "
        r")?(?:giam doc|chu tich|truong ban|thu truong|hieu truong|truong phong) (?:cac|so|ubnd|uy "
        r"ban|trung tam|phong|benh vien|cong ty))\b"
    ).match(passage.folded, at)
    return bool(match)


def _incomplete(passage: Passage, start: int, separator: re.Match[str], end: int) -> bool:
    """ "UBND và Trạm Y tế các xã": the first body has no name of its own, both share what follows."""
    left = passage.folded[start : separator.start()].strip()
    if "," not in separator.group() and ";" not in separator.group():
        if _BARE_BODY.match(left):
            return True
        if re.search(r"\b(?:van phong|vp)\b.*\b(?:hdnd|hoi dong nhan dan|dbqh)$", left):
            return True
    offices = re.search(r"\bvan phong (?:doan )?(?:dbqh|dai bieu quoc hoi)$", left)
    return left.endswith(("khu kinh te", "khu cong nghiep")) or offices is not None


def _named_once(name: str) -> str:
    folded = fold_in_place(name)
    for alias, kept in GROUP_ALIASES.items():
        place = folded.find(fold_in_place(alias))
        if place >= 0:
            return name[:place] + kept + name[place + len(alias) :]
    return name
