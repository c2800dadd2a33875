"""Zip containers (.docx, edXML) are weighed by their directory before one byte is unpacked."""

import re
import stat
import zipfile
from io import BytesIO
from pathlib import PurePosixPath

from .model import MIB, Limits, refuse

_ENCRYPTED = 0x1
_ENCODING = re.compile(r"""<\?xml[^>]*?encoding\s*=\s*["']([^"']+)""", re.IGNORECASE)
_DECLARATIONS = re.compile(r"<!\s*(DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)", re.IGNORECASE)
_XML_NAMES = (".xml", ".rels", ".vml", ".edxml")
_SMALL = MIB
"""Below this unpacked size the ratio is not looked at: a small file of blanks is no bomb."""


def open_checked(data: bytes, filename: str, limits: Limits) -> zipfile.ZipFile:
    """The archive, once its number of entries, sizes, ratio, names and flags are within bounds; else Refused."""
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except Exception as error:
        raise refuse("Tệp nén bị hỏng hoặc bị cắt cụt, hãy gửi lại bản đầy đủ.", filename) from error
    entries = archive.infolist()
    if len(entries) > limits.entries:
        raise refuse(f"Tệp chứa {len(entries)} thành phần, vượt quá {limits.entries}.", filename)
    for entry in entries:
        _check_entry(entry, filename)
    _check_sizes(sum(entry.file_size for entry in entries), len(data), filename, limits)
    return archive


def _check_entry(entry: zipfile.ZipInfo, filename: str) -> None:
    path = PurePosixPath(entry.filename.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or re.match(r"[A-Za-z]:", entry.filename):
        raise refuse("Tên thành phần trong tệp trỏ ra ngoài tệp, không được phép.", filename, entry.filename)
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise refuse("Tệp chứa liên kết tượng trưng, không được phép.", filename, entry.filename)
    if entry.flag_bits & _ENCRYPTED:
        raise refuse("Tệp được đặt mật khẩu; hãy bỏ mật khẩu rồi gửi lại.", filename, entry.filename)


def _check_sizes(unpacked: int, packed: int, filename: str, limits: Limits) -> None:
    too_large = unpacked > limits.unpacked_bytes
    too_dense = unpacked > _SMALL and unpacked > limits.unpacked_ratio * packed
    if too_large or too_dense:
        raise refuse(
            f"Tệp giải nén ra {unpacked / MIB:.0f} MB từ {packed / MIB:.2f} MB, vượt giới hạn "
            f"({limits.unpacked_bytes // MIB} MB và {limits.unpacked_ratio} lần); có thể là tệp phá hoại.",
            filename,
        )


def check_xml_parts(archive: zipfile.ZipFile, filename: str, limits: Limits) -> None:
    """Refuse parts that are too large, damaged, or declare a DTD or entities."""
    for entry in archive.infolist():
        if entry.filename.lower().endswith(_XML_NAMES):
            check_xml(read_entry(archive, entry, filename, limits), filename, entry.filename)


def read_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, filename: str, limits: Limits) -> bytes:
    """The bytes of one part, never more than its directory entry says."""
    if entry.file_size > limits.xml_part_bytes:
        raise refuse(f"Thành phần lớn quá {limits.xml_part_bytes // MIB} MB.", filename, entry.filename)
    try:
        return archive.read(entry)
    except Exception as error:
        raise refuse("Thành phần này bị hỏng, không giải nén được.", filename, entry.filename) from error


def check_xml(data: bytes, filename: str, place: str = "") -> None:
    """Refuse XML with a document type or entities, or in an encoding in which they could hide."""
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data[:4]
    text = data.decode(_wide_codec(data) if wide else "utf-8", errors="replace")
    named = _ENCODING.match(text.lstrip("\ufeff \r\n\t"))
    if named and named[1].lower() not in ("utf-8", "utf8", "utf-16", "us-ascii", "ascii"):
        raise refuse(f"XML dùng bảng mã {named[1][:20]}, chỉ nhận UTF-8 và UTF-16.", filename, place)
    if _DECLARATIONS.search(text):
        raise refuse("XML có khai báo DTD hoặc thực thể, không được phép vì lý do an toàn.", filename, place)


def _wide_codec(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    return "utf-16-be" if data[:1] == b"\0" else "utf-16-le"
