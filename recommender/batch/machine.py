"""Machine code: how functions become it where numba is installed, and how they find Arrow's memory.

Compiling takes seconds. numba keeps the result beside the bytecode of the module, in
`__pycache__`, where whoever can write can change the code itself; where this user cannot write
there, nothing is kept, and each process compiles for itself.
"""

from __future__ import annotations

import ctypes
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

try:
    import numba
except ImportError:
    numba = None

INSTALLED = numba is not None
"""Without it all this is plain Python, right and slow; only tests run it so."""

KEEP = os.access(Path(__file__).parent, os.W_OK)

Function = TypeVar("Function", bound="Callable[..., Any]")


def compiled(function: Function) -> Function:
    """Have a function compiled when it is first called."""
    if numba is None:
        return function
    return cast("Function", numba.njit(nogil=True, cache=KEEP)(function))


def bytes_at(address: int, count: int) -> Any:
    """Give the bytes at an address as an array, without a copy."""
    lying = (ctypes.c_uint8 * int(count)).from_address(int(address))
    return np.frombuffer(lying, np.uint8)


if numba is not None:
    from numba import extending, types

    @extending.intrinsic  # type: ignore[untyped-decorator]
    def _pointer(context: Any, address: Any) -> Any:
        """Take a number for an address."""
        del context

        def code(context: Any, builder: Any, signature: Any, given: Any) -> Any:
            return builder.inttoptr(given[0], context.get_value_type(signature.return_type))

        return types.CPointer(types.uint8)(address), code

    @extending.overload(bytes_at, strict=False)  # type: ignore[untyped-decorator]
    def _bytes_at(address: Any, count: Any) -> Any:
        """Tell numba what stands for `bytes_at`."""
        del address, count
        return lambda address, count: numba.carray(_pointer(address), (count,))
