"""What comes out of a file, and the limits on what may go in."""

from dataclasses import dataclass, replace
from typing import Self

from chongdich.core.errors import Refused

MIB = 1 << 20


@dataclass(frozen=True)
class Limits:
    """Bounds checked before anything is parsed; sizes in bytes, times in seconds of processor or of clock.

    With `isolated`, whatever is not plain text is parsed in a child process that these bounds hold for. Without `ocr`
    a file whose letters are in pictures is checked and refused with the code "ocr_later".
    """

    upload_bytes: int = 20 * MIB
    entries: int = 2_000
    unpacked_bytes: int = 200 * MIB
    unpacked_ratio: int = 100
    xml_part_bytes: int = 40 * MIB
    pages: int = 500
    ocr_pages: int = 40
    pixels: int = 60_000_000
    characters: int = 5_000_000
    cpu_seconds: int = 60
    ocr_cpu_seconds: int = 300
    memory_bytes: int = 1536 * MIB
    isolated: bool = True
    ocr: bool = True

    def unisolated(self) -> "Limits":
        """The same bounds, parsing in this process: for the child itself and for tests."""
        return replace(self, isolated=False)


DEFAULT = Limits()
LATER = "ocr_later"

BETWEEN_PAGES = "\n"


@dataclass(frozen=True)
class Extracted:
    """The clean text of one file, in NFC with "\\n" ends of line.

    `pages` are the texts of its pages (one where the format knows no pages); `text` is the pages joined by one "\\n";
    `format` is txt, docx, pdf, image or edxml; `encoding` is how the text was kept; `notes` are Vietnamese remarks on
    what was converted, dropped or looks doubtful; `used_ocr` says that some of it was read from a picture.
    """

    text: str
    pages: tuple[str, ...]
    format: str
    encoding: str = "Unicode"
    notes: tuple[str, ...] = ()
    used_ocr: bool = False

    @classmethod
    def of(
        cls, pages: list[str], format: str, encoding: str, notes: tuple[str, ...], *, used_ocr: bool = False
    ) -> Self:
        """Join the pages."""
        return cls(BETWEEN_PAGES.join(pages), tuple(pages), format, encoding, notes, used_ocr)

    @property
    def page_starts(self) -> tuple[int, ...]:
        """Offsets in `text` at which the pages begin."""
        starts, at = [], 0
        for page in self.pages:
            starts.append(at)
            at += len(page) + len(BETWEEN_PAGES)
        return tuple(starts)


def refuse(message: str, filename: str, place: str = "", code: str = "file") -> Refused:
    """A refusal naming the file and, where known, the place in it ("trang 3", "word/document.xml")."""
    return Refused(message, f"{filename}, {place}" if place else filename, code)
