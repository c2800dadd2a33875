"""The rows of a table as HTML. Written here rather than in a template: a page has hundreds of cells."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from chongdich.web.kit.columns import Column


@dataclass(frozen=True, slots=True)
class Row:
    """One row, ready to show: its key for bulk deeds, its tone, and the content of each column."""

    key: str
    tone: str
    cells: Sequence[str | SafeString]


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around every cell of one column."""

    opening: SafeString
    opening_of_empty: SafeString
    closing: SafeString


def frame_of(column: Column) -> Frame:
    """The column that names the row is its header; every cell carries its label for the cards on a phone."""
    if column.title:
        pattern = '<th scope="row" role="rowheader" class="{}" data-label="{}">'
        css, closing = f"row-title {column.css}".strip(), mark_safe("</th>")
    else:
        pattern, css, closing = '<td role="cell" class="{}" data-label="{}">', column.css, mark_safe("</td>")
    empty = f"{css} cell-empty".strip()
    return Frame(format_html(pattern, css, column.label), format_html(pattern, empty, column.label), closing)


def rows_html(rows: Iterable[Row], columns: Sequence[Column], *, selectable: bool) -> SafeString:
    """All rows. Content that is not marked safe is escaped."""
    frames = [frame_of(column) for column in columns]
    label = gettext("Chọn dòng")
    lines = []
    for number, row in enumerate(rows, start=1):
        choice = _choice(row.key, f"{label} {number}") if selectable else ""
        lines.append(f"{_opening(row.tone)}{choice}{_cells(row, frames)}</tr>\n")
    return mark_safe("".join(lines))


def _opening(tone: str) -> str:
    return format_html('<tr role="row" data-item class="tone-{}">', tone) if tone else '<tr role="row" data-item>'


def _cells(row: Row, frames: Sequence[Frame]) -> str:
    return "".join(
        f"{frame.opening if content != '' else frame.opening_of_empty}{conditional_escape(content)}{frame.closing}"
        for content, frame in zip(row.cells, frames)
    )


def _choice(key: str, label: str) -> SafeString:
    return format_html(
        '<td role="cell" class="cell-select"><input class="form-check-input" type="checkbox" name="selected"'
        ' value="{}" data-select data-key="x" aria-label="{}"></td>',
        key,
        label,
    )
