"""Two copies of the presences, by place and by person, each sorted by start, so that a question touches few bytes."""

from typing import NamedTuple

import numpy as np

from .words import FOREVER, NEVER, Presences

BLOCK, SUPERBLOCK = 4, 8  # a block is 2**4 rows, a superblock 2**8
START, END, OTHER, NOTE = range(4)  # columns of Side.rows


class Side(NamedTuple):
    """One copy, its rows sorted by key and start. What a question reads is 16 bytes a row, four rows a cache line.

    `keys` int32[., 4], ascending: key, its first row, the row after its last, its longest stay: nobody who came earlier
    than that before a moment can still be there.
    `rows` int32[n, 4]: start, end (NEVER for a superseded row, which therefore meets nobody), the other (the person in
    the copy by place, the place in the copy by person), note (see `notes`).
    `numbers` int32[n]: the row's number in the store, read only for what is told of it.
    `blocks` and `superblocks` int32[., 2]: first start and latest end of every 16 and 256 rows. They are small enough
    to stay in the cache, lead to a moment in few steps, and let wards and homes be skipped quickly.
    """

    keys: np.ndarray
    rows: np.ndarray
    numbers: np.ndarray
    blocks: np.ndarray
    superblocks: np.ndarray


class Segment(NamedTuple):
    """Both copies of the same rows, and the earliest coming and latest leaving among them."""

    by_place: Side
    by_person: Side
    first: int
    last: int


def notes(presences: Presences) -> np.ndarray:
    """Mask + 1 (2 bits), certainty (7 bits) and source (7 bits) in one number a row."""
    packed = (presences.mask.astype(np.int32) + 1) | presences.certainty.astype(np.int32) << 2
    return packed | presences.source.astype(np.int32) << 9


def build(presences: Presences) -> Segment:
    """Index the presences."""
    end = presences.end
    columns = (presences.row.astype(np.int32), presences.start, end)
    note = notes(presences)
    by_place = _side(presences.place, *columns, presences.person, note)
    bounds = (int(presences.start.min()), int(presences.end.max())) if len(end) else (FOREVER, NEVER)
    return Segment(by_place, _side(presences.person, *columns, presences.place, note), *bounds)


def _side(key: np.ndarray, number: np.ndarray, start: np.ndarray, *more: np.ndarray) -> Side:
    order = np.argsort(key.astype(np.int64) << 32 | (start.astype(np.int64) - NEVER))
    key = key[order]
    first = np.flatnonzero(np.diff(key, prepend=-1))
    rows = np.empty((len(key), 4), np.int32)
    for column, values in enumerate((start, *more)):
        rows[:, column] = values[order]
    stays = np.where(rows[:, END] == NEVER, 0, rows[:, END] - rows[:, START])
    stay = np.maximum.reduceat(stays, first) if len(first) else stays
    keys = np.stack([key[first], first, np.append(first[1:], len(key))[: len(first)], stay], axis=1).astype(np.int32)
    return Side(keys, rows, number[order], _bounds(rows, BLOCK), _bounds(rows, SUPERBLOCK))


def _bounds(rows: np.ndarray, power: int) -> np.ndarray:
    """First start and latest end of every 2**power rows."""
    begins = np.arange(0, len(rows), 1 << power)
    latest = np.maximum.reduceat(rows[:, END], begins) if len(rows) else begins
    return np.stack([rows[begins, START], latest], axis=1).astype(np.int32)


def contents(segment: Segment) -> Presences:
    """The rows of a segment as presences again, in the order of the copy by person; superseded rows are left out."""
    side = segment.by_person
    alive = side.rows[:, END] != NEVER
    rows = side.rows[alive]
    return Presences(
        person=np.repeat(side.keys[:, 0], side.keys[:, 2] - side.keys[:, 1])[alive],
        place=rows[:, OTHER],
        start=rows[:, START],
        end=rows[:, END],
        source=rows[:, NOTE] >> 9,
        certainty=rows[:, NOTE] >> 2 & 127,
        mask=(rows[:, NOTE] & 3) - 1,
        row=side.numbers[alive],
    )
