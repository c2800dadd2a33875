"""A drawing as PNG, with the same letters as the documents."""

import math
from pathlib import Path
from tempfile import TemporaryDirectory

import typst

from chongdich.core.errors import Refused
from chongdich.integrations.typesetting.fonts import font_files

MOST_PIXELS = 40_000_000  # about what a screen shows of a wall chart; larger drawings are drawn smaller
DENSITY = 144  # pixels to 72 points: two to one, sharp in print


def render_png(svg: str, width: float, height: float) -> bytes:
    """The PNG of an SVG of this size in its own units, on white. Refused when it cannot be drawn."""
    density = min(DENSITY, 72 * math.sqrt(MOST_PIXELS / max(1.0, width * height)))
    with TemporaryDirectory() as folder:
        Path(folder, "drawing.svg").write_text(svg, "utf-8")
        page = Path(folder, "page.typ")
        page.write_text(
            f'#set page(width: {width}pt, height: {height}pt, margin: 0pt, fill: white)\n'
            '#image("drawing.svg", width: 100%)', "utf-8",
        )  # fmt: skip
        folders = sorted({path.parent for path in font_files().values()})
        fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=folders)
        try:
            compiler = typst.Compiler(page, root=folder, font_paths=fonts, ignore_system_fonts=True)
            png = compiler.compile(format="png", ppi=density)
        except typst.TypstError as wrong:
            raise Refused(f"Không vẽ được hình: {wrong}", "", "typesetting") from wrong
    assert isinstance(png, bytes)
    return png
