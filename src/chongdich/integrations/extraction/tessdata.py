"""Where Tesseract's Vietnamese data lie: a folder the operator names, the built assets, the system's, or packed."""

import gzip
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

_VARIABLE = "CHONGDICH_TESSDATA"
_FILE = "vie.traineddata"
_PACKED = "@tesseract.js-data/vie/4.0.0_best_int/vie.traineddata.gz"
_BUILT = "web/static/built/tessdata"
_SYSTEM = ("/usr/share/tesseract-ocr/5/tessdata", "/usr/share/tesseract-ocr/4.00/tessdata", "/usr/share/tessdata")


def data_folder() -> str | None:
    """The folder that holds vie.traineddata, or None; packed data are unpacked once for each version of them."""
    package = Path(__file__).resolve().parents[2]
    for folder in filter(None, (os.environ.get(_VARIABLE), str(package / _BUILT), *_SYSTEM)):
        if (Path(folder) / _FILE).is_file():
            return folder
    packed = next((path for path in _packed_places() if path.is_file()), None)
    return _unpacked(packed) if packed else None


def _packed_places() -> Iterator[Path]:
    package = Path(__file__).resolve().parents[2]
    for folder in (Path.cwd(), *package.parents):
        yield folder / "node_modules" / _PACKED


def _unpacked(packed: Path) -> str:
    """Unpack beside other temporary files, in a folder only this user may write to, whole or not at all."""
    size = packed.stat().st_size
    folder = Path(tempfile.gettempdir()) / f"chongdich-{os.getuid()}" / f"tessdata-{size}"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if folder.parent.stat().st_uid != os.getuid():
        raise PermissionError(folder.parent)
    if not (folder / _FILE).is_file():
        with tempfile.NamedTemporaryFile(dir=folder, delete=False) as part:
            part.write(gzip.decompress(packed.read_bytes()))
        os.replace(part.name, folder / _FILE)
    return str(folder)
