"""The editable file, read back: the words of the PDF, the decree's sizes, widths that hold."""

from io import BytesIO
from typing import Any

import docx
import pypdfium2 as pdfium
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from chongdich.core.official_document import OfficialDocument
from chongdich.integrations.typesetting import decree30, render_docx, render_pdf
from chongdich.integrations.typesetting.plan import lay_out
from tests.unit.typesetting_samples import DECISION, LETTER, PLAN


def _word(document: OfficialDocument) -> Any:
    return docx.Document(BytesIO(render_docx(document)))


def _runs(word: Any) -> dict[str, Any]:
    """Every run of the document and its tables, by its text."""
    tables = [
        paragraph for table in word.tables for row in table.rows for cell in row.cells for paragraph in cell.paragraphs
    ]
    nested = [
        paragraph
        for table in word.tables
        for row in table.rows
        for cell in row.cells
        for inner in cell.tables
        for paragraph in inner.rows[0].cells[0].paragraphs
    ]
    return {run.text: run for paragraph in [*word.paragraphs, *tables, *nested] for run in paragraph.runs}


@pytest.mark.parametrize("document", [LETTER, PLAN, DECISION])
def test_both_writers_say_the_same_words(document: OfficialDocument) -> None:
    word, pdf = _word(document), pdfium.PdfDocument(render_pdf(document))
    printed = " ".join(page.get_textpage().get_text_range() for page in pdf)
    written = [node.text for node in word.element.body.iter(qn("w:t")) if node.text]
    assert len(written) > 20
    assert [text for text in written if _packed(text) not in _packed(printed)] == []


def _packed(text: str) -> str:
    """Without blanks, line breaks, and the page numbers that stand between."""
    return "".join(sign for sign in text if not sign.isspace() and not sign.isdigit() and sign not in "\ufffe\u00ad")


def test_the_page_and_its_margins_are_the_decrees() -> None:
    section = _word(LETTER).sections[0]
    sides = (section.page_width, section.page_height, section.left_margin, section.right_margin)
    assert [round(side.mm, 1) for side in sides] == [210, 297, decree30.LEFT, decree30.RIGHT]
    assert section.different_first_page_header_footer


@pytest.mark.parametrize(
    ("text", "style"),
    [
        (decree30.NATION, "nation"),
        (decree30.MOTTO, "motto"),
        ("Số: 815/UBND-VXNV", "number"),
        ("Bắc Kạn, ngày 30 tháng 11 năm 2021", "place"),
        ("Nơi nhận:", "recipients"),
        ("- Như trên (t/h);", "recipient"),
        ("TM. ỦY BAN NHÂN DÂN", "authority"),
        ("Trần Văn Mẫu", "signer"),
        ("HỎA TỐC", "stamp"),
    ],
)
def test_each_part_has_its_style_in_times_new_roman(text: str, style: str) -> None:
    font, wanted = _runs(_word(LETTER))[text].font, decree30.STYLES[style]
    assert (font.name, font.size, font.bold, font.italic) == (
        "Times New Roman",
        Pt(wanted.size),
        wanted.bold,
        wanted.italic,
    )


def test_the_head_is_a_table_of_fixed_widths_without_borders() -> None:
    head = _word(LETTER).tables[0]
    assert not head.autofit
    assert [round(cell.width.mm, 1) for cell in head.rows[0].cells] == [decree30.HEAD_LEFT, decree30.HEAD_RIGHT]
    assert head._tbl.tblPr.find(qn("w:tblBorders")) is None


def test_rules_are_borders_as_long_as_the_plan_says() -> None:
    plan, head = lay_out(LETTER), _word(LETTER).tables[0]
    for column, room, length in ((0, decree30.HEAD_LEFT, plan.issuing_rule), (1, decree30.HEAD_RIGHT, plan.motto_rule)):
        (ruled,) = [p for p in head.rows[0].cells[column].paragraphs if p._p.find(f".//{qn('w:pBdr')}") is not None]
        form = ruled.paragraph_format
        assert (Mm(room) - form.left_indent - form.right_indent) / Mm(1) == pytest.approx(length, abs=0.1)


def test_appendices_are_sections_that_lie_and_count_anew() -> None:
    sections = _word(PLAN).sections
    assert [section.page_width > section.page_height for section in sections] == [False, True, False]
    assert [section._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) for section in sections] == ["1", "1", "1"]
    assert "PAGE" in sections[1].header._element.xml
    assert "PAGE" not in sections[1].first_page_header._element.xml


def test_a_draft_is_marked_on_first_and_further_pages_and_an_issued_document_on_none() -> None:
    for section in _word(PLAN).sections:
        assert "DỰ THẢO" in section.first_page_header._element.xml
        assert "DỰ THẢO" in section.header._element.xml
    assert "DỰ THẢO" not in _word(LETTER).sections[0].header._element.xml


def test_the_head_of_a_table_is_repeated_and_a_total_is_bold() -> None:
    table = _word(PLAN).tables[1]
    assert table.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None
    assert [cell.text for cell in table.rows[-1].cells] == ["", "Cộng", "1.375"]
    assert table.rows[-1].cells[1].paragraphs[0].runs[0].font.bold
    assert not table.rows[1].cells[1].paragraphs[0].runs[0].font.bold


def test_the_address_is_at_the_foot_of_the_first_page_only() -> None:
    section = _word(DECISION).sections[0]
    assert "Số 1, đường Mẫu" in " ".join(p.text for p in section.first_page_footer.paragraphs)
    assert not any(p.text for p in section.footer.paragraphs)


def test_equal_documents_are_equal_files() -> None:
    assert render_docx(LETTER) == render_docx(LETTER)
