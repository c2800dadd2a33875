"""The compiled loops: stays of the infectious become probes, and probes sweep the copy by place.

Each function works on one segment. Meetings are folded into one line a contact; nothing is allocated per meeting, and
no array is passed to a function called per row (passing one costs more than reading a row).
"""

# mypy: disable-error-code="no-untyped-def"

import numpy as np
from numba import njit

from .index import END, NOTE, OTHER, ROW, START

EXCLUDED = -1
# a probe: one stay of an infectious person inside the window, and the rows of the copy by place it may meet
PLACE, CAME, LEFT, MARK, BY, WINDOW, KIND, LOW, HIGH, ASK_COLUMNS = range(10)
# what one row of the copy by place met so far: how many, the running piece of company, and the longest meeting
MET, PIECE_FIRST, PIECE_LAST, BEST, BEGAN, BY_ROW, BY_ASK, TALLY_COLUMNS = range(8)
# a contact: one line a person
PERSON, MEETINGS, SECONDS, FIRST, LAST, LONGEST, LONG_BEGAN, SOURCE_ROW, CONTACT_ROW, THROUGH, WHERE, FIELDS = range(12)


@njit(cache=True, nogil=True)
def find(keys, key):
    """Position of the key, or -1. Immediate when keys are 0, 1, 2 …"""
    if key < keys.size and keys[key] == key:
        return key
    low = np.searchsorted(keys, key)
    return low if low < keys.size and keys[low] == key else -1


@njit(cache=True, nogil=True)
def search(table, low, high, moment):
    """First position of table[low:high, 0] that is not before the moment."""
    while low < high:
        middle = (low + high) >> 1
        if table[middle, 0] < moment:
            low = middle + 1
        else:
            high = middle
    return low


@njit(cache=True, nogil=True)
def at_or_after(superblocks, blocks, rows, low, high, moment):
    """First row of low:high that does not start before the moment: by superblocks, then blocks, then rows."""
    if high - low > 512:
        a, b = (low + 255) >> 8, ((high - 1) >> 8) + 1
        k = search(superblocks, a, b, moment)
        low, high = max(low, (k - 1) << 8 if k > a else 0), min(high, k << 8 if k < b else high)
    if high - low > 32:
        a, b = (low + 15) >> 4, ((high - 1) >> 4) + 1
        k = search(blocks, a, b, moment)
        low, high = max(low, (k - 1) << 4 if k > a else 0), min(high, k << 4 if k < b else high)
    return search(rows, low, high, moment)


@njit(cache=True, nogil=True)
def span(side, key, since, until):
    """The rows of the key that may overlap [since, until]: a superset, cut by start and by the longest stay."""
    k = find(side.keys, key)
    if k < 0:
        return 0, 0
    superblocks, blocks, rows, last = side.superblocks, side.blocks, side.rows, side.offsets[k + 1]
    low = at_or_after(superblocks, blocks, rows, side.offsets[k], last, since - side.stay[k])
    return low, at_or_after(superblocks, blocks, rows, low, last, until + 1)


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
            if side.rows[i, END] < since or (note >> 2 & 127) < certain or not useful[kind]:
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
    j = 0
    while j < asks.shape[0]:
        low, high, after = cluster(side, asks, j, lags)
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
    return contacts, size, pieces, count


@njit(cache=True, nogil=True)
def cluster(side, asks, j, lags):
    """The probes from j on that share rows at one place; fills their LOW and HIGH. Returns rows and next probe."""
    place, q = asks[j, PLACE], j
    k = find(side.keys, place)
    if k < 0:
        asks[j, LOW] = asks[j, HIGH] = 0
        return 0, 0, j + 1
    superblocks, blocks, rows, stay = side.superblocks, side.blocks, side.rows, side.stay[k]
    begin, last, lag = side.offsets[k], side.offsets[k + 1], max(0, lags[asks[j, KIND]])
    low = high = begin
    while q < asks.shape[0] and asks[q, PLACE] == place:
        begin = at_or_after(superblocks, blocks, rows, begin, last, asks[q, CAME] - stay)
        end = at_or_after(superblocks, blocks, rows, begin, last, asks[q, LEFT] + lag + 1)
        asks[q, LOW], asks[q, HIGH] = begin, end
        if q == j:
            low = begin
        elif begin >= high:
            break
        high = max(high, end)
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
