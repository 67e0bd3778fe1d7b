"""Does Keras' `fit` under MirroredStrategy train over two devices of one machine?"""

from __future__ import annotations

from ..protocol import Finding, Framework, Wrong

CLAIM = "Keras trains with fit, mirrored over two devices (MirroredStrategy)."
TIER = "standard"
LIMIT = 90
ONLY = ("tensorflow",)
PROCESS = "mirrored"  # devices are split before anything else happens


def run(framework: Framework) -> Finding:
    """Fit over two logical CPUs."""
    figures = framework.mirrored_fit()
    losses = figures["losses"]
    if figures["replicas"] != 2 or losses[-1] >= losses[0]:  # noqa: PLR2004 - two devices
        raise Wrong(f"{figures['replicas']} replicas, loss {losses[0]} → {losses[-1]}", **figures)
    return f"2 replicas, loss {losses[0]:.2f} → {losses[-1]:.2f}", figures
