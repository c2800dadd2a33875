"""Names as they are rightly written: a heading in capitals or a garbled scan is brought back to the usual spelling."""

import re
from collections.abc import Callable
from functools import lru_cache

from rapidfuzz import fuzz, process

from chongdich.kernels.text.folding import fold_in_place

from .vocabulary import HEAD_ABBREVIATIONS, KNOWN_NAMES, PLACE_WORDS, PROVINCE_BY_FOLDED

_KNOWN = tuple(sorted(((fold_in_place(name), name) for name in KNOWN_NAMES), key=lambda pair: -len(pair[0])))
_KNOWN_PATTERN = re.compile(r"\b(?:" + "|".join(re.escape(folded) for folded, _ in _KNOWN) + r")\b")
_KNOWN_BY_FOLDED = dict(reversed(_KNOWN))
_PROVINCE = re.compile(r"\b(?:" + "|".join(map(re.escape, sorted(PROVINCE_BY_FOLDED, key=len, reverse=True))) + r")\b")
_PLACED_NAME = re.compile(r"\b(?:" + "|".join(re.escape(word) for word in PLACE_WORDS) + r")(?=\s+(\S.*))")
_PLACE_KINDS = {"tinh": "tỉnh", "huyen": "huyện", "quan": "quận", "phuong": "phường", "xa": "xã"}
_PLACE_SPELLINGS = {
    "tinh": ("tỉnh", "tĩnh", "tình", "tinh"),
    "quan": ("quận", "quan"),
    "phuong": ("phường", "phuong"),
    "xa": ("xã", "xả", "xa"),
}
_PROVINCE_CHOICES = tuple(PROVINCE_BY_FOLDED)


def is_known_name(folded: str, at: int) -> bool:
    """Does one of the well-known names stand at a place of a folded text?"""
    return _KNOWN_PATTERN.match(folded, at) is not None


def from_capitals(text: str) -> str:
    """A heading in capitals as in a sentence; tokens that were mixed ("nCoV", "COVID-19") stay as they were."""
    kept = _keeps_capitals(text)
    words = [word if kept(word) else word.lower() for word in text.split()]
    plain = _expanded(" ".join(words))
    plain = plain[:1].upper() + plain[1:]
    party = re.match(r"((?:tỉnh|huyện|thành|thị|quận|đảng) ủy\s+)(\S.*)$", plain, re.IGNORECASE)
    if party:
        plain = party[1] + party[2].title()
    return _places_capitalised(_provinces_capitalised(mended(plain)))


def mended(text: str, *, case: bool = True) -> str:
    """Known names and provinces inside a text in their right spelling, whatever marks the scan lost.

    Without `case`, names whose letters are right keep the capitals they were written with.
    """
    folded = fold_in_place(text)
    for pattern, names in ((_KNOWN_PATTERN, _KNOWN_BY_FOLDED), (_PROVINCE, PROVINCE_BY_FOLDED)):
        for match in pattern.finditer(folded):
            right = names[match.group()]
            if (
                pattern is _PROVINCE
                and not text[match.start()].isupper()
                and not _after_place_word(folded, match.start())
            ):
                continue
            written = text[match.start() : match.end()]
            if len(right) == len(written) and (case or written.lower() != right.lower()):
                text = text[: match.start()] + right + text[match.end() :]
    return text


@lru_cache(maxsize=2048)
def mended_place(name: str) -> str:
    """A place's name with its province's spelling put right ("Hà Chi Minh" is Hồ Chí Minh); others are left alone."""
    words = re.match(r"^((?:thành phố|tp\.?|tỉnh|huyện|thị xã|quận)\s+)?(.*)$", name, re.IGNORECASE)
    prefix, bare = (words[1] or "", words[2]) if words else ("", name)
    folded = fold_in_place(bare).strip(" .,")
    if folded in PROVINCE_BY_FOLDED:
        return prefix + PROVINCE_BY_FOLDED[folded]
    if len(folded) < 6:
        return name
    found = process.extractOne(folded, _PROVINCE_CHOICES, scorer=fuzz.ratio, score_cutoff=88)
    return prefix + PROVINCE_BY_FOLDED[found[0]] if found and bare[:1].isupper() else name


def _provinces_capitalised(text: str) -> str:
    for match in _PROVINCE.finditer(fold_in_place(text)):
        name = PROVINCE_BY_FOLDED[match.group()]
        if match.start() > 0 and len(name) == match.end() - match.start():
            text = text[: match.start()] + name + text[match.end() :]
    return text


def _keeps_capitals(text: str) -> Callable[[str], bool]:
    def kept(word: str) -> bool:
        letters = [c for c in word if c.isalpha()]
        if not letters:
            return True
        mixed = any(c.islower() for c in word) and sum(c.isupper() for c in word[1:]) > 0
        return mixed or any(c.isdigit() for c in word) or "/" in word or word.upper() in _ACRONYMS

    return kept


_ACRONYMS = frozenset(
    [
        "UBND",
        "HĐND",
        "UBMTTQ",
        "MTTQ",
        "MTV",
        "TNHH",
        "HIV",
        "AIDS",
        "COVID",
        "SARS",
        "PCTT",
        "TKCN",
        "KCN",
        "KKT",
        "VNPT",
    ]
)


def _expanded(text: str) -> str:
    for short, full in HEAD_ABBREVIATIONS.items():
        if re.match(rf"{short}\b", fold_in_place(text)):
            return full + text[len(short) :]
    return text


def _after_place_word(folded: str, start: int) -> bool:
    before = folded[:start].rstrip()
    return any(before.endswith(word) for word in PLACE_WORDS)


def _is_place_word(match: re.Match[str], text: str) -> bool:
    """ "quản lý" and "tính mạng" fold like "quận" and "tỉnh" and are none."""
    written = text[match.start() : match.end()].lower()
    return match.group() not in _PLACE_SPELLINGS or written in _PLACE_SPELLINGS[match.group()]


def _places_capitalised(text: str) -> str:
    """What follows the last "tỉnh", "huyện", "phường" … of a body's name is a place's name."""
    folded = fold_in_place(text)
    matches = [m for m in _PLACED_NAME.finditer(folded) if m.start() and _is_place_word(m, text)]
    if not matches:
        return text
    start = matches[-1].start(1)
    kind = _PLACE_KINDS.get(matches[-1].group(), text[matches[-1].start() : matches[-1].end()])
    text = text[: matches[-1].start()] + kind + text[matches[-1].end() :]
    tail = mended_place(" ".join(word[:1].upper() + word[1:] for word in text[start:].split(" ")))
    return text[:start] + tail
