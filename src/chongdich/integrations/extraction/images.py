"""Scanned pages as pictures (PNG, JPEG, TIFF): size checked before a single pixel is unpacked."""

import warnings
from io import BytesIO
from typing import Any

from PIL import Image, ImageOps, ImageSequence

from .model import Extracted, Limits, refuse

_FORMATS = ("PNG", "JPEG", "TIFF", "GIF", "BMP", "WEBP")


def read_image(data: bytes, filename: str, limits: Limits) -> Extracted:
    """Read every frame (a fax may hold many) by OCR."""
    picture = _opened(data, filename)
    _check_pixels(picture, filename, limits)
    frames = getattr(picture, "n_frames", 1)
    if frames > limits.ocr_pages:
        raise refuse(f"Ảnh có {frames} trang, vượt quá {limits.ocr_pages}; hãy tách nhỏ.", filename)
    from .ocr import Reader, check_may_read

    check_may_read(filename, limits)
    with Reader(filename) as reader:
        pages = [
            reader.read(_frame(frame, index, filename, limits), index + 1)
            for index, frame in enumerate(ImageSequence.Iterator(picture))
        ]
        return Extracted.of(pages, "image", "ảnh", reader.notes(frames), used_ocr=True)


def _opened(data: bytes, filename: str) -> Any:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return Image.open(BytesIO(data), formats=_FORMATS)
    except Image.DecompressionBombError as error:
        raise refuse("Ảnh có quá nhiều điểm ảnh; hãy quét ở 300 dpi.", filename) from error
    except Exception as error:
        raise refuse("Ảnh bị hỏng hoặc bị cắt cụt, hãy gửi lại.", filename) from error


def _check_pixels(picture: Any, filename: str, limits: Limits, place: str = "") -> None:
    width, height = picture.size
    if width * height > limits.pixels:
        million = limits.pixels // 1_000_000
        raise refuse(f"Ảnh {width}×{height} vượt quá {million} triệu điểm ảnh; hãy quét ở 300 dpi.", filename, place)


def _frame(frame: Any, index: int, filename: str, limits: Limits) -> Any:
    place = f"trang {index + 1}"
    _check_pixels(frame, filename, limits, place)
    try:
        return ImageOps.exif_transpose(frame.convert("RGB"))
    except Exception as error:
        raise refuse("Ảnh bị hỏng hoặc bị cắt cụt, hãy gửi lại.", filename, place) from error
