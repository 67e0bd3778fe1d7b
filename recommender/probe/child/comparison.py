"""Comparing the numbers of an exported model with those of the model itself."""

from __future__ import annotations

import math
from typing import Any

from .protocol import Wrong


def same(seen: Any, expected: Any, allowed: float, what: str) -> float:
    """Return the largest difference; raise `Wrong` if it is more than `allowed`.

    >>> same([[1.0, 2.0]], [[1.0, 2.5]], 0.6, "the copy")
    0.5
    """
    left, right = flat(seen), flat(expected)
    if len(left) != len(right) or any(math.isnan(value) for value in left):
        raise Wrong(f"{what} gives {len(left)} numbers for {len(right)}, or not-a-number")
    error = max(abs(a - b) for a, b in zip(left, right))
    if error > allowed:
        raise Wrong(f"{what} differs by {error:.1e} (allowed {allowed:.0e})", error=error)
    return error


def shown(error: float) -> str:
    """Return a difference with one significant digit.

    >>> shown(0.0), shown(2.3e-8)
    ('0', '2e-08')
    """
    return f"{error:.0e}" if error else "0"


def flat(nested: Any) -> list[float]:
    """Return all the numbers of nested lists.

    >>> flat([[1, 2], [3]])
    [1.0, 2.0, 3.0]
    """
    if isinstance(nested, (list, tuple)):
        return [value for part in nested for value in flat(part)]
    return [float(nested)]
