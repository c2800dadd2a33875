"""Where each node of a forest is drawn. Units are the caller's: one row, one generation, one node apart."""

import math
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from chongdich.kernels.chains.graph import NONE, Days, Numbers, children_of, generations, in_time

Floats = NDArray[np.float64]


def rows(parent: Numbers, days: Days, chain: Numbers) -> Numbers:
    """The row of each node: chain after chain in order, every source above those it infected, siblings by day."""
    found = np.zeros(len(parent), np.int64)
    found[list(walk(parent, days, chain))] = np.arange(len(parent))
    return found


def walk(parent: Numbers, days: Days, chain: Numbers) -> Iterator[int]:
    """Nodes as a reader of an indented list meets them."""
    children = children_of(parent, days)
    roots = in_time(np.flatnonzero(parent == NONE).tolist(), days)
    left = sorted(roots, key=lambda node: int(chain[node]))[::-1]
    while left:
        node = left.pop()
        yield node
        left.extend(reversed(children[node]))


def tidy(parent: Numbers, days: Days, chain: Numbers) -> Floats:
    """Heights of a tree drawn sideways: nodes without issue one apart, each source midway between first and last."""
    order = list(walk(parent, days, chain))
    children = children_of(parent, days)
    height = np.zeros(len(parent))
    leaf = 0
    for node in order:
        if not children[node]:
            height[node], leaf = leaf, leaf + 1
    for node in reversed(order):
        if children[node]:
            height[node] = (height[children[node][0]] + height[children[node][-1]]) / 2
    return height


def radial(parent: Numbers, days: Days, chain: Numbers) -> tuple[Floats, Floats]:
    """(x, y) within each chain: first cases in the middle, every generation on a ring wide enough for its nodes."""
    count = int(chain.max()) + 1 if len(chain) else 0
    leaf = tidy(parent, days, chain)
    start = np.full(count, math.inf)
    np.minimum.at(start, chain, leaf)
    end = np.full(count, -math.inf)
    np.maximum.at(end, chain, leaf)
    step = generations(parent) + _several_roots(parent, chain, count)[chain]
    leaves = end - start + 1
    rings = _rings(leaf, step, chain, leaves)
    turn = (leaf - start[chain]) / leaves[chain] * math.tau
    distance = np.array([rings[c][g] for c, g in zip(chain.tolist(), step.tolist())])
    return distance * np.cos(turn), distance * np.sin(turn)


def _several_roots(parent: Numbers, chain: Numbers, count: int) -> Numbers:
    """1 for a chain of several first cases: they stand on a ring, as nobody is in the middle."""
    return (np.bincount(chain[parent == NONE], minlength=count) > 1).astype(np.int64)


def _rings(leaf: Floats, step: Numbers, chain: Numbers, leaves: Floats) -> list[list[float]]:
    """For each chain the radius of every ring: 1.6 apart at least, and neighbours on a ring are one apart."""
    found: list[list[float]] = [[0.0] for _ in leaves]
    gap: dict[tuple[int, int], float] = {}
    order = np.lexsort((leaf, step, chain)).tolist()
    for before, after in pairwise(order):
        if chain[before] == chain[after] and step[before] == step[after]:
            place = (int(chain[after]), int(step[after]))
            gap[place] = min(gap.get(place, math.inf), float(leaf[after] - leaf[before]))
    for node in order:
        radii, at = found[chain[node]], int(step[node])
        if at == len(radii):
            needed = float(leaves[chain[node]]) / math.tau / gap.get((int(chain[node]), at), math.inf)
            radii.append(max(radii[-1] + 1.6, needed))
    return found


def pack(x: Floats, y: Floats, chain: Numbers, aspect: float = 1.8) -> tuple[Floats, Floats, float, float]:
    """(x, y of each node, width, height): the chains' boxes, one around each, set on shelves from high to low."""
    count = int(chain.max()) + 1 if len(chain) else 0
    left, top = (_least(values, chain, count) for values in (x, y))
    wide, high = (1 - _least(-values, chain, count) - least for values, least in ((x, left), (y, top)))
    width = max(float(wide.max(initial=1.0)), math.sqrt(float((wide * high).sum()) * aspect * 1.15))
    across, down, at, shelf, depth = np.zeros(count), np.zeros(count), 0.0, 0.0, 0.0
    for one in np.argsort(-high, kind="stable").tolist():
        if at + wide[one] > width * 1.0001:
            at, shelf = 0.0, shelf + depth
        depth = float(high[one]) if at == 0.0 else depth
        across[one], down[one], at = at, shelf, at + float(wide[one])
    shift_x, shift_y = (across - left + 0.5)[chain], (down - top + 0.5)[chain]
    return x + shift_x, y + shift_y, width, shelf + depth


def _least(values: Floats, chain: Numbers, count: int) -> Floats:
    found = np.full(count, math.inf)
    np.minimum.at(found, chain, values)
    return found
