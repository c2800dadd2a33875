"""What one office issues another can read: our own pages through our own reader."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from chongdich.core.official_document import OfficialDocument
from chongdich.domain.directives.reading import Reading, read
from chongdich.integrations.edxml import Attachment, write
from chongdich.integrations.extraction import extract
from chongdich.integrations.typesetting import render_docx, render_pdf
from tests.unit.edxml_samples import packet
from tests.unit.typesetting_samples import DECISION, LETTER

WRITERS = {"vb.pdf": render_pdf, "vb.docx": render_docx}


def _read(data: bytes, name: str) -> Reading:
    return read(extract(data, name).text)


@pytest.mark.parametrize(("name", "render"), WRITERS.items(), ids=WRITERS.keys())
@pytest.mark.parametrize("document", [LETTER, DECISION], ids=["letter", "decision"])
def test_the_head_and_the_tail_are_read_as_written(
    document: OfficialDocument, name: str, render: Callable[[OfficialDocument], bytes]
) -> None:
    reading = _read(render(document), name)
    assert (reading.number.value, reading.symbol.value) == (document.number, document.symbol)
    assert (reading.date.value.year, reading.date.value.month, reading.date.value.day) == (
        document.date.year,
        document.date.month,
        document.date.day,
    )
    assert (reading.issuer.value, reading.place.value) == (document.issuing_body, document.place)
    assert reading.kind.value == document.kind.name.lower()
    assert reading.archive.value == document.archive
    assert [recipient.name for recipient in reading.recipients] == [each.name for each in document.recipients]
    assert reading.signatory.name == document.signatory.name


@pytest.mark.parametrize(("name", "render"), WRITERS.items(), ids=WRITERS.keys())
def test_subject_addressees_and_clauses_of_a_letter_come_back(
    name: str, render: Callable[[OfficialDocument], bytes]
) -> None:
    reading = _read(render(LETTER), name)
    assert reading.subject.value == LETTER.abstract
    assert tuple(unit.name for unit in reading.addressees) == LETTER.addressees
    assert [clause.path for clause in reading.clauses] == ["1", "2", "3"]


def test_a_packet_gives_the_text_of_the_document_in_it() -> None:
    sent = replace(packet(), attachments=(Attachment("815.pdf", render_pdf(LETTER), "application/pdf"),))
    assert _read(write(sent), "goi.edxml").number.value == LETTER.number
