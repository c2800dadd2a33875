"""Small line charts as SVG, without any library: a title, two axes, points joined by lines, a key."""

import math
from dataclasses import dataclass
from html import escape
from pathlib import Path

WIDTH, HEIGHT, LEFT, BOTTOM, TOP, RIGHT = 460, 300, 62, 44, 30, 120
COLOURS = ("#1f5fa8", "#b3541e", "#2e7d4f", "#7a3e9d", "#555555", "#a8871f")


@dataclass(frozen=True)
class Line:
    name: str
    x: list[float]
    y: list[float]


@dataclass(frozen=True)
class Axis:
    """name with its unit; logarithmic or not; marks in data units."""

    name: str
    marks: tuple[float, ...]
    logarithmic: bool = False

    def place(self, value: float) -> float:
        """Where a value lies between the first mark (0) and the last (1)."""
        low, high = self.marks[0], self.marks[-1]
        if self.logarithmic:
            return math.log(max(value, low) / low) / math.log(high / low)
        return (value - low) / (high - low)


def _label(value: float) -> str:
    return f"{value:,.10g}"


def chart(title: str, x: Axis, y: Axis, lines: list[Line]) -> str:
    """The chart as SVG text."""
    across, up = WIDTH - LEFT - RIGHT, HEIGHT - BOTTOM - TOP

    def at(point_x: float, point_y: float) -> tuple[float, float]:
        return LEFT + across * x.place(point_x), HEIGHT - BOTTOM - up * y.place(point_y)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" font-family="sans-serif" '
        f'font-size="11" role="img" aria-label="{escape(title)}">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
        f'<text x="{LEFT}" y="18" font-size="13">{escape(title)}</text>',
    ]
    for mark in x.marks:
        place, floor = at(mark, y.marks[0])
        parts.append(f'<line x1="{place:.1f}" y1="{TOP}" x2="{place:.1f}" y2="{floor:.1f}" stroke="#ddd"/>')
        parts.append(f'<text x="{place:.1f}" y="{floor + 15:.1f}" text-anchor="middle">{_label(mark)}</text>')
    for mark in y.marks:
        _, height = at(x.marks[0], mark)
        parts.append(f'<line x1="{LEFT}" y1="{height:.1f}" x2="{WIDTH - RIGHT}" y2="{height:.1f}" stroke="#ddd"/>')
        parts.append(f'<text x="{LEFT - 6}" y="{height + 4:.1f}" text-anchor="end">{_label(mark)}</text>')
    parts.append(
        f'<text x="{LEFT + across / 2}" y="{HEIGHT - 8}" text-anchor="middle">{escape(x.name)}</text>'
        f'<text transform="translate(13 {TOP + up / 2}) rotate(-90)" text-anchor="middle">{escape(y.name)}</text>'
    )
    for number, line in enumerate(lines):
        colour = COLOURS[number % len(COLOURS)]
        points = [at(px, py) for px, py in zip(line.x, line.y)]
        joined = " ".join(f"{px:.1f},{py:.1f}" for px, py in points)
        parts.append(f'<polyline points="{joined}" fill="none" stroke="{colour}" stroke-width="1.5"/>')
        parts += [f'<circle cx="{px:.1f}" cy="{py:.1f}" r="2.5" fill="{colour}"/>' for px, py in points]
        place = TOP + 14 + 16 * number
        parts.append(f'<circle cx="{WIDTH - RIGHT + 14}" cy="{place - 4}" r="3" fill="{colour}"/>')
        parts.append(f'<text x="{WIDTH - RIGHT + 22}" y="{place}">{escape(line.name)}</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"


def draw(path: Path, title: str, x: Axis, y: Axis, lines: list[Line]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(chart(title, x, y, lines), encoding="utf-8")
