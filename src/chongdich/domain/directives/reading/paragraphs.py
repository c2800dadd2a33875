"""From lines to paragraphs: wrapped lines and page breaks joined, marks of numbering and bullets taken off.

The marks: phần, chương, mục in Roman figures, khoản in Arabic figures with a full stop, điểm in letters with a bracket,
lower divisions as 1.1. (Nghị định 30/2020/NĐ-CP, Annex I, II.6), and bullets, which all use.
"""

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from chongdich.kernels.text.folding import fold_in_place
from chongdich.kernels.text.passages import Passage

from .cells import shouting
from .lines import Line, is_junk
from .vocabulary import SINGLE_WORDS, VERBS

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
_TERMINAL = re.compile(r"[.;:!?…]['\"”’)]*$|\./\.?$")
_CONNECTIVE = re.compile(
    r"(?:\b(?:và|với|của|các|cho|theo|tại|trong|về|đến|để|là|do|từ|hoặc|những|thành|Bộ|Sở|Ủy|số)|[,\-–(/])$"
)
_INLINE = re.compile(r"(?<=[.;:])\s+(?=(?:[-–~+•]\s+|\d{1,2}\.\s+|[a-eđghik]\)\s+)[A-ZĐÀ-Ỹ])")
ENDS = re.compile(r"\./\.\W*$")
_END = re.compile(r"[.,]\s?/\s?[.,]")


_TITLE_START = re.compile(
    r"^\W{0,3}\w{1,5}(?:\.\d{1,2})*[.)]\s+(?:ve|doi voi|cong tac|noi dung|thoi gian|trach nhiem)\b"
)
_OPENERS = re.compile(
    r"(?:van phong (?:ubnd|uy ban|tinh uy|huyen uy|hdnd)[^,.]{0,30}thong bao|can cu (?:luat|nghi"
    r"|quyet|cong|thong|ke|ket|chi|to|van)|theo de nghi|xet (?:de nghi|to "
    r"trinh)|tren day la|tran trong|voi noi dung|"
    r"(?:trong )?qua trinh (?:thuc hien|trien khai)|yeu cau (?:cac|thu truong|giam doc|chu tich)|de "
    r"nghi (?:cac|thu truong|giam doc|chu tich)|nhan duoc (?:cong|van))\b"
)
_VERB = re.compile(r"(?:" + "|".join(sorted(map(re.escape, VERBS), key=len, reverse=True)) + r")\b")


def starts_with_verb(text: str, *, singles: bool = True) -> bool:
    """Does a line begin as the predicate of an instruction?"""
    first = re.match(r"[^\W\d_]+", text)
    alone = singles and first is not None and first.group().lower() in SINGLE_WORDS
    return alone or _VERB.match(fold_in_place(text)) is not None


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark before a paragraph: `kind` is roman, arabic, letter, article, part, dash or plus; `label` as printed."""

    kind: str
    label: str
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph without its mark; `whole` with it. `blank`: an empty line stood before it."""

    text: Passage
    mark: Mark | None
    whole: Passage
    blank: bool = False
    page: bool = False

    @property
    def ends(self) -> str:
        """The last sign: ":" opens a list, "." or ";" closes, "" is open."""
        text = self.text.text.rstrip(" \"”'’)")
        return text[-1] if text and text[-1] in ".;:,!?…" else ""


@dataclass
class _Open:
    lines: list[Line]
    mark: bool


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


def read_paragraphs(lines: list[Line]) -> list[Paragraph]:
    """The paragraphs of some lines. What follows the closing "./." on its line is left out."""
    lines = [line for i, line in enumerate(lines) if not _drop(lines, i)]
    width = _width(lines)
    groups: list[_Open] = []
    for i, line in enumerate(lines):
        marked = mark_of(line.text)
        before = lines[i - 1] if i else None
        if not groups or before is None or _opens(groups[-1], before, line, marked, width):
            groups.append(_Open([line], marked is not None))
        else:
            groups[-1].lines.append(line)
    return _with_first_roman([p for group in groups for p in _cut(group)])


