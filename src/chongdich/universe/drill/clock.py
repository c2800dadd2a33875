"""The drill's clock, kept in a small file so that a server beside the drill shows the same hour. Pure Python.

House time runs at a rate (1: as real time; 60: an hour a minute; 0: stopped) from where it was last set, and at most
an hour ahead of it: when the drill is killed, its clock does not run away.
"""

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

MARK = "drill-clock"
FURTHEST = timedelta(hours=1)


@dataclass(frozen=True)
class Setting:
    """House time was `house` at the real moment `real`, and runs `rate` times as fast."""

    house: datetime
    real: datetime
    rate: float

    def at(self, real: datetime) -> datetime:
        """House time at a real moment."""
        return self.house + min(FURTHEST, max(timedelta(), real - self.real) * self.rate)


def read_setting(folder: Path) -> Setting | None:
    """The setting in force in a drill's folder."""
    path = folder / MARK
    if not path.exists():
        return None
    kept = json.loads(path.read_text())
    return Setting(datetime.fromisoformat(kept["house"]), datetime.fromisoformat(kept["real"]), float(kept["rate"]))


def write_setting(folder: Path, setting: Setting) -> None:
    """Set the clock; the file is whole at every moment."""
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(
        {"house": setting.house.isoformat(), "real": setting.real.isoformat(), "rate": setting.rate}
    )  # fmt: skip
    beside = folder / f"{MARK}.new"
    beside.write_text(text)
    os.replace(beside, folder / MARK)


class DrillOffset:
    """Added to the real time it gives the drill's time: what the settings hold as the clock's offset during a drill."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __radd__(self, real: datetime) -> datetime:
        setting = read_setting(self.folder)
        return setting.at(real) if setting else real


def real_now() -> datetime:
    """This moment outside the drill."""
    return datetime.now(UTC)


@dataclass
class Pace:
    """Waits until the drill's time has come. `seconds_an_hour` 0 plays as fast as the machine can."""

    folder: Path | None
    seconds_an_hour: float
    sleep: Callable[[float], None]
    now: Callable[[], datetime] = real_now

    @property
    def rate(self) -> float:
        return 3600 / self.seconds_an_hour if self.seconds_an_hour else 0.0

    def wait_until(self, house: datetime, since: datetime) -> None:
        """Let house time run from `since` to `house`."""
        seconds = (house - since).total_seconds() / 3600 * self.seconds_an_hour
        if seconds > 0:
            self._set(since, self.rate)
            self.sleep(seconds)
        self._set(house, self.rate)

    def stop(self, house: datetime) -> None:
        """Hold the clock where it is."""
        self._set(house, 0.0)

    def _set(self, house: datetime, rate: float) -> None:
        if self.folder is not None:
            write_setting(self.folder, Setting(house, self.now(), rate))
