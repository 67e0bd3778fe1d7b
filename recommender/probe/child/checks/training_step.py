"""Do an MLP, a CNN and a transformer block learn here, with the loss falling?"""

from __future__ import annotations

import math

from ..nets import NETS
from ..protocol import Finding, Framework, Wrong

CLAIM = "An MLP, a CNN and a transformer block train, and their loss falls."
TIER = "quick"
LIMIT = 90
STEPS = 12
FALL = 0.95


def run(framework: Framework) -> Finding:
    """Train each net for a few steps."""
    figures = {}
    for kind in NETS:
        step, weights = framework.stepper(kind)
        losses = [step() for _ in range(STEPS)]
        figures[kind] = {"weights": weights, "first": losses[0], "last": losses[-1]}
        if not math.isfinite(losses[-1]) or losses[-1] > FALL * losses[0]:
            raise Wrong(
                f"the {kind}'s loss went from {losses[0]:.3f} to {losses[-1]:.3f}", **figures
            )
    falls = ", ".join(f"{kind} {f['first']:.2f} → {f['last']:.2f}" for kind, f in figures.items())
    return f"the loss falls in {STEPS} steps: {falls}", figures
