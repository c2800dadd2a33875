"""Two copies of the presences, by place and by person, each sorted by start, so that a question touches few bytes."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy as np

from .words import FOREVER, NEVER, Presences

BLOCK, SUPERBLOCK = 4, 8  # a block is 2**4 rows, a superblock 2**8


class Side(NamedTuple):
    """One copy. Rows of `keys[k]` are `offsets[k]:offsets[k + 1]`, sorted by start. 18 bytes a row and the maxima.

    `stay[k]` is the longest stay of that key: nobody who came earlier than that before a moment can still be there.
    `block` and `superblock` hold the latest end of every 16 and 256 rows, so that wards and homes are skipped quickly.
    """

    keys: np.ndarray  # int32, ascending
    offsets: np.ndarray  # int64, one more than keys
    stay: np.ndarray  # int32
    start: np.ndarray  # int32
    end: np.ndarray  # int32; NEVER for a superseded row, which therefore meets nobody
    other: np.ndarray  # int32: the person in the copy by place, the place in the copy by person
    row: np.ndarray  # int32: number of the row in the store
    note: np.ndarray  # uint16: mask + 1 (2 bits), certainty (7 bits), source (7 bits)
    block: np.ndarray  # int32
    superblock: np.ndarray  # int32


class Segment(NamedTuple):
    """Both copies of the same rows, and the earliest coming and latest leaving among them."""

    by_place: Side
    by_person: Side
    first: int
    last: int


def notes(presences: Presences) -> np.ndarray:
    """Mask, certainty and source in one uint16 a row."""
    packed = (presences.mask.astype(np.int64) + 1) | presences.certainty.astype(np.int64) << 2
    return (packed | presences.source.astype(np.int64) << 9).astype(np.uint16)


def build(presences: Presences, superseded: Iterable[int] = ()) -> Segment:
    """Index the presences; the rows named in `superseded` are kept in place but meet nobody."""
    end = presences.end
    dead = np.isin(presences.row, np.fromiter(superseded, np.int64))
    if dead.any():
        end = np.where(dead, np.int32(NEVER), end)
    columns = {"start": presences.start, "end": end, "row": presences.row.astype(np.int32), "note": notes(presences)}
    by_place = _side(presences.place, presences.person, columns)
    bounds = (int(presences.start.min()), int(presences.end.max())) if len(end) else (FOREVER, NEVER)
    return Segment(by_place, _side(presences.person, presences.place, columns), *bounds)


def _side(key: np.ndarray, other: np.ndarray, columns: Mapping[str, np.ndarray]) -> Side:
    order = np.argsort(key.astype(np.int64) << 32 | (columns["start"].astype(np.int64) - NEVER))
    key = key[order]
    first = np.flatnonzero(np.diff(key, prepend=-1))
    start, end, row, note = (columns[name][order] for name in ("start", "end", "row", "note"))
    stays = np.where(end == NEVER, 0, end - start)
    stay = np.maximum.reduceat(stays, first) if len(first) else stays
    offsets = np.append(first, len(key)).astype(np.int64)
    maxima = (_maxima(end, BLOCK), _maxima(end, SUPERBLOCK))
    return Side(key[first], offsets, stay.astype(np.int32), start, end, other[order], row, note, *maxima)


def _maxima(end: np.ndarray, power: int) -> np.ndarray:
    begins = np.arange(0, len(end), 1 << power)
    return np.maximum.reduceat(end, begins) if len(end) else end


def silence(segment: Segment, rows: np.ndarray) -> None:
    """Make superseded rows meet nobody, in place: on private pages when the segment is memory-mapped."""
    for side in (segment.by_place, segment.by_person):
        side.end[marked(side.row, rows)] = NEVER


def marked(row: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """Positions of the wanted row numbers."""
    if not len(row) or not len(wanted):
        return np.zeros(0, np.int64)
    table = np.zeros(int(row.max()) + 1, bool)
    table[wanted[wanted < len(table)]] = True
    return np.flatnonzero(table[row])


def contents(segment: Segment) -> Presences:
    """The rows of a segment as presences again, in the order of the copy by person; superseded rows are left out."""
    side = segment.by_person
    alive = side.end != NEVER
    note = side.note[alive].astype(np.int64)
    return Presences(
        person=np.repeat(side.keys, np.diff(side.offsets))[alive],
        place=side.other[alive],
        start=side.start[alive],
        end=side.end[alive],
        source=note >> 9,
        certainty=note >> 2 & 127,
        mask=(note & 3) - 1,
        row=side.row[alive],
    )
