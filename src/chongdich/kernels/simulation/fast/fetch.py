"""Asking for memory before it is needed.

The people of a day's events lie scattered over arrays larger than the caches. When the lines of all of them are asked
for first, they are waited for together, not one after another. Nothing else changes.
"""

from typing import Any

from llvmlite import ir
from numba.core import cgutils, types
from numba.core.extending import intrinsic
from numba.np.arrayobj import make_array


@intrinsic
def _fetch(_typing: Any, array: Any, row: Any) -> Any:
    """Ask for the first line of array[row]; no result, no effect on any value."""

    def build(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        view = make_array(signature.args[0])(context, builder, arguments[0])
        row_as_word = context.cast(builder, arguments[1], signature.args[1], types.intp)
        step = builder.extract_value(view.strides, 0)
        address = builder.add(builder.ptrtoint(view.data, step.type), builder.mul(row_as_word, step))
        pointer = ir.PointerType(ir.IntType(8))
        flag = ir.IntType(32)
        kind = ir.FunctionType(ir.VoidType(), [pointer, flag, flag, flag])
        prefetch = cgutils.get_or_insert_function(builder.module, kind, "llvm.prefetch.p0")
        read, keep, data = flag(0), flag(3), flag(1)
        builder.call(prefetch, [builder.inttoptr(address, pointer), read, keep, data])
        return context.get_dummy_value()

    return types.void(array, row), build


fetch: Any = _fetch
