"""Where a document's tail begins and ends; which of its columns' pieces are list and which signature.

In a scan the right column (signature) often stands at the end of the lines of the left one (recipients).
"""

import re

from chongdich.kernels.text.passages import Passage

from ..cells import BULLET, is_state_name, kind_of, shouting
from ..lines import Line, is_junk
from .fields import Tail
from .marks import AUTHORITY, NAME, is_name, name_of, strong_name, title_of
from .recipients import RECIPIENTS, read_recipients
from .signatory import read_signatory

_ARCHIVE_STRICT = re.compile(r"^\W{0,4}luu\s*[:;.,]?\s*\W{0,2}(?:v\s?[tp]|van thu|hs|hc|tchc)\b")
_ANNEX = re.compile(r"^\W*(?:phu luc|mau so|bieu mau|danh sach|danh muc)\b|ban hanh kem theo|\(kem theo")


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
    read_recipients(left, tail)
    read_signatory(right, left, tail)
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
            or title_of(line.text)
            or (len(line.text) < 45 and not re.search(r"[.,]\s*/?\.?$", line.text.text))
        ):
            break
        first -= 1
    return first


def _signature_line(lines: list[Line], start: int, end: int) -> int | None:
    for i in range(start + 1, end):
        text = lines[i].text
        if len(text) < 60 and (AUTHORITY.match(text.text) or (title_of(text) and shouting(text.text) > 0.9)):
            return i
    return None


def _signature_above(lines: list[Line], first: int, start: int) -> int:
    """The signature's lines may come before the recipients."""
    for i in range(max(start, first - 8), first):
        text = lines[i].text
        if len(text) < 60 and (AUTHORITY.match(text.text) or (shouting(text.text) > 0.9 and title_of(text))):
            return i
    return first


def _tail_end(lines: list[Line], first: int, archive: int | None, end: int) -> int:
    last = (archive if archive is not None else first) + 1
    limit = min(end, last + 14)
    for i in range(last, limit):
        text = lines[i].text
        titled = title_of(text) is not None or AUTHORITY.match(text.text)
        if is_state_name(text) or (kind_of(text) and not titled) or _ANNEX.search(text.folded) or len(text) > 100:
            break
        if name_of(text.text) or titled:
            last = i + 1
    return last


def _split(column: Passage, index: int, listing: bool) -> tuple[Passage | None, list[Passage]]:
    """What of a piece of line belongs to the list and what to the signature."""
    text = column.text
    mark = AUTHORITY.search(text)
    if mark:
        return _or_none(column.part(0, mark.start())), [column.part(mark.start())]
    title = _title_at_end(column)
    if title is not None:
        return _or_none(column.part(0, title)), [column.part(title)]
    name = NAME.search(text.rstrip(" .,'\"*|_"))
    if name and is_name(name.group()):
        whole = not text[: name.start()].strip(" \"“'*_-—.|")
        if whole or index > 0 or (text[: name.start()].rstrip()[-1:] in ";.:,~àA" and strong_name(name.group())):
            return (None if whole else _or_none(column.part(0, name.start()))), [column.part(name.start(), name.end())]
    if shouting(text) > 0.9 and sum(c.isalpha() for c in text) > 5 and not BULLET.match(text):
        return None, [column]
    return column, []


def _or_none(part: Passage) -> Passage | None:
    return part if sum(c.isalpha() for c in part.text) > 1 else None


def _title_at_end(column: Passage) -> int | None:
    """Where a title in capitals begins at the end of a line ("- Như trên;  THỨ TRƯỞNG", "Nơi nhận: ‹%à CHỦ TỊCH")."""
    match = re.search(r"(?:^|(?<=\s))(?:[A-ZĐÀ-ỸƠƯ]-)?[A-ZĐÀ-ỸƠƯ]{2,}(?:\s+[A-ZĐÀ-ỸƠƯ]{2,}){1,5}\W*$", column.text)
    if not match:
        return None
    words = list(re.finditer(r"\S+", column.text[match.start() :]))
    for word in words:
        start = match.start() + word.start()
        if title_of(column.part(start)):
            return start
    return None
