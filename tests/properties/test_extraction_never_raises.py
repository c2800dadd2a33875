"""Whatever bytes come in, text goes out or a Vietnamese refusal naming the file; no other exception."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chongdich.core.errors import Refused
from chongdich.integrations.extraction import DEFAULT, extract
from chongdich.universe import samples
from tests.unit.extraction_files import numbered, pdf_file, plain_word, png_of, with_part, word_file

HERE = DEFAULT.unisolated()
MAGIC = [
    b"",
    b"%PDF-1.7\n",
    b"PK\x03\x04",
    b"\x89PNG\r\n\x1a\n",
    b"\xff\xd8\xff\xe0",
    b"<?xml version='1.0'?>",
    b"II*\x00",
]
WHOLE = {
    "a.docx": plain_word(),
    "a.pdf": pdf_file(),
    "a.png": png_of(30, 40),
    "a.txt": samples.FOLDER.joinpath("cong_van_tinh.txt").read_bytes(),
    "a.xml": b"<?xml version='1.0'?><edXML><edXMLEnvelope><edXMLHeader/></edXMLEnvelope></edXML>",
}
NUMBERED = word_file(
    lambda document: numbered(document, [("decimal", "%1."), ("lowerLetter", "%2)")], [(0, "A"), (1, "B")])
)
PARTS = [
    "word/document.xml",
    "word/numbering.xml",
    "word/styles.xml",
    "[Content_Types].xml",
    "word/_rels/document.xml.rels",
]
changes = st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 255)), min_size=1, max_size=12)


def read(data: bytes, name: str) -> None:
    refused, extracted = None, None
    try:
        extracted = extract(data, name, limits=HERE)
    except Refused as no:
        refused = no
    if extracted is not None:
        assert extracted.text.strip()
        assert extracted.text == "\n".join(extracted.pages)
    else:
        assert refused is not None
        assert name in refused.where
        assert refused.message[-1] in ".)"


@given(magic=st.sampled_from(MAGIC), data=st.binary(max_size=400))
def test_random_bytes(magic: bytes, data: bytes) -> None:
    read(magic + data, "tep")


@pytest.mark.parametrize("name", WHOLE)
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(changes=changes, cut=st.one_of(st.none(), st.floats(0, 1)))
def test_valid_files_with_bytes_changed_or_cut(name: str, changes: list[tuple[float, int]], cut: float | None) -> None:
    data = bytearray(WHOLE[name])
    for place, value in changes:
        data[int(place * len(data))] = value
    read(bytes(data[: int(cut * len(data))] if cut is not None else data), name)


@pytest.mark.parametrize("part", PARTS)
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(changes=changes)
def test_a_word_file_with_a_part_changed(part: str, changes: list[tuple[float, int]]) -> None:
    def spoil(xml: bytes) -> bytes:
        spoilt = bytearray(xml)
        for place, value in changes:
            spoilt[int(place * len(spoilt))] = value
        return bytes(spoilt)

    read(with_part(NUMBERED, part, spoil), "a.docx")


@given(text=st.text(min_size=1, max_size=200))
def test_any_text_is_read(text: str) -> None:
    read(text.encode(errors="ignore"), "van-ban.txt")
