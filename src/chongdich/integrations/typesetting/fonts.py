"""Where the letters come from: Tinos, of the same widths as Times New Roman and with all of Vietnamese (OFL)."""

from functools import cache
from pathlib import Path

from chongdich.core.errors import Refused

_PACKAGE = Path(__file__).resolve().parents[2]
BUILT = _PACKAGE / "web" / "static" / "built" / "fonts"
FACES = {
    (False, False): "Tinos_400Regular.ttf",
    (False, True): "Tinos_400Regular_Italic.ttf",
    (True, False): "Tinos_700Bold.ttf",
    (True, True): "Tinos_700Bold_Italic.ttf",
}


def _node_modules() -> Path:
    return _PACKAGE.parents[1] / "node_modules" / "@expo-google-fonts" / "tinos"


def _lacking(found: dict[str, Path]) -> list[str]:
    return [name for name in FACES.values() if name not in found]


@cache
def font_files() -> dict[tuple[bool, bool], Path]:
    """The four faces by (bold, italic): among the built assets, else where npm puts them, else Refused."""
    for files in (BUILT.glob("*.ttf"), _node_modules().glob("*/*.ttf")):
        found = {path.name: path for path in files}
        if not _lacking(found):
            return {style: found[name] for style, name in FACES.items()}
    raise Refused(
        "Chưa có phông chữ Tinos nên không dàn trang được văn bản. Chạy `make run` để tải và dựng phần giao diện.",
        "phông chữ",
        "fonts_missing",
    )
