"""From the text to clean lines: Markdown gone, page numbers and signature stamps set aside."""

import re
from dataclasses import dataclass
from itertools import pairwise

from chongdich.kernels.text.legibility import legibility
from chongdich.kernels.text.passages import Passage

_END_OF_LINE = re.compile(r"\r\n|[\n\r\f\v\x1c-\x1e\x85\u2028\u2029]|<br\s*/?>", re.IGNORECASE)
_GLUED = re.compile(r"(?<=[^\W\d_])\*\*(?=[A-ZÀ-ỸĐ])")
_MARKS = re.compile(
    r"(?<!\()\*+|\*+(?!\))|</?(?:b|i|u|p|em|strong|center|div|span|sup|sub)\s*/?>|`{1,3}", re.IGNORECASE
)
_HEADING = re.compile(r"\s*(?:#{1,6}|>)\s+")
_BULLET_STAR = re.compile(r"\s*\*\s+(?=\S)")
_PAGE_NUMBER = re.compile(
    r"[\s\-–—|~]{0,3}(?:trang|page)?\s*\d{1,3}\s*(?:(?:/|of)\s*\d{1,3})?[\s\-–—|~]{0,3}", re.IGNORECASE
)
_PAGE_BREAK = re.compile(r"\W*(?:page break|ngat trang|page \d+(?: of \d+)?)\W*")
_ESIGN = re.compile(
    r"\W*(?:ky boi|nguoi ky|thoi gian ky|co quan ky|email|e-mail|chuc vu ky|ngay ky)\s*:"
    r"|\d\d:\d\d:\d\d|@[a-z]+\.gov|^\W*co quan: tinh"
)
_SIGNED = re.compile(r"^\W*(?:ky boi|nguoi ky|thoi gian ky)\s*:")
_RULE = re.compile(r"[\W_]*")
_FILL_IN_BEFORE = re.compile(r"(?:\bso\s*:?|\bngay|\bthang)\s*$")
_FILL_IN_AFTER = re.compile(r"/\s?\w|thang\b|nam\s")
_GAP = re.compile(r"\s{3,}|\s*\|\s*")
_SCRAPS = re.compile(r"[._,:;'`|^‹›«»\\][._,:;'`|^‹›«»\\\s]*(?=[^\W_])")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the page. `gap`: blank lines (or a page's end) before it; `indent`: blanks at its left."""

    text: Passage
    indent: int
    gap: int
    page: bool = False

    @property
    def folded(self) -> str:
        return self.text.folded

    def _is_to_fill_in(self, start: int, end: int) -> bool:
        """Whether wide blanks wait for a number or a day ("Số:     /UBND", "ngày     tháng 10") and part nothing."""
        before, after = self.text.folded[:start], self.text.folded[end:]
        return bool(_FILL_IN_BEFORE.search(before) and _FILL_IN_AFTER.match(after))

    def columns(self) -> list[Passage]:
        """What stands side by side on the line, cut at wide blanks."""
        cuts = [m.span() for m in _GAP.finditer(self.text.text) if not self._is_to_fill_in(*m.span())]
        edges = [0, *(edge for cut in cuts for edge in cut), len(self.text)]
        return [self.text.part(a, b) for a, b in zip(edges[::2], edges[1::2])]


def read_lines(source: str) -> list[Line]:
    """The lines that carry words, in order."""
    lines: list[Line] = []
    gap, page = 0, False
    for raw, broke in _without_signature_stamps(_raw_lines(source)):
        page = page or broke
        for piece in _pieces(raw):
            text = _without_scraps(piece.part())
            hyphenated = bool(lines) and lines[-1].text.text.endswith("-") and text.text[:1].isdigit()
            if not text or (_is_furniture(text) and not hyphenated):
                gap += 1
                page = page or bool(text and (_PAGE_BREAK.fullmatch(text.folded) or _PAGE_NUMBER.fullmatch(text.text)))
                continue
            lines.append(Line(text, len(piece.text) - len(piece.text.lstrip()), gap, page))
            gap, page = 0, False
    return lines


def _without_signature_stamps(rows: list[tuple[Passage, bool]]) -> list[tuple[Passage, bool]]:
    """The block of short lines a digital signature prints ("Người ký: … / Cơ quan: … / Thời gian ký: …")."""
    dropped: set[int] = set()
    for i, (row, _) in enumerate(rows):
        if not _SIGNED.search(row.folded):
            continue
        for step in (range(i, min(i + 4, len(rows))), range(i - 1, max(i - 4, -1), -1)):
            for j in step:
                text = rows[j][0].text.strip()
                if not text or len(text) > 45 or (j != i and text.isupper()):
                    break
                dropped.add(j)
    return [(row.part(0, 0), broke) if i in dropped else (row, broke) for i, (row, broke) in enumerate(rows)]


def _without_scraps(text: Passage) -> Passage:
    """Specks before the first word of a line, which a scanner takes for punctuation."""
    match = _SCRAPS.match(text.text)
    return text.part(match.end()) if match and not text.text.startswith("...") else text


def is_junk(line: Line) -> bool:
    """What a scanner made of a stamp, a seal or a signature: few letters, or none that make syllables."""
    text = line.text.text
    letters = sum(c.isalpha() for c in text)
    if letters == 0:
        return not any(c.isdigit() for c in text) or len(text) < 4
    if letters <= 2 and len(text) <= 4 and not re.search(r"[.;:]$|^\d|^[^\W\d_]\)", text):
        return True
    return len(text) < 70 and legibility(text) < 0.45


def _raw_lines(source: str) -> list[tuple[Passage, bool]]:
    rows: list[tuple[Passage, bool]] = []
    start, broke = 0, False
    for end in _END_OF_LINE.finditer(source):
        rows.append((Passage.of(source, start, end.start()), broke))
        start, broke = end.end(), end.group() == "\f"
    rows.append((Passage.of(source, start), broke))
    return rows


def _pieces(raw: Passage) -> list[Passage]:
    """A line without Markdown; two lines where bold words were glued to what followed; the cells of a table's row."""
    text = raw.text
    if (
        "*" not in text
        and "#" not in text
        and "<" not in text
        and "|" not in text
        and "`" not in text
        and ">" not in text
    ):
        return [raw]
    cuts = [m.span() for m in _GLUED.finditer(text)]
    edges = [0, *(edge for cut in cuts for edge in cut), len(text)]
    parts = [Passage(raw.source, text[a:b], raw.at[a:b]) for a, b in zip(edges[::2], edges[1::2])]
    return [piece for part in parts for piece in _cells(_without_marks(part))]


def _without_marks(part: Passage) -> Passage:
    holes = []
    heading = _HEADING.match(part.text)
    start = heading.end() if heading else 0
    if heading:
        holes.append(heading.span())
    star = _BULLET_STAR.match(part.text, start)
    start = star.end() if star else start
    holes += [m.span() for m in _MARKS.finditer(part.text, start)]
    return part.without(holes)


def _cells(part: Passage) -> list[Passage]:
    text = part.text.strip()
    if not (len(text) > 1 and text[0] == text[-1] == "|"):
        return [part]
    edges = [m.start() for m in re.finditer(r"\|", part.text)]
    return [part.part(a + 1, b) for a, b in pairwise(edges)]


def _is_furniture(text: Passage) -> bool:
    if _RULE.fullmatch(text.text) or _PAGE_NUMBER.fullmatch(text.text):
        return True
    return bool(_PAGE_BREAK.fullmatch(text.folded)) or (len(text) < 75 and _ESIGN.search(text.folded) is not None)
