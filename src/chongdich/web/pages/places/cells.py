"""A map without geometry: each commune is the land nearer to its centre than to any other, within its own reach.

Pure. A disk about each centre, as large as the commune's area asks for, is cut by the lines half way to its
neighbours (Delaunay); inside the province the lines decide, at its edge the disk.
"""

import math
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from scipy.spatial import Delaunay, QhullError

Point = tuple[float, float]

KM_PER_DEGREE = 111.32
CORNERS = 28  # of the polygon that stands for a disk
REACH = 1.45  # disk against a circle of the commune's area, so that the cells of a province close up
USUAL_AREA = 45.0  # square kilometres, where no area is known


@lru_cache(maxsize=16)
def cells(spots: tuple[tuple[float, float, float | None], ...]) -> tuple[tuple[Point, ...], ...]:
    """For (latitude, longitude, area) of each centre its cell as (latitude, longitude) corners."""
    if not spots:
        return ()
    north = sum(spot[0] for spot in spots) / len(spots)
    scale = (KM_PER_DEGREE * math.cos(math.radians(north)), KM_PER_DEGREE)
    flat = [(longitude * scale[0], latitude * scale[1]) for latitude, longitude, _ in spots]
    near = neighbours(flat)
    found = []
    for place, (centre, spot) in enumerate(zip(flat, spots)):
        cell = disk(centre, REACH * math.sqrt((spot[2] or USUAL_AREA) / math.pi))
        for other in near[place]:
            cell = cut(cell, centre, flat[other])
        found.append(tuple((y / scale[1], x / scale[0]) for x, y in cell))
    return tuple(found)


def neighbours(flat: Sequence[Point]) -> list[list[int]]:
    """Whose cells can touch whose; with few or collinear points, everybody's."""
    try:
        start, joined = Delaunay(np.asarray(flat)).vertex_neighbor_vertices
    except (QhullError, ValueError):
        return [[other for other in range(len(flat)) if other != place] for place in range(len(flat))]
    return [joined[start[place] : start[place + 1]].tolist() for place in range(len(flat))]


def disk(centre: Point, radius: float) -> list[Point]:
    """A circle as a polygon."""
    turns = (2 * math.pi * corner / CORNERS for corner in range(CORNERS))
    return [(centre[0] + radius * math.cos(turn), centre[1] + radius * math.sin(turn)) for turn in turns]


def cut(cell: list[Point], centre: Point, other: Point) -> list[Point]:
    """The part of a convex polygon that is nearer to `centre` than to `other`."""
    middle = ((centre[0] + other[0]) / 2, (centre[1] + other[1]) / 2)
    towards = (other[0] - centre[0], other[1] - centre[1])
    beyond = [(x - middle[0]) * towards[0] + (y - middle[1]) * towards[1] for x, y in cell]
    kept: list[Point] = []
    for place, (point, side) in enumerate(zip(cell, beyond)):
        before, side_before = cell[place - 1], beyond[place - 1]
        if (side <= 0) != (side_before <= 0):
            share = side_before / (side_before - side)
            kept.append((before[0] + share * (point[0] - before[0]), before[1] + share * (point[1] - before[1])))
        if side <= 0:
            kept.append(point)
    return kept
