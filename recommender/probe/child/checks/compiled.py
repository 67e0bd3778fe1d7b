"""Does the compiled mode work here, how long does the first call take, and does it learn the same?

PyTorch's needs a C++ compiler on the machine, TensorFlow's does not.
"""

from __future__ import annotations

import time
from typing import Any

from ..protocol import Finding, Framework, Wrong

CLAIM = "A compiled training step gives the same losses as the eager one."
TIER = "standard"
LIMIT = 150
PROCESS = "compiling"
STEPS = 4
ALLOWED = 1e-3


def run(framework: Framework) -> Finding:
    """Train the MLP eagerly and in each compiled mode, from the same start."""
    eager, _ = framework.stepper("mlp")
    truth = [eager() for _ in range(STEPS)]
    figures: dict[str, Any] = {}
    for mode in framework.MODES[1:]:
        step, _ = framework.stepper("mlp", mode)
        began = time.perf_counter()
        losses = [step()]
        first = time.perf_counter() - began
        losses += [step() for _ in range(STEPS - 1)]
        error = max(abs(a - b) / abs(b) for a, b in zip(losses, truth))
        figures[mode] = {"first_call_seconds": round(first, 2), "error": error}
        if not error <= ALLOWED:
            raise Wrong(f"{mode}: losses differ by {error:.1e} from eager ones", **figures)
    calls = ", ".join(f"{mode} {f['first_call_seconds']} s" for mode, f in figures.items())
    return f"same losses as eager; first call: {calls}", figures
