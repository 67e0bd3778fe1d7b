"""Are the numbers right? A product, a convolution and a softmax against plain double precision."""

from __future__ import annotations

import math
import random
from functools import partial
from typing import Any

from ..comparison import flat
from ..protocol import Finding, Framework, Wrong

CLAIM = "Products, convolutions and softmax agree with double precision."
TIER = "quick"
LIMIT = 30
ALLOWED = {"float32": 1e-5, "float64": 1e-12}


def run(framework: Framework) -> Finding:
    """Compute the same numbers in the framework and in plain Python."""
    draw = random.Random(5)
    left, right = matrix(draw, 24, 32), matrix(draw, 32, 16)
    image, kernels = matrix(draw, 12, 12), [matrix(draw, 3, 3) for _ in range(4)]
    errors: dict[str, float] = {}
    for dtype, allowed in ALLOWED.items():
        tensor = partial(framework.tensor, dtype=dtype)
        results = {
            "matmul": (tensor(left) @ tensor(right), product(left, right)),
            "conv2d": (
                framework.conv2d(tensor([[image]]), tensor([[kernel] for kernel in kernels])),
                [[correlation(image, kernel) for kernel in kernels]],
            ),
            "softmax": (framework.softmax(tensor(left)), [distribution(row) for row in left]),
        }
        for name, (seen, true) in results.items():
            error = relative_error(framework.to_list(seen), true)
            errors[f"{name}_{dtype}"] = error
            if not error <= allowed:
                raise Wrong(
                    f"{name} in {dtype} is off by {error:.1e} (allowed {allowed:.0e})", **errors
                )
    worst = max(value for name, value in errors.items() if name.endswith("float32"))
    return f"float32 within {worst:.1e} of double precision", errors


def matrix(draw: random.Random, rows: int, columns: int) -> list[list[float]]:
    """Draw values that float32 holds exactly, so that only the operation can err."""
    return [[draw.randrange(-(2**20), 2**20) / 2**19 for _ in range(columns)] for _ in range(rows)]


def product(left: list[list[float]], right: list[list[float]]) -> list[list[float]]:
    """Multiply two matrices.

    >>> product([[1.0, 2.0]], [[3.0], [4.0]])
    [[11.0]]
    """
    columns = list(zip(*right))
    return [[math.fsum(a * b for a, b in zip(row, column)) for column in columns] for row in left]


def correlation(image: list[list[float]], kernel: list[list[float]]) -> list[list[float]]:
    """Slide the kernel over the image, without padding.

    >>> correlation([[1.0, 2.0], [3.0, 4.0]], [[1.0, 10.0]])
    [[21.0], [43.0]]
    """
    height, width = len(kernel), len(kernel[0])
    return [
        [
            math.fsum(
                kernel[i][j] * image[y + i][x + j] for i in range(height) for j in range(width)
            )
            for x in range(len(image[0]) - width + 1)
        ]
        for y in range(len(image) - height + 1)
    ]


def distribution(row: list[float]) -> list[float]:
    """Return the softmax of a row.

    >>> distribution([0.0, 0.0])
    [0.5, 0.5]
    """
    powers = [math.exp(value - max(row)) for value in row]
    return [power / math.fsum(powers) for power in powers]


def relative_error(seen: Any, true: Any) -> float:
    """Return the largest difference over the largest true value; NaN counts as infinite.

    >>> relative_error([1.0, 2.0], [1.0, 4.0])
    0.5
    """
    pairs = list(zip(flat(seen), flat(true)))
    if len(flat(seen)) != len(flat(true)) or any(math.isnan(value) for value, _ in pairs):
        return math.inf
    return max(abs(a - b) for a, b in pairs) / max(abs(b) for _, b in pairs)
