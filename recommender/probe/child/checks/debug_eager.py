"""Does a debugger that stops inside a model see numbers, when the model runs as written?"""

from __future__ import annotations

from ..pdb_session import stops
from ..protocol import Finding, Framework, Wrong

CLAIM = "pdb stops inside the model and sees numbers, in eager mode."
TIER = "quick"
LIMIT = 30


def run(framework: Framework) -> Finding:
    """Stop inside a function twice and look at its local variable."""
    function = framework.layered()
    seen = stops(function, function, [framework.tensor([0.5]), framework.tensor([1.0])])
    numbers = [framework.concrete(value) for value in seen]
    if len(numbers) != 2 or None in numbers:  # noqa: PLR2004 - one for each call
        raise Wrong(f"pdb stopped {len(seen)} times in 2 calls and saw {numbers}")
    return "pdb stops at each call and sees numbers", {"stops": len(seen)}
