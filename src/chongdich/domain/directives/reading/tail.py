"""The tail of a document: recipients with purpose and channel, the archive line, and who signed.

Components 7a, 7b and 9b of Nghị định 30/2020/NĐ-CP, Annex I. In a scan the right column (signature) often stands at the
end of the lines of the left one (recipients).
"""

import re
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from chongdich.kernels.text.folding import fold_in_place
from chongdich.kernels.text.passages import Passage

from .cells import BULLET, is_state_name, kind_of, shouting
from .lines import Line, is_junk
from .names import from_capitals
from .result import NOT_FOUND, UNSIGNED, Recipient, Signatory, Text
from .vocabulary import SURNAMES, TITLE_BY_FOLDED

RECIPIENTS = re.compile(r"^\W{0,4}n[o0]i\s?nh.n\b\s*[:;.]?|^\W{0,4}noi nhan\s*[:;.]?")
ARCHIVE = re.compile(r"^\W{0,4}l[uư][uư]\s*[:;.,]?\s*(?=\W*v\W{0,2}[tp]|van thu|\S)")
_ARCHIVE_STRICT = re.compile(r"^\W{0,4}luu\s*[:;.,]?\s*\W{0,2}(?:v\s?[tp]|van thu|hs|hc|tchc)\b")
_MARK = re.compile(
    r"(?:^|(?<=\s)|(?<=[;,.]))(?:(?P<m>TM|KT|TL|TUQ|TƯQ|Q)\s?[.,]|(?P<s>T/M|T/L|K/T)\s?[.,]?)\s?(?=[A-ZĐÀ-ỸƠƯ]{2})"
)
_CHANNEL = re.compile(
    r"^\W*gui\s+(?:(?P<e>ban )?dien tu|qua mang|(?:ban )?giay)[^:]{0,30}:?\s*$|^\W*gui (?:ban )?(?:dien tu|giay)\s*:"
)
_PURPOSE = re.compile(
    r"\(\s*(?:de\s+)?(?P<p>t\s?[/.]\s?h(?:ien)?|b\s?[/.]?\s?[ce](?:ao)?|p\s?[/.]\s?h(?:op)?|bao cao"
    r"|thuc hien|phoi hop[^)]*|biet|theo doi|"
    r"chi dao|k/t|kiem tra|dang tai|dua tin|niem yet|p/hop chi dao|thay b/c)\s*\)"
)
_DEGREE = re.compile(
    r"^(?:(?:(?:pgs|gs|ts|ths|bs|bsck\w*|ds|ks|cn|cki+|luat su|dai ta|thuong ta|trung ta|thieu ta"
    r"|thieu tuong|trung tuong|dai tuong|thuong tuong)\s*[.,]?\s*)+)"
)
_NAME_WORD = r"[A-ZĐÀ-ỸÑ][a-zà-ỹđêô’']{0,6}"
_NAME = re.compile(rf"(?:{_NAME_WORD}\s+){{1,4}}{_NAME_WORD}$")
_TITLE_CHOICES = tuple(TITLE_BY_FOLDED)
_ANNEX = re.compile(r"^\W*(?:phu luc|mau so|bieu mau|danh sach|danh muc)\b|ban hanh kem theo|\(kem theo")


@dataclass
class Tail:
    """What the tail says; `start` is its first line and `end` the line after it."""

    start: int
    end: int
    recipients: tuple[Recipient, ...] = ()
    archive: Text = NOT_FOUND
    signatory: Signatory = UNSIGNED


def find_tail(lines: list[Line], start: int, end: int) -> tuple[int, int]:
    """First line of the tail and the line after its last, between two lines; (end, end) when there is none."""
    first = next((i for i in range(start, end) if RECIPIENTS.match(lines[i].folded) and len(lines[i].text) < 90), None)
    archive = next((i for i in range(first or start, end) if _ARCHIVE_STRICT.search(lines[i].folded)), None)
    if first is None and archive is not None:
        first = _climb(lines, start, archive)
    if first is None:
        first = _signature_line(lines, start, end)
    if first is None:
        return end, end
    first = _signature_above(lines, first, start)
    return first, _tail_end(lines, first, archive, end)


