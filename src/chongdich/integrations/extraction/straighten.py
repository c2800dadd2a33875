"""Makes the picture of a page fit for reading: even light, red seals and dust gone, large enough, straight."""

from typing import Any

import numpy as np
from PIL import Image, ImageChops, ImageFilter, ImageOps
from scipy import ndimage

RED_KEPT = 0.3
"""Part of the page from its top in which red ink is kept: the stamp of the incoming register stands there."""
_SPECK = 2.5
"""Pixels, on a page of 1240 across (A4 at 150 dpi), up to which ink is dust; the dot below a letter has six."""
_DARK = 160
_STEEPEST = 4.0
"""Degrees up to which a page laid askew is straightened."""
_WANTED_WIDTH = 2000
"""Pixels across A4 below which a picture is enlarged: small letters lose their marks."""
_INK, _PAPER = 0.3, 0.9
"""Shares of the paper's light that become black and white; what is left of a red seal is lighter than the second."""


def prepared(picture: Any) -> Any:
    """A grey picture for Tesseract."""
    grey = _without_dust(_evenly_lit(_grey(picture)))
    if grey.width < _WANTED_WIDTH and grey.height * 2 <= 8000:
        factor = min(2.0, _WANTED_WIDTH / grey.width)
        grey = grey.resize((round(grey.width * factor), round(grey.height * factor)), Image.Resampling.BICUBIC)
    angle = skew(grey)
    return grey.rotate(angle, Image.Resampling.BICUBIC, fillcolor=255) if angle else grey


def _grey(picture: Any) -> Any:
    """Grey; below the head every pixel is as light as its lightest colour, in which a red seal all but vanishes."""
    if picture.mode != "RGB":
        return picture.convert("L")
    grey, (red, green, blue) = picture.convert("L"), picture.split()
    head = round(picture.height * RED_KEPT)
    lightest = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    grey.paste(lightest.crop((0, head, picture.width, picture.height)), (0, head))
    return grey


def _evenly_lit(grey: Any) -> Any:
    """Every pixel against the paper around it: the lightest nearby, smoothed."""
    small = grey.resize((max(1, grey.width // 8), max(1, grey.height // 8)), Image.Resampling.BOX)
    paper = small.filter(ImageFilter.MaxFilter(9)).filter(ImageFilter.GaussianBlur(6)).resize(grey.size)
    light = np.asarray(grey, dtype=np.float32) / np.maximum(np.asarray(paper, dtype=np.float32), 32)
    stretched = np.clip((light - _INK) / (_PAPER - _INK), 0, 1) * 255
    return Image.fromarray(stretched.astype(np.uint8))


def _without_dust(grey: Any) -> Any:
    """Grains of a pixel or two turned white; letters and their marks are larger."""
    pixels = np.asarray(grey)
    grains, count = ndimage.label(pixels < _DARK, structure=np.ones((3, 3)))
    sizes = np.bincount(grains.ravel(), minlength=count + 1)
    dust = sizes <= _SPECK * max(1.0, (grey.width / 1240) ** 2)
    dust[0] = False
    return Image.fromarray(np.where(dust[grains], 255, pixels).astype(np.uint8))


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
