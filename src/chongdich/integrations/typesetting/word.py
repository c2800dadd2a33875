"""A document as an editable .docx, drawn from the same plan as the PDF."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from chongdich.core.official_document import OfficialDocument
from chongdich.integrations.typesetting import decree30 as decree
from chongdich.integrations.typesetting import word_parts as parts
from chongdich.integrations.typesetting.plan import Laid, LaidAppendix, LaidTable, Plan, Stamp, lay_out
from chongdich.integrations.typesetting.reproducible import repacked


def render_docx(document: OfficialDocument) -> bytes:
    """The editable file of a document in the layout of Decree 30; the same bytes for the same document."""
    plan = lay_out(document)
    word = docx.Document()
    _prepare(word, plan)
    _head(word, plan)
    _title(word, plan)
    _addressees(word, plan)
    _enacting(word, plan)
    _blocks(word, plan.blocks, decree.TEXT_WIDTH, ends=True)
    _end(word, plan)
    for appendix in plan.appendices:
        _appendix(word, appendix, plan.draft)
    written = BytesIO()
    word.save(written)
    return repacked(written.getvalue())


def _prepare(word: Any, plan: Plan) -> None:
    normal = word.styles["Normal"]
    normal.font.name, normal.font.size = parts.FONT, Pt(decree.STYLES["body"].size)
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), parts.FONT)
    about = word.core_properties
    about.title, about.author, about.language = plan.subject_of_file[:255], plan.author[:255], "vi-VN"
    about.created = about.modified = datetime(*plan.date, tzinfo=UTC)
    about.last_modified_by, about.comments, about.revision = "", "", 1
    _page(word.sections[0], landscape=False)
    _page_head(word.sections[0], plan.draft)
    if plan.contact:
        _contact(word.sections[0], plan.contact)


def _page(section: Any, landscape: bool) -> None:
    width, height = reversed(decree.PAGE) if landscape else decree.PAGE
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.top_margin, section.bottom_margin = Mm(decree.TOP), Mm(decree.BOTTOM)
    section.left_margin, section.right_margin = Mm(decree.LEFT), Mm(decree.RIGHT)
    section.header_distance = section.footer_distance = Mm(10)


def _page_head(section: Any, draft: bool) -> None:
    """The page's number above every page but the first, each section counting from one."""
    section.different_first_page_header_footer = True
    heads = (section.first_page_header, section.header)
    for number, head in enumerate(heads):
        head.is_linked_to_previous = False
        paragraph = parts.spaced(head.paragraphs[0], align="center")
        if number:
            parts.page_field(paragraph)
        if draft:
            parts.watermark(paragraph, decree.DRAFT, number)
    section.first_page_footer.is_linked_to_previous = section.footer.is_linked_to_previous = False
    count = parts.element("pgNumType", start="1")
    section._sectPr.insert_element_before(count, "w:cols", "w:formProt", "w:vAlign", "w:noEndnote", "w:titlePg")


def _contact(section: Any, contact: str) -> None:
    footer = section.first_page_footer
    parts.rule(footer.paragraphs[0], decree.TEXT_WIDTH, decree.TEXT_WIDTH)
    parts.write(parts.spaced(footer.add_paragraph(), align="center"), contact, "contact")


class _Cell:
    """A cell that is written from the top down: its first paragraph is there already."""

    def __init__(self, cell: Any, width: float) -> None:
        self.cell, self.width, self._fresh = cell, width, True

    def paragraph(self) -> Any:
        if self._fresh:
            self._fresh = False
            return self.cell.paragraphs[0]
        return self.cell.add_paragraph()

    def lines(self, words: tuple[str, ...], style: str, align: str = "center", before: float = 0) -> None:
        for place, line in enumerate(words):
            paragraph = parts.spaced(self.paragraph(), before=0 if place else before, align=align)
            parts.write(paragraph, line, style)

    def rule(self, length: float) -> None:
        if length:
            parts.rule(self.paragraph(), length, self.width)


