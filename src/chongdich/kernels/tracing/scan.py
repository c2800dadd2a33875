"""The compiled loops that find rows: stays of the infectious, the rows near a stay, the meetings one by one.

No array is made for a row, and none is passed to a function called per row (passing one costs more than reading a row).
"""

# mypy: disable-error-code="no-untyped-def"

import numpy as np
from numba import njit

from .index import END, NOTE, OTHER, START
from .memory import BY_PERSON, prefetch, side_at

# a probe: one stay of an infectious person inside the window (row number BY), and the rows of the copy by place it may
# meet
PLACE, CAME, LEFT, MARK, BY, WINDOW, KIND, LOW, HIGH, ASK_COLUMNS = range(10)
FAR_AHEAD = 256  # rows of a person fetched before they are needed


@njit(cache=True, nogil=True)
def search(table, low, high, value):
    """First position of table[low:high, 0] that is not less than the value."""
    while low < high:
        middle = (low + high) >> 1
        if table[middle, 0] < value:
            low = middle + 1
        else:
            high = middle
    return low


@njit(cache=True, nogil=True)
def find(keys, key):
    """Line of the key, or -1. Immediate when keys are 0, 1, 2 …"""
    if key < keys.shape[0] and keys[key, 0] == key:
        return key
    k = search(keys, 0, keys.shape[0], key)
    return k if k < keys.shape[0] and keys[k, 0] == key else -1


@njit(cache=True, nogil=True)
def narrowed(superblocks, blocks, low, high, since, until):
    """The part of low:high, to the block, that holds every row starting in [since, until]: few and small reads."""
    for table, power in ((superblocks, 8), (blocks, 4)):
        if high - low > 2 << power:
            a, b = (low >> power) + 1, ((high - 1) >> power) + 1
            first = search(table, a, b, since)
            after = search(table, first, b, until + 1)
            low = max(low, (first - 1) << power)
            high = min(high, after << power)
    return low, high


@njit(cache=True, nogil=True)
def span(side, key, since, until):
    """The rows of the key that may overlap [since, until]: a superset, cut by start and by the longest stay."""
    k = find(side.keys, key)
    if k < 0:
        return 0, 0
    low, high, stay = side.keys[k, 1], side.keys[k, 2], side.keys[k, 3]
    return narrowed(side.superblocks, side.blocks, low, high, since - stay, until)


@njit(cache=True, nogil=True)
def grown(table):
    """The same lines with room for as many again."""
    larger = np.empty((2 * table.shape[0], table.shape[1]), table.dtype)
    larger[: table.shape[0]] = table
    return larger


@njit(cache=True, nogil=True)
def mask_of(one, other):
    """0 not known, 1 somebody without, 2 both masked."""
    one, other = one & 3, other & 3
    return 1 if one == 1 or other == 1 else 2 if one == 2 and other == 2 else 0


@njit(cache=True, nogil=True)
def probes(table, bounds, windows, certain, useful, distance):
    """Stays of each window's person inside the window, at places that count, from all segments.

    `windows` int64[n, 3]: person, since, until. Returns int32[m, ASK_COLUMNS]; `sweep` fills the last two.
    """
    found = np.empty((256, ASK_COLUMNS), np.int32)
    size = 0
    for s in range(table.shape[0]):
        side = side_at(table[s, BY_PERSON])
        spans = _spans(side, bounds[s], windows, table[s, BY_PERSON])
        for w in range(windows.shape[0]):
            since, until = windows[w, 1], windows[w, 2]
            low, high = spans[w, 0], spans[w, 1]
            while size + high - low > found.shape[0]:
                found = grown(found)
            for i in range(low, high):
                place, note = side.rows[i, OTHER], side.rows[i, NOTE]
                if side.rows[i, START] > until or side.rows[i, END] < since:
                    continue
                kind = distance[place] if place < distance.size else 15
                if (note >> 2 & 127) < certain or not useful[kind]:
                    continue
                found[size, PLACE], found[size, WINDOW], found[size, KIND] = place, w, kind
                found[size, CAME], found[size, LEFT] = max(since, side.rows[i, START]), min(until, side.rows[i, END])
                found[size, MARK], found[size, BY] = note, side.numbers[i]
                size += 1
    return found[:size]


@njit(cache=True, nogil=True)
def _spans(side, bound, windows, words):
    """Where the rows of each window lie, all asked of the memory before the first is needed."""
    spans = np.zeros((windows.shape[0], 2), np.int64)
    for w in range(windows.shape[0]):
        if 0 <= windows[w, 0] < side.keys.shape[0]:
            prefetch(words[0] + windows[w, 0] * 16)
    for w in range(windows.shape[0]):
        since, until = windows[w, 1], windows[w, 2]
        if since <= until and since <= bound[1] and until >= bound[0]:
            low, high = span(side, windows[w, 0], since, until)
            spans[w, 0], spans[w, 1] = low, high
            for i in range(low, min(high, low + FAR_AHEAD), 4):
                prefetch(words[2] + i * 16)
            for i in range(low, min(high, low + FAR_AHEAD), 16):
                prefetch(words[4] + i * 4)
    return spans


@njit(cache=True, nogil=True)
def pairs(side, asks, persons, needed, lags, certain, wanted):
    """Every counted meeting of the people with wanted[person] set: int32[., 2] of probe and position in the copy."""
    rows = side.rows
    found = np.empty((64, 2), np.int32)
    size = 0
    for q in range(asks.shape[0]):
        kind, came, left, infectious = asks[q, KIND], asks[q, CAME], asks[q, LEFT], persons[asks[q, WINDOW]]
        low, high = span(side, asks[q, PLACE], came, left + max(0, lags[kind]))
        for b in range(low, high):
            if rows[b, END] < came or rows[b, OTHER] == infectious or not wanted[rows[b, OTHER]]:
                continue
            first, last = max(came, rows[b, START]), min(left, rows[b, END])
            if first <= last:
                counts = last - first >= needed[kind, mask_of(asks[q, MARK], rows[b, NOTE])]
            else:
                counts = first - left <= lags[kind]
            if counts and (rows[b, NOTE] >> 2 & 127) >= certain:
                if size == found.shape[0]:
                    found = grown(found)
                found[size, 0], found[size, 1] = q, b
                size += 1
    return found[:size]


@njit(cache=True, nogil=True)
def locate(side, wanted):
    """Position of each wanted row, -1 where it is not: `wanted` int64[n, 3] of key, start and row number."""
    found = np.full(wanted.shape[0], -1, np.int64)
    for i in range(wanted.shape[0]):
        k = find(side.keys, wanted[i, 0])
        if k < 0:
            continue
        after = np.int64(side.keys[k, 2])
        b = search(side.rows, np.int64(side.keys[k, 1]), after, wanted[i, 1])
        while b < after and side.rows[b, START] == wanted[i, 1] and side.numbers[b] != wanted[i, 2]:
            b += 1
        if b < after and side.rows[b, START] == wanted[i, 1]:
            found[i] = b
    return found
