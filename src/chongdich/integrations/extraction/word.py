"""Word files (.docx): paragraphs, automatic numbers, tables in order, old fonts converted, headers noted."""

import re
import warnings
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from docx import Document

from chongdich.kernels.text.encodings import repair

from .archive import check_xml_parts, open_checked
from .model import Extracted, Limits, refuse
from .word_fonts import Styles
from .word_numbers import Numbering
from .word_runs import W, local, paragraph_text, text_boxes

_BORDERS = ("top", "bottom", "left", "right", "insideH", "insideV")
_PAGE_NUMBER = re.compile(r"[\s\d\-–/.|]*(trang|page)?[\s\d\-–/.|]*", re.IGNORECASE)


def read_word(data: bytes, filename: str, limits: Limits) -> Extracted:
    """Read a .docx after its container was weighed; pages are those of hard page breaks."""
    check_xml_parts(open_checked(data, filename, limits), filename, limits)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            document = Document(BytesIO(data))
            body = _Body(document)
            repaired = repair("\n\n".join(body.blocks(document.element.body)))
            dropped = _headers_and_footers(document)
    except Exception as error:
        raise refuse("Tệp Word bị hỏng, không đọc được nội dung.", filename, "word/document.xml") from error
    pages = [page.strip("\n") for page in repaired.text.split("\f")]
    notes = body.styles.notes() + repaired.notes + dropped
    return Extracted.of(pages, "docx", repaired.encoding, notes)


class _Body:
    """The walk through a document's body in reading order."""

    def __init__(self, document: Any) -> None:
        self.styles = Styles(document)
        self.numbering = Numbering(document, self.styles)

    def blocks(self, parent: Any) -> Iterator[str]:
        """One text per paragraph or table, empty ones left out."""
        for child in parent:
            name = local(child)
            if name == "p":
                yield from self._paragraph(child)
            elif name == "tbl":
                yield from filter(None, [self._table(child)])
            elif name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"):
                yield from self.blocks(child)

    def _paragraph(self, paragraph: Any) -> Iterator[str]:
        text = paragraph_text(paragraph, self.styles)
        if text.strip(" \n"):
            label = self.numbering.label(paragraph) if text.strip() else ""
            yield f"{label} {text.strip(' ')}" if label else text.strip(" ")
        for box in text_boxes(paragraph):
            yield from self.blocks(box)

    def _table(self, table: Any) -> str:
        rows = [[self._cell(cell) for cell in _cells(row)] for row in _rows(table)]
        if _is_layout(table, rows, self.styles):
            return "\n\n".join("\n".join(cell) for row in rows for cell in row if cell)
        return "\n".join(" | ".join(" ".join(cell) for cell in row) for row in rows if any(row))

    def _cell(self, cell: Any) -> list[str]:
        if _continues_above(cell):
            return []
        return [line for block in self.blocks(cell) for line in block.split("\n") if line.strip()]


def _rows(table: Any) -> Iterator[Any]:
    for child in table:
        if local(child) == "tr":
            yield child
        elif local(child) in ("sdt", "sdtContent"):
            yield from _rows(child)


def _cells(row: Any) -> Iterator[Any]:
    for child in row:
        if local(child) == "tc":
            yield child
        elif local(child) in ("sdt", "sdtContent"):
            yield from _cells(child)


def _continues_above(cell: Any) -> bool:
    merge = cell.find(f"{W}tcPr/{W}vMerge")
    return merge is not None and merge.get(f"{W}val", "continue") == "continue"


def _is_layout(table: Any, rows: list[list[list[str]]], styles: Styles) -> bool:
    """A table without lines and of at most three columns only places its texts, as the head and the signature do."""
    if max(map(len, rows), default=0) > 3:
        return False
    return not (_has_lines(table.find(f"{W}tblPr/{W}tblBorders")) or styles.table_has_lines(table))


def _has_lines(borders: Any) -> bool:
    if borders is None:
        return False
    return any(
        edge is not None and edge.get(f"{W}val") not in ("nil", "none")
        for edge in (borders.find(f"{W}{side}") for side in _BORDERS)
    )


def _headers_and_footers(document: Any) -> tuple[str, ...]:
    texts: list[str] = []
    for section in document.sections:
        for part in (section.header, section.footer, section.first_page_header, section.first_page_footer):
            if not part.is_linked_to_previous:
                texts += [p.text.strip() for p in part.paragraphs]
    told = [text for text in dict.fromkeys(texts) if not _PAGE_NUMBER.fullmatch(text)]
    return (f"đã bỏ đầu trang, chân trang: «{'; '.join(told)[:200]}»",) if told else ()
