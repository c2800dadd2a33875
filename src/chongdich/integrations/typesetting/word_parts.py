"""The few parts of an office file that python-docx has no words for: borders, exact widths, rules, page fields."""

from copy import deepcopy
from functools import cache
from typing import Any

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from chongdich.integrations.typesetting.decree30 import STYLES

FONT = "Times New Roman"
_ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
}
RED = RGBColor(0xD0, 0, 0)
_VML = "urn:schemas-microsoft-com:vml"
_OFFICE = "urn:schemas-microsoft-com:office:office"


def element(tag: str, **attributes: str) -> Any:
    """A `w:` element with `w:` attributes."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def write(paragraph: Any, text: str, style_name: str) -> Any:
    """A run in one of the decree's styles; the font is named for every script so that no program substitutes it."""
    style = STYLES[style_name]
    run = paragraph.add_run(text)
    run.font.size, run.font.bold, run.font.italic, run.font.name = Pt(style.size), style.bold, style.italic, FONT
    fonts = run._r.get_or_add_rPr().get_or_add_rFonts()
    for script in ("eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FONT)
    return run


def spaced(paragraph: Any, before: float = 0, after: float = 0, align: str = "left") -> Any:
    """Single line spacing, the gaps in points, the alignment by its name."""
    form = paragraph.paragraph_format
    form.space_before, form.space_after, form.line_spacing = Pt(before), Pt(after), 1.0
    form.widow_control = True
    paragraph.alignment = _ALIGN[align]
    return paragraph


def moulded(text: str, style_name: str, align: str) -> Any:
    """A paragraph of a table cell, copied from a mould: a table has thousands of them, all formed alike."""
    made = deepcopy(_mould(style_name, align))
    made.r_lst[0].text = text
    return made


@cache
def _mould(style_name: str, align: str) -> Any:
    paragraph = Paragraph(OxmlElement("w:p"), None)  # type: ignore[arg-type]
    write(spaced(paragraph, before=1.5, after=1.5, align=align), "", style_name)
    return paragraph._p


def rule(paragraph: Any, length: float, room: float) -> None:
    """Make an empty paragraph a line of `length` in the middle of `room` (millimetres)."""
    spaced(paragraph, align="center")
    form = paragraph.paragraph_format
    form.left_indent = form.right_indent = Mm(max((room - length) / 2, 0))
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(3)
    paragraph.paragraph_format.space_after = Pt(4)
    borders = element("pBdr")
    borders.append(element("bottom", val="single", sz="6", space="0", color="000000"))
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(borders, *_AFTER_BORDERS)
    mark = element("rPr")
    mark.append(element("sz", val="4"))
    properties.append(mark)


_AFTER_BORDERS = (
    "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:kinsoku", "w:wordWrap", "w:overflowPunct", "w:topLinePunct",
    "w:autoSpaceDE", "w:autoSpaceDN", "w:bidi", "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind",
    "w:contextualSpacing", "w:mirrorIndents", "w:suppressOverlap", "w:jc", "w:textDirection", "w:textAlignment",
    "w:textboxTightWrap", "w:outlineLvl", "w:divId", "w:cnfStyle", "w:rPr", "w:sectPr", "w:pPrChange",
)  # fmt: skip


def fixed(table: Any, widths: list[float], padding: float = 0.0) -> None:
    """Columns of exactly these widths in millimetres, whatever stands in them."""
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    properties = table._tbl.tblPr
    total = properties.find(qn("w:tblW"))
    if total is None:
        total = element("tblW")
        properties.append(total)
    total.set(qn("w:type"), "dxa")
    total.set(qn("w:w"), str(_twips(sum(widths))))
    margins = element("tblCellMar")
    for side in ("left", "right"):
        margins.append(element(side, w=str(_twips(padding)), type="dxa"))
    properties.insert_element_before(margins, "w:tblLook", "w:tblCaption", "w:tblDescription", "w:tblPrChange")
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)


def framed(table: Any, colour: str, size: int = 8) -> None:
    """A border of one colour around and within; `size` is in eighths of a point."""
    borders = element("tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        borders.append(element(side, val="single", sz=str(size), space="0", color=colour))
    table._tbl.tblPr.insert_element_before(
        borders,
        "w:shd",
        "w:tblLayout",
        "w:tblCellMar",
        "w:tblLook",
        "w:tblCaption",
        "w:tblDescription",
        "w:tblPrChange",
    )


def unbroken(row: Any) -> None:
    """Keep a row on one page."""
    row._tr.get_or_add_trPr().append(element("cantSplit"))


def repeated(row: Any) -> None:
    """Print a row again at the head of each page."""
    row._tr.get_or_add_trPr().append(element("tblHeader"))


def page_field(paragraph: Any) -> None:
    """The number of the page, counted by the program that opens the file."""
    for kind in ("begin", "", "end"):
        run = write(paragraph, "", "page")
        if kind:
            run._r.append(element("fldChar", fldCharType=kind))
        else:
            instruction = element("instrText")
            instruction.text = "PAGE"
            run._r.append(instruction)


def watermark(paragraph: Any, words: str, number: int) -> None:
    """Grey words across the page, behind the text; `words` are ours, never a user's."""
    place = "mso-position-{0}:center;mso-position-{0}-relative:margin"
    style = f"position:absolute;width:430pt;height:110pt;rotation:315;z-index:-251658752;{place.format('horizontal')}"
    paragraph._p.append(
        parse_xml(
            f'<w:r {nsdecls("w")} xmlns:v="{_VML}" xmlns:o="{_OFFICE}"><w:pict>'
            '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" path="m@7,l@8,m@5,21600l@6,21600e">'
            '<v:path textpathok="t"/><v:textpath on="t" fitshape="t"/></v:shapetype>'
            f'<v:shape id="watermark{number}" type="#_x0000_t136" style="{style};{place.format("vertical")}"'
            ' fillcolor="#d9d9d9" stroked="f"><v:textpath'
            f' style="font-family:&quot;{FONT}&quot;;font-size:1pt;font-weight:bold" string="{words}"/>'
            "</v:shape></w:pict></w:r>"
        )
    )


def _twips(millimetres: float) -> int:
    return round(millimetres / 25.4 * 1440)
