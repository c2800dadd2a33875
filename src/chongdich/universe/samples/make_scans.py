"""Makes the three noisy scans from the sample texts: `python -m chongdich.universe.samples.make_scans`.

Each page is set as Nghị định 30/2020 sets it, then laid askew, speckled, blurred, stamped in red and scribbled on, from
a fixed seed: the same text and the same libraries make the same picture. Needs the Tinos fonts of `npm ci`.
"""

import math
from collections.abc import Iterator
from pathlib import Path
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from . import FOLDER
from .typeset import DPI, Sheet

RED = (200, 30, 40)
BLUE = (40, 50, 140)
SEAL_MM = 36


def main() -> None:
    for path in make_all(FOLDER):
        print(f"{path.name}: {path.stat().st_size / 1000:.0f} kB")


def make_all(folder: Path) -> Iterator[Path]:
    """Write the three scans: a fax-like PNG, a photographed JPEG, a PDF of two pages."""
    fax = speckled(worn("cong_van_tinh", turn=1.2, seed=1)[0], share=0.0012, random=Random(11))
    yield _saved(fax.quantize(8, dither=Image.Dither.NONE), folder / "scan_cong_van_tinh.png", optimize=True)
    photo = shaded(worn("cong_dien_hoa_toc", turn=-0.8, seed=2)[0].filter(ImageFilter.GaussianBlur(0.7)))
    yield _saved(photo, folder / "scan_cong_dien_hoa_toc.jpg", quality=42)
    pages = [speckled(page, share=0.0006, random=Random(31)) for page in worn("ke_hoach_bcd", turn=0.6, seed=3)]
    rest = {"save_all": True, "append_images": pages[1:], "resolution": DPI, "quality": 38}
    yield _saved(pages[0], folder / "scan_ke_hoach_bcd.pdf", **rest)


def _saved(picture: Image.Image, path: Path, **how: object) -> Path:
    picture.save(path, **how)  # type: ignore[arg-type]
    return path


def worn(name: str, *, turn: float, seed: int) -> list[Image.Image]:
    """The pages of a sample, stamped and signed where its signature stands, scribbled on, turned by `turn` degrees."""
    sheet = Sheet((FOLDER / f"{name}.txt").read_text(encoding="utf-8"))
    random = Random(seed)
    page, x, y = sheet.signature_place
    _stamp(sheet.pages[page], x - 170, y + 5)
    _sign(sheet.pages[page], x - 60, y + 30, random)
    _scribble(sheet.pages[0], random)
    return [_turned(picture, turn) for picture in sheet.pages]


def _turned(picture: Image.Image, degrees: float) -> Image.Image:
    return picture.rotate(degrees, Image.Resampling.BICUBIC, fillcolor=(255, 255, 255))


def _stamp(picture: Image.Image, x: float, y: float) -> None:
    """A round red seal; ink under it shows through."""
    seal = Image.new("RGB", picture.size, "white")
    pen = ImageDraw.Draw(seal)
    radius = SEAL_MM / 25.4 * DPI / 2
    for share, width in ((1.0, 4), (0.92, 2), (0.55, 2)):
        r = radius * share
        pen.ellipse((x - r, y - r, x + r, y + r), outline=RED, width=width)
    pen.polygon(_star(x, y, radius * 0.4), outline=RED)
    picture.paste(ImageChops.multiply(picture, seal.filter(ImageFilter.GaussianBlur(0.6))))


def _star(x: float, y: float, radius: float) -> list[tuple[float, float]]:
    turns = [math.pi * (k / 5 - 0.5) for k in range(10)]
    return [
        (x + radius * (1 if k % 2 == 0 else 0.4) * math.cos(a), y + radius * (1 if k % 2 == 0 else 0.4) * math.sin(a))
        for k, a in enumerate(turns)
    ]


def _sign(picture: Image.Image, x: float, y: float, random: Random) -> None:
    """A signature: one line that rises and falls."""
    points = [(x + 9 * k, y + random.uniform(-22, 22) * math.exp(-k / 12)) for k in range(16)]
    ImageDraw.Draw(picture).line(points, fill=BLUE, width=3, joint="curve")


def _scribble(picture: Image.Image, random: Random) -> None:
    """A hand's note in the margin, as a chairman passes a paper on; no letters in it."""
    pen = ImageDraw.Draw(picture)
    for row in range(3):
        y = picture.height * 0.3 + 26 * row
        points = [(22 + 7 * k, y + random.uniform(-9, 9)) for k in range(8)]
        pen.line(points, fill=BLUE, width=2, joint="curve")


def speckled(picture: Image.Image, *, share: float, random: Random) -> Image.Image:
    """Dust: a share of the pixels becomes dark or light grains."""
    dusty = picture.copy()
    pen = ImageDraw.Draw(dusty)
    for _ in range(int(share * picture.width * picture.height)):
        x, y = random.randrange(picture.width), random.randrange(picture.height)
        grey = random.choice((40, 90, 255))
        pen.rectangle((x, y, x + random.randrange(2), y), fill=(grey, grey, grey))
    return dusty


def shaded(picture: Image.Image) -> Image.Image:
    """A photograph's uneven light: darker towards one side, paper not quite white."""
    light = Image.linear_gradient("L").rotate(90).resize(picture.size).point(lambda v: 200 + v * 50 // 255)
    return ImageChops.multiply(picture, Image.merge("RGB", (light, light, light)))


if __name__ == "__main__":
    main()
