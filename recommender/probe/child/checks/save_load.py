"""Can weights and a whole model be saved and loaded back, with the same answers?"""

from __future__ import annotations

import tempfile

from ..protocol import Finding, Framework, Wrong

CLAIM = "A model saved and loaded again gives the same answers."
TIER = "quick"
LIMIT = 60


def run(framework: Framework) -> Finding:
    """Save, load and compare, in each format of the framework."""
    with tempfile.TemporaryDirectory() as folder:
        differences = framework.save_load(folder)
    off = {name: value for name, value in differences.items() if value != 0}
    if off:
        raise Wrong(f"answers differ after loading: {off}", **differences)
    return f"same answers after {', '.join(differences)}", differences
