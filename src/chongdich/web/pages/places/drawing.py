"""The map of a day's communes as SVG paths."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from chongdich.application.lenses.registry import Spot
from chongdich.web.pages.places.cells import cells
from chongdich.web.pages.places.outlines import Ring, outlines

WIDTH = 640
MARGIN = 8
TINTS = 8

Point = tuple[float, float]
ToPage = Callable[[Point], Point]


@dataclass(frozen=True)
class Shape:
    """One commune on the map."""

    key: str
    label: str
    path: str
    tint: int
    x: float
    y: float


@dataclass(frozen=True)
class Group:
    """A district or province: its tint, and where its name stands."""

    name: str
    tint: int
    x: float
    y: float


@dataclass(frozen=True)
class Map:
    """The whole map; `groups` are the districts or provinces with their tints."""

    width: int
    height: int
    shapes: list[Shape]
    groups: list[Group]
    supplied: bool


def draw(spots: tuple[Spot, ...]) -> Map | None:
    """The cells about the centres, or the outlines the site supplied; None when there is nothing to draw."""
    if not spots:
        return None
    own = outlines()
    plain = cells(tuple((spot.latitude, spot.longitude, spot.area_km2) for spot in spots))
    rings: list[list[Ring]] = [own.get(spot.code) or [cell] for spot, cell in zip(spots, plain)]
    to_page, height = _projection([point for several in rings for ring in several for point in ring])
    tints = {name: place % TINTS for place, name in enumerate(sorted({spot.group for spot in spots}))}
    shapes = [
        Shape(spot.key, f"{spot.label}, {spot.group}", _path(several, to_page), tints[spot.group],
              *to_page((spot.latitude, spot.longitude)))
        for spot, several in zip(spots, rings)
    ]  # fmt: skip
    groups = [_group(name, tint, [shape for spot, shape in zip(spots, shapes) if spot.group == name])
              for name, tint in tints.items()]  # fmt: skip
    return Map(WIDTH, height, shapes, groups, any(spot.code in own for spot in spots))


def _group(name: str, tint: int, shapes: list[Shape]) -> Group:
    x, y = (round(sum(values) / len(shapes), 1) for values in zip(*((shape.x, shape.y) for shape in shapes)))
    return Group(name, tint, x, y)


def _projection(points: list[Point]) -> tuple[ToPage, int]:
    """From degrees to the page, north above, distances true at the middle latitude."""
    south, north = min(p[0] for p in points), max(p[0] for p in points)
    west, east = min(p[1] for p in points), max(p[1] for p in points)
    squeeze = math.cos(math.radians((south + north) / 2))
    scale = (WIDTH - 2 * MARGIN) / max((east - west) * squeeze, 1e-6)

    def to_page(point: Point) -> Point:
        x = MARGIN + (point[1] - west) * squeeze * scale
        return round(x, 1), round(MARGIN + (north - point[0]) * scale, 1)

    return to_page, math.ceil((north - south) * scale + 2 * MARGIN)


def _path(rings: list[Ring], to_page: ToPage) -> str:
    return " ".join("M" + " ".join(f"{x} {y}" for x, y in map(to_page, ring)) + "Z" for ring in rings if ring)
