"""Roman numbers of headings as OCR spoils them: "II." read as "I.", "III." as "IHI.", "I." as "L.".

Only numbers made of upright strokes are mended, only before a heading in capitals, and only to the next in order.
"""

import re

_HEADING = re.compile(r"^([IHLl1|!VX]{1,5})([.,]) (?=(\S+(?: \S+)*)$)", re.MULTILINE)
_ORDER = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_STROKES = frozenset("IHLl1|!")


class Headings:
    """Counts the headings of one document over its pages."""

    def __init__(self) -> None:
        self._last = 0
        self.mended = 0

    def mend(self, text: str) -> str:
        """The page with its spoilt heading numbers set right."""
        return _HEADING.sub(self._number, text)

    def _number(self, match: re.Match[str]) -> str:
        number, title = match[1], match[3]
        if not _is_capitals(title):
            return match[0]
        following = _ORDER[self._last + 1] if self._last + 1 < len(_ORDER) else ""
        if number != following and following in ("I", "II", "III") and set(number) <= _STROKES:
            self.mended += 1
            number = following
        self._last = _ORDER.index(number) if number in _ORDER else self._last
        return f"{number}. "


def _is_capitals(title: str) -> bool:
    letters = [c for c in title if c.isalpha()]
    return len(letters) >= 4 and sum(c.isupper() for c in letters) >= 0.8 * len(letters)
