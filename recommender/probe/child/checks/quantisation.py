"""Can a trained model be quantised, and how far do its answers move?"""

from __future__ import annotations

from ..comparison import same, shown
from ..protocol import Finding, Framework

CLAIM = "A trained model can be quantised to eight bits, and its answers hardly move."
TIER = "full"
LIMIT = 120
PROCESS = "exports"
ALLOWED = {"int8": 0.05, "int4": 0.5}


def run(framework: Framework) -> Finding:
    """Quantise in each way that is at hand, run, compare."""
    _, _, outputs = framework.exportable()
    figures = {}
    for way, seen in framework.quantised_outputs().items():
        figures[way] = same(seen, outputs, ALLOWED[way[:4]], way)
    moved = ", ".join(f"{way} {shown(error)}" for way, error in figures.items())
    return f"answers move by: {moved}", figures
