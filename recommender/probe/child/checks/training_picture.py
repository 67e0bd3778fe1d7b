"""The same small model, trained from the same weights, leaves its curves for TensorBoard.

With `--events DIR` the events stay there; `--picture FILE` draws both curves side by side.
"""

from __future__ import annotations

import importlib.util
import random
import tempfile
import time
from pathlib import Path

from ..nets import CLASSES, batch
from ..protocol import Finding, Framework, Wrong

CLAIM = "The same model from the same weights learns alike in both, and its curve can be seen."
TIER = "standard"
LIMIT = 90
STEPS = 60
SIZES = (64, 64, CLASSES)


def run(framework: Framework) -> Finding:
    """Train, write the events, and return the curve."""
    values, labels = batch("mlp", 64)
    began = time.perf_counter()
    losses = [round(loss, 5) for loss in framework.train_from(start(), values, labels, STEPS)]
    seconds = time.perf_counter() - began
    if losses[-1] >= losses[0] / 4:
        raise Wrong(f"the loss went from {losses[0]:.3f} to {losses[-1]:.3f}", losses=losses)
    written = importlib.util.find_spec("tensorboard") is not None
    if written:
        with tempfile.TemporaryDirectory() as private:
            folder = Path(framework.keep or private, framework.NAME)
            folder.mkdir(parents=True, exist_ok=True)
            framework.write_events(str(folder), "loss", losses)
    line = f"loss {losses[0]:.2f} → {losses[-1]:.4f} in {STEPS} steps, {seconds:.1f} s"
    line += "" if written else "; no events written: tensorboard is not installed"
    return line, {"losses": losses, "seconds": round(seconds, 2), "events": written}


def start() -> list[tuple[list[list[float]], list[float]]]:
    """Draw the weights that every framework starts from: (inputs × outputs, biases) for each layer.

    >>> [(len(weights), len(weights[0]), len(biases)) for weights, biases in start()]
    [(64, 64, 64), (64, 10, 10)]
    """
    draw = random.Random(7)
    layers = []
    for width, height in zip(SIZES, SIZES[1:]):  # noqa: RUF007 - pairwise is younger than 3.9
        scale = (2 / width) ** 0.5
        weights = [[draw.gauss(0, scale) for _ in range(height)] for _ in range(width)]
        layers.append((weights, [0.0] * height))
    return layers
