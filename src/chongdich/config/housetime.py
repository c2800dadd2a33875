"""The house's time: the real time, or, in a demonstration or a drill, a day of the past that runs on from its start.

`var/demonstration` holds the offset in seconds; it is written once, by the first start of a demonstration. Passwords,
codes and sessions always use the real time.
"""

from datetime import UTC, datetime, timedelta
from pathlib import Path

MARK = "demonstration"


def read_offset(var: Path) -> timedelta:
    """How far the house's time is from the real time; zero for a working installation."""
    path = var / MARK
    return timedelta(seconds=float(path.read_text())) if path.exists() else timedelta()


def start_demonstration(var: Path, as_if: datetime) -> timedelta:
    """Let the house's time begin at `as_if` now, unless a demonstration began before. The offset in force."""
    path = var / MARK
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(str((as_if - datetime.now(UTC)).total_seconds()))
    return read_offset(var)
