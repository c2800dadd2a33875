"""Nodes are numbers from 0; an arrow goes from a source to whom it may have infected. Days are floats, NaN unknown."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

Numbers = NDArray[np.int64]
Days = NDArray[np.float64]
NONE = -1


def components(count: int, sources: Numbers, targets: Numbers) -> Numbers:
    """The chain of each node, directions ignored: 0 is the largest; of equal ones that with the lowest node first."""
    if not count:
        return np.empty(0, np.int64)
    _, found = connected_components(_matrix(count, sources, targets), directed=False)
    names, first, sizes = np.unique(found, return_index=True, return_counts=True)
    rank = np.empty(len(names), np.int64)
    rank[np.lexsort((first, -sizes))] = np.arange(len(names))
    return rank[found]


def loops(count: int, sources: Numbers, targets: Numbers) -> list[list[int]]:
    """Groups of nodes among which arrows lead in a circle, each in ascending order."""
    if not len(sources):
        return []
    _, found = connected_components(_matrix(count, sources, targets), directed=True, connection="strong")
    members: dict[int, list[int]] = {}
    for node, name in enumerate(found.tolist()):
        members.setdefault(name, []).append(node)
    return sorted(group for group in members.values() if len(group) > 1)


def _matrix(count: int, sources: Numbers, targets: Numbers) -> coo_array:
    return coo_array((np.ones(len(sources), np.int8), (sources, targets)), (count, count))


def parents(sources: Numbers, targets: Numbers, days: Days, preferred: Numbers) -> Numbers:
    """One source for each node, or NONE, so that the arrows left make trees.

    `preferred` (shape of days) names the source that people chose, or NONE. Otherwise the nearest in time before the
    node, else the earliest. A source that would close a circle is passed over; earlier nodes choose first.
    """
    offered: dict[int, list[int]] = {}
    for source, target in zip(sources.tolist(), targets.tolist()):
        offered.setdefault(target, []).append(source)
    found = np.full(len(days), NONE, np.int64).tolist()
    known, chosen = days.tolist(), preferred.tolist()
    for node in in_time(offered, days):
        for source in sorted(offered[node], key=lambda one: _distance(one, node, known, chosen)):
            if not _descends(source, node, found):
                found[node] = source
                break
    return np.array(found, np.int64)


def in_time(nodes: Iterable[int], days: Days) -> list[int]:
    """Nodes by day, those without one last, then by number."""
    return sorted(nodes, key=lambda node: (bool(np.isnan(days[node])), float(np.nan_to_num(days[node])), node))


def _distance(source: int, node: int, days: list[float], chosen: list[int]) -> tuple[bool, bool, float, int]:
    gap = days[node] - days[source]
    unknown = gap != gap
    return (source != chosen[node], unknown or gap < 0, 0.0 if unknown else abs(gap), source)


def _descends(node: int, ancestor: int, found: list[int]) -> bool:
    """Whether going from source to source leads from a node to this ancestor."""
    while node != NONE:
        if node == ancestor:
            return True
        node = found[node]
    return False


def generations(parent: Numbers) -> Numbers:
    """Steps from the first case of each tree: 0 for a node without a source."""
    depth = [NONE] * len(parent)
    sources = parent.tolist()
    for node in range(len(sources)):
        way = []
        while node != NONE and depth[node] == NONE:
            way.append(node)
            node = sources[node]
        below = NONE if node == NONE else depth[node]
        for steps, one in enumerate(reversed(way), start=1):
            depth[one] = below + steps
    return np.array(depth, np.int64)


def children_of(parent: Numbers, days: Days) -> list[list[int]]:
    """For each node those it infected, by day."""
    found: list[list[int]] = [[] for _ in parent]
    for node in in_time(list(range(len(parent))), days):
        if parent[node] != NONE:
            found[int(parent[node])].append(node)
    return found
