"""Vietnamese text: one normal form, one folded form for matching, one sort order."""

import re
import unicodedata

_SPACES = re.compile(r"\s+")
_D = str.maketrans({"đ": "d", "Đ": "D", "ð": "d", "Ð": "D"})
_NOT_WORD = re.compile(r"[^0-9a-z]+")


def nfc(text: str) -> str:
    """The composed form in which every text is kept."""
    return unicodedata.normalize("NFC", text)


def squeeze(text: str) -> str:
    """NFC, every run of white space one blank, none at the ends."""
    return _SPACES.sub(" ", nfc(text)).strip()


def fold(text: str) -> str:
    """Lower case without diacritics or đ, for matching: "Hoà Mục", "Hòa Mục" and "hoa muc" are one.

    Never an identity: people or places that fold alike may still differ.
    """
    bare = unicodedata.normalize("NFD", text.translate(_D))
    return "".join(c for c in bare if not unicodedata.combining(c)).lower()


def fold_words(text: str) -> str:
    """Folded, every run of other characters one blank: the form kept in search columns."""
    return _NOT_WORD.sub(" ", fold(text)).strip()


def initials(name: str) -> str:
    """ "Nguyễn Văn An" is "N.V.A.": how a person is shown to who may not know them."""
    return "".join(f"{word[0].upper()}." for word in squeeze(name).split(" ") if word)
