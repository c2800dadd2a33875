"""What a signature is known by: marks of authority, titles, people's names."""

import re

from rapidfuzz import fuzz, process

from chongdich.kernels.text.folding import fold_in_place
from chongdich.kernels.text.passages import Passage

from ..vocabulary import SURNAMES, TITLE_BY_FOLDED

AUTHORITY = re.compile(
    r"(?:^|(?<=\s)|(?<=[;,.]))(?:(?P<m>TM|KT|TL|TUQ|TƯQ|Q)\s?[.,]|(?P<s>T/M|T/L|K/T)\s?[.,]?)\s?(?=[A-ZĐÀ-ỸƠƯ]{2})"
)
DEGREE = re.compile(
    r"^(?:(?:(?:pgs|gs|ts|ths|bs|bsck\w*|ds|ks|cn|cki+|luat su|dai ta|thuong ta|trung ta|thieu ta"
    r"|thieu tuong|trung tuong|dai tuong|thuong tuong)\s*[.,]?\s*)+)"
)
_NAME_WORD = r"[A-ZĐÀ-ỸÑ][a-zà-ỹđêô’']{0,6}"
NAME = re.compile(rf"(?:{_NAME_WORD}\s+){{1,4}}{_NAME_WORD}$")
_TITLE_CHOICES = tuple(TITLE_BY_FOLDED)


def title_of(text: Passage) -> str | None:
    folded = text.folded.strip(" .:,*-_'\"~")
    if not 6 <= len(folded) <= 45:
        return None
    found = process.extractOne(folded, _TITLE_CHOICES, scorer=fuzz.ratio, score_cutoff=85)
    return TITLE_BY_FOLDED[found[0]] if found else None


def is_name(text: str) -> bool:
    words = fold_in_place(DEGREE.sub("", text)).split()
    return 2 <= len(words) <= 5 and (words[0] in SURNAMES or (len(words) > 2 and words[1] in ("thi", "van")))


def strong_name(text: str) -> bool:
    """At least three words, or a surname that is hardly anything else."""
    words = fold_in_place(text).split()
    return len(words) >= 3 or words[0] in ("nguyen", "tran", "pham", "hoang", "huynh", "dang", "bui", "vu", "le")


def name_of(text: str) -> str | None:
    match = NAME.search(text.strip(" .,'\"*|_“”"))
    return match.group() if match and is_name(match.group()) else None
