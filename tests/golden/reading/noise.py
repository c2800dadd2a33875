"""What scanning and layout do to a page, made on purpose and by a seed: the reader must still find what was there.

Figures are never changed, for then the right answer would change too.
"""

import random
import re
import textwrap
import unicodedata
from collections.abc import Callable

_MARKDOWN = re.compile(r"\*+|^#+\s*", re.MULTILINE)
_TWINS: dict[str, str] = {}
for _code in [*range(0xC0, 0x250), *range(0x1E00, 0x1F00)]:
    _letter = chr(_code)
    _base = unicodedata.normalize("NFD", _letter)[0]
    if _base.isascii() and _letter.isalpha():
        _TWINS[_letter] = _base
_BY_BASE: dict[str, list[str]] = {}
for _letter in "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ":
    _BY_BASE.setdefault(_TWINS[_letter], []).append(_letter)
    _BY_BASE.setdefault(_TWINS[_letter.upper()], []).append(_letter.upper())
_LOOKALIKES = {"rn": "m", "n": "ri", "l": "i", "e": "c", "h": "b", "đ": "d", "u": "ii", "g": "q"}
_SPECKS = ("`", "^ F‹", "\\&", "z", "' =1", "‹", "Vhual", "_ —", "`.", "»", "ÑŒ—")
_STAMP = ("Người ký: Ủy ban", "nhân dân tỉnh Quảng,", "SN", "đ$ đÀ Nai", "Thời gian ký: 16/04/2020 07:37:07", "+07:00")


def plain(text: str) -> str:
    """Without Markdown; glued bold words on lines of their own."""
    return _MARKDOWN.sub("", re.sub(r"(?<=[^\W\d_])\*\*(?=[A-ZÀ-ỸĐ])", "\n", text))


def wrapped(text: str, dice: random.Random) -> str:
    """Lines of a page's width; the blank lines between paragraphs mostly gone."""
    width = dice.randint(74, 88)
    lines = [
        textwrap.fill(line, width, break_long_words=False, break_on_hyphens=False) for line in plain(text).split("\n")
    ]
    return re.sub(r"\n\n(?=[-–+]|\d\.)", lambda m: "\n" if dice.random() < 0.7 else "\n\n", "\n".join(lines))


def paged(text: str, dice: random.Random) -> str:
    """A page number with blank lines every thirty to forty lines, wherever that falls."""
    pages: list[str] = []
    lines = text.split("\n")
    while lines:
        size = dice.randint(30, 40)
        pages.append("\n".join(lines[:size]))
        lines = lines[size:]
    joined = pages[0]
    for number, page in enumerate(pages[1:], 2):
        joined += (
            dice.choice((f"\n\n{number}\n\n", f"\n\n                       {number}\n\n", f"\n\f{number}\n")) + page
        )
    return joined


def marks_lost(text: str, dice: random.Random, share: float = 0.04) -> str:
    """Diacritics swapped or lost."""

    def swap(letter: str) -> str:
        base = _TWINS.get(letter)
        if base is None or base not in _BY_BASE or dice.random() > share:
            return letter
        return dice.choice([*_BY_BASE[base], base])

    return "".join(map(swap, unicodedata.normalize("NFC", text)))


def letters_garbled(text: str, dice: random.Random, share: float = 0.006) -> str:
    """Letters read as their lookalikes, inside words in small letters."""

    def garble(match: re.Match[str]) -> str:
        word = match.group()
        if dice.random() > share * len(word):
            return word
        old, new = dice.choice(list(_LOOKALIKES.items()))
        return word.replace(old, new, 1)

    return re.sub(r"(?<![^\W\d_])[a-zà-ỹđ]{3,}", garble, text)


def bullets_garbled(text: str, dice: random.Random) -> str:
    """ "~" and "—" for "-", "{." for "1."."""
    text = re.sub(r"^- ", lambda m: dice.choice(("- ", "~ ", "— ", "– ", "- ")), text, flags=re.MULTILINE)
    return re.sub(r"^(1)\. ", lambda m: dice.choice(("1. ", "{. ", "1, ", "_ 1. ")), text, flags=re.MULTILINE)


def specked(text: str, dice: random.Random, share: float = 0.03) -> str:
    """Ruins of stamps and signatures between lines, a signature's stamp block once."""
    lines: list[str] = []
    body = text.split("\n")
    stamp_at = dice.randint(len(body) // 3, 2 * len(body) // 3)
    for i, line in enumerate(body):
        if i == stamp_at:
            lines += ["", *_STAMP, ""]
        elif dice.random() < share and i > 15:
            lines += ["", dice.choice(_SPECKS), ""]
        lines.append(line)
    return "\n".join(lines)


def columns_merged(text: str, dice: random.Random) -> str:
    """The head's two columns and the tail's on the same lines."""
    state = re.search(r"CỘNG H\w+ XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\s*Độc lập - Tự do - Hạnh phúc", text)
    if state:
        text = _head_merged(text, state, dice)
    return _tail_merged(text, dice)


def _head_merged(text: str, state: re.Match[str], dice: random.Random) -> str:
    head = [line for line in text[: state.start()].split("\n") if line.strip()]
    upper = [line for line in head if line.isupper() or line.startswith(("DO VI RÚT", "VIÊM"))]
    below = [line for line in head if line.startswith("Số: ")]
    above = [line for line in head if line not in upper and line not in below]
    right = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
    gap = dice.choice((" ", "      ", "               "))
    upper = upper[1:] if len(upper) > 2 and upper[1].startswith(upper[0]) else upper
    merged = [left + gap + (right[i] if i < len(right) else "") for i, left in enumerate(upper)]
    rest = text[state.end() :]
    place = re.search(r"^(\S[^\n]{2,25}), ngày[^\n]+năm \d{4}\n", rest, re.MULTILINE)
    number = re.search(r"^Số:[^\n]+", rest, re.MULTILINE)
    if place and number and place.start() > number.end():
        rest = (
            rest[: number.end()]
            + gap
            + place.group().strip()
            + rest[number.end() : place.start()]
            + rest[place.end() :]
        )
    return "\n".join([*above, *merged, *below]) + rest


def _tail_merged(text: str, dice: random.Random) -> str:
    start = text.rfind("Nơi nhận")
    archive = re.search(r"^- Lưu[^\n]*\n", text[start:], re.MULTILINE)
    if start < 0 or not archive:
        return text
    left = [line for line in text[start : start + archive.end()].split("\n") if line.strip()]
    right = [line for line in text[start + archive.end() :].split("\n") if line.strip()]
    gap = dice.choice((" ", "          "))
    lines = [line + gap + right[i] if i < len(right) - 1 else line for i, line in enumerate(left)]
    lines[-1] += gap + right[-1] if dice.random() < 0.5 else "\n\n" + right[-1]
    return text[:start] + "\n".join(lines) + "\n"


def scanned(text: str, seed: int) -> str:
    """All of it, as a bad scan has it."""
    dice = random.Random(seed)
    steps: list[Callable[[str, random.Random], str]] = [
        wrapped,
        columns_merged,
        specked,
        paged,
        bullets_garbled,
        marks_lost,
    ]
    for step in [*steps, letters_garbled]:
        text = step(text, dice)
    return text
