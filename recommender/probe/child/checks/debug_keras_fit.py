"""Does a debugger see numbers inside Keras' `fit`, as it comes and with `run_eagerly`?"""

from __future__ import annotations

from ..protocol import Finding, Framework, Wrong

CLAIM = "pdb stops inside a layer during Keras' `fit` and sees numbers."
TIER = "standard"
LIMIT = 60
ONLY = ("tensorflow",)


def run(framework: Framework) -> Finding:
    """Fit for a few batches with a breakpoint in a layer, both ways."""
    seen = {"default": framework.fit_stops(False), "run_eagerly": framework.fit_stops(True)}
    figures = {
        way: {
            "stops": len(values),
            "numbers": sum(framework.concrete(v) is not None for v in values),
        }
        for way, values in seen.items()
    }
    if figures["default"]["numbers"]:
        return "pdb sees numbers inside fit", figures
    remedy = "; run_eagerly=True brings them" if figures["run_eagerly"]["numbers"] else ""
    stops = figures["default"]["stops"]
    often = "once" if stops == 1 else f"{stops} times"
    raise Wrong(f"inside fit pdb stopped {often} and saw symbols, no numbers{remedy}", **figures)
