"""The compiled loops that count: probes sweep the copy by place, and their meetings fold into one line a contact."""

# mypy: disable-error-code="no-untyped-def"

import numpy as np
from numba import njit

from .index import END, NOTE, OTHER, START
from .memory import BY_PLACE, number_at, prefetch, side_at
from .scan import (
    BY,
    CAME,
    HIGH,
    KIND,
    LEFT,
    LOW,
    MARK,
    PLACE,
    WINDOW,
    find,
    grown,
    mask_of,
    narrowed,
    probes,
)
from .sorting import order_of
from .words import FOREVER, NEVER

EXCLUDED = -1
AHEAD = 256  # probes whose rows are fetched before they are swept
MANY = 64  # rows from which on it pays to skip blocks in which everybody had left before
# what one row of the copy by place met so far: how many, the running piece of company, and the longest meeting
MET, PIECE_FIRST, PIECE_LAST, BEST, BEGAN, BY_ASK, LINE, TALLY_COLUMNS = range(8)
# a contact: one line a person. The longest meeting was of stay BEST_ASK and of row BEST_ROW of segment BEST_SEGMENT
PERSON, MEETINGS, SECONDS, FIRST, LAST, LONGEST, LONG_BEGAN, BEST_ASK, BEST_SEGMENT, BEST_ROW, PIECES = range(11)
FIELDS = 11


@njit(cache=True, nogil=True)
def level(table, bounds, distance, slot, excluded, windows, needed, lags, useful, certain):
    """Everybody met by the people of `windows` inside them, but the excluded: probes, and one line a contact.

    `slot` int32[people] comes and goes as zeros; within, it is EXCLUDED, or 1 + the line of the contact.
    """
    for person in excluded:
        if 0 <= person < slot.size:
            slot[person] = EXCLUDED
    asks = in_turn(probes(table, bounds, windows, certain, useful, distance))
    persons = windows[:, 0].astype(np.int32)
    contacts, size = np.empty((256, FIELDS), np.int32), 0
    pieces, count = np.empty((1024, 3), np.int32), 0
    longest = max(0, lags.max())
    first, last = FOREVER, NEVER
    for q in range(asks.shape[0]):
        first, last = min(first, asks[q, CAME]), max(last, asks[q, LEFT])
    for s in range(table.shape[0]):
        if first <= bounds[s, 1] and last + longest >= bounds[s, 0]:
            contacts, size, pieces, count = sweep(
                table, s, asks, persons, needed, lags, certain, slot, contacts, size, pieces, count
            )
    company(pieces[:count], contacts[:size], slot)
    for person in excluded:
        if 0 <= person < slot.size:
            slot[person] = 0
    return asks, contacts[:size]


@njit(cache=True, nogil=True)
def in_turn(asks):
    """The probes sorted by place and coming, so that those which share rows follow each other."""
    keys = np.empty(asks.shape[0], np.uint64)
    for q in range(asks.shape[0]):
        keys[q] = np.uint64(np.int64(asks[q, PLACE]) << 32 | np.int64(asks[q, CAME]) - NEVER)
    order = order_of(keys)
    turned = np.empty_like(asks)
    for q in range(asks.shape[0]):
        turned[q] = asks[order[q]]
    return turned


@njit(cache=True, nogil=True)
def sweep(table, s, asks, persons, needed, lags, certain, slot, contacts, size, pieces, count):
    """Let every probe meet the rows at its place in one segment, and fold the meetings into lines of contacts.

    `contacts` int32[., FIELDS] (`size` used) and `pieces` int32[., 3] (`count` used): line, first and last of the time
    each row was in company. Returns both, perhaps moved, with sizes.
    """
    side = side_at(table[s, BY_PLACE])
    rows, superblocks, blocks = side.rows, side.superblocks, side.blocks
    tally = np.zeros((1024, TALLY_COLUMNS), np.int32)
    near, met = np.empty(1024, np.int64), np.empty(1024, np.int64)
    firsts, lasts = np.empty(1024, np.int32), np.empty(1024, np.int32)
    j = ready = 0
    while j < asks.shape[0]:
        if j >= ready - AHEAD // 2 and ready < asks.shape[0]:
            after = min(ready + AHEAD, asks.shape[0])
            fetch(side.keys, superblocks, blocks, table[s, BY_PLACE], asks, ready, after, lags)
            ready = after
        base, high, after = cluster(asks, j, ready)
        if base == high:  # nobody there: the rule in a small recent segment
            j = after
            continue
        if high - base > tally.shape[0]:
            tally = np.zeros((2 * (high - base), TALLY_COLUMNS), np.int32)
            near, met = np.empty(2 * (high - base), np.int64), np.empty(2 * (high - base), np.int64)
            firsts, lasts = np.empty(2 * (high - base), np.int32), np.empty(2 * (high - base), np.int32)
        while size + high - base > contacts.shape[0]:
            contacts = grown(contacts)
        several = 0
        for q in range(j, after):
            kind, mark, infectious = asks[q, KIND], asks[q, MARK], persons[asks[q, WINDOW]]
            came, left, lag = asks[q, CAME], asks[q, LEFT], lags[kind]
            here = overlapping(superblocks, blocks, rows, asks[q, LOW], asks[q, HIGH], came, left + max(0, lag), near)
            here = counted(
                rows, near, here, came, left, lag, needed[kind], mark, infectious, certain, slot, firsts, lasts
            )
            size, several, pieces, count = meet(
                rows, near, here, firsts, lasts, base, asks, q, tally, met, several, slot, contacts, size, pieces, count
            )
        while count + several > pieces.shape[0]:
            pieces = grown(pieces)
        count = fold(table, s, asks, base, tally, met, several, contacts, pieces, count)
        j = after
    return contacts, size, pieces, count


