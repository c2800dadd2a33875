"""Contacts as arrays: who meets whom, layer by layer, in compressed rows (the neighbours of person p are one slice)."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]
LINE = 64  # bytes


@dataclass(frozen=True)
class Layer:
    """One layer of standing contacts. `offsets` has n + 1 entries; neighbours of p are
    neighbours[offsets[p]:offsets[p + 1]].

    Every contact is listed twice, once from each side; a pair that meets in two ways may be listed more than once.
    """

    offsets: Ints
    neighbours: Ints

    @property
    def mean_degree(self) -> float:
        return len(self.neighbours) / max(1, len(self.offsets) - 1)


def on_lines(shape: tuple[int, ...], dtype: Any) -> NDArray[Any]:
    """Zeros that begin where a cache line does, so that a row of 32 bytes never lies on two lines."""
    size = math.prod(shape) * np.dtype(dtype).itemsize
    raw = np.zeros(size + LINE, np.uint8)
    first = -raw.ctypes.data % LINE
    return raw[first : first + size].view(dtype).reshape(shape)


def empty_layer(people: int) -> Layer:
    return Layer(np.zeros(people + 1, np.int32), np.zeros(0, np.int32))


def layer_from_pairs(people: int, first: Ints, second: Ints) -> Layer:
    """A layer from unordered pairs; a person paired with itself is dropped."""
    keep = first != second
    source = np.concatenate([first[keep], second[keep]])
    target = np.concatenate([second[keep], first[keep]])
    order = np.argsort(source, kind="stable")
    return Layer(_offsets(np.bincount(source, minlength=people)), target[order].astype(np.int32))


def layer_from_groups(people: int, members: Ints, group: NDArray) -> Layer:
    """Everybody meets everybody of the same group. `members[i]` belongs to `group[i]`; nobody is in two groups."""
    order = np.argsort(group, kind="stable")
    members, group = members[order], group[order]
    sizes = np.bincount(group, minlength=1)
    start = np.cumsum(sizes) - sizes
    degree = sizes[group] - 1
    place = np.arange(len(members)) - start[group]
    step = np.arange(degree.sum()) - np.repeat(np.cumsum(degree) - degree, degree)
    own = np.repeat(place, degree)
    picked = np.repeat(start[group], degree) + step + (step >= own)
    return _by_person(people, members, degree, members[picked])


def random_pairs_within(pool: Ints, mean_degree: float, rng: np.random.Generator) -> tuple[Ints, Ints]:
    """Random acquaintances inside one pool, with the given mean number for each person."""
    count = round(len(pool) * mean_degree / 2)
    if len(pool) < 2 or count == 0:
        return np.zeros(0, np.int32), np.zeros(0, np.int32)
    return rng.choice(pool, count), rng.choice(pool, count)


def _by_person(people: int, members: Ints, degree: NDArray[np.int64], targets: Ints) -> Layer:
    """Rows listed group by group become rows listed person by person."""
    degree_of = np.zeros(people, np.int64)
    degree_of[members] = degree
    offsets = _offsets(degree_of)
    step = np.arange(len(targets)) - np.repeat(np.cumsum(degree) - degree, degree)
    neighbours = np.empty(len(targets), np.int32)
    neighbours[np.repeat(offsets[members].astype(np.int64), degree) + step] = targets
    return Layer(offsets, neighbours)


def _offsets(degree: NDArray[np.int64]) -> Ints:
    return np.concatenate([[0], np.cumsum(degree)]).astype(np.int32)
