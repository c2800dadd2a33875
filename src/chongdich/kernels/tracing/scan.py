"""The compiled loops: stays of the infectious become probes, and probes sweep the copy by place.

Each function works on one segment. Meetings are folded into one line a contact; nothing is allocated per meeting, and
no array is passed to a function called per row (passing one costs more than reading a row).
"""

# mypy: disable-error-code="no-untyped-def"

import numpy as np
from numba import njit

from .index import END, NOTE, OTHER, ROW, START

EXCLUDED = -1
AHEAD = 256  # probes whose rows are fetched before they are swept
# a probe: one stay of an infectious person inside the window, and the rows of the copy by place it may meet
PLACE, CAME, LEFT, MARK, BY, WINDOW, KIND, LOW, HIGH, ASK_COLUMNS = range(10)
# what one row of the copy by place met so far: how many, the running piece of company, and the longest meeting
MET, PIECE_FIRST, PIECE_LAST, BEST, BEGAN, BY_ROW, BY_ASK, TALLY_COLUMNS = range(8)
# a contact: one line a person
PERSON, MEETINGS, SECONDS, FIRST, LAST, LONGEST, LONG_BEGAN, SOURCE_ROW, CONTACT_ROW, THROUGH, WHERE, FIELDS = range(12)


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
def probes(side, windows, certain, useful, distance):
    """Stays of each window's person inside the window, at places that count.

    `windows` int64[n, 3]: person, since, until. Returns int32[m, ASK_COLUMNS]; `sweep` fills the last two.
    """
    found = np.empty((64, ASK_COLUMNS), np.int32)
    size = 0
    for w in range(windows.shape[0]):
        since, until = windows[w, 1], windows[w, 2]
        if until < since:
            continue
        low, high = span(side, windows[w, 0], since, until)
        for i in range(low, high):
            place, note = side.rows[i, OTHER], side.rows[i, NOTE]
            kind = distance[place] if place < distance.size else 15
            if side.rows[i, START] > until or side.rows[i, END] < since:
                continue
            if (note >> 2 & 127) < certain or not useful[kind]:
                continue
            if size == found.shape[0]:
                found = grown(found)
            found[size, PLACE], found[size, WINDOW], found[size, KIND] = place, w, kind
            found[size, CAME], found[size, LEFT] = max(since, side.rows[i, START]), min(until, side.rows[i, END])
            found[size, MARK], found[size, BY] = note, side.rows[i, ROW]
            size += 1
    return found[:size]


@njit(cache=True, nogil=True)
def sweep(side, asks, persons, needed, lags, certain, slot, contacts, size, pieces, count):
    """Let every probe meet the rows at its place, and fold the meetings into one line for each contact.

    `asks` are probes sorted by place and coming; `persons` whom each window belongs to. `slot[person]` is 0 for nobody
    yet, EXCLUDED, or 1 + the line in `contacts` (int32[., FIELDS], `size` used). `pieces` int32[., 3] (`count` used)
    collects (person, first, last): the time each row was in company. Returns both tables, perhaps moved, with sizes.
    """
    superblocks, blocks, rows = side.superblocks, side.blocks, side.rows
    tally = np.empty((1024, TALLY_COLUMNS), np.int32)
    j = ready = touched = 0
    while j < asks.shape[0]:
        if j >= ready - AHEAD // 2 and ready < asks.shape[0]:
            touched += fetch(side.keys, superblocks, blocks, rows, asks, ready, min(ready + AHEAD, asks.shape[0]), lags)
            ready = min(ready + AHEAD, asks.shape[0])
        low, high, after = cluster(asks, j, ready)
        if high - low > tally.shape[0]:
            tally = np.empty((2 * (high - low), TALLY_COLUMNS), np.int32)
        for r in range(high - low):
            tally[r, MET] = 0
        for q in range(j, after):
            pieces, count = meet(
                superblocks, blocks, rows, asks, q, persons, needed, lags, certain, low, tally, slot, pieces, count
            )
        while size + high - low > contacts.shape[0]:
            contacts = grown(contacts)
        while count + high - low > pieces.shape[0]:
            pieces = grown(pieces)
        size, count = fold(rows, low, high, tally, asks, persons, slot, contacts, size, pieces, count)
        j = after
    tally[0, MET] = touched  # so that the compiler keeps the reads of `fetch`
    return contacts, size, pieces, count


