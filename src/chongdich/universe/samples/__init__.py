"""Dispatches written for the demonstration and the tests (invented, no real person), what is to be read in them, scans.

Beside each `NAME.txt` or `NAME.md` lies `NAME.gold.json`: file name -> the fields that `chongdich read --json` prints.
The scans `scan_NAME.*` are made from these texts by `make_scans.py`.
"""

from pathlib import Path

FOLDER = Path(__file__).parent


def texts() -> list[Path]:
    """The sample dispatches as text, by name."""
    return sorted(path for path in FOLDER.iterdir() if path.suffix in (".txt", ".md"))


def scans() -> list[Path]:
    """The noisy scans made from some of them, by name."""
    return sorted(FOLDER.glob("scan_*"))


def gold_of(sample: Path) -> Path:
    """The file that says what is to be read in a sample or in the scan of one."""
    return FOLDER / f"{sample.stem.removeprefix('scan_')}.gold.json"
