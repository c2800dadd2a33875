"""The compiled loops: stays of the infectious become probes, and probes sweep the copy by place.

Each function works on one segment. Meetings are folded into one line a contact; nothing is allocated per meeting.
"""

# mypy: disable-error-code="no-untyped-def"

import numpy as np
from numba import njit

from .index import Side

EXCLUDED = -1
# a probe: one stay of an infectious person inside the window, and the rows of the copy by place it may meet
PLACE, CAME, LEFT, NOTE, ROW, WINDOW, KIND, LOW, HIGH, ASK_COLUMNS = range(10)
# what one row of the copy by place met so far: how many, the running piece of company, and the longest meeting
MET, PIECE_FIRST, PIECE_LAST, BEST, BEGAN, BY_ROW, BY_ASK, TALLY_COLUMNS = range(8)
# a contact: one line a person
PERSON, MEETINGS, SECONDS, FIRST, LAST, LONGEST, LONG_BEGAN, SOURCE_ROW, CONTACT_ROW, THROUGH, WHERE, FIELDS = range(12)


@njit(cache=True, nogil=True)
def find(keys: np.ndarray, key: int) -> int:
    """Position of the key, or -1. Immediate when keys are 0, 1, 2 …"""
    if key < keys.size and keys[key] == key:
        return key
    low = np.searchsorted(keys, key)
    return int(low) if low < keys.size and keys[low] == key else -1


@njit(cache=True, nogil=True)
def at_or_after(start: np.ndarray, low: int, high: int, moment: int) -> int:
    """First position of start[low:high] that is not before the moment."""
    while low < high:
        middle = (low + high) >> 1
        if start[middle] < moment:
            low = middle + 1
        else:
            high = middle
    return low


@njit(cache=True, nogil=True)
def span(side: Side, key: int, since: int, until: int) -> tuple[int, int]:
    """The rows of the key that may overlap [since, until]: a superset, cut by start and by the longest stay."""
    k = find(side.keys, key)
    if k < 0:
        return 0, 0
    low = at_or_after(side.start, side.offsets[k], side.offsets[k + 1], since - side.stay[k])
    return low, at_or_after(side.start, low, side.offsets[k + 1], until + 1)


@njit(cache=True, nogil=True)
def probes(side: Side, windows: np.ndarray, certain: int, useful: np.ndarray, distance: np.ndarray) -> np.ndarray:
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
            place, note = side.other[i], side.note[i]
            kind = distance[place] if place < distance.size else 15
            if side.end[i] < since or (note >> 2 & 127) < certain or not useful[kind]:
                continue
            if size == found.shape[0]:
                found = grown(found)
            row = found[size]
            row[PLACE], row[CAME], row[LEFT] = place, max(since, side.start[i]), min(until, side.end[i])
            row[NOTE], row[ROW], row[WINDOW], row[KIND] = note, side.row[i], w, kind
            size += 1
    return found[:size]


@njit(cache=True, nogil=True)
def grown(table: np.ndarray) -> np.ndarray:
    larger = np.empty((2 * table.shape[0], table.shape[1]), table.dtype)
    larger[: table.shape[0]] = table
    return larger


@njit(cache=True, nogil=True)
def mask_of(one: int, other: int) -> int:
    """0 not known, 1 somebody without, 2 both masked."""
    one, other = one & 3, other & 3
    return 1 if one == 1 or other == 1 else 2 if one == 2 and other == 2 else 0


@njit(cache=True, nogil=True)
def sweep(side, asks, persons, needed, lags, certain, slot, contacts, size, pieces, count):
    """Let every probe meet the rows at its place, and fold the meetings into one line for each contact.

    `asks` are probes sorted by place and coming; `persons` whom each window belongs to. `slot[person]` is 0 for nobody
    yet, EXCLUDED, or 1 + the line in `contacts` (int32[., FIELDS], `size` used). `pieces` int32[., 3] (`count` used)
    collects (person, first, last): the time each row was in company. Returns both tables, perhaps moved, with sizes.
    """
    tally = np.empty((64, TALLY_COLUMNS), np.int32)
    j = 0
    while j < asks.shape[0]:
        low, high, after = cluster(side, asks, j, lags)
        if high - low > tally.shape[0]:
            tally = np.empty((2 * (high - low), TALLY_COLUMNS), np.int32)
        tally[: high - low, MET] = 0
        for q in range(j, after):
            pieces, count = meet(side, asks, q, persons, needed, lags, certain, low, tally, slot, pieces, count)
        for b in range(low, high):
            person = side.other[b]
            if tally[b - low, MET] == 0 or slot[person] == EXCLUDED:
                continue
            if slot[person] == 0:
                contacts, size = opened(contacts, size, slot, person)
            fold(contacts[slot[person] - 1], tally[b - low], side, b, asks, persons)
            pieces, count = noted(pieces, count, person, tally[b - low])
        j = after
    return contacts, size, pieces, count


@njit(cache=True, nogil=True)
def cluster(side, asks, j, lags):
    """The probes from j on that share rows at one place; fills their LOW and HIGH. Returns rows and next probe."""
    place, q = asks[j, PLACE], j
    low = high = 0
    while q < asks.shape[0] and asks[q, PLACE] == place:
        lag = max(0, lags[asks[q, KIND]])
        asks[q, LOW], asks[q, HIGH] = span(side, place, asks[q, CAME], asks[q, LEFT] + lag)
        if q == j:
            low = asks[q, LOW]
        elif asks[q, LOW] >= high:
            break
        high = max(high, asks[q, HIGH])
        q += 1
    return low, high, q


