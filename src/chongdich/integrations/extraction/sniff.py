"""What a file is by its content; its name is only a hint."""

_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"GIF87a", b"GIF89a", b"BM")
_OTHERS = (
    (b"{\\rtf", "rtf"),
    (b"%!PS", "ps"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"Rar!", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
)
_PDF_WITHIN = 1024


def kind_of(data: bytes) -> str:
    """One of pdf, zip, doc, image, xml, rtf, ps, archive, program, text (anything not recognised)."""
    if b"%PDF-" in data[:_PDF_WITHIN]:
        return "pdf"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return "zip"
    if data.startswith(_OLD_OFFICE):
        return "doc"
    if data.startswith(_IMAGES) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP"):
        return "bmp?" if data.startswith(b"BM") and not _is_bitmap(data) else "image"
    if _opening(data).startswith("<?xml"):
        return "xml"
    return next((kind for magic, kind in _OTHERS if data.startswith(magic) and not _reads_as_text(data)), "text")


def _is_bitmap(data: bytes) -> bool:
    return int.from_bytes(data[2:6], "little") == len(data)


def _opening(data: bytes) -> str:
    head = data[:200]
    codec = "utf-16" if head.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    return head.decode(codec, errors="replace").lstrip()


def _reads_as_text(data: bytes) -> bool:
    """A note beginning with "MZ" or "Rar!" is still a note; a program holds control characters."""
    return not data.startswith(b"{\\rtf") and not any(code < 9 for code in data[:4096])
