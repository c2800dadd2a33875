"""How wide a line of text is, so that long names break in balance and rules have the length they should."""

import re
from functools import cache

from PIL import ImageFont

from chongdich.core.vietnamese import squeeze
from chongdich.integrations.typesetting.decree30 import STYLES, Style
from chongdich.integrations.typesetting.fonts import font_files

_EM = 1000
_LONGEST_LINE = 40  # words
_LINE = 3.0  # what a further line costs
_PARTED = 1.0  # what it costs to part words that belong together
_PHRASES = (
    "ủy ban nhân dân|hội đồng nhân dân|ủy ban|nhân dân|ban chỉ đạo|phòng, chống|y tế|trung tâm|vi rút|hô hấp|quân sự"
    "|lao động|thương binh|truyền thông|công an|kiểm soát|bệnh viện|đa khoa|trưởng ban|phó trưởng|thường trực"
    "|phó chủ tịch|chủ tịch|giám đốc|ban quản lý|khu công nghiệp|văn phòng|xã hội"
)
_PLACES = r"(?:thành phố|thị xã|thị trấn|tỉnh|huyện|xã|phường)(?: \w+){1,2}"
_TOGETHER = re.compile(rf"\b(?:{_PHRASES}|{_PLACES})(?!\w)", re.IGNORECASE)
_POINT = 25.4 / 72  # millimetres


@cache
def _face(bold: bool, italic: bool) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(font_files()[bold, italic], _EM, layout_engine=ImageFont.Layout.BASIC)


def width(text: str, style: Style) -> float:
    """The width of one line in millimetres."""
    return _face(style.bold, style.italic).getlength(text) / _EM * style.size * _POINT


def balanced(text: str, style_name: str, room: float) -> tuple[str, ...]:
    """The text in as few lines as fit in `room` millimetres, about as long as one another.

    Line breaks in the text are kept, and words that belong together ("NHÂN DÂN", a place and its kind) stay on one
    line where they can. A word wider than the room stands alone on its line.
    """
    style = STYLES[style_name]
    return tuple(line for part in text.splitlines() for line in _balance(squeeze(part), style, room) if line)


def longest(lines: tuple[str, ...], style_name: str) -> float:
    """The width of the widest line in millimetres; 0 without lines."""
    return max((width(line, STYLES[style_name]) for line in lines), default=0.0)


def _balance(text: str, style: Style, room: float) -> list[str]:
    """The cheapest way to break, found from the last word back: an uneven line costs its slack squared."""
    words = text.split(" ")
    apart = _apart(text)
    best: list[tuple[float, list[str]]] = [(0.0, [])]
    for start in range(len(words) - 1, -1, -1):
        ways = []
        for end in range(start + 1, min(len(words), start + _LONGEST_LINE) + 1):
            line = " ".join(words[start:end])
            wide = width(line, style)
            if wide > room and end > start + 1:
                break
            after, rest = best[len(words) - end]
            cost = after + _LINE + (1 - min(wide / room, 1)) ** 2 + (_PARTED if end in apart else 0)
            ways.append((cost, [line, *rest]))
        best.append(min(ways, key=lambda way: way[0]))
    return best[-1][1]


def _apart(text: str) -> set[int]:
    """The word positions before which a break would part what belongs together."""
    return {
        len(text[: gap.start()].split(" "))
        for phrase in _TOGETHER.finditer(text)
        for gap in re.compile(" ").finditer(text, phrase.start(), phrase.end())
    }
