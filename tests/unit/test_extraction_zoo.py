"""The zoo of harmful and broken files: each is refused with a Vietnamese message that names the file."""

import zipfile
from io import BytesIO

import pypdfium2
import pytest
from PIL import Image

from chongdich.core.errors import Refused
from chongdich.integrations.extraction import DEFAULT, Extracted, Limits, extract
from chongdich.universe import samples

from .extraction_files import HERE, archive_of, pdf_file, plain_word, png_of, with_part

ENTITY = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'


def xml_with(declaration: bytes):
    return lambda xml: xml.replace(b"<w:document", declaration + b"<w:document", 1)


def in_utf16(xml: bytes) -> bytes:
    text = xml.decode().replace("UTF-8", "UTF-16").replace("<w:document", ENTITY.decode() + "<w:document", 1)
    return text.encode("utf-16")


def symlinked() -> bytes:
    out = BytesIO(plain_word())
    with zipfile.ZipFile(out, "a") as archive:
        entry = zipfile.ZipInfo("word/media/x")
        entry.external_attr = 0o120777 << 16
        archive.writestr(entry, "/etc/passwd")
    return out.getvalue()


def locked_zip() -> bytes:
    data = bytearray(plain_word())
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    return bytes(data)


def too_many_parts() -> bytes:
    return archive_of({f"word/{n}.bin": b"" for n in range(DEFAULT.entries + 1)} | {"[Content_Types].xml": b"<x/>"})


def bomb() -> bytes:
    return with_part(plain_word(), "word/media/image1.png", lambda _: b"\0" * 300_000_000)


def dense() -> bytes:
    return with_part(plain_word(), "word/document.xml", lambda xml: xml + b" " * 30_000_000)


def nested_bomb() -> bytes:
    inner = archive_of({"a.bin": b"\0" * 50_000_000})
    return archive_of({f"{n}.zip": inner for n in range(5)})


def half_pdf() -> bytes:
    return b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"


def pageless_pdf() -> bytes:
    out = BytesIO()
    pypdfium2.PdfDocument.new().save(out)
    return out.getvalue()


def huge_page_pdf() -> bytes:
    out = BytesIO()
    Image.new("L", (30, 30), 9).save(out, "PDF", resolution=0.15)
    return out.getvalue()


ZOO = {
    "rong.txt": (lambda: b"", "Tệp rỗng"),
    "trang.txt": (lambda: b" \n\t\n", "Không tìm thấy chữ nào"),
    "nhi-phan.txt": (lambda: bytes(range(256)) * 40, "Không nhận ra định dạng"),
    "qua-lon.txt": (lambda: b"a" * (DEFAULT.upload_bytes + 1), "vượt quá 20 MB"),
    "cu.doc": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "Lưu thành"),
    "van-ban.rtf": (lambda: rb"{\rtf1\ansi S\u7903? Y t\u7871?}", "RTF"),
    "chuong-trinh.docx": (lambda: b"MZ\x90\x00\x03\x00" + bytes(200), "chương trình"),
    "nen.7z": (lambda: b"7z\xbc\xaf\x27\x1c" + bytes(50), "giải nén"),
    "cat-cut.docx": (lambda: plain_word()[:-900], "hỏng hoặc bị cắt cụt"),
    "bom.docx": (bomb, "vượt giới hạn"),
    "day-dac.docx": (dense, "vượt giới hạn"),
    "long-nhau.zip": (nested_bomb, "vượt giới hạn|không chứa văn bản"),
    "nhieu-phan.docx": (too_many_parts, "vượt quá 2000"),
    "thoat-ra.docx": (lambda: with_part(plain_word(), "../../etc/x", lambda _: b"x"), "trỏ ra ngoài"),
    "tuyet-doi.docx": (lambda: with_part(plain_word(), "/etc/x", lambda _: b"x"), "trỏ ra ngoài"),
    "o-dia.docx": (lambda: with_part(plain_word(), "C:\\x", lambda _: b"x"), "trỏ ra ngoài"),
    "lien-ket.docx": (symlinked, "liên kết tượng trưng"),
    "mat-khau.docx": (locked_zip, "mật khẩu"),
    "thuc-the.docx": (lambda: with_part(plain_word(), "word/document.xml", xml_with(ENTITY)), "DTD"),
    "ngoai.docx": (
        lambda: with_part(plain_word(), "word/document.xml", xml_with(b'<!DOCTYPE x SYSTEM "file:///etc/passwd">')),
        "DTD",
    ),
    "dinh-kem.docx": (lambda: with_part(plain_word(), "word/_rels/document.xml.rels", lambda x: ENTITY + x), "DTD"),
    "an-utf16.docx": (lambda: with_part(plain_word(), "word/document.xml", in_utf16), "DTD"),
    "utf7.docx": (
        lambda: with_part(plain_word(), "word/document.xml", lambda x: x.replace(b"UTF-8", b"UTF-7", 1)),
        "bảng mã",
    ),
    "bang-tinh.docx": (lambda: archive_of({"[Content_Types].xml": "<x/>", "xl/workbook.xml": "<x/>"}), "Excel"),
    "mo.docx": (lambda: archive_of({"mimetype": "x", "content.xml": "<x/>"}), "OpenDocument"),
    "goi.edxml": (lambda: b'<?xml version="1.0"?>' + ENTITY + b"<edXML>&b;</edXML>", "DTD"),
    "khac.xml": (lambda: b'<?xml version="1.0"?><html/>', "edXML"),
    "cat-cut.pdf": (half_pdf, "hỏng hoặc bị cắt cụt"),
    "khong-trang.pdf": (pageless_pdf, "không có trang|hỏng"),
    "kho-lon.pdf": (huge_page_pdf, "Khổ trang quá lớn"),
    "bom.png": (lambda: png_of(60_000, 60_000), "điểm ảnh"),
    "cat-cut.png": (lambda: png_of(600, 800), "hỏng hoặc bị cắt cụt"),
    "cat-cut.jpg": (
        lambda: samples.FOLDER.joinpath("scan_cong_dien_hoa_toc.jpg").read_bytes()[:5000],
        "hỏng hoặc bị cắt cụt",
    ),
    "anh.bmp": (lambda: b"\x89PNG\r\n\x1a\n" + b"x" * 40, "hỏng hoặc bị cắt cụt"),
}


