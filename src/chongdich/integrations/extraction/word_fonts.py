"""Fonts and styles of Word runs: old Vietnamese fonts (".VnTime", "VNI-Times") tell the encoding of their text."""

import re
from dataclasses import dataclass
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_UNICODE_ONLY = re.compile("[\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9]")
_DEEPEST = 20
_OFF = ("0", "false", "off")


def local(element: Any) -> str:
    """The tag without its namespace; comments and instructions have none."""
    return element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""


@dataclass(frozen=True)
class Coding:
    """How a run's characters are to be read: `legacy` is "", "TCVN3" or "VNI"; `capitals` if it prints in capitals."""

    legacy: str = ""
    capital_font: bool = False
    capitals: bool = False


class Styles:
    """Looks properties up as Word does: the run, its style and its bases, the paragraph's style, the default."""

    def __init__(self, document: Any) -> None:
        root = document.styles.element
        self._styles = {style.get(f"{W}styleId"): style for style in root.iter(f"{W}style")}
        self._default = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        self._normal = next((s for s in self._styles.values() if _is_default_paragraph(s)), None)
        self._seen: set[str] = set()

    def notes(self) -> tuple[str, ...]:
        """What was converted by font."""
        names = {"TCVN3": "TCVN3 (phông .Vn…)", "VNI": "VNI-Windows (phông VNI-…)"}
        return tuple(f"đã chuyển từ {names[legacy]}" for legacy in sorted(self._seen))

    def coding(self, run: Any, paragraph: Any, text: str) -> Coding:
        """The coding of one run; text that holds Unicode letters is Unicode whatever its font says."""
        font = self._font(run, paragraph).lower()
        legacy = "TCVN3" if font.startswith(".vn") else "VNI" if font.startswith("vni") else ""
        if _UNICODE_ONLY.search(text):
            legacy = ""
        if legacy and not text.isascii():
            self._seen.add(legacy)
        return Coding(legacy, legacy == "TCVN3" and font.endswith("h"), self._is_caps(run, paragraph))

    def is_hidden(self, run: Any) -> bool:
        return _is_on(run.find(f"{W}rPr/{W}vanish"))

    def paragraph_property(self, paragraph: Any, path: str) -> Any:
        """A property of the paragraph or of its styles, or None."""
        own = paragraph.find(f"{W}pPr/{W}{path}")
        if own is not None:
            return own
        found = (style.find(f"{W}pPr/{W}{path}") for style in self._chain(_style_id(paragraph, "pPr", "pStyle")))
        return next((element for element in found if element is not None), None)

    def table_has_lines(self, table: Any) -> bool:
        """Whether the table's style draws its grid."""
        chain = self._chain(_style_id(table, "tblPr", "tblStyle"), normal=False)
        borders = (style.find(f"{W}tblPr/{W}tblBorders") for style in chain)
        return any(b is not None and any(e.get(f"{W}val") not in ("nil", "none") for e in b) for b in borders)

    def _font(self, run: Any, paragraph: Any) -> str:
        for properties in self._run_properties(run, paragraph):
            fonts = properties.find(f"{W}rFonts")
            name = fonts is not None and (fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi"))
            if name:
                return name
        return ""

    def _is_caps(self, run: Any, paragraph: Any) -> bool:
        found = (properties.find(f"{W}caps") for properties in self._run_properties(run, paragraph))
        return _is_on(next((element for element in found if element is not None), None))

    def _run_properties(self, run: Any, paragraph: Any) -> list[Any]:
        styles = self._chain(_style_id(run, "rPr", "rStyle"), normal=False)
        styles += self._chain(_style_id(paragraph, "pPr", "pStyle"))
        layers = [run.find(f"{W}rPr"), *(style.find(f"{W}rPr") for style in styles), self._default]
        return [layer for layer in layers if layer is not None]

    def _chain(self, style_id: str | None, *, normal: bool = True) -> list[Any]:
        """The style and the styles it rests on; a ring of styles ends after twenty."""
        style = self._styles.get(style_id) if style_id else (self._normal if normal else None)
        chain: list[Any] = []
        while style is not None and len(chain) < _DEEPEST:
            chain.append(style)
            base = style.find(f"{W}basedOn")
            style = self._styles.get(base.get(f"{W}val")) if base is not None else None
        return chain


def _style_id(element: Any, properties: str, name: str) -> str | None:
    found = element.find(f"{W}{properties}/{W}{name}")
    return found.get(f"{W}val") if found is not None else None


def _is_default_paragraph(style: Any) -> bool:
    return style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true")


def _is_on(element: Any) -> bool:
    return element is not None and element.get(f"{W}val", "1") not in _OFF
