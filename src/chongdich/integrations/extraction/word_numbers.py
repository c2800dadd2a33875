"""Word's automatic numbers, which are nowhere in its text: "1.", "a)", "IV.2.", counted as Word counts them."""

import re
from collections import defaultdict
from typing import Any

from .word_fonts import Styles, W

_ROMAN = tuple(zip((1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1), "M CM D CD C XC L XL X IX V IV I".split()))  # noqa: SIM905
_PLUS = ("+", "\uf02b")
_LEVELS = 9


class Numbering:
    """Counters per list definition and level; `label` is asked once per paragraph, in order."""

    def __init__(self, document: Any, styles: Styles) -> None:
        self._styles = styles
        root = _numbering_root(document)
        self._abstract = _by_id(root, "abstractNum", "abstractNumId")
        self._lists = _by_id(root, "num", "numId")
        self._counters: dict[str, dict[int, int]] = defaultdict(dict)
        self._started: set[str] = set()

    def label(self, paragraph: Any) -> str:
        """The number or dash before this paragraph, "" where it has none."""
        list_id, level = self._place(paragraph)
        definition = self._lists.get(list_id or "")
        if definition is None:
            return ""
        abstract_id = _value(definition.find(f"{W}abstractNumId"))
        counters = self._counters[abstract_id]
        self._restart(definition, list_id or "", counters)
        start = self._number_of(definition, abstract_id, level, "start", 1)
        counters[level] = counters.get(level, start - 1) + 1
        for deeper in [n for n in counters if n > level]:
            del counters[deeper]
        return self._written(definition, abstract_id, level, counters)

    def _place(self, paragraph: Any) -> tuple[str | None, int]:
        properties = self._styles.paragraph_property(paragraph, "numPr")
        if properties is None:
            return None, 0
        level = _whole(_value(properties.find(f"{W}ilvl")), 0)
        return _value(properties.find(f"{W}numId")), min(max(level, 0), _LEVELS - 1)

    def _restart(self, definition: Any, list_id: str, counters: dict[int, int]) -> None:
        if list_id in self._started:
            return
        self._started.add(list_id)
        for override in definition.findall(f"{W}lvlOverride"):
            start = override.find(f"{W}startOverride")
            if start is not None:
                counters[_whole(override.get(f"{W}ilvl"), 0)] = _whole(_value(start), 1) - 1

    def _written(self, definition: Any, abstract_id: str, level: int, counters: dict[int, int]) -> str:
        text = _value(self._property(definition, abstract_id, level, "lvlText"))
        if self._format(definition, abstract_id, level) == "bullet":
            return "+" if text in _PLUS else "-"

        def number(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            start = self._number_of(definition, abstract_id, at, "start", 1)
            return _number(counters.get(at, start), self._format(definition, abstract_id, at))

        return re.sub(r"%([1-9])", number, text).strip()

    def _format(self, definition: Any, abstract_id: str, level: int) -> str:
        return _value(self._property(definition, abstract_id, level, "numFmt")) or "decimal"

    def _number_of(self, definition: Any, abstract_id: str, level: int, name: str, default: int) -> int:
        return _whole(_value(self._property(definition, abstract_id, level, name)), default)

    def _property(self, definition: Any, abstract_id: str, level: int, name: str) -> Any:
        for override in definition.findall(f"{W}lvlOverride"):
            own = override.find(f"{W}lvl/{W}{name}")
            if override.get(f"{W}ilvl") == str(level) and own is not None:
                return own
        abstract = self._abstract.get(abstract_id)
        levels = abstract.findall(f"{W}lvl") if abstract is not None else []
        return next((lvl.find(f"{W}{name}") for lvl in levels if lvl.get(f"{W}ilvl") == str(level)), None)


def _numbering_root(document: Any) -> Any:
    """The numbering part, without making one where there is none."""
    for relation in document.part.rels.values():
        if relation.reltype.endswith("/numbering") and not relation.is_external:
            return getattr(relation.target_part, "element", None)
    return None


def _by_id(root: Any, name: str, key: str) -> dict[str, Any]:
    found = root.findall(f"{W}{name}") if root is not None else []
    return {element.get(f"{W}{key}"): element for element in found}


def _value(element: Any) -> str:
    return element.get(f"{W}val", "") if element is not None else ""


def _whole(text: str | None, default: int) -> int:
    return int(text) if text and re.fullmatch(r"-?\d{1,6}", text) else default


def _number(value: int, form: str) -> str:
    if form in ("upperRoman", "lowerRoman"):
        roman = _roman(value)
        return roman if form == "upperRoman" else roman.lower()
    if form in ("upperLetter", "lowerLetter"):
        letter = chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 % 10 + 1)
        return letter.upper() if form == "upperLetter" else letter
    return "" if form == "none" else f"{value:02}" if form == "decimalZero" else str(value)


def _roman(value: int) -> str:
    written, left = "", min(max(value, 0), 3999)
    for worth, sign in _ROMAN:
        written += sign * (left // worth)
        left %= worth
    return written
