"""The house's time: the real time, or, in a demonstration or a drill, a day of the past that runs on from its start.

`var/demonstration` holds the offset in seconds; it is written once, by the first start of a demonstration. During a
drill `var/drill-clock` says where its clock stands and how fast it runs. Passwords, codes and sessions always use the
real time.
"""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from chongdich.universe.drill import clock as drill_clock

MARK = "demonstration"


def read_offset(var: Path) -> timedelta:
    """How far the house's time is from the real time; zero for a working installation."""
    path = var / MARK
    return timedelta(seconds=float(path.read_text())) if path.exists() else timedelta()


def clock_offset(var: Path) -> timedelta | drill_clock.DrillOffset:
    """What is added to the real time: a fixed offset, or, in a drill's folder, one that follows the drill's clock."""
    return drill_clock.DrillOffset(var) if (var / drill_clock.MARK).exists() else read_offset(var)


def is_invented(var: Path) -> bool:
    """Whether the data are a demonstration's or a drill's."""
    return (var / MARK).exists() or (var / drill_clock.MARK).exists()


def house_mark(var: Path) -> str:
    """What every screen of a drill says, in both languages, so that nobody takes it for the real house."""
    return "DIỄN TẬP · DRILL" if (var / drill_clock.MARK).exists() else ""


def start_demonstration(var: Path, as_if: datetime) -> timedelta:
    """Let the house's time begin at `as_if` now, unless a demonstration began before. The offset in force."""
    path = var / MARK
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(str((as_if - datetime.now(UTC)).total_seconds()))
    return read_offset(var)