@pytest.mark.parametrize("name", ZOO)
def test_refused_with_the_name_of_the_file(name: str) -> None:
    make, message = ZOO[name]
    with pytest.raises(Refused, match=message) as no:
        extract(make(), name, limits=HERE)
    assert name in no.value.where


def test_a_locked_pdf_is_refused() -> None:
    locked = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
        b"3 0 obj<</Filter/Standard/V 1/R 2/O(" + b"o" * 32 + b")/U(" + b"u" * 32 + b")/P -1>>endobj\n"
        b"trailer<</Root 1 0 R/Encrypt 3 0 R/ID[(aaaaaaaaaaaaaaaa)(aaaaaaaaaaaaaaaa)]>>\n"
    )
    with pytest.raises(Refused, match="mật khẩu"):
        extract(locked, "khoa.pdf", limits=HERE)


@pytest.mark.parametrize("share", [0.3, 0.5, 0.9, 0.99])
def test_a_pdf_with_a_cut_tail_is_read_or_refused(share: float) -> None:
    data = pdf_file()
    outcome = text_or_refusal(data[: int(share * len(data))], "a.pdf")
    assert outcome.text if isinstance(outcome, Extracted) else outcome.where.startswith("a.pdf")


def text_or_refusal(data: bytes, name: str) -> Extracted | Refused:
    try:
        return extract(data, name, limits=HERE)
    except Refused as no:
        return no


def test_a_parser_that_needs_too_much_is_stopped_in_its_child() -> None:
    starved = Limits(memory_bytes=20_000_000)
    with pytest.raises(Refused, match="quá nhiều bộ nhớ"):
        extract(pdf_file(), "a.pdf", limits=starved)


def test_more_scanned_pages_than_allowed_are_refused() -> None:
    scan = samples.FOLDER / "scan_ke_hoach_bcd.pdf"
    with pytest.raises(Refused, match="2 trang quét, vượt quá 1"):
        extract(scan.read_bytes(), scan.name, limits=Limits(ocr_pages=1, isolated=False))


def test_a_wrong_name_does_not_matter() -> None:
    assert extract("Sở Y tế báo cáo".encode("utf-16-le"), "a.pdf", limits=HERE).text == "Sở Y tế báo cáo"
    assert extract(pdf_file(), "a.txt", limits=HERE).format == "pdf"
