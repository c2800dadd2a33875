"""Orders of whole numbers, by their bytes: a few passes over few numbers, and stable."""

# mypy: disable-error-code="no-untyped-def"

import numpy as np
from numba import njit

BITS = 8
DIGITS = 1 << BITS


@njit(cache=True, nogil=True)
def order_of(keys):
    """The positions of the keys (uint64) in ascending order. Bytes that are the same in all cost nothing."""
    size = keys.shape[0]
    order = np.arange(size).astype(np.int32)
    if size < 2:
        return order
    moved, keys, other = np.empty_like(keys), keys.copy(), np.empty_like(order)
    differ = np.uint64(0)
    for i in range(1, size):
        differ |= keys[i] ^ keys[0]
    places = np.empty(DIGITS, np.int64)
    for shift in range(0, 64, BITS):
        if (differ >> np.uint64(shift)) & np.uint64(DIGITS - 1) == 0:
            continue
        places[:] = 0
        for i in range(size):
            places[(keys[i] >> np.uint64(shift)) & np.uint64(DIGITS - 1)] += 1
        at = 0
        for digit in range(DIGITS):
            places[digit], at = at, at + places[digit]
        for i in range(size):
            digit = (keys[i] >> np.uint64(shift)) & np.uint64(DIGITS - 1)
            moved[places[digit]], other[places[digit]] = keys[i], order[i]
            places[digit] += 1
        order, other, keys, moved = other, order, moved, keys
    return order