@njit(cache=True, nogil=True)
def meet(side, asks, q, persons, needed, lags, certain, base, tally, slot, pieces, count):
    """One probe against its stretch of rows, skipping blocks in which everybody had left before."""
    ask = asks[q]
    came, left, note, lag = ask[CAME], ask[LEFT], ask[NOTE], lags[ask[KIND]]
    enough, infectious = needed[ask[KIND]], persons[ask[WINDOW]]
    i, high = ask[LOW], ask[HIGH]
    while i < high:
        if side.superblock[i >> 8] < came:
            i = ((i >> 8) + 1) << 8
            continue
        stop = min(high, ((i >> 4) + 1) << 4)
        if side.block[i >> 4] < came:
            i = stop
            continue
        for b in range(i, stop):
            if side.end[b] < came or side.other[b] == infectious:
                continue
            first, last = max(came, side.start[b]), min(left, side.end[b])
            if first <= last:
                counts = last - first >= enough[mask_of(note, side.note[b])]
            else:
                counts, last = first - left <= lag, first
            if not counts or (side.note[b] >> 2 & 127) < certain:
                continue
            line = tally[b - base]
            if line[MET] == 0:
                line[PIECE_FIRST], line[PIECE_LAST], line[BEST] = first, last, -1
            elif first > line[PIECE_LAST]:
                if slot[side.other[b]] != EXCLUDED:
                    pieces, count = noted(pieces, count, side.other[b], line)
                line[PIECE_FIRST], line[PIECE_LAST] = first, last
            line[PIECE_LAST] = max(line[PIECE_LAST], last)
            line[MET] += 1
            if last - first > line[BEST] or (
                last - first == line[BEST] and first == line[BEGAN] and ask[ROW] < line[BY_ROW]
            ):
                line[BEST], line[BEGAN], line[BY_ROW], line[BY_ASK] = last - first, first, ask[ROW], q
        i = stop
    return pieces, count


@njit(cache=True, nogil=True)
def noted(pieces, count, person, line):
    """One more piece of company."""
    if count == pieces.shape[0]:
        pieces = grown(pieces)
    pieces[count, 0], pieces[count, 1], pieces[count, 2] = person, line[PIECE_FIRST], line[PIECE_LAST]
    return pieces, count + 1


@njit(cache=True, nogil=True)
def opened(contacts, size, slot, person):
    """A new, empty line for the person."""
    if size == contacts.shape[0]:
        contacts = grown(contacts)
    contacts[size, PERSON], contacts[size, MEETINGS], contacts[size, LONGEST] = person, 0, -1
    slot[person] = size + 1
    return contacts, size + 1


@njit(cache=True, nogil=True)
def fold(contact, line, side, b, asks, persons):
    """Add what row b met to the contact. Among equally long meetings the earliest, then the lowest rows, is kept."""
    contact[MEETINGS] += line[MET]
    here = (-line[BEST], line[BEGAN], line[BY_ROW], side.row[b])
    kept = (-contact[LONGEST], contact[LONG_BEGAN], contact[SOURCE_ROW], contact[CONTACT_ROW])
    if contact[LONGEST] < 0 or here < kept:
        ask = asks[line[BY_ASK]]
        contact[LONGEST], contact[LONG_BEGAN] = line[BEST], line[BEGAN]
        contact[SOURCE_ROW], contact[CONTACT_ROW] = line[BY_ROW], side.row[b]
        contact[THROUGH], contact[WHERE] = persons[ask[WINDOW]], ask[PLACE]


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
        mine = in_time(times[begins[line] : begins[line + 1]])
        total, until = 0, mine[0, 0]
        for i in range(mine.shape[0]):
            total += max(0, mine[i, 1] - max(until, mine[i, 0]))
            until = max(until, mine[i, 1])
        contact = contacts[line]
        contact[FIRST], contact[LAST], contact[SECONDS] = mine[0, 0], until, total


@njit(cache=True, nogil=True)
def in_time(times):
    """The pieces sorted by their beginning: in place when few, as they mostly are."""
    if times.shape[0] > 32:
        return times[np.argsort(times[:, 0])]
    for i in range(1, times.shape[0]):
        first, last, k = times[i, 0], times[i, 1], i
        while k > 0 and times[k - 1, 0] > first:
            times[k, 0], times[k, 1] = times[k - 1, 0], times[k - 1, 1]
            k -= 1
        times[k, 0], times[k, 1] = first, last
    return times


@njit(cache=True, nogil=True)
def pairs(side, asks, persons, needed, lags, certain, wanted):
    """Every counted meeting of the people with wanted[person] set: int32[., 2] of probe and position in the copy."""
    found = np.empty((64, 2), np.int32)
    size = 0
    for q in range(asks.shape[0]):
        ask = asks[q]
        lag = lags[ask[KIND]]
        low, high = span(side, ask[PLACE], ask[CAME], ask[LEFT] + max(0, lag))
        for b in range(low, high):
            if side.end[b] < ask[CAME] or side.other[b] == persons[ask[WINDOW]] or not wanted[side.other[b]]:
                continue
            first, last = max(ask[CAME], side.start[b]), min(ask[LEFT], side.end[b])
            if first <= last:
                counts = last - first >= needed[ask[KIND], mask_of(ask[NOTE], side.note[b])]
            else:
                counts = first - ask[LEFT] <= lag
            if counts and (side.note[b] >> 2 & 127) >= certain:
                if size == found.shape[0]:
                    found = grown(found)
                found[size, 0], found[size, 1] = q, b
                size += 1
    return found[:size]