def _with_first_roman(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """ "I." alone may be a garbled "1.": where a "II." follows, a short "I." is the Roman figure."""
    second = next((i for i, p in enumerate(paragraphs) if p.mark == Mark("roman", "II")), None)
    if second is None or any(p.mark == Mark("roman", "I") for p in paragraphs[:second]):
        return paragraphs
    for i, p in enumerate(paragraphs[:second]):
        if p.mark and p.mark.kind == "arabic" and p.mark.label in ("I", "l", "|") and len(p.text) < 130:
            return [*paragraphs[:i], replace(p, mark=Mark("roman", "I")), *paragraphs[i + 1 :]]
    return paragraphs


def _drop(lines: list[Line], i: int) -> bool:
    """A ruin of a stamp between lines; a short scrap alone between two halves of a sentence."""
    line = lines[i]
    if (mark_of(line.text) and len(line.text) > 8) or (i and lines[i - 1].text.text.endswith("-") and not line.gap):
        return False
    if is_junk(line):
        return True
    after = lines[i + 1] if i + 1 < len(lines) else None
    letters = sum(c.isalpha() for c in line.text.text)
    return (
        letters <= 6
        and line.gap > 0
        and bool(after and after.gap)
        and not re.search(r"[.;:]$", line.text.text)
        and not line.text.text[:1].isdigit()
    )


def _width(lines: list[Line]) -> int:
    """The usual length of a full line; a large number when the lines are not wrapped."""
    lengths = sorted(len(line.text) for line in lines if len(line.text) > 30)
    if not lengths or lengths[-1] > 160:
        return 10**6
    return lengths[int(len(lengths) * 0.85)]


def _opens(group: _Open, before: Line, line: Line, marked: tuple[Mark, int] | None, width: int) -> bool:
    previous, text = before.text.text, line.text.text
    finished = _TERMINAL.search(previous) is not None
    if marked:
        return _mark_opens(group, before, line, marked[0], finished)
    if _END.search(previous[-6:]):
        return True
    small = _starts_small(text)
    wrapped = width < 10**6
    fits = wrapped and len(previous) + 1 + len(text.split(" ", 1)[0]) < width * 0.93
    titled = group.mark and len(group.lines) == 1 and not finished
    if line.gap:
        if small:
            return False
        if finished or not wrapped:
            return finished or not _CONNECTIVE.search(previous)
        begins = starts_with_verb(text, singles=False) or line.folded.startswith(("cac ", "yeu cau", "de nghi"))
        return not _CONNECTIVE.search(previous) and (
            titled or shouting(previous) > 0.85 or (not line.page and (begins or roomy(previous, width)))
        )
    if small:
        return False
    if shouting(previous) > 0.85 and shouting(text) < 0.6:
        return True
    if finished and (line.indent >= before.indent + 3 or _OPENERS.match(line.folded)):
        return True
    if titled:
        opens = starts_with_verb(text) or _TITLE_START.match(group.lines[0].folded) is not None
        return wrapped and not _CONNECTIVE.search(previous) and (roomy(previous, width) or (fits and opens))
    return wrapped and fits and finished and not _CONNECTIVE.search(previous)


def roomy(previous: str, width: int) -> bool:
    """Was a line left off well before the margin?"""
    return len(previous) < width * 0.7


def _starts_small(text: str) -> bool:
    first = text.lstrip("\"“'(")[:1]
    return first.islower() or first in ",.;)" or first.isdigit()


def _mark_opens(group: _Open, before: Line, line: Line, mark: Mark, finished: bool) -> bool:
    """A mark in the flow of a sentence ("giai đoạn 2024 / - 2025.", "COVID- / 19. Sở") is none."""
    body = line.text.text[mark_of(line.text)[1] :] if mark_of(line.text) else ""  # type: ignore[index]
    previous = before.text.text
    if mark.kind == "article":
        return (
            finished
            or bool(line.gap)
            or (
                not _CONNECTIVE.search(previous)
                and ":" in line.text.text[:12] + "."
                and bool(re.match(r"\S+ \d+[.:]", line.text.text))
            )
        )
    if mark.kind in ("part", "roman"):
        return True
    capital = body.lstrip("\"“('‘*_ ")[:1].isupper()
    if mark.kind in ("dash", "plus"):
        if finished or line.gap or shouting(previous) > 0.85:
            return capital or finished or bool(line.gap and body[:1].isalpha())
        return capital and not _CONNECTIVE.search(previous)
    if not capital and not (line.gap and finished):
        return False
    if re.search(r"[-–]$", previous) or (_CONNECTIVE.search(previous) and not line.gap):
        return False
    return mark.sure or finished or bool(line.gap) or (group.mark and len(group.lines) == 1)


def _cut(group: _Open) -> list[Paragraph]:
    """The joined lines; several paragraphs where a scanner ran marks into the line before."""
    whole = Passage.join([line.text for line in group.lines])
    end = None
    for match in _END.finditer(whole.text):
        if len(whole) - match.end() < 30 or match.end() == len(whole):
            end = match.end()
            break
    if end is not None:
        whole = whole.part(0, end)
    edges = [0, *(m.end() for m in _INLINE.finditer(whole.text) if mark_of(whole.part(m.end()))), len(whole)]
    return [
        _paragraph(whole.part(a, b), bool(group.lines[0].gap) if a == 0 else False, group.lines[0].page)
        for a, b in pairwise(edges)
        if whole.part(a, b)
    ]


def _paragraph(whole: Passage, blank: bool, page: bool) -> Paragraph:
    marked = mark_of(whole)
    if marked is None:
        return Paragraph(_without_lone_quote(whole), None, whole, blank, page)
    return Paragraph(whole.part(marked[1]), marked[0], whole, blank, page)


def _without_lone_quote(whole: Passage) -> Passage:
    """A quotation mark nobody closes is a speck."""
    text = whole.text.lstrip("_~^|` ")
    start = len(whole.text) - len(text)
    if text[:1] in "\"“”'‘" and not re.search(r"[\"”“'’]", text[1:]):
        start += 1
    return whole.part(start)
