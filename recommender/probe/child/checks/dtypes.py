"""Which dtypes execute here? Casting, adding, multiplying, products, convolutions and gradients.

"Ran" is neither "right" nor "fast": an int8 product may wrap around, a float16 one may be emulated.
"""

from __future__ import annotations

from typing import Any, Callable

from ..protocol import Finding, Framework, Wrong

CLAIM = "The usual dtypes, from float64 to int8, execute."
TIER = "quick"
LIMIT = 60
DTYPES = (
    "float64",
    "float32",
    "float16",
    "bfloat16",
    "float8_e4m3fn",
    "float8_e5m2",
    "int8",
    "int16",
    "int32",
    "int64",
    "complex64",
)
NEEDED = ("float64", "float32", "float16", "bfloat16")


def run(framework: Framework) -> Finding:
    """Try each operation in each dtype; half precision and up must do all of them."""
    table = {dtype: abilities(framework, dtype) for dtype in DTYPES}
    lacking = [dtype for dtype in NEEDED if len(table[dtype]) < len(operations(framework))]
    if lacking:
        raise Wrong(f"{', '.join(lacking)} cannot do all of it on this machine", dtypes=table)
    whole = [dtype for dtype in DTYPES if len(table[dtype]) == len(operations(framework))]
    partly = [dtype for dtype in DTYPES if table[dtype] and dtype not in whole]
    line = f"in full: {', '.join(whole)}" + (f"; in part: {', '.join(partly)}" if partly else "")
    return line, {"dtypes": table}


def abilities(framework: Framework, dtype: str) -> list[str]:
    """Return the operations that execute in this dtype."""
    able = []
    for name, operation in operations(framework).items():
        try:
            framework.to_list(framework.cast(operation(dtype), "float32"))
        except Exception:  # noqa: BLE001, S112 - refusing is the answer, in whatever words
            continue
        able.append(name)
    return able


def operations(framework: Framework) -> dict[str, Callable[[str], Any]]:
    """Return the operations to try, each a function of the dtype."""

    def square(dtype: str) -> Any:
        return framework.cast(framework.tensor([[1.0, 2.0], [0.0, 1.0]]), dtype)

    def images(dtype: str) -> Any:
        return framework.cast(framework.tensor([[[[1.0, 2.0], [0.0, 1.0]]]]), dtype)

    return {
        "cast": square,
        "add": lambda dtype: square(dtype) + square(dtype),
        "multiply": lambda dtype: square(dtype) * square(dtype),
        "matmul": lambda dtype: square(dtype) @ square(dtype),
        "sum": lambda dtype: framework.total(square(dtype)),
        "conv2d": lambda dtype: framework.conv2d(images(dtype), images(dtype)),
    }
