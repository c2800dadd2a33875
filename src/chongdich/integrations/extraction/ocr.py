"""Pictures of pages through Tesseract with its Vietnamese data: straightened, read, laid out as PDF pages are."""

from collections.abc import Iterator
from typing import Any

from chongdich.kernels.text.syllables import is_syllable

from .layout import Word, page_text, rows_of
from .model import LATER, Limits, refuse
from .straighten import RED_KEPT, prepared
from .strokes import Headings
from .tessdata import data_folder

_NOT_INSTALLED = (
    "Đây là bản quét, cần bộ nhận dạng chữ Tesseract nhưng máy chủ chưa cài. Người quản trị cài phần «ocr» "
    "(pip install 'chongdich[ocr]'); hoặc hãy gửi bản .docx hay PDF có lớp chữ."
)
_UNSURE = 60
"""Tesseract's confidence (0-100) below which a word counts as unsure."""
_NO_WORD = 25
"""Confidence below which what is no possible syllable is taken for dirt."""
_NO_DASH = 30
_STRAY = "`´~^|¦_\\"
_DASHES = frozenset("-–+•*")
_LONG_ROWS = 5
"""Rows over more than half of the page that are needed to know where its text column begins."""


def check_may_read(filename: str, limits: Limits) -> None:
    """Refuse when Tesseract is missing, or, with the code "ocr_later", when reading pictures must wait."""
    if limits.ocr:
        return
    with Reader(filename):
        raise refuse("Bản quét: cần nhận dạng chữ.", filename, code=LATER)


class Reader:
    """One Tesseract engine for all pages of a file."""

    def __init__(self, filename: str) -> None:
        self._filename = filename
        self._unsure = self._words = 0
        self._headings = Headings()

    def __enter__(self) -> "Reader":
        try:
            import tesserocr
        except ImportError as error:
            raise refuse(_NOT_INSTALLED, self._filename, code="ocr_missing") from error
        self._level = tesserocr.RIL.WORD
        folder = data_folder()
        if folder is None:
            raise refuse(_NOT_INSTALLED, self._filename, code="ocr_missing")
        self._api = tesserocr.PyTessBaseAPI(path=folder, lang="vie", psm=tesserocr.PSM.AUTO)
        return self

    def __exit__(self, *_: object) -> None:
        self._api.End()

    def read(self, picture: Any, number: int) -> str:
        """The text of one page; its words count towards `notes`."""
        page = prepared(picture)
        self._api.SetImage(page)
        if not self._api.Recognize():
            raise refuse("Không nhận dạng được trang này.", self._filename, f"trang {number}")
        text = page_text(_in_column(list(self._found()), page.width, page.height), number)
        return self._headings.mend(text)

    def notes(self, pages: int) -> tuple[str, ...]:
        """How much was read from pictures, and how sure it is."""
        share = self._unsure / self._words if self._words else 0
        unsure = f", {share:.0%} số từ không chắc chắn" if share >= 0.01 else ""
        mended = (f"đã sửa {self._headings.mended} số mục La Mã theo thứ tự",) if self._headings.mended else ()
        return (f"đã nhận dạng chữ từ {pages} trang quét{unsure}; cần đối chiếu bản gốc", *mended)

    def _found(self) -> Iterator[Word]:
        import tesserocr

        line = 0
        for item in tesserocr.iterate_level(self._api.GetIterator(), self._level):
            line += item.IsAtBeginningOf(tesserocr.RIL.TEXTLINE)
            text = "" if item.Empty(self._level) else item.GetUTF8Text(self._level).strip()
            box, sure = item.BoundingBox(self._level), item.Confidence(self._level)
            if not text or not box or _is_noise(text, sure):
                continue
            self._words += 1
            self._unsure += sure < _UNSURE
            left, top, right, bottom = box
            yield Word(text.lstrip(_STRAY) or text, left, top, right, bottom, line)


def _is_noise(text: str, sure: float) -> bool:
    """Specks, rings of seals and strokes of pens come out as signs or as "words" Tesseract itself does not believe."""
    if len(text) == 1 and text.isalpha() and text not in "Yy":
        return sure < _UNSURE
    if any(c.isalnum() for c in text):
        return sure < _NO_WORD and not is_syllable(text.strip(".,;:()"))
    return sure < (_NO_DASH if text in _DASHES else _UNSURE)


def _in_column(words: list[Word], width: float, height: float) -> list[Word]:
    """Without what a hand wrote in the left margin beside the body; stamps beside the head are kept."""
    long_rows = [row for row in rows_of(words) if row.right - row.left > width / 2]
    if len(long_rows) < _LONG_ROWS:
        return words
    edge = min(row.left for row in long_rows[_LONG_ROWS // 2 :])
    return [word for word in words if word.right > edge - word.height / 2 or word.top < RED_KEPT * height]
