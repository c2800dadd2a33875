"""From lines of contacts to the table a caller reads: who is a case, who is asked next, the order to call in."""

# mypy: disable-error-code="no-untyped-def"

import numpy as np
from numba import njit

from .scan import PLACE, WINDOW
from .sorting import order_of
from .sweeping import BEST_ASK, FIRST, LAST, LONGEST, MEETINGS, PERSON, SECONDS
from .words import FOREVER, NEVER

FEW = 64
WORDS = 9  # int32 of a row of CONTACT


@njit(cache=True, nogil=True)
def known(persons, person):
    """Whether the person is among `persons`, which come sorted."""
    low, high = 0, persons.shape[0]
    while low < high:
        middle = (low + high) >> 1
        if persons[middle] < person:
            low = middle + 1
        else:
            high = middle
    return low < persons.shape[0] and persons[low] == person


@njit(cache=True, nogil=True)
def onward(f1, ill, wait):
    """The windows in which those met pass it on, from the first meeting and the wait; and everybody known by now."""
    windows, size = np.empty((f1.shape[0], 3), np.int64), 0
    everybody = np.empty(ill.shape[0] + f1.shape[0], np.int64)
    everybody[: ill.shape[0]] = ill
    for c in range(f1.shape[0]):
        everybody[ill.shape[0] + c] = f1[c, PERSON]
        if not known(ill, f1[c, PERSON]):
            windows[size, 0], windows[size, 1], windows[size, 2] = f1[c, PERSON], f1[c, FIRST] + wait, FOREVER
            size += 1
    return windows[:size], everybody


@njit(cache=True, nogil=True)
def told(f1, asks1, persons1, f2, asks2, persons2, ill):
    """Rows of CONTACT as int32[n, WORDS], F1 before F2, each in the order to call them."""
    table = np.empty((f1.shape[0] + f2.shape[0], WORDS), np.int32)
    _tell(f1, asks1, persons1, ill, 1, table[: f1.shape[0]])
    _tell(f2, asks2, persons2, ill[:0], 2, table[f1.shape[0] :])
    return table


@njit(cache=True, nogil=True)
def _tell(lines, asks, windows, ill, level, table):
    order = in_order(lines)
    for i in range(lines.shape[0]):
        c = order[i]
        person, ask = lines[c, PERSON], lines[c, BEST_ASK]
        table[i, 0], table[i, 1] = person, level | known(ill, person) << 8
        table[i, 2], table[i, 3], table[i, 4] = lines[c, MEETINGS], lines[c, SECONDS], lines[c, FIRST]
        table[i, 5], table[i, 6], table[i, 8] = lines[c, LAST], lines[c, LONGEST], asks[ask, PLACE]
        table[i, 7] = windows[asks[ask, WINDOW], 0]


@njit(cache=True, nogil=True)
def in_order(lines):
    """Longest together first, then earliest met, then by person."""
    keys = np.empty(lines.shape[0], np.uint64)
    for c in range(lines.shape[0]):
        keys[c] = np.uint64(np.int64(FOREVER - lines[c, SECONDS]) << 32 | np.int64(lines[c, FIRST]) - NEVER)
    order = order_of(keys)
    begin = 0
    for i in range(1, lines.shape[0] + 1):
        if i == lines.shape[0] or keys[order[i]] != keys[order[begin]]:
            by_person(order, begin, i, lines)
            begin = i
    return order


@njit(cache=True, nogil=True)
def by_person(order, begin, end, lines):
    """Sort a run of equals: in place when few, as they mostly are."""
    if end - begin > FEW:
        order[begin:end] = order[begin:end][np.argsort(lines[:, PERSON][order[begin:end]])]
        return
    for i in range(begin + 1, end):
        line, k = order[i], i
        while k > begin and lines[order[k - 1], PERSON] > lines[line, PERSON]:
            order[k] = order[k - 1]
            k -= 1
        order[k] = line