@njit(cache=True, nogil=True)
def fetch(keys, superblocks, blocks, rows, asks, j, after, lags):
    """Find LOW and HIGH of the probes j:after, and read their rows once so that the memory delivers many at a time."""
    touched = 0
    for q in range(j, after):
        if asks[q, PLACE] < keys.shape[0]:
            touched += keys[asks[q, PLACE], 0]
    for q in range(j, after):
        k = find(keys, asks[q, PLACE])
        low = high = np.int64(0)
        if k >= 0:
            since = asks[q, CAME] - keys[k, 3]
            until = asks[q, LEFT] + max(0, lags[asks[q, KIND]])
            low, high = narrowed(superblocks, blocks, np.int64(keys[k, 1]), np.int64(keys[k, 2]), since, until)
        asks[q, LOW], asks[q, HIGH] = low, high
        for b in range(low, high, 3):
            touched += rows[b, END]
    return touched


@njit(cache=True, nogil=True)
def cluster(asks, j, ready):
    """The probes from j on that share rows at one place, among those fetched. Returns rows and next probe."""
    low, high, q = np.int64(asks[j, LOW]), np.int64(asks[j, HIGH]), j + 1
    while q < ready and asks[q, PLACE] == asks[j, PLACE] and asks[q, LOW] < high:
        low, high = min(low, asks[q, LOW]), max(high, asks[q, HIGH])
        q += 1
    return low, high, q


@njit(cache=True, nogil=True)
def meet(superblocks, blocks, rows, asks, q, persons, needed, lags, certain, base, tally, slot, pieces, count):
    """One probe against its stretch of rows, skipping blocks in which everybody had left before."""
    kind = asks[q, KIND]
    came, left, mark, by, lag = asks[q, CAME], asks[q, LEFT], asks[q, MARK], asks[q, BY], lags[kind]
    infectious = persons[asks[q, WINDOW]]
    i, high = np.int64(asks[q, LOW]), np.int64(asks[q, HIGH])
    while i < high:
        if superblocks[i >> 8, 1] < came:
            i = ((i >> 8) + 1) << 8
            continue
        stop = min(high, ((i >> 4) + 1) << 4)
        if blocks[i >> 4, 1] < came:
            i = stop
            continue
        for b in range(i, stop):
            if rows[b, END] < came or rows[b, OTHER] == infectious:
                continue
            first, last, note = max(came, rows[b, START]), min(left, rows[b, END]), rows[b, NOTE]
            if first <= last:
                counts = last - first >= needed[kind, mask_of(mark, note)]
            else:
                counts, last = first - left <= lag, first
            if not counts or (note >> 2 & 127) < certain:
                continue
            r = b - base
            if tally[r, MET] == 0:
                tally[r, PIECE_FIRST], tally[r, PIECE_LAST], tally[r, BEST] = first, last, -1
            elif first > tally[r, PIECE_LAST]:
                if slot[rows[b, OTHER]] != EXCLUDED:
                    if count == pieces.shape[0]:
                        pieces = grown(pieces)
                    pieces[count, 0] = rows[b, OTHER]
                    pieces[count, 1], pieces[count, 2] = tally[r, PIECE_FIRST], tally[r, PIECE_LAST]
                    count += 1
                tally[r, PIECE_FIRST], tally[r, PIECE_LAST] = first, last
            tally[r, PIECE_LAST] = max(tally[r, PIECE_LAST], last)
            tally[r, MET] += 1
            long, best = last - first, tally[r, BEST]
            if long > best or (long == best and first == tally[r, BEGAN] and by < tally[r, BY_ROW]):
                tally[r, BEST], tally[r, BEGAN], tally[r, BY_ROW], tally[r, BY_ASK] = long, first, by, q
        i = stop
    return pieces, count


