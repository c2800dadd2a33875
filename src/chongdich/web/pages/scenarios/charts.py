"""Fan charts as SVG paths, drawn by the server: they print, need no script, and the security policy allows them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import floor, log10

from chongdich.web.pages.scenarios.words import n

WIDTH, HEIGHT = 560, 220
LEFT, RIGHT, TOP, BOTTOM = 52, 12, 14, 26
MOST_TICKS = 6


@dataclass(frozen=True)
class Tick:
    """A mark on an axis."""

    at: float
    label: str


@dataclass(frozen=True)
class Line:
    """A curve with its name; `style` is its place in the legend."""

    path: str
    name: str
    style: int = 0


@dataclass(frozen=True)
class Chart:
    """What the template draws. `bands` from the outermost inward; `limit` is a line to be compared with."""

    title: str
    sentence: str
    bands: tuple[str, ...]
    lines: tuple[Line, ...]
    days: tuple[Tick, ...]
    values: tuple[Tick, ...]
    limit: Tick | None = None
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    top: int = TOP
    bottom: int = HEIGHT - BOTTOM


Rows = Sequence[Sequence[float]]


def fan_chart(
    title: str, sentence: str, rows: Rows, start: date, limit: float | None = None, limit_label: str = ""
) -> Chart:
    """A fan (quantiles 5, 25, 50, 75, 95 %; days) with an optional limit."""
    scale = _Scale(len(rows[0]), max(max(rows[4]), limit or 0))
    shown = Tick(scale.y(limit), limit_label) if limit is not None else None
    bands = (scale.band(rows[0], rows[4]), scale.band(rows[1], rows[3]))
    return Chart(
        title, sentence, bands, (Line(scale.line(rows[2]), ""),), scale.day_ticks(start), scale.value_ticks(), shown
    )


def lines_chart(title: str, sentence: str, named: Sequence[tuple[str, Rows]], start: date) -> Chart:
    """The medians of several fans over the band of each that holds half of the runs."""
    scale = _Scale(len(named[0][1][0]), max(max(rows[3]) for _, rows in named))
    bands = tuple(scale.band(rows[1], rows[3]) for _, rows in named)
    lines = tuple(Line(scale.line(rows[2]), name, place) for place, (name, rows) in enumerate(named))
    return Chart(title, sentence, bands, lines, scale.day_ticks(start), scale.value_ticks())


class _Scale:
    """From days and values to points."""

    def __init__(self, days: int, most: float) -> None:
        self.days = days
        self.step = _round_step(max(most, 1.0) / 4)
        self.most = self.step * -(-max(most, 1.0) // self.step)

    def x(self, day: int) -> float:
        return round(LEFT + (WIDTH - LEFT - RIGHT) * day / max(1, self.days - 1), 1)

    def y(self, value: float) -> float:
        return round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / self.most, 1)

    def line(self, values: Sequence[float]) -> str:
        points = [f"{self.x(day)},{self.y(value)}" for day, value in enumerate(values)]
        return "M" + " L".join(points)

    def band(self, low: Sequence[float], high: Sequence[float]) -> str:
        above = [f"{self.x(day)},{self.y(value)}" for day, value in enumerate(high)]
        below = [f"{self.x(day)},{self.y(value)}" for day, value in reversed(list(enumerate(low)))]
        return "M" + " L".join([*above, *below]) + " Z"

    def day_ticks(self, start: date) -> tuple[Tick, ...]:
        step = max(7, -(-self.days // MOST_TICKS // 7) * 7)
        return tuple(Tick(self.x(day), f"{start + timedelta(day):%d/%m}") for day in range(0, self.days, step))

    def value_ticks(self) -> tuple[Tick, ...]:
        count = round(self.most / self.step)
        return tuple(Tick(self.y(self.step * at), n(self.step * at)) for at in range(count + 1))


def _round_step(rough: float) -> float:
    """The next of 1, 2, 5 times a power of ten."""
    power = 10 ** floor(log10(rough))
    step = next(power * part for part in (1, 2, 5, 10) if power * part >= rough)
    return max(1.0, step)