@njit(cache=True, nogil=True, inline="always")
def meet(rows, near, here, firsts, lasts, base, asks, q, tally, met, several, slot, contacts, size, pieces, count):
    """One probe meets the rows `near`: each has a line in the tally, and whoever is new a line in the contacts."""
    for h in range(here):
        b, first, last = near[h], firsts[h], lasts[h]
        person = rows[b, OTHER]
        r = b - base
        if tally[r, MET] == 0:
            if slot[person] == 0:
                start(contacts, size, person, first, last)
                size += 1
                slot[person] = size
            tally[r, PIECE_FIRST], tally[r, PIECE_LAST] = first, last
            tally[r, BEST], tally[r, LINE] = -1, slot[person] - 1
            met[several] = b
            several += 1
        elif first > tally[r, PIECE_LAST]:
            if count == pieces.shape[0]:
                pieces = grown(pieces)
            count = part(pieces, count, tally, r, contacts)
            tally[r, PIECE_FIRST], tally[r, PIECE_LAST] = first, last
        tally[r, PIECE_LAST] = max(tally[r, PIECE_LAST], last)
        tally[r, MET] += 1
        long = last - first
        better = long > tally[r, BEST]
        if long == tally[r, BEST] and first == tally[r, BEGAN]:
            better = asks[q, BY] < asks[tally[r, BY_ASK], BY]
        if better:
            tally[r, BEST], tally[r, BEGAN], tally[r, BY_ASK] = long, first, q
    return size, several, pieces, count


@njit(cache=True, nogil=True, inline="always")
def fold(table, s, asks, base, tally, met, several, contacts, pieces, count):
    """What the rows of a cluster met goes to their contacts; of equally long meetings the earliest, then the lowest
    rows, is kept."""
    for h in range(several):
        r = met[h] - base
        c, q, long, began = tally[r, LINE], tally[r, BY_ASK], tally[r, BEST], tally[r, BEGAN]
        first, last = tally[r, PIECE_FIRST], tally[r, PIECE_LAST]
        pieces[count, 0], pieces[count, 1], pieces[count, 2] = c, first, last
        count += 1
        contacts[c, PIECES] += 1
        contacts[c, MEETINGS] += tally[r, MET]
        contacts[c, FIRST], contacts[c, LAST] = min(contacts[c, FIRST], first), max(contacts[c, LAST], last)
        tally[r, MET] = 0
        better = long > contacts[c, LONGEST]
        if long == contacts[c, LONGEST] and began <= contacts[c, LONG_BEGAN]:
            better = began < contacts[c, LONG_BEGAN] or lower(table, s, met[h], asks, q, contacts, c)
        if better:
            contacts[c, LONGEST], contacts[c, LONG_BEGAN], contacts[c, BEST_ASK] = long, began, q
            contacts[c, BEST_SEGMENT], contacts[c, BEST_ROW] = s, met[h]
    return count


@njit(cache=True, nogil=True, inline="always")
def start(contacts, c, person, first, last):
    """A new line."""
    contacts[c, PERSON], contacts[c, MEETINGS], contacts[c, PIECES], contacts[c, LONGEST] = person, 0, 0, -1
    contacts[c, FIRST], contacts[c, LAST] = first, last


@njit(cache=True, nogil=True)
def lower(table, s, b, asks, q, contacts, c):
    """Whether the numbers of a meeting's rows are lower than those of the longest meeting kept, equal in all else."""
    best = contacts[c, BEST_ASK]
    if asks[q, BY] != asks[best, BY]:
        return asks[q, BY] < asks[best, BY]
    kept = number_at(table[contacts[c, BEST_SEGMENT], BY_PLACE], contacts[c, BEST_ROW])
    return number_at(table[s, BY_PLACE], b) < kept


