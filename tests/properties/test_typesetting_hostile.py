"""Whatever is typed, a page comes out, both writers hold, and no words turn into markup."""

from dataclasses import replace
from io import BytesIO

import docx
import pypdfium2 as pdfium
from hypothesis import given, settings
from hypothesis import strategies as st

from chongdich.core.official_document import Level, OfficialDocument, Paragraph, PartialDate, Recipient, Signatory
from chongdich.core.printable import clean
from chongdich.integrations.typesetting import render_docx, render_pdf
from chongdich.integrations.typesetting.decree30 import STYLES
from chongdich.integrations.typesetting.measure import balanced, width

_MARKUP = st.text(alphabet="#$*_`\\/<>@~-=+.[]{}()\"':;,|&%^ \n\tabc1", max_size=60)
_ANY = st.one_of(_MARKUP, st.text(max_size=60))
_PRINTED = st.text(alphabet="#$*_`\\<>@~=+[]{}()\"';|&%^abc1đẶ ", min_size=1, max_size=40)
_BASE = OfficialDocument("Sở Y tế", "SYT-NVY", "Bắc Kạn", PartialDate(2021, 11, 30), "thử", number="1")


@settings(max_examples=60, deadline=None)
@given(texts=st.lists(_ANY, min_size=8, max_size=8), level=st.sampled_from(Level))
def test_any_text_anywhere_makes_both_files(texts: list[str], level: Level) -> None:
    document = replace(
        _BASE,
        issuing_body=texts[0],
        abstract=texts[1],
        addressees=(texts[2], texts[3]),
        body=(Paragraph(texts[4], level), Paragraph(texts[5], heading=True)),
        recipients=(Recipient(texts[6], texts[7]),),
        signatory=Signatory(texts[2], texts[3], (texts[4],)),
        archive=texts[5],
        contact=texts[6],
    )
    assert len(pdfium.PdfDocument(render_pdf(document))) >= 1
    assert docx.Document(BytesIO(render_docx(document))).paragraphs


@settings(max_examples=60, deadline=None)
@given(text=_PRINTED)
def test_every_sign_typed_is_a_sign_printed(text: str) -> None:
    document = replace(_BASE, body=(Paragraph(text), Paragraph("Hết")))
    page = pdfium.PdfDocument(render_pdf(document))[0]
    printed = "".join(page.get_textpage().get_text_range().split())
    assert "".join(clean(text).split()) in printed


@given(words=st.lists(st.text(alphabet="ABĐỘNG,-", min_size=1, max_size=12), max_size=25), room=st.floats(20, 100))
def test_breaking_keeps_every_word_and_the_room(words: list[str], room: float) -> None:
    lines = balanced(" ".join(words), "issuing", room)
    assert " ".join(lines) == " ".join(words)
    assert all(width(line, STYLES["issuing"]) <= room or " " not in line for line in lines)
