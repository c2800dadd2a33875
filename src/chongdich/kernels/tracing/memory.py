"""Segments as the compiled loops see them: where each column lies. However many there are, one call asks them all.

An address is good as long as its `Segment` is held, which `engine.Snapshot` does.
"""

# mypy: disable-error-code="no-untyped-def,no-untyped-call"

from collections.abc import Sequence
from typing import Any

import numpy as np
from llvmlite import ir
from numba import carray, njit, types
from numba.core import cgutils
from numba.extending import intrinsic

from .index import Segment, Side

BY_PLACE, BY_PERSON = range(2)


def addresses(segments: Sequence[Segment]) -> np.ndarray:
    """int64[segments, 2, 10]: for both copies the address and length of each column of `Side`."""
    table = np.zeros((len(segments), 2, 2 * len(Side._fields)), np.int64)
    for at, segment in enumerate(segments):
        for which, side in enumerate((segment.by_place, segment.by_person)):
            if any(column.dtype != np.int32 or not column.flags.c_contiguous for column in side):
                raise TypeError("a column of a segment must be int32 and lie in one piece")
            table[at, which, 0::2] = [column.ctypes.data for column in side]
            table[at, which, 1::2] = [len(column) for column in side]
    return table


def bounds(segments: Sequence[Segment]) -> np.ndarray:
    """int64[segments, 2]: the earliest coming and the latest leaving of each."""
    return np.array([(segment.first, segment.last) for segment in segments], np.int64).reshape(-1, 2)


def _as_pointer(_context, address):
    def made(_context, builder, _signature, given):
        return builder.inttoptr(given[0], cgutils.voidptr_t)

    return types.voidptr(types.int64), made


def _ask_for(_context, address):
    """Ask the memory for the cache line at an address, and go on without waiting."""

    def made(context, builder, _signature, given):
        number = ir.IntType(32)
        kind = ir.FunctionType(ir.VoidType(), [cgutils.voidptr_t, number, number, number])
        call = cgutils.get_or_insert_function(builder.module, kind, "llvm.prefetch.p0")
        where = builder.inttoptr(given[0], cgutils.voidptr_t)
        builder.call(call, [where, number(0), number(3), number(1)])
        return context.get_dummy_value()

    return types.void(types.int64), made


_pointer: Any = intrinsic(_as_pointer)
prefetch: Any = intrinsic(_ask_for)


@njit(cache=True, nogil=True)
def side_at(words):
    """One copy of one segment, from its line of `addresses`."""
    return Side(
        carray(_pointer(words[0]), (words[1], 4), np.int32),
        carray(_pointer(words[2]), (words[3], 4), np.int32),
        carray(_pointer(words[4]), (words[5],), np.int32),
        carray(_pointer(words[6]), (words[7], 2), np.int32),
        carray(_pointer(words[8]), (words[9], 2), np.int32),
    )


@njit(cache=True, nogil=True)
def number_at(words, row):
    """The store's number of one row."""
    return carray(_pointer(words[4]), (words[5],), np.int32)[row]
