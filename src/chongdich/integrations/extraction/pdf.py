"""PDF with a text layer; pages that are pictures go through OCR."""

import ctypes
import math
from collections.abc import Callable, Iterator
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from chongdich.kernels.text.encodings import repair

from .layout import Rule, Word, page_text
from .model import Extracted, Limits, refuse

Box = tuple[float, float, float, float]

_TOO_FEW = 20
"""Letters below which a page that shows a picture is taken for a scan."""
_ERRORS = {
    pdfium.FPDF_ERR_PASSWORD: "PDF được đặt mật khẩu; hãy bỏ mật khẩu rồi gửi lại.",
    pdfium.FPDF_ERR_SECURITY: "PDF dùng kiểu bảo mật không đọc được; hãy bỏ bảo mật rồi gửi lại.",
}
_SAMPLE = 200
"""Letters looked at to see how a page is turned."""
_RULE_LENGTH = 8
"""Points from which a drawn line counts as the edge of a table's column."""
_SPACES = frozenset(" \t\r\n\u00a0\u200b\x02\xad")


def read_pdf(data: bytes, filename: str, limits: Limits) -> Extracted:
    """Read every page in order; `where` of a refusal names the page."""
    document = _opened(data, filename)
    try:
        count = len(document)
        if count > limits.pages:
            raise refuse(f"PDF có {count} trang, vượt quá {limits.pages}; hãy tách nhỏ.", filename)
        if count == 0:
            raise refuse("PDF không có trang nào.", filename)
        return _read_pages(document, filename, limits)
    finally:
        document.close()


def _opened(data: bytes, filename: str) -> Any:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        message = _ERRORS.get(getattr(error, "err_code", None), "PDF bị hỏng hoặc bị cắt cụt, hãy gửi lại bản đầy đủ.")
        raise refuse(message, filename) from error


def _read_pages(document: Any, filename: str, limits: Limits) -> Extracted:
    texts, scanned = [], []
    for index in range(len(document)):
        text, is_picture = _read_page(document, index, filename)
        texts.append(text)
        scanned += [index] if is_picture else []
    notes = _read_scanned(document, scanned, texts, filename, limits)
    repaired = repair("\f".join(texts))
    pages = repaired.text.split("\f")
    return Extracted.of(pages, "pdf", repaired.encoding, notes + repaired.notes, used_ocr=bool(scanned))


def _read_page(document: Any, index: int, filename: str) -> tuple[str, bool]:
    """The page's text, and whether it is a picture that must be read by OCR."""
    try:
        page = document[index]
        text = page_text(list(_words(page)), index + 1, list(_rules(page)))
        few = sum(c.isalnum() for c in text) < _TOO_FEW
        return text.replace("\f", " "), few and _shows_picture(page)
    except pypdfium2.PdfiumError as error:
        raise refuse("Trang này bị hỏng, không đọc được.", filename, f"trang {index + 1}") from error


def _shows_picture(page: Any) -> bool:
    return any(item.type == pdfium.FPDF_PAGEOBJ_IMAGE for item in page.get_objects(max_depth=4))


def _rules(page: Any) -> Iterator[Rule]:
    """Thin upright lines and boxes: the edges of table cells."""
    for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=4):
        left, bottom, right, top = item.get_bounds()
        if top - bottom > _RULE_LENGTH:
            yield from (Rule(x, -top, -bottom) for x in {round(left), round(right)})


def _words(page: Any) -> Iterator[Word]:
    """Characters joined into words; a blank, a jump to another line or a gap ends a word."""
    textpage = page.get_textpage()
    place = _TURNS[_quarter_turns(textpage)]
    letters: list[Word] = []
    for letter in _letters(textpage, place):
        if letter is None or (letters and _apart(letters[-1], letter)):
            yield from _word(letters)
            letters = []
        if letter is not None:
            letters.append(letter)
    yield from _word(letters)


def _word(letters: list[Word]) -> Iterator[Word]:
    if letters:
        yield Word(
            "".join(x.text for x in letters),
            min(x.left for x in letters),
            min(x.top for x in letters),
            max(x.right for x in letters),
            max(x.bottom for x in letters),
        )


def _apart(before: Word, letter: Word) -> bool:
    height = max(before.height, letter.height, 1.0)
    gap = letter.left - before.right
    return abs(before.middle - letter.middle) > 0.5 * height or gap > 0.35 * height or gap < -height


def _quarter_turns(textpage: Any) -> int:
    """How the page's text is turned (0 upright, 1 to 3 quarters), as most of its first letters are."""
    first = range(min(textpage.count_chars(), _SAMPLE))
    turns = [round(pdfium.FPDFText_GetCharAngle(textpage, index) / (math.pi / 2)) % 4 for index in first]
    return max(set(turns), key=turns.count, default=0)


_TURNS: tuple[Callable[[Any], Box], ...] = (
    lambda box: (box.left, -box.top, box.right, -box.bottom),
    lambda box: (-box.top, -box.right, -box.bottom, -box.left),
    lambda box: (-box.right, box.bottom, -box.left, box.top),
    lambda box: (box.bottom, box.left, box.top, box.right),
)
"""From a box of the page (y upwards) to left, top, right, bottom as one reads, for each turn of the text."""


def _letters(textpage: Any, place: Callable[[Any], Box]) -> Iterator[Word | None]:
    """Each character with its box as one reads it; None for a blank. Surrogate pairs come as two codes."""
    box, high = pdfium.FS_RECTF(), ""
    for index in range(textpage.count_chars()):
        text = high + chr(pdfium.FPDFText_GetUnicode(textpage, index) or 0xFFFD)
        high = text if "\ud800" <= text <= "\udbff" else ""
        if high:
            continue
        if text in _SPACES or pdfium.FPDFText_IsGenerated(textpage, index) == 1:
            yield None
        elif pdfium.FPDFText_GetLooseCharBox(textpage, index, ctypes.byref(box)):
            yield Word(_whole(text), *place(box))


def _whole(text: str) -> str:
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _read_scanned(
    document: Any, scanned: list[int], texts: list[str], filename: str, limits: Limits
) -> tuple[str, ...]:
    """OCR of the pages that are pictures, put in their places in `texts`."""
    if not scanned:
        return ()
    from .ocr import Reader, check_may_read

    if len(scanned) > limits.ocr_pages:
        raise refuse(f"PDF có {len(scanned)} trang quét, vượt quá {limits.ocr_pages}; hãy tách nhỏ.", filename)
    check_may_read(filename, limits)
    with Reader(filename) as reader:
        for index in scanned:
            texts[index] = reader.read(_rendered(document[index], filename, index, limits), index + 1)
        return reader.notes(len(scanned))


def _rendered(page: Any, filename: str, index: int, limits: Limits) -> Any:
    """A picture at 300 dots per inch, less where the page is huge."""
    width, height = page.get_size()
    scale = 300 / 72
    while scale > 1 and width * height * scale * scale > min(limits.pixels, 20_000_000):
        scale /= 1.25
    if width * height * scale * scale > limits.pixels:
        raise refuse("Khổ trang quá lớn, không nhận dạng được.", filename, f"trang {index + 1}")
    return page.render(scale=scale, rev_byteorder=True).to_pil().convert("RGB")