def read_tail(lines: list[Line], start: int, end: int) -> Tail:
    """Read the lines of a tail."""
    tail = Tail(start, end)
    left: list[Passage] = []
    right: list[Passage] = []
    for line in lines[start:end]:
        for i, column in enumerate(line.columns()):
            listed, signed = _split(column, i, bool(left))
            left += [listed] if listed else []
            right += signed
    _read_recipients(left, tail)
    _read_signatory(right, left, tail)
    return tail


def _climb(lines: list[Line], start: int, archive: int) -> int:
    """Up from the archive line over the list, titles and ruins to the first line that is the tail's."""
    first = archive
    while first > start:
        line = lines[first - 1]
        listed = (
            BULLET.match(line.text.text) is not None
            and len(line.text) < 75
            and not line.text.text.rstrip().endswith("./.")
        )
        if not (
            listed
            or is_junk(line)
            or _title(line.text)
            or (len(line.text) < 45 and not re.search(r"[.,]\s*/?\.?$", line.text.text))
        ):
            break
        first -= 1
    return first


def _signature_line(lines: list[Line], start: int, end: int) -> int | None:
    for i in range(start + 1, end):
        text = lines[i].text
        if len(text) < 60 and (_MARK.match(text.text) or (_title(text) and shouting(text.text) > 0.9)):
            return i
    return None


def _signature_above(lines: list[Line], first: int, start: int) -> int:
    """The signature's lines may come before the recipients."""
    for i in range(max(start, first - 8), first):
        text = lines[i].text
        if len(text) < 60 and (_MARK.match(text.text) or (shouting(text.text) > 0.9 and _title(text))):
            return i
    return first


def _tail_end(lines: list[Line], first: int, archive: int | None, end: int) -> int:
    last = (archive if archive is not None else first) + 1
    limit = min(end, last + 14)
    for i in range(last, limit):
        text = lines[i].text
        titled = _title(text) is not None or _MARK.match(text.text)
        if is_state_name(text) or (kind_of(text) and not titled) or _ANNEX.search(text.folded) or len(text) > 100:
            break
        if _name(text.text) or titled:
            last = i + 1
    return last


def _split(column: Passage, index: int, listing: bool) -> tuple[Passage | None, list[Passage]]:
    """What of a piece of line belongs to the list and what to the signature."""
    text = column.text
    mark = _MARK.search(text)
    if mark:
        return _or_none(column.part(0, mark.start())), [column.part(mark.start())]
    title = _title_at_end(column)
    if title is not None:
        return _or_none(column.part(0, title)), [column.part(title)]
    name = _NAME.search(text.rstrip(" .,'\"*|_"))
    if name and _is_name(name.group()):
        whole = not text[: name.start()].strip(" \"“'*_-—.|")
        if whole or index > 0 or (text[: name.start()].rstrip()[-1:] in ";.:,~àA" and _strong_name(name.group())):
            return (None if whole else _or_none(column.part(0, name.start()))), [column.part(name.start(), name.end())]
    if shouting(text) > 0.9 and sum(c.isalpha() for c in text) > 5 and not BULLET.match(text):
        return None, [column]
    return column, []


def _or_none(part: Passage) -> Passage | None:
    return part if sum(c.isalpha() for c in part.text) > 1 else None


def _title(text: Passage) -> str | None:
    folded = text.folded.strip(" .:,*-_'\"~")
    if not 6 <= len(folded) <= 45:
        return None
    found = process.extractOne(folded, _TITLE_CHOICES, scorer=fuzz.ratio, score_cutoff=85)
    return TITLE_BY_FOLDED[found[0]] if found else None


def _title_at_end(column: Passage) -> int | None:
    """Where a title in capitals begins at the end of a line ("- Như trên;  THỨ TRƯỞNG", "Nơi nhận: ‹%à CHỦ TỊCH")."""
    match = re.search(r"(?:^|(?<=\s))(?:[A-ZĐÀ-ỸƠƯ]-)?[A-ZĐÀ-ỸƠƯ]{2,}(?:\s+[A-ZĐÀ-ỸƠƯ]{2,}){1,5}\W*$", column.text)
    if not match:
        return None
    words = list(re.finditer(r"\S+", column.text[match.start() :]))
    for word in words:
        start = match.start() + word.start()
        if _title(column.part(start)):
            return start
    return None


