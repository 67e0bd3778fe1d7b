"""Can a model be saved as a program without its Python code: torch.export, SavedModel?"""

from __future__ import annotations

import tempfile

from ..comparison import same
from ..protocol import Finding, Framework

CLAIM = "A model saved as a program gives the same numbers, for any batch size."
TIER = "standard"
LIMIT = 90
ALLOWED = 1e-6


def run(framework: Framework) -> Finding:
    """Save, load, run with two batch sizes, compare."""
    _, _, outputs = framework.exportable()
    with tempfile.TemporaryDirectory() as folder:
        seen = framework.program_outputs(folder)
    figures = {way: same(values, outputs, ALLOWED, way) for way, values in seen.items()}
    return f"same numbers: {', '.join(figures)}", figures
