"""What each piece of the head is: the State's name, the motto, the number, the date, "V/v", "Kính gửi", a kind's title.

The components and their places: Nghị định 30/2020/NĐ-CP, Annex I, part II. A scan may put two columns on one line.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz

from chongdich.kernels.text.passages import Passage

from . import dates
from .lines import Line, is_junk
from .symbols import own_number
from .vocabulary import HEADLINE_KINDS, KIND_BY_FOLDED, MOTTO, PARTY_NAME, STATE_NAME, URGENCIES

ABOUT = re.compile(r"^\W{0,3}v\s?[/1il|.]{1,2}\s?[vwy]\b\s*:?\s*|^\W{0,3}viv\b\s*")
TO = re.compile(r"^\W{0,4}(?:dong )?k[iln1]n[hb]\s*g[uứ]?[iírl]['’]?\s*[:;.]?")
SENT_BY_WIRE = re.compile(r"(?:dien|gui)\s*:\s*$")
BULLET = re.compile(r"^(?:[-–—~•●○▪+*·\uf000-\uf0ff]|[eo»«](?=\s+[A-ZĐÀ-Ỹ]))\s*")
_RECEIVED = re.compile(
    r"\bso\s*:?\s*(?P<n>\d{1,6})\s*,?\s*ngay\s*:?\s*(?P<date>\S+)|\bden\s+so\b|van ban den|cong van den|den dien tu"
)
_KIND_FOLDED = tuple(folded for folded, kind in KIND_BY_FOLDED.items() if kind in HEADLINE_KINDS)


@dataclass(frozen=True, slots=True)
class Cell:
    """A piece of a line: `kind` names what it is, `line` is its line's place among the lines."""

    kind: str
    text: Passage
    line: int
    gap: int
    first: bool = True


def head_cells(lines: list[Line], start: int, end: int) -> list[Cell]:
    """The cells of some lines, left to right, top to bottom."""
    return [cell for i in range(start, min(end, len(lines))) for cell in _line_cells(lines[i], i)]


def shouting(text: str) -> float:
    """The share of capitals among the letters, 0 to 1."""
    letters = [c for c in text if c.isalpha()]
    return sum(c.isupper() for c in letters) / len(letters) if letters else 0.0


def kind_of(text: Passage) -> str | None:
    """The kind of document a line announces ("CHỈ THỊ", "CHÍ THỊ", "K Ế H O Ạ C H"), or None."""
    if not 4 <= len(text) <= 40 or shouting(text.text) < 0.8:
        return None
    folded = text.folded.strip(" .:*-_'\"")
    if re.fullmatch(r"(?:\S\s){3,}\S", folded):
        folded = folded.replace(" ", "")
    best = max(_KIND_FOLDED, key=lambda kind: _likeness(kind, folded))
    return KIND_BY_FOLDED[best] if _likeness(best, folded) >= 86 else None


def is_state_name(text: Passage) -> bool:
    return _located(STATE_NAME, text, 82, 14, capitals=True) is not None


def _likeness(kind: str, folded: str) -> float:
    return max(fuzz.ratio(kind, folded), fuzz.ratio(kind.replace(" ", ""), folded))


def _line_cells(line: Line, index: int) -> Iterator[Cell]:
    first = True
    for column in line.columns():
        for kind, text in _split(column):
            if text and not (kind == "text" and is_junk(Line(text, 0, 0))):
                yield Cell(kind, text, index, line.gap if first else 0, first)
                first = False


def _split(text: Passage) -> Iterator[tuple[str, Passage]]:
    for kind, words, least, capitals in (
        ("state", STATE_NAME, 82, True),
        ("party", PARTY_NAME, 88, True),
        ("motto", MOTTO, 80, False),
    ):
        found = _located(words, text, least, 14, capitals)
        if found:
            yield from _split(text.part(0, found[0]))
            yield kind, text.part(*found)
            yield from _split(text.part(found[1]))
            return
    yield from _split_date(text)


def _split_date(text: Passage) -> Iterator[tuple[str, Passage]]:
    placed = dates.PLACED.search(text.folded) if not BULLET.match(text.text) else None
    number = own_number(text)
    if placed and placed.end() > len(text) - 12 and placed.start() < 90:
        start = number.end if number else 0
        if number:
            yield "number", text.part(0, number.end)
        else:
            start = _place_start(text, placed.start())
            yield from _plain(text.part(0, start))
        yield "date", text.part(start)
    elif number:
        yield "number", text.part(0, number.end)
        yield from _plain(text.part(number.end))
    else:
        yield from _plain(text)


def _place_start(text: Passage, before: int) -> int:
    """A place's name is at most four capitalised words before the comma."""
    words = list(re.finditer(r"\S+", text.text[:before]))
    start = before
    for word in reversed(words[-6:]):
        if not word.group()[0].isupper() and word.group() not in ("phố", "xã", "trấn", "ngày", "-"):
            break
        start = word.start()
    return start


def _plain(text: Passage) -> Iterator[tuple[str, Passage]]:
    if not text:
        return
    folded = text.folded
    if ABOUT.match(folded):
        yield "about", text
    elif TO.match(folded):
        yield "to", text
    elif _RECEIVED.search(folded):
        yield "received", text
    elif kind_of(text):
        yield "kind", text
    elif _is_urgency(text):
        yield "urgency", text
    elif BULLET.match(text.text):
        yield "item", text
    else:
        yield "text", text


def _is_urgency(text: Passage) -> bool:
    return len(text) < 20 and shouting(text.text) > 0.8 and text.folded.strip(" .:!-") in URGENCIES


def _located(words: str, text: Passage, least: float, shortest: int, capitals: bool) -> tuple[int, int] | None:
    """Where in a text words stand that a scanner may have garbled."""
    if len(text) < shortest:
        return None
    exact = text.folded.find(words)
    if exact >= 0:
        start, end = exact, exact + len(words)
    else:
        found = fuzz.partial_ratio_alignment(words, text.folded, score_cutoff=least)
        if found is None or found.dest_end - found.dest_start < min(shortest, len(words)):
            return None
        if found.src_end - found.src_start < 0.6 * len(words):
            return None
        start, end = _whole_words(text.text, found.dest_start, found.dest_end)
    return (start, end) if not capitals or shouting(text.text[start:end]) > 0.7 else None


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return start, end
