"""The data that the small nets learn from: the same numbers for every framework.

Three nets, each built by an adapter of the same sizes: `mlp` (64 → 256 → 256 → 10), `cnn` (16×16×3,
two convolutions) and `encoder` (one transformer block over 16 steps of 32). Ten classes, told apart
by the place of a bump in the noise.
"""

from __future__ import annotations

import math
import random
from typing import Any

NETS = ("mlp", "cnn", "encoder")
SHAPES = {"mlp": (64,), "cnn": (16, 16, 3), "encoder": (16, 32)}
"""The shape of one example, channels last."""
CLASSES = 10


def batch(net: str, size: int = 32) -> tuple[list[Any], list[int]]:
    """Draw examples as nested lists, channels last, and their classes.

    >>> values, labels = batch("mlp", size=4)
    >>> len(values), len(values[0]), labels
    (4, 64, [0, 1, 2, 3])
    """
    draw = random.Random(0)
    shape = SHAPES[net]
    length = math.prod(shape)
    labels = [place % CLASSES for place in range(size)]
    examples = []
    for label in labels:
        values = [draw.gauss(0, 0.3) for _ in range(length)]
        start = label * length // CLASSES
        for place in range(start, start + length // CLASSES):
            values[place] += 1.0
        examples.append(_shaped(values, shape))
    return examples, labels


def _shaped(values: list[float], shape: tuple[int, ...]) -> list[Any]:
    if len(shape) == 1:
        return values
    step = len(values) // shape[0]
    return [_shaped(values[i * step : (i + 1) * step], shape[1:]) for i in range(shape[0])]
