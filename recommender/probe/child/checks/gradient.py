"""Is the automatic gradient that of finite differences?"""

from __future__ import annotations

from typing import Any

from ..protocol import Finding, Framework, Wrong

CLAIM = "Automatic gradients agree with finite differences."
TIER = "quick"
LIMIT = 30
POINT = [0.3, -0.7, 1.1, 0.05]
STEP = 1e-6
ALLOWED = 1e-7


def run(framework: Framework) -> Finding:
    """Differentiate x·tanh(x)·softmax(x), summed, both ways."""

    def scalar(values: Any) -> Any:
        return framework.total(values * (framework.tanh(values) * framework.softmax(values)))

    def at(index: int, shift: float) -> float:
        moved = [value + shift * (index == place) for place, value in enumerate(POINT)]
        return float(framework.to_list(scalar(framework.tensor(moved, "float64"))))

    automatic = framework.gradient(scalar, POINT)
    numeric = [(at(i, STEP) - at(i, -STEP)) / (2 * STEP) for i in range(len(POINT))]
    error = max(abs(a - b) for a, b in zip(automatic, numeric))
    if not error <= ALLOWED:
        raise Wrong(f"differs from finite differences by {error:.1e}", error=error)
    return f"within {error:.1e} of finite differences", {"error": error}
