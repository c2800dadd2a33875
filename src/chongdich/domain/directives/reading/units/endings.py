"""Where a list of bodies ends: at its sentence's end, or where a predicate begins."""

import re

from chongdich.kernels.text.passages import Passage

from ..vocabulary import SINGLE_WORDS, STOP_WORDS, VERBS
from .cutting import SEPARATOR
from .openings import ABBREVIATED, AFTER_STOP_OK, BARE, GROUP, HEAD, NAME_VERB, ORGANISATIONS, WORD, alternatives

_STOP = re.compile(rf"\b(?:{alternatives(VERBS + STOP_WORDS)})\b")
_SENTENCE_END = re.compile(r"[:;\"“]|\.(?:\s|$)|\((?!s\))|(?<=[a-z])\.{2,}")


def end_of_units(passage: Passage, at: int) -> int:
    folded, text = passage.folded, passage.text
    end = len(text)
    place = at
    while place < end:
        stop = _SENTENCE_END.search(folded, place, end)
        if not stop:
            break
        if stop.group().startswith(".") and ABBREVIATED.search(text[: stop.start() + 1]):
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
        if NAME_VERB.match(folded, match.start()) and _directly_after_head(passage, match.start(), at):
            continue
        return min(match.start(), _first_single(passage, at, match.start(), head_end))
    return _first_single(passage, at, end, head_end)


def _first_single(passage: Passage, at: int, end: int, head_end: int) -> int:
    text = passage.text
    for word in WORD.finditer(text, max(at, head_end), end):
        if (
            (word.group() in SINGLE_WORDS or _grants(text, word))
            and not text.startswith(AFTER_STOP_OK, word.start())
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
    if text.startswith(AFTER_STOP_OK, place):
        return False
    if ORGANISATIONS.match(folded, place):
        return False
    before = folded[:place].rstrip().rsplit(" ", 1)[-1]
    inside = before in ("cac", "nhung", "khu", "noi", "chot", "diem")
    return not inside and not folded[:place].rstrip().endswith((" cong tac", "chuc nang", "giao duc"))


def _end_of_head(passage: Passage, at: int) -> int:
    for pattern in (GROUP, HEAD, BARE):
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
    for separator in SEPARATOR.finditer(passage.folded, at, place):
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
