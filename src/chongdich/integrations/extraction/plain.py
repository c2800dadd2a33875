"""Text and Markdown, in Unicode or in an old encoding."""

from chongdich.kernels.text.encodings import NotText, decode

from .model import Extracted, refuse


def read_plain(data: bytes, filename: str) -> Extracted:
    """Decode and split at form feeds, which old printers and OCR programs put between pages."""
    try:
        decoded = decode(data)
    except NotText as error:
        raise refuse(
            "Không nhận ra định dạng. Chỉ nhận văn bản .txt, .md, .docx, PDF, ảnh quét (PNG, JPEG, TIFF) và gói edXML.",
            filename,
        ) from error
    return Extracted.of(decoded.text.split("\f"), "txt", decoded.encoding, decoded.notes)
