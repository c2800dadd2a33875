"""Pictures of pages through Tesseract with its Vietnamese data: straightened, read, laid out as PDF pages are."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from PIL import Image, ImageOps

from .layout import Word, page_text
from .model import refuse
from .tessdata import data_folder

_NOT_INSTALLED = (
    "Đây là bản quét, cần bộ nhận dạng chữ Tesseract nhưng máy chủ chưa cài. Người quản trị cài phần «ocr» "
    "(pip install 'chongdich[ocr]'); hoặc hãy gửi bản .docx hay PDF có lớp chữ."
)
_UNSURE = 60
"""Tesseract's confidence (0-100) below which a word counts as unsure."""
_STEEPEST = 4.0
"""Degrees up to which a page laid askew is straightened."""
_WANTED_WIDTH = 2000
"""Pixels across A4 below which a picture is enlarged: small letters lose their marks."""


class Reader:
    """One Tesseract engine for all pages of a file."""

    def __init__(self, filename: str) -> None:
        self._filename = filename
        self._unsure = self._words = 0

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
        self._api.SetImage(_prepared(picture))
        if not self._api.Recognize():
            raise refuse("Không nhận dạng được trang này.", self._filename, f"trang {number}")
        return page_text(list(self._found()), number)

    def notes(self, pages: int) -> tuple[str, ...]:
        """How much was read from pictures, and how sure it is."""
        share = self._unsure / self._words if self._words else 0
        unsure = f", {share:.0%} số từ không chắc chắn" if share >= 0.01 else ""
        return (f"đã nhận dạng chữ từ {pages} trang quét{unsure}; cần đối chiếu bản gốc",)

    def _found(self) -> Iterator[Word]:
        import tesserocr

        for item in tesserocr.iterate_level(self._api.GetIterator(), self._level):
            if item.Empty(self._level):
                continue
            text, box = item.GetUTF8Text(self._level).strip(), item.BoundingBox(self._level)
            if text and box:
                self._words += 1
                self._unsure += item.Confidence(self._level) < _UNSURE
                yield _seated(Word(text, *box), item.BoundingBox(tesserocr.RIL.TEXTLINE))


def _seated(word: Word, line: tuple[float, float, float, float] | None) -> Word:
    """A dash or a full stop is given the height of its line, so that it stays in it."""
    if line is None or word.height * 2 > line[3] - line[1]:
        return word
    return Word(word.text, word.left, line[1], word.right, line[3])


def _prepared(picture: Any) -> Any:
    """Grey, large enough, straight."""
    grey = ImageOps.autocontrast(picture.convert("L"), cutoff=1)
    if grey.width < _WANTED_WIDTH and grey.width * 2 <= 8000:
        factor = min(2.0, _WANTED_WIDTH / grey.width)
        grey = grey.resize((round(grey.width * factor), round(grey.height * factor)), Image.Resampling.BICUBIC)
    angle = skew(grey)
    return grey.rotate(angle, Image.Resampling.BICUBIC, fillcolor=255) if angle else grey


def skew(picture: Any) -> float:
    """Degrees by which turning makes lines of text level: the turn that best separates ink rows from blank ones."""
    small = picture.resize((600, max(1, round(600 * picture.height / picture.width))))
    ink = ImageOps.invert(small)
    coarse = max(np.arange(-_STEEPEST, _STEEPEST + 0.1, 0.5), key=lambda angle: _contrast(ink, angle))
    best = max(np.arange(coarse - 0.4, coarse + 0.41, 0.1), key=lambda angle: _contrast(ink, angle))
    return round(float(best), 1) if abs(best) >= 0.15 else 0.0


def _contrast(ink: Any, angle: float) -> float:
    rows = np.asarray(ink.rotate(float(angle), Image.Resampling.BILINEAR), dtype=float).sum(axis=1)
    return float(np.square(np.diff(rows)).sum())
