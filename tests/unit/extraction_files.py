"""Files made for the tests: Word, PDF, pictures, archives, whole and harmful."""

import struct
import zipfile
import zlib
from io import BytesIO
from typing import Any

import typst
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from chongdich.integrations.extraction import DEFAULT, Limits

HERE: Limits = DEFAULT.unisolated()
"""The usual limits, read in this process."""

TYPST_PAGE = """
#set page(paper: "a4", margin: (left: 3cm, rest: 2cm))
#set text(font: "Libertinus Serif", size: 13pt, lang: "vi")
#grid(columns: (6cm, 1fr), align: center,
  [ỦY BAN NHÂN DÂN \\ *HUYỆN NA RÌ* \\ Số: 21/UBND-VP \\ V/v lấy mẫu tại \\ chợ trung tâm],
  [*CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM* \\ *Độc lập - Tự do - Hạnh phúc* \\ Na Rì, ngày 15 tháng 9 năm 2021])
#v(1em)
Kính gửi: Các xã, thị trấn.

1. Lấy mẫu toàn bộ tiểu thương và lái xe có mặt tại chợ kể từ ngày 07 tháng 9 năm 2021.

#table(columns: 3, [STT], [Đơn vị], [Số mẫu], [1], [Kim Lư], [120], [2], [Sơn Thành], [80])

#grid(columns: (1fr, 1fr), [_Nơi nhận:_ \\ \\- Như trên; \\ \\- Lưu: VT.],
  align(center)[*CHỦ TỊCH* #v(1cm) *Lý Văn Mẫu*])
#pagebreak()
#align(center)[2]
Trang hai tiếp theo.
"""


def word_file(build: Any) -> bytes:
    """A .docx filled by `build(document)`."""
    document = Document()
    build(document)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def plain_word() -> bytes:
    return word_file(lambda document: document.add_paragraph("Sở Y tế chủ trì, báo cáo trước ngày 20/9/2021."))


def run_in(paragraph: Any, text: str, font: str) -> None:
    paragraph.add_run(text).font.name = font


def numbered(document: Any, levels: list[tuple[str, str]], entries: list[tuple[int, str]]) -> None:
    """A list of Word's automatic numbers: `levels` are (format, text) such as ("upperRoman", "%1.")."""
    root = document.part.numbering_part.element
    abstract = _element("w:abstractNum", {"w:abstractNumId": "77"})
    for at, (form, text) in enumerate(levels):
        level = _element("w:lvl", {"w:ilvl": str(at)})
        for name, value in (("w:start", "1"), ("w:numFmt", form), ("w:lvlText", text)):
            level.append(_element(name, {"w:val": value}))
        abstract.append(level)
    number = _element("w:num", {"w:numId": "77"})
    number.append(_element("w:abstractNumId", {"w:val": "77"}))
    root.insert(0, abstract)
    root.append(number)
    for level_at, text in entries:
        properties = document.add_paragraph(text)._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = level_at
        properties.get_or_add_numId().val = 77


def _element(name: str, attributes: dict[str, str]) -> Any:
    element = OxmlElement(name)
    for key, value in attributes.items():
        element.set(qn(key), value)
    return element


def pdf_file(source: str = TYPST_PAGE) -> bytes:
    return typst.compile(source.encode())


def archive_of(parts: dict[str, bytes | str], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def with_part(data: bytes, name: str, change: Any) -> bytes:
    """The archive with one part changed by `change(bytes) -> bytes`."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        parts: dict[str, bytes | str] = {entry: archive.read(entry) for entry in archive.namelist()}
    parts[name] = change(parts.get(name, b""))
    return archive_of(parts)


def png_of(width: int, height: int) -> bytes:
    """A PNG that claims to be this large, with next to no data."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = zlib.compress(b"\0" * 100)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