@njit(cache=True, nogil=True, inline="always")
def part(pieces, count, tally, r, contacts):
    """Note the running piece of company of a row with its contact."""
    line, first, last = tally[r, LINE], tally[r, PIECE_FIRST], tally[r, PIECE_LAST]
    pieces[count, 0], pieces[count, 1], pieces[count, 2] = line, first, last
    contacts[line, FIRST] = min(contacts[line, FIRST], first)
    contacts[line, LAST] = max(contacts[line, LAST], last)
    contacts[line, PIECES] += 1
    return count + 1


@njit(cache=True, nogil=True)
def overlapping(superblocks, blocks, rows, low, high, came, until, near):
    """The rows of low:high whose stay touches [came, until]. Few are told apart without a branch."""
    count = 0
    i, high = np.int64(low), np.int64(high)
    skipping = high - i > MANY
    while i < high:
        stop = high
        if skipping:
            if superblocks[i >> 8, 1] < came:
                i = ((i >> 8) + 1) << 8
                continue
            stop = min(high, ((i >> 4) + 1) << 4)
            if blocks[i >> 4, 1] < came:
                i = stop
                continue
        for b in range(i, stop):
            near[count] = b
            count += (rows[b, END] >= came) & (rows[b, START] <= until)
        i = stop
    return count


@njit(cache=True, nogil=True)
def counted(rows, near, size, came, left, lag, needed, mark, infectious, certain, slot, firsts, lasts):
    """Of the rows `near`, those whose meeting counts, with its first and last moment. Told apart without a branch."""
    count = 0
    for h in range(size):
        b = near[h]
        note, person = rows[b, NOTE], rows[b, OTHER]
        first, last = max(came, rows[b, START]), min(left, rows[b, END])
        together = last - first >= needed[mask_of(mark, note)]
        air = (first > last) & (first - left <= lag)
        near[count], firsts[count], lasts[count] = b, first, max(first, last)
        counts = ((first <= last) & together) | air
        count += counts & (person != infectious) & ((note >> 2 & 127) >= certain) & (slot[person] != EXCLUDED)
    return count


@njit(cache=True, nogil=True)
def fetch(keys, superblocks, blocks, words, asks, j, after, lags):
    """Find LOW and HIGH of the probes j:after, and ask for their rows, so that the memory delivers many at a time."""
    for q in range(j, after):
        if asks[q, PLACE] < keys.shape[0]:
            prefetch(words[0] + 16 * asks[q, PLACE])
    for q in range(j, after):
        k = find(keys, asks[q, PLACE])
        low = high = np.int64(0)
        if k >= 0:
            since = asks[q, CAME] - keys[k, 3]
            until = asks[q, LEFT] + max(0, lags[asks[q, KIND]])
            low, high = narrowed(superblocks, blocks, np.int64(keys[k, 1]), np.int64(keys[k, 2]), since, until)
        asks[q, LOW], asks[q, HIGH] = low, high
        for b in range(low, high, 4):
            prefetch(words[2] + 16 * b)


@njit(cache=True, nogil=True)
def cluster(asks, j, ready):
    """The probes from j on that share rows at one place, among those fetched. Returns rows and next probe."""
    low, high, q = np.int64(asks[j, LOW]), np.int64(asks[j, HIGH]), j + 1
    while q < ready and asks[q, PLACE] == asks[j, PLACE] and asks[q, LOW] < high:
        low, high = min(low, asks[q, LOW]), max(high, asks[q, HIGH])
        q += 1
    return low, high, q


@njit(cache=True, nogil=True)
def company(pieces, contacts, slot):
    """The seconds covered by at least one piece of company, for each contact; the slots are given back."""
    size = contacts.shape[0]
    begins = np.empty(size + 1, np.int64)
    total = 0
    for line in range(size):
        begins[line] = total
        total += contacts[line, PIECES] * (contacts[line, PIECES] > 1)
        contacts[line, SECONDS] = contacts[line, LAST] - contacts[line, FIRST]
        slot[contacts[line, PERSON]] = 0
    times = np.empty((total, 2), np.int32)
    for i in range(pieces.shape[0]):
        line = pieces[i, 0]
        if contacts[line, PIECES] > 1:
            times[begins[line], 0], times[begins[line], 1] = pieces[i, 1], pieces[i, 2]
            begins[line] += 1
    for line in range(size):
        if contacts[line, PIECES] > 1:
            contacts[line, SECONDS] = covered(times, begins[line] - contacts[line, PIECES], begins[line])


@njit(cache=True, nogil=True)
def covered(times, begin, end):
    """Seconds covered by at least one of the pieces begin:end."""
    in_time(times, begin, end)
    total, until = 0, times[begin, 0]
    for i in range(begin, end):
        total += max(0, times[i, 1] - max(until, times[i, 0]))
        until = max(until, times[i, 1])
    return total


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
