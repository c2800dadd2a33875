"""A document as PDF: PDF/A-2u where the letters allow it, so that it can be kept."""

import json
from dataclasses import asdict
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst

from chongdich.core.errors import Refused
from chongdich.core.official_document import OfficialDocument
from chongdich.integrations.typesetting import decree30
from chongdich.integrations.typesetting.fonts import font_files
from chongdich.integrations.typesetting.plan import Plan, lay_out

_TEMPLATE = Path(__file__).with_name("official.typ")
ARCHIVE: Any = "a-2u"


def render_pdf(document: OfficialDocument) -> bytes:
    """The PDF of a document, the same bytes for the same document. Refused when the fonts are missing.

    A draft without a full date is no archive copy: PDF/A asks for a date. A character that neither Tinos nor the
    fallback knows (an emoji in a name) cannot be archived as PDF/A either; the page is then an ordinary PDF with a
    mark in its place.
    """
    plan = lay_out(document)
    for standards in ([ARCHIVE], []) if plan.dated else ([],):
        try:
            return _compile(plan, standards)
        except typst.TypstError as wrong:
            failure = wrong
    raise Refused(f"Không dàn trang được văn bản: {failure}", document.number_and_symbol, "typesetting") from failure


def _compile(plan: Plan, standards: list[Any]) -> bytes:
    # A compiler serves one thread at a time; a new one costs little, the fonts are what is kept.
    compiler = typst.Compiler(_TEMPLATE, root=_TEMPLATE.parent, font_paths=_fonts(), ignore_system_fonts=True)
    pdf = compiler.compile(
        format="pdf",
        sys_inputs={"plan": json.dumps(asdict(plan), ensure_ascii=False), "decree": _decree()},
        pdf_standards=standards,
        timestamp=datetime(*plan.date, tzinfo=UTC),
    )
    assert isinstance(pdf, bytes)
    return pdf


@cache
def _fonts() -> typst.Fonts:
    folders = sorted({path.parent for path in font_files().values()})
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=folders)


@cache
def _decree() -> str:
    """The decree's numbers for the template: one source for both writers."""
    numbers = {name.lower(): value for name, value in vars(decree30).items() if name.isupper()}
    return json.dumps(numbers | {"styles": {name: asdict(style) for name, style in decree30.STYLES.items()}})