@njit(cache=True, nogil=True)
def fold(rows, low, high, tally, asks, persons, slot, contacts, size, pieces, count):
    """Add what the rows met to their contacts. Of equally long meetings the earliest, then the lowest rows, is kept."""
    for b in range(low, high):
        r = b - low
        if tally[r, MET] == 0:
            continue
        person = rows[b, OTHER]
        c = slot[person] - 1
        if c == EXCLUDED - 1:
            continue
        if c < 0:
            c = size
            contacts[c, PERSON], contacts[c, MEETINGS], contacts[c, LONGEST] = person, 0, -1
            size += 1
            slot[person] = size
        contacts[c, MEETINGS] += tally[r, MET]
        pieces[count, 0], pieces[count, 1], pieces[count, 2] = person, tally[r, PIECE_FIRST], tally[r, PIECE_LAST]
        count += 1
        better = tally[r, BEST] > contacts[c, LONGEST]
        if tally[r, BEST] == contacts[c, LONGEST]:
            here = (tally[r, BEGAN], tally[r, BY_ROW], rows[b, ROW])
            better = here < (contacts[c, LONG_BEGAN], contacts[c, SOURCE_ROW], contacts[c, CONTACT_ROW])
        if better:
            q = tally[r, BY_ASK]
            contacts[c, LONGEST], contacts[c, LONG_BEGAN] = tally[r, BEST], tally[r, BEGAN]
            contacts[c, SOURCE_ROW], contacts[c, CONTACT_ROW] = tally[r, BY_ROW], rows[b, ROW]
            contacts[c, THROUGH], contacts[c, WHERE] = persons[asks[q, WINDOW]], asks[q, PLACE]
    return size, count


@njit(cache=True, nogil=True)
def company(pieces, slot, contacts):
    """First and last meeting of each contact, and the seconds covered by at least one piece of company."""
    size = contacts.shape[0]
    begins = np.zeros(size + 1, np.int64)
    for i in range(pieces.shape[0]):
        begins[slot[pieces[i, 0]]] += 1
    begins = np.cumsum(begins)
    times = np.empty((pieces.shape[0], 2), np.int32)
    filled = begins[:size].copy()
    for i in range(pieces.shape[0]):
        line = slot[pieces[i, 0]] - 1
        times[filled[line], 0], times[filled[line], 1] = pieces[i, 1], pieces[i, 2]
        filled[line] += 1
    for line in range(size):
        begin, end = begins[line], begins[line + 1]
        in_time(times, begin, end)
        total, until = 0, times[begin, 0]
        for i in range(begin, end):
            total += max(0, times[i, 1] - max(until, times[i, 0]))
            until = max(until, times[i, 1])
        contacts[line, FIRST], contacts[line, LAST], contacts[line, SECONDS] = times[begin, 0], until, total


@njit(cache=True, nogil=True)
def in_time(times, begin, end):
    """Sort the pieces begin:end by their beginning: in place when few, as they mostly are."""
    if end - begin > 64:
        times[begin:end] = times[begin:end][np.argsort(times[begin:end, 0])]
        return
    for i in range(begin + 1, end):
        first, last, k = times[i, 0], times[i, 1], i
        while k > begin and times[k - 1, 0] > first:
            times[k, 0], times[k, 1] = times[k - 1, 0], times[k - 1, 1]
            k -= 1
        times[k, 0], times[k, 1] = first, last


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
        while b < after and side.rows[b, START] == wanted[i, 1] and side.rows[b, ROW] != wanted[i, 2]:
            b += 1
        if b < after and side.rows[b, ROW] == wanted[i, 2]:
            found[i] = b
    return found
