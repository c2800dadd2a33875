"""The text of one Word paragraph: insertions kept, deletions left out, breaks and tabs as they print."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from chongdich.kernels.text.legacy import from_tcvn3, from_vni, plain_codes

from .word_fonts import Coding, Styles, W, local

__all__ = ["W", "local", "paragraph_text", "text_boxes"]

_LEFT_OUT = frozenset({"del", "moveFrom", "pPr", "rPr", "Fallback", "txbxContent", "drawing", "pict"})
_FIXED = {"tab": " ", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "", "ptab": " "}


def paragraph_text(paragraph: Any, styles: Styles) -> str:
    """Pieces of one coding are joined before conversion: Word may cut a run between a VNI letter and its mark."""
    pieces = [(coding, text) for run in _runs(paragraph) for coding, text in _pieces(run, paragraph, styles)]
    groups = groupby(pieces, key=lambda piece: piece[0])
    return "".join(_converted(coding, "".join(text for _, text in group)) for coding, group in groups)


def _runs(parent: Any) -> Iterator[Any]:
    for child in parent:
        name = local(child)
        if name == "r":
            yield child
        elif name not in _LEFT_OUT:
            yield from _runs(child)


def _pieces(run: Any, paragraph: Any, styles: Styles) -> Iterator[tuple[Coding, str]]:
    text = "".join(_run_text(run))
    if text and not styles.is_hidden(run):
        yield styles.coding(run, paragraph, text), text


def _run_text(parent: Any) -> Iterator[str]:
    for child in parent:
        name = local(child)
        if name == "t":
            yield (child.text or "").replace("\n", " ")
        elif name == "br":
            yield "\f" if child.get(f"{W}type") == "page" else "\n"
        elif name in _FIXED:
            yield _FIXED[name]
        elif name in ("AlternateContent", "Choice", "ruby", "rubyBase"):
            yield from _run_text(child)


def _converted(coding: Coding, text: str) -> str:
    if coding.legacy == "TCVN3":
        text = from_tcvn3(plain_codes(text), capitals=coding.capital_font)
    elif coding.legacy == "VNI":
        text = from_vni(plain_codes(text))
    return text.upper() if coding.capitals else text


def text_boxes(paragraph: Any) -> Iterator[Any]:
    """The contents of text boxes anchored here, each once (Word keeps a second copy for old readers)."""
    for box in paragraph.iter(f"{W}txbxContent"):
        ancestors = [local(a) for a in box.iterancestors()]
        inner = ancestors[: ancestors.index("p")] if "p" in ancestors else ancestors
        if "Fallback" not in ancestors and "txbxContent" not in inner:
            yield box
