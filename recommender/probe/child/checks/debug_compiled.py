"""Does a debugger still see numbers when the model is compiled, and what brings them back?"""

from __future__ import annotations

from ..pdb_session import stops
from ..protocol import Finding, Framework, Wrong

CLAIM = "pdb stops inside the model and sees numbers, in compiled mode."
TIER = "standard"
LIMIT = 60


def run(framework: Framework) -> Finding:
    """Look inside a compiled function at each of two calls, then with compilation switched off."""
    function = framework.layered()
    inputs = [framework.tensor([0.5]), framework.tensor([1.0])]
    compiled = framework.captured(function)
    compiled(inputs[0])  # the first call compiles
    seen = [framework.concrete(value) for value in stops(function, compiled, inputs)]
    framework.run_eagerly(True)
    try:
        again = [framework.concrete(value) for value in stops(function, compiled, inputs)]
    finally:
        framework.run_eagerly(False)
    restored = len(again) == len(inputs) and None not in again
    figures = {"seen": len([value for value in seen if value]), "restored": restored}
    if figures["seen"] == len(inputs):
        return "pdb sees numbers in compiled code", figures
    remedy = f"; {framework.UNCOMPILED} brings it back" if restored else ""
    raise Wrong(f"pdb saw numbers in {figures['seen']} of 2 compiled calls{remedy}", **figures)
