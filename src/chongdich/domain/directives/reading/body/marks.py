"""The marks before paragraphs.

Phần, chương, mục in Roman figures, khoản in Arabic figures with a full stop, điểm in letters with a bracket, lower
divisions as 1.1. (Nghị định 30/2020/NĐ-CP, Annex I, II.6), and bullets, which all use.
"""

import re
from dataclasses import dataclass

from chongdich.kernels.text.passages import Passage

from ..cells import shouting

_JUNK = r"[\s_.:'\"“”‘’`,|~^]{0,3}?"
_GLYPH_ONE = r"[{lI|!íì\]\[i]"
ROMAN = re.compile(rf"^{_JUNK}(?P<r>[IVXLl1]{{1,5}})\s?[.)/]\s*(?=\S)")
ARABIC = re.compile(
    rf"^{_JUNK}(?P<n>\d{{1,2}}|{_GLYPH_ONE})(?P<more>(?:\s?\.\s?\d{{1,2}}){{0,3}})(?P<p>\s?[.)/,:]"
    rf"|(?<=\d\.\d)|(?<=\d\.\d\d))\s*(?=[^\W\d_]|[\"“(])"
)
LETTER = re.compile(rf"^{_JUNK}\(?(?P<l>[a-zđ©äâàáạảóòeê2]|\d)(?P<p>[)\]]|\.(?=\s))\s*(?=[^\W\d_]|[\"“])")
ARTICLE = re.compile(r"^\W{0,3}(?:dieu|dièu)\s+(?P<n>\d{1,2}|[il])\s*[.:,]?\s*", re.IGNORECASE)
PART = re.compile(
    r"^\W{0,3}(?P<w>phan|chuong)\s+(?:thu\s+)?(?P<n>[ivx]{1,4}|\d{1,2}|nhat|hai|ba|tu|nam)\b\s*[.:]?\s*", re.IGNORECASE
)
DASH = re.compile(r"^(?P<d>[-–—~•●▪·=\uf000-\uf0ff]+(?!\d)|[e»«](?=\s+[A-ZĐÀ-Ỹ]))\s*(?=\S)")
PLUS = re.compile(r"^(?P<d>[+*○]|o(?=\s+[A-ZĐÀ-Ỹ]))\s*(?=\S)")


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark before a paragraph: `kind` is roman, arabic, letter, article, part, dash or plus; `label` as printed."""

    kind: str
    label: str
    sure: bool = True


def mark_of(text: Passage) -> tuple[Mark, int] | None:
    """The mark a line begins with and where its words begin."""
    folded, written = text.folded, text.text
    article = ARTICLE.match(folded)
    if article and written.lstrip(" *\"'“")[:1] in "ĐD":
        return Mark("article", article["n"].replace("i", "1").replace("l", "1")), article.end()
    part = PART.match(folded)
    if part and written.lstrip()[:1].isupper():
        return Mark("part", part["n"]), part.end()
    roman = ROMAN.match(written)
    if roman and _is_roman(roman, written):
        return Mark("roman", roman["r"]), roman.end()
    arabic = ARABIC.match(written)
    if arabic:
        label = arabic["n"] + re.sub(r"\s", "", arabic["more"])
        sure = label[0].isdigit() and arabic["p"].strip() in (".", "") and arabic.start("n") == 0
        return Mark("arabic", label, sure), arabic.end()
    for pattern, kind in ((LETTER, "letter"), (DASH, "dash"), (PLUS, "plus")):
        match = pattern.match(written)
        if match:
            return Mark(kind, match["l"] if kind == "letter" else match["d"], match.start(1) == 0), match.end()
    return None


def _is_roman(match: re.Match[str], written: str) -> bool:
    """Capitals after it, or a figure that cannot be Arabic; "1." and "l." alone are left to the Arabic reading."""
    label = match["r"]
    if not re.fullmatch(r"[IVXl1]+", label) or label.isdigit():
        return False
    rest = written[match.end() :]
    if shouting(rest[:60]) > 0.7 and len(rest) > 3:
        return True
    return re.fullmatch(r"II|III|IV|V|VI|VII|VIII|IX|X|XI", label) is not None and rest[:1].isupper()
