"""From words with boxes to text in reading order: the head's two columns are read one after the other.

Dispatches are one column of text with side-by-side blocks at the head (body and motto) and at the foot (recipients and
signature). Rows that leave the same empty gutter are such a block: its left side is read whole, then its right. Boxes
are in points or pixels with the origin at the top left.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from chongdich.core.vietnamese import fold_words

_GUTTER = 1.2
"""Width of a gutter, in heights of the line."""
_PARAGRAPH = 1.35
"""Distance to the next row, in usual distances of the page, from which a blank line is written."""
_BLANK_LINES = re.compile(r"\n{3,}")
_NARROWED = {True: 0.5, False: 0.1}
"""Width that must remain of a gutter, in heights of a line, after a row with words on both sides or on one."""
_WORD_GAP = 0.8
"""Width, in heights of the line, up to which a gap is the blank between two words of a justified line."""
_MIDDLE = (0.15, 0.75)
"""Part of the width of the page's text in which a gutter between columns lies."""
_TABLE_ROWS = 3
"""Rows of three cells and more that make a table without lines."""
_SIDE_BY_SIDE = 0.7
"""Two rows whose middles differ by less (in heights) and that share no column are one row set at two sizes."""


@dataclass(frozen=True)
class Word:
    """One word and its box; `line` is the line a recogniser has put it in, 0 where none has."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    line: int = 0

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass
class Row:
    """Words on one line of the page, left to right."""

    words: list[Word] = field(default_factory=list)

    @property
    def top(self) -> float:
        return min(word.top for word in self.words)

    @property
    def height(self) -> float:
        return median(word.height for word in self.words)

    @property
    def middle(self) -> float:
        return median(word.middle for word in self.words)

    @property
    def left(self) -> float:
        return self.words[0].left

    @property
    def right(self) -> float:
        return max(word.right for word in self.words)

    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    def segments(self) -> list["Row"]:
        """The row cut at every gap wide enough for a gutter."""
        parts = [Row([self.words[0]])]
        for before, word in zip(self.words, self.words[1:]):
            if word.left - before.right > _GUTTER * self.height:
                parts.append(Row())
            parts[-1].words.append(word)
        return parts

    def side(self, gutter: "Gap") -> tuple["Row | None", "Row | None"]:
        """The words left and right of a gutter."""
        middle = (gutter[0] + gutter[1]) / 2
        left = [word for word in self.words if word.right <= middle]
        right = [word for word in self.words if word.right > middle]
        return (Row(left) if left else None, Row(right) if right else None)


Gap = tuple[float, float]


@dataclass(frozen=True)
class Rule:
    """A vertical line drawn on the page, as tables have between their columns."""

    x: float
    top: float
    bottom: float


def page_text(words: list[Word], number: int = 1, rules: Sequence[Rule] = ()) -> str:
    """The text of one page; `number` is its number, dropped where it stands alone at the head of a later page.

    Rows between vertical `rules` are a table's: their cells are joined by " | ".
    """
    rows = rows_of([word for word in words if word.bottom > word.top])
    if number > 1 and rows and rows[0].text().strip("-– .") == str(number):
        rows = rows[1:]
    if not rows:
        return ""
    usual = _usual_distance(rows)
    text = "\n".join(line for block in _blocks(rows, rules) for line in _block_lines(block, usual))
    return _BLANK_LINES.sub("\n\n", text).strip("\n")


def rows_of(words: list[Word]) -> list[Row]:
    """Words grouped into rows, by their lines where known and else by their middles, top to bottom."""
    lines: dict[int, Row] = {}
    for word in words:
        if word.line:
            lines.setdefault(word.line, Row()).words.append(word)
    rows = [*lines.values(), *_rows_by_middle([word for word in words if not word.line])]
    for row in rows:
        row.words.sort(key=lambda w: w.left)
    return _side_by_side(sorted(rows, key=lambda r: r.middle))


def _rows_by_middle(words: list[Word]) -> list[Row]:
    rows: list[Row] = []
    for word in sorted(words, key=lambda w: w.middle):
        near = next((row for row in reversed(rows[-3:]) if _same_row(row, word)), None)
        if near is None:
            rows.append(near := Row())
        near.words.append(word)
    return rows


def _same_row(row: Row, word: Word) -> bool:
    return abs(row.words[-1].middle - word.middle) < 0.4 * max(min(row.words[-1].height, word.height), 1.0)


def _side_by_side(rows: list[Row]) -> list[Row]:
    """Two columns set a little apart in height still make one row."""
    merged = rows[:1]
    for row in rows[1:]:
        above = merged[-1]
        height = max(above.height, row.height)
        apart = max(row.left - above.right, above.left - row.right)
        if row.middle - above.middle < _SIDE_BY_SIDE * height and apart > _GUTTER * height:
            merged[-1] = Row(sorted(above.words + row.words, key=lambda w: w.left))
        else:
            merged.append(row)
    return merged


@dataclass
class _Block:
    """Rows read together: with a gutter its left side first, with cells row by row, else as they come."""

    rows: list[Row]
    gutter: Gap | None = None
    cells: list[list[Row]] | None = None


def _blocks(rows: list[Row], rules: Sequence[Rule]) -> Iterator[_Block]:
    left, right = min(row.left for row in rows), max(row.right for row in rows)
    bounds = (left + _MIDDLE[0] * (right - left), left + _MIDDLE[1] * (right - left))
    at = 0
    while at < len(rows):
        block = _ruled_from(rows, at, rules) or _columns_from(rows, at, bounds)
        yield block
        at += len(block.rows)


def _ruled_from(rows: list[Row], at: int, rules: Sequence[Rule]) -> _Block | None:
    """The rows of a table drawn with lines that begins here, if one does."""
    cells: list[list[Row]] = []
    for row in rows[at:] if rules else ():
        edges = sorted(x for x in _crossing(row, rules) if row.left < x < row.right)
        if not edges and not _is_inside(row, rules):
            break
        cells.append(_cut(row, edges))
    return _Block(rows[at : at + len(cells)], cells=cells) if any(len(row) > 1 for row in cells) else None


def _is_inside(row: Row, rules: Sequence[Rule]) -> bool:
    across = _crossing(row, rules)
    return len(across) > 2 and min(across) <= row.left and row.right <= max(across)


def _crossing(row: Row, rules: Sequence[Rule]) -> list[float]:
    return [rule.x for rule in rules if rule.top <= row.middle <= rule.bottom]


def _cut(row: Row, edges: list[float]) -> list[Row]:
    bounds = [float("-inf"), *edges, float("inf")]
    parts = [[w for w in row.words if a <= (w.left + w.right) / 2 < b] for a, b in pairwise(bounds)]
    return [Row(part) for part in parts if part]


def _columns_from(rows: list[Row], at: int, bounds: Gap) -> _Block:
    """The side-by-side block that begins with this row, or the row alone."""
    gutter = _widest_gap(rows[at], bounds)
    if gutter is None:
        return _Block([rows[at]])
    end, split, one_sided, many = at + 1, 1, 0, len(rows[at].segments()) > 2
    tables = int(many)
    while end < len(rows) and not _opens_body(rows[end]):
        narrowed = _narrowed(gutter, rows[end])
        if narrowed is None:
            break
        gutter = narrowed
        both = all(rows[end].side(gutter))
        split, one_sided = split + both, one_sided + (not both)
        tables += len(rows[end].segments()) > 2
        end += 1
    if split >= _TABLE_ROWS and tables >= 0.8 * split:
        return _Block(rows[at:end], cells=[row.segments() for row in rows[at:end]])
    return _Block(rows[at:end], gutter) if split + one_sided > 1 else _Block([rows[at]])


def _widest_gap(row: Row, bounds: Gap) -> Gap | None:
    gaps = [(a.right, b.left) for a, b in zip(row.segments(), row.segments()[1:])]
    central = [gap for gap in gaps if gap[1] > bounds[0] and gap[0] < bounds[1]]
    return max(central, key=lambda gap: gap[1] - gap[0], default=None)


def _narrowed(gutter: Gap, row: Row) -> Gap | None:
    """What the row leaves of the gutter, None where it crosses it."""
    edges = [float("-inf"), *(edge for word in row.words for edge in (word.left, word.right)), float("inf")]
    free = [(a, b) for a, b in zip(edges[::2], edges[1::2]) if b - a > _WORD_GAP * row.height]
    common = [(max(gutter[0], a), min(gutter[1], b)) for a, b in free]
    widest = max(common, key=lambda gap: gap[1] - gap[0])
    both = all(row.side(widest))
    return widest if widest[1] - widest[0] > _NARROWED[both] * row.height else None


def _opens_body(row: Row) -> bool:
    return fold_words(row.text()).startswith("kinh gui")


def _block_lines(block: _Block, usual: float) -> Iterator[str]:
    if block.cells is not None:
        yield from ("", *(" | ".join(cell.text() for cell in row) for row in block.cells), "")
    elif block.gutter is None:
        yield from _spaced(block.rows, usual)
    else:
        sides = [row.side(block.gutter) for row in block.rows]
        for column in (0, 1):
            yield ""
            yield from _spaced([row for side in sides if (row := side[column]) is not None], usual)
        yield ""


def _spaced(rows: list[Row], usual: float) -> Iterator[str]:
    for before, row in zip([None, *rows], rows):
        if before is not None and row.middle - before.middle > _PARAGRAPH * usual:
            yield ""
        yield row.text()


def _usual_distance(rows: list[Row]) -> float:
    distances = [b.middle - a.middle for a, b in pairwise(rows) if b.middle > a.middle]
    return median(distances) if distances else 1.0
