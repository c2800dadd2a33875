"""From marks to paths: "2" under "IV" is "IV.2", "2.1" stays "IV.2.1", "b)" under "3" is "3.b", articles "Điều 2".

Bullets give no level. A mark the scanner garbled ("{." for "1.", "©)" for "c)", a second "II.") is read as what must
come next.
"""

import re
from dataclasses import dataclass, field

from .marks import Mark

_ROMANS = ("", *["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV"])
LETTERS = tuple("abcdđeghiklmnopqrstuvxy")
_LIKE = {
    "c": "©eoê(",
    "a": "äâàáạả",
    "b": "6h",
    "đ": "dð",
    "d": "đ",
    "e": "êc",
    "g": "9q",
    "o": "óò",
    "l": "1i",
    "i": "l1",
}
LEVELS = {"part": 0, "roman": 1, "article": 1, "arabic": 2, "letter": 5, "dash": 6, "plus": 7}


@dataclass
class Counter:
    """Where in the numbering the reader stands."""

    part: str = ""
    roman: int = 0
    article: int = 0
    arabic: str = ""
    letter: str = ""
    doubts: list[str] = field(default_factory=list)

    def take(self, mark: Mark) -> int | None:
        """Move to a mark; its level (smaller is higher), or None when it can't be a mark here."""
        return getattr(self, f"_take_{mark.kind}")(mark)

    @property
    def path(self) -> str:
        """Where the reader stands, as "IV.2.1", "3.b" or "Điều 2.1"."""
        top = f"Điều {self.article}" if self.article else _ROMANS[min(self.roman, 15)]
        return ".".join(filter(None, (top, self.arabic, self.letter)))

    def _take_part(self, mark: Mark) -> int:
        self.part, self.roman, self.arabic, self.letter = mark.label, 0, "", ""
        return LEVELS["part"]

    def _take_article(self, mark: Mark) -> int:
        self.article, self.arabic, self.letter, self.roman = int(mark.label), "", "", 0
        return LEVELS["article"]

    def _take_roman(self, mark: Mark) -> int:
        label = mark.label.replace("l", "I").replace("1", "I")
        value = _ROMANS.index(label) if label in _ROMANS else self.roman + 1
        if value <= self.roman or value > self.roman + 3:
            value = self.roman + 1 if value != 1 else 1
        self.roman, self.arabic, self.letter = value, "", ""
        return LEVELS["roman"]

    def _take_arabic(self, mark: Mark) -> int | None:
        if "." in mark.label:
            self.arabic, self.letter = mark.label, ""
            return LEVELS["arabic"] + mark.label.count(".")
        last = int(self.arabic.split(".")[0]) if self.arabic[:1].isdigit() else 0
        expected = last + 1
        value = int(mark.label) if mark.label.isdigit() else (1 if last == 0 else expected)
        if not mark.sure and value != expected and value != 1:
            return None
        if value > last + 4 or value == 0:
            return None
        if value <= last and value != 1:
            value = expected
        self.arabic, self.letter = str(value), ""
        return LEVELS["arabic"]

    def _take_letter(self, mark: Mark) -> int | None:
        expected = LETTERS[LETTERS.index(self.letter) + 1] if self.letter in LETTERS[:-1] else "a"
        label = mark.label
        if label != expected and label in _LIKE.get(expected, ""):
            label = expected
        if label not in LETTERS:
            return None
        if self.letter == "" and label != "a" and label in LETTERS[4:]:
            return None
        if self.letter and LETTERS.index(label) > LETTERS.index(expected) + 2:
            label = expected
        self.letter = label
        return LEVELS["letter"]


def is_deeper(level: int | None, than: int) -> bool:
    return level is not None and level > than


def plain_label(label: str) -> str:
    return re.sub(r"[^\w.]", "", label)