def _is_name(text: str) -> bool:
    words = fold_in_place(_DEGREE.sub("", text)).split()
    return 2 <= len(words) <= 5 and (words[0] in SURNAMES or (len(words) > 2 and words[1] in ("thi", "van")))


def _strong_name(text: str) -> bool:
    """At least three words, or a surname that is hardly anything else."""
    words = fold_in_place(text).split()
    return len(words) >= 3 or words[0] in ("nguyen", "tran", "pham", "hoang", "huynh", "dang", "bui", "vu", "le")


def _name(text: str) -> str | None:
    match = _NAME.search(text.strip(" .,'\"*|_“”"))
    return match.group() if match and _is_name(match.group()) else None


def _read_recipients(left: list[Passage], tail: Tail) -> None:
    items: list[tuple[Passage, str | None]] = []
    channel: str | None = None
    archived = False
    for text in left:
        label = RECIPIENTS.match(text.folded)
        text = text.part(label.end()) if label else text
        if not text or (len(text) < 4 and not BULLET.match(text.text)) or is_junk(Line(text, 0, 0)):
            continue
        if _CHANNEL.match(text.folded):
            channel = "paper" if "giay" in text.folded else "electronic"
            continue
        if archived:
            break
        archived = _add(items, text, channel, tail)
    tail.recipients = tuple(r for item, way in items if (r := _recipient(item, way)))


def _add(items: list[tuple[Passage, str | None]], text: Passage, channel: str | None, tail: Tail) -> bool:
    bullet = BULLET.match(text.text)
    body = text.part(bullet.end() if bullet else 0)
    archive = ARCHIVE.match(body.folded)
    if archive:
        kept = body.part(archive.end()).trimmed(".;,:_-*~|'`\"")
        if kept:
            tail.archive = Text(kept.text, kept.span())
        return True
    continues = items and not bullet and (text.text[:1].islower() or not items[-1][0].text.endswith((";", ".", ")")))
    if continues:
        before, way = items[-1]
        items[-1] = (Passage.join([before, text]), way)
    else:
        items.append((body, channel))
    return False


def _recipient(item: Passage, channel: str | None) -> Recipient | None:
    span = item.span()
    end = re.search(r";(?=[^;]*$)", item.text)
    if end and len(item.text) - end.end() < 12 and not any(c.isalpha() for c in item.text[end.end() :][3:]):
        item = item.part(0, end.start())
    purpose = _PURPOSE.search(item.folded)
    why = None
    if purpose:
        why = (
            re.sub(r"\s", "", item.text[slice(*purpose.span("p"))])
            if "/" in purpose["p"]
            else item.text[slice(*purpose.span("p"))]
        )
        why = {"b/e": "b/c", "b/cao": "b/c", "b/cáo": "b/c"}.get(why, why)
        item = item.without([purpose.span()])
    name = item.trimmed(".;,:_-—*~|'`\"«»").text
    name = re.sub(r"\s+", " ", name)
    return Recipient(name, why, channel, span) if sum(c.isalpha() for c in name) > 1 else None


def _read_signatory(right: list[Passage], left: list[Passage], tail: Tail) -> None:
    behalf = position = name = None
    capacity: list[str] = []
    for text in right:
        mark = _MARK.match(text.text)
        person = _name(text.text) if not mark and shouting(text.text) < 0.75 else None
        if mark and _letters(mark) == "TM":
            behalf = behalf or from_capitals(text.part(mark.end()).text)
        elif mark:
            title = _title(text.part(mark.end()))
            capacity.append(f"{_letters(mark)}. {title.upper() if title else text.part(mark.end()).text}")
        elif person:
            name = person
        elif position is None:
            position = _title(text) or _office(text)
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
    degree = _DEGREE.match(folded)
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