def _head(word: Any, plan: Plan) -> None:
    widths = [decree.HEAD_LEFT, decree.HEAD_RIGHT]
    table = word.add_table(rows=2, cols=2)
    parts.fixed(table, widths)
    (upper_left, upper_right), (left, right) = (
        [_Cell(cell, width) for cell, width in zip(row.cells, widths, strict=True)] for row in table.rows
    )
    upper_left.lines(plan.superior, "superior")
    upper_left.lines(plan.issuing, "issuing")
    upper_left.rule(plan.issuing_rule)
    upper_right.lines((decree.NATION,), "nation")
    upper_right.lines((decree.MOTTO,), "motto")
    upper_right.rule(plan.motto_rule)
    left.lines((plan.number,), "number", before=4)
    left.lines(plan.subject, "subject", before=6)
    right.lines((plan.place,), "place", before=4)
    for stamp in plan.stamps:
        _stamp(left, stamp)


def _stamp(cell: _Cell, stamp: Stamp) -> None:
    parts.spaced(cell.paragraph(), before=0, align="center").paragraph_format.line_spacing = Pt(6)
    frame = cell.cell.add_table(rows=1, cols=1)
    frame.alignment = WD_TABLE_ALIGNMENT.CENTER
    parts.framed(frame, "D00000" if stamp.red else "000000")
    parts.fixed(frame, [stamp.width])
    row = frame.rows[0]
    row.height, row.height_rule = Mm(decree.STAMP_HEIGHT), WD_ROW_HEIGHT_RULE.EXACTLY
    row.cells[0].vertical_alignment = 1
    run = parts.write(parts.spaced(row.cells[0].paragraphs[0], align="center"), stamp.text, "stamp")
    if stamp.red:
        run.font.color.rgb = parts.RED
    parts.spaced(cell.cell.paragraphs[-1]).paragraph_format.line_spacing = Pt(2)


def _title(word: Any, plan: Plan) -> None:
    if not plan.kind:
        return
    for place, (line, style) in enumerate([(plan.kind, "kind"), *((line, "abstract") for line in plan.abstract)]):
        paragraph = parts.spaced(word.add_paragraph(), before=0 if place else 14, align="center")
        paragraph.paragraph_format.keep_with_next = True
        parts.write(paragraph, line, style)
    if plan.abstract_rule:
        parts.rule(paragraph := word.add_paragraph(), plan.abstract_rule, decree.TEXT_WIDTH)
        paragraph.paragraph_format.space_after = Pt(12)


def _addressees(word: Any, plan: Plan) -> None:
    if len(plan.addressees) == 1:
        paragraph = parts.spaced(word.add_paragraph(), before=14, after=12, align="center")
        parts.write(paragraph, f"Kính gửi: {plan.addressees[0]}", "addressee")
    elif plan.addressees:
        paragraph = parts.spaced(word.add_paragraph(), before=14)
        paragraph.paragraph_format.left_indent = Mm(3 * decree.FIRST_LINE)
        parts.write(paragraph, "Kính gửi:", "addressee")
        for name in plan.addressees:
            _addressee(word, name, last=name is plan.addressees[-1])


def _addressee(word: Any, name: str, last: bool) -> None:
    """A name with its dash under the colon of "Kính gửi:" and its further lines under the name."""
    paragraph = parts.spaced(word.add_paragraph(), before=4, after=12 if last else 0)
    form = paragraph.paragraph_format
    form.left_indent, form.first_line_indent = Mm(3 * decree.FIRST_LINE + 21), Mm(-3.5)
    form.tab_stops.add_tab_stop(form.left_indent)
    parts.write(paragraph, f"-\t{name}", "addressee")


def _enacting(word: Any, plan: Plan) -> None:
    for line in plan.enacting_body:
        parts.write(parts.spaced(word.add_paragraph(), after=8, align="center"), line, "authority")
    for basis in plan.bases:
        _paragraph(word, Laid(basis, "basis"))
    if plan.enacting_word:
        paragraph = parts.spaced(word.add_paragraph(), before=6, after=8, align="center")
        paragraph.paragraph_format.keep_with_next = True
        parts.write(paragraph, plan.enacting_word, "heading")


