"""Is a model that is lowered to ExecuTorch, PyTorch's own runtime for phones, the same model there?

It runs in the ExecuTorch runtime of this machine, not on a phone.
"""

from __future__ import annotations

from ..comparison import same, shown
from ..protocol import Finding, Framework

CLAIM = "A model lowered to ExecuTorch gives the same numbers in its runtime."
TIER = "standard"
LIMIT = 120
ONLY = ("torch",)
PROCESS = "exports"
ALLOWED = 1e-5


def run(framework: Framework) -> Finding:
    """Lower, run, compare."""
    _, _, outputs = framework.exportable()
    error = same(framework.executorch_outputs(), outputs, ALLOWED, "ExecuTorch")
    return f"same numbers in ExecuTorch (XNNPACK) within {shown(error)}", {"error": error}
