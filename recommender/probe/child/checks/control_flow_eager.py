"""Does a plain Python loop whose length depends on the data run, and can it be differentiated?

The founding document calls one framework dynamic and the other static.
"""

from __future__ import annotations

from ..control_flow import END, START
from ..protocol import Finding, Framework, Wrong

CLAIM = "Python loops and branches that depend on the data run as written, gradients included."
TIER = "quick"
LIMIT = 30


def run(framework: Framework) -> Finding:
    """Run it eagerly, and take the gradient through it."""
    function = framework.data_dependent()
    seen = framework.to_list(function(framework.tensor(START, "float64")))
    if seen != END:
        raise Wrong(f"gave {seen} for {END}")
    slope = framework.gradient(lambda values: framework.total(function(values)), START)
    if slope != [1.5, 1.5, 1.5]:
        raise Wrong(f"ran right, but its gradient is {slope} for [1.5, 1.5, 1.5]")
    return "ran as written, gradient right", {}