def _blocks(word: Any, blocks: tuple[Laid | LaidTable, ...], width: float, ends: bool = False) -> None:
    for block in blocks:
        if isinstance(block, LaidTable):
            _table(word, block, width)
        else:
            _paragraph(word, block, keep=ends and block is blocks[-1])


def _paragraph(word: Any, laid: Laid, keep: bool = False) -> None:
    paragraph = parts.spaced(
        word.add_paragraph(), after=decree.PARAGRAPH_GAP, align="center" if laid.centred else "justify"
    )
    form = paragraph.paragraph_format
    form.keep_with_next = keep or laid.centred or laid.style == "heading"
    if not laid.centred:
        form.first_line_indent = Mm(decree.FIRST_LINE)
    if laid.lead:
        parts.write(paragraph, f"{laid.lead} ", "heading")
    parts.write(paragraph, laid.text, laid.style)


def _table(word: Any, laid: LaidTable, width: float) -> None:
    table = word.add_table(rows=1 + len(laid.rows), cols=len(laid.columns))
    parts.framed(table, "000000", size=4)
    parts.fixed(table, [share / sum(laid.shares) * width for share in laid.shares], padding=1.5)
    grid = iter(table._tbl.tr_lst)
    _row(next(grid), laid.columns, ("center",) * len(laid.columns), "column")
    parts.repeated(table.rows[0])
    for place, row in enumerate(laid.rows):
        last = laid.total and place == len(laid.rows) - 1
        _row(next(grid), row, laid.aligns, "column" if last else "cell")
    parts.spaced(word.add_paragraph()).paragraph_format.line_spacing = Pt(6)


def _row(row: Any, words: tuple[str, ...], aligns: tuple[str, ...], style: str) -> None:
    """Fill one row through its XML: asking the table for each cell by number takes the square of its size."""
    row.get_or_add_trPr().append(parts.element("cantSplit"))
    for cell, text, align in zip(row.tc_lst, words, aligns, strict=True):
        cell.replace(cell.p_lst[0], parts.moulded(text, style, align))


def _end(word: Any, plan: Plan) -> None:
    """Recipients on the left, the signature on the right, in one row that no page break parts."""
    parts.spaced(gap := word.add_paragraph()).paragraph_format.line_spacing = Pt(6)
    gap.paragraph_format.keep_with_next = True
    widths = [decree.RECIPIENTS_WIDTH, decree.TEXT_WIDTH - decree.RECIPIENTS_WIDTH]
    table = word.add_table(rows=1, cols=2)
    parts.fixed(table, widths)
    if sum(len(group.lines) for group in plan.recipients) <= decree.KEPT_RECIPIENTS:
        parts.unbroken(table.rows[0])
    left, right = (_Cell(cell, width) for cell, width in zip(table.rows[0].cells, widths, strict=True))
    _recipients(left, plan)
    right.lines(plan.authority, "authority")
    if plan.name:
        space = parts.spaced(right.paragraph(), before=decree.SIGNATURE_SPACE / 25.4 * 72, align="center")
        parts.write(space, plan.name, "signer")


def _recipients(cell: _Cell, plan: Plan) -> None:
    if plan.recipients:
        cell.lines(("Nơi nhận:",), "recipients", align="left")
    for group in plan.recipients:
        cell.lines((group.heading,) if group.heading else (), "recipient", align="left")
        cell.lines(group.lines, "recipient", align="left")
    if plan.drafter:
        cell.lines((plan.drafter,), "drafter", align="left", before=6)


def _appendix(word: Any, appendix: LaidAppendix, draft: bool) -> None:
    section = word.add_section(WD_SECTION.NEW_PAGE)
    for count in section._sectPr.findall(qn("w:pgNumType")):
        section._sectPr.remove(count)
    _page(section, appendix.landscape)
    _page_head(section, draft)
    for line, style in ((appendix.heading, "appendix"), (appendix.title, "heading"), (appendix.note, "appendix_note")):
        parts.write(parts.spaced(word.add_paragraph(), after=4, align="center"), line, style)
    page = decree.PAGE[1] if appendix.landscape else decree.PAGE[0]
    _blocks(word, appendix.blocks, page - decree.LEFT - decree.RIGHT)
