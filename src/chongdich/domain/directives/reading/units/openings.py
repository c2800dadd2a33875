"""Where a body's name may begin."""

import re

from chongdich.kernels.text.passages import Passage

from ..accents import well_marked
from ..names import is_known_name
from ..vocabulary import BARE_GROUPS, BODY_HEADS, GROUP_HEADS, NAME_VERBS, NOT_BODIES, PREFIXES


def alternatives(words: tuple[str, ...]) -> str:
    return "|".join(re.escape(word) for word in sorted(set(words), key=len, reverse=True))


HEAD = re.compile(rf"(?:{alternatives(BODY_HEADS)})\b")
GROUP = re.compile(rf"(?:tat ca |toan the |toan bo )?(?:cac|moi|nhung)\s+(?P<g>{alternatives(GROUP_HEADS)})\b")
BARE = re.compile(rf"(?:{alternatives(BARE_GROUPS)})\b")
_NOT = re.compile(rf"(?:(?:cac|nhung|moi)\s+)?(?:{alternatives(NOT_BODIES)})\b")
WORD = re.compile(r"[^\W\d_]+")
NAME_VERB = re.compile(rf"(?:{alternatives(NAME_VERBS)})\b")
_PREFIX = re.compile(rf"[\s\"“']*(?:(?:{alternatives(PREFIXES)})\b\s*,?\s*)+")
ABBREVIATED = re.compile(r"\b(?:tp|tx|tt|th|gs|ts|bs|đ/c|cty|p|q|h)\.$", re.IGNORECASE)
AFTER_STOP_OK = (
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


def starts_body(passage: Passage, at: int) -> bool:
    """Does the name of a body or of a group of bodies begin here?"""
    folded = passage.folded
    if _NOT.match(folded, at) and not _real_group(passage, at):
        return False
    group = GROUP.match(folded, at)
    if group:
        return well_marked(group["g"], passage.text[group.start("g") : group.end("g")])
    head = HEAD.match(folded, at)
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


def starts_bare(passage: Passage, at: int) -> bool:
    match = BARE.match(passage.folded, at)
    return (
        match is not None
        and not _NOT.match(passage.folded, at)
        and well_marked(match.group(), passage.text[at : match.end()])
    )


ORGANISATIONS = re.compile(
    r"to chuc(?: dang\b| chinh tri| xa hoi| thanh vien| ton giao| kinh te| ca nhan| co so|\s*,|\s+moi\b|$)"
)


def starts_bare_after(passage: Passage, at: int, separator: re.Match[str]) -> bool:
    match = re.compile(
        r"(?:chinh quyen|he thong|luc luong|cac co so|nganh (?:y te|giao duc|cong an|thue)|(?:pho "
        r")?(?:giam doc|chu tich|truong ban|thu truong|hieu truong|truong phong) (?:cac|so|ubnd|uy "
        r"ban|trung tam|phong|benh vien|cong ty))\b"
    ).match(passage.folded, at)
    return bool(match)
