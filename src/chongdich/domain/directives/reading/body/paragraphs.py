"""From lines to paragraphs: wrapped lines and page breaks joined, marks of numbering and bullets taken off."""

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from chongdich.kernels.text.passages import Passage

from ..lines import Line, is_junk
from .joining import END, Open, opens_paragraph, usual_width
from .marks import Mark, mark_of

_INLINE = re.compile(r"(?<=[.;:])\s+(?=(?:[-–~+•]\s+|\d{1,2}\.\s+|[a-eđghik]\)\s+)[A-ZĐÀ-Ỹ])")
ENDS = re.compile(r"\./\.\W*$")


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


def read_paragraphs(lines: list[Line]) -> list[Paragraph]:
    """The paragraphs of some lines. What follows the closing "./." on its line is left out."""
    lines = [line for i, line in enumerate(lines) if not _drop(lines, i)]
    width = usual_width(lines)
    groups: list[Open] = []
    for i, line in enumerate(lines):
        marked = mark_of(line.text)
        before = lines[i - 1] if i else None
        if not groups or before is None or opens_paragraph(groups[-1], before, line, marked, width):
            groups.append(Open([line], marked is not None))
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


def _cut(group: Open) -> list[Paragraph]:
    """The joined lines; several paragraphs where a scanner ran marks into the line before."""
    whole = Passage.join([line.text for line in group.lines])
    end = None
    for match in END.finditer(whole.text):
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
