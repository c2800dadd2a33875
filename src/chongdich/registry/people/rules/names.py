"""Names of people: kept as written, matched folded."""

import re
import unicodedata

from chongdich.core.errors import Refused
from chongdich.core.vietnamese import fold, fold_words, squeeze

LONGEST = 120
_ODD = re.compile(r"[0-9<>=@|{}\[\]\\^~_�#$%&*+/;:\"!?]")
_TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}  # huyền sắc ngã hỏi nặng
# What can be a Vietnamese syllable once folded; a word that cannot is foreign, or a slip of the fingers.
_SYLLABLE = re.compile(
    r"(b|ch|c|d|gi|gh|g|h|kh|k|l|m|ngh|ng|nh|n|ph|p|q|r|s|th|tr|t|v|x)?"
    r"(uye|uya|uyu|oai|oao|oay|oeo|uai|uay|uoi|uou|ieu|yeu|ia|ie|iu|ya|ye|oa|oe|oi|oo|ai|ao|au|ay|eo|eu|ua|ue|ui|uo|uu"
    r"|uy|a|e|i|o|u|y)(ch|c|m|ng|nh|n|p|t)?"
)


def person_name(text: str, where: str = "name") -> str:
    """A name in NFC with single blanks. "NGUYỄN VĂN AN" and "nguyễn văn an" become "Nguyễn Văn An"."""
    name = squeeze(text)
    if not any(character.isalpha() for character in name):
        raise Refused("Cần họ và tên.", where)
    if len(name) > LONGEST:
        raise Refused(f"Họ tên dài quá {LONGEST} ký tự.", where)
    odd = _ODD.search(name)
    if odd:
        raise Refused(f"Họ tên có ký tự lạ “{odd.group()}”; kiểm tra lại chính tả hoặc bảng mã của tệp.", where)
    return _cased(name) if name in (name.upper(), name.lower()) else name


def _cased(name: str) -> str:
    return " ".join(word[:1].upper() + word[1:].lower() for word in name.split(" "))


def folded_name(name: str) -> str:
    """The form names are searched and blocked by: "nguyen van an". Never an identity."""
    return fold_words(name)


def has_marks(text: str) -> bool:
    """Whether a text carries any Vietnamese diacritic or đ."""
    return fold(text) != text.lower()


def spoken(word: str) -> tuple[str, str]:
    """Letters with their hooks and hats, and the tone: "Hoà" and "Hòa" are one, "Thành" and "Thanh" are not."""
    parts = unicodedata.normalize("NFD", word.lower())
    tone = "".join(sign for sign in parts if sign in _TONES)
    return unicodedata.normalize("NFC", "".join(sign for sign in parts if sign not in _TONES)), tone


def is_syllable(word: str) -> bool:
    """Whether a folded word can be a Vietnamese syllable."""
    return bool(_SYLLABLE.fullmatch(word))
