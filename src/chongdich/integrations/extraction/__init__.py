"""From any uploaded file to clean text: `extract(data, filename)`.

The content decides what a file is, limits are checked before anything is parsed, and whatever is wrong comes back as
`Refused` with a Vietnamese message naming the file and the place in it. No other exception leaves this package.
"""

from chongdich.core.errors import Refused

from .model import DEFAULT, MIB, Extracted, Limits, refuse
from .plain import read_plain
from .sandbox import read_apart
from .sniff import kind_of

__all__ = ["DEFAULT", "Extracted", "Limits", "extract"]

_UNREADABLE = {
    "doc": "Tệp Word đời cũ (.doc) không đọc được. Hãy mở bằng Word hoặc LibreOffice, chọn «Lưu thành» (Save As) "
    "kiểu .docx hoặc PDF rồi gửi lại.",
    "rtf": "Tệp RTF không đọc được. Hãy mở bằng Word hoặc LibreOffice, «Lưu thành» kiểu .docx rồi gửi lại.",
    "ps": "Tệp PostScript không đọc được. Hãy chuyển thành PDF rồi gửi lại.",
    "archive": "Tệp nén không đọc được. Hãy giải nén và gửi từng văn bản.",
    "program": "Đây là tệp chương trình, không phải văn bản.",
    "bmp?": "Tệp ảnh BMP bị hỏng hoặc bị cắt cụt.",
}


def extract(data: bytes, filename: str, *, limits: Limits = DEFAULT) -> Extracted:
    """Read one uploaded file. `filename` is only shown in messages and notes.

    Raises Refused (Vietnamese message, `where` names the file and place) for everything that cannot be read.
    """
    _check_size(data, filename, limits)
    kind = kind_of(data)
    try:
        read = _read(data, filename, kind, limits)
    except Refused:
        raise
    except Exception as error:
        raise refuse("Tệp bị hỏng, không đọc được nội dung.", filename) from error
    return _checked(read, filename, kind, limits)


def _check_size(data: bytes, filename: str, limits: Limits) -> None:
    if not data:
        raise refuse("Tệp rỗng (0 byte), hãy kiểm tra và gửi lại.", filename)
    if len(data) > limits.upload_bytes:
        size = f"{len(data) / MIB:.1f} MB, vượt quá {limits.upload_bytes / MIB:g} MB"
        raise refuse(f"Tệp lớn {size}; hãy tách nhỏ hoặc quét ở độ phân giải thấp hơn.", filename)


def _read(data: bytes, filename: str, kind: str, limits: Limits) -> Extracted:
    if kind in _UNREADABLE:
        raise refuse(_UNREADABLE[kind], filename)
    if kind == "text":
        return read_plain(data, filename)
    return read_apart(kind, data, filename, limits)


def _checked(read: Extracted, filename: str, kind: str, limits: Limits) -> Extracted:
    if not read.text.strip():
        raise refuse("Không tìm thấy chữ nào trong tệp.", filename)
    if len(read.text) > limits.characters:
        raise refuse(f"Văn bản dài {len(read.text)} ký tự, vượt quá {limits.characters}.", filename)
    return read
