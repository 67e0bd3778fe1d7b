"""Does mixed precision train here, in bfloat16 and in float16, and is the half really used?"""

from __future__ import annotations

import math

from ..protocol import Finding, Framework, Wrong

CLAIM = "Training in mixed precision works, and products really are in half precision."
TIER = "standard"
LIMIT = 90
STEPS = 8


def run(framework: Framework) -> Finding:
    """Train the MLP in both halves and look at the dtype of a product."""
    figures = {}
    for precision in ("bfloat16", "float16"):
        step, _ = framework.stepper("mlp", precision=precision)
        losses = [step() for _ in range(STEPS)]
        used = framework.product_dtype(precision)
        figures[precision] = {"first": losses[0], "last": losses[-1], "product": used}
        if used != precision:
            raise Wrong(f"asked for {precision}, products are in {used}", **figures)
        if not math.isfinite(losses[-1]) or losses[-1] >= losses[0]:
            raise Wrong(f"in {precision} the loss does not fall", **figures)
    return "bfloat16 and float16 train, products in half precision", figures
