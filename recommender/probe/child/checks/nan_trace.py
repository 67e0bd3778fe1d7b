"""Can the framework tell which operation first gave not-a-number?"""

from __future__ import annotations

from ..protocol import Finding, Framework, Wrong

CLAIM = "The operation that first gave not-a-number is named."
TIER = "standard"
LIMIT = 30


def run(framework: Framework) -> Finding:
    """Make a not-a-number under the framework's own watch."""
    said, culprit = framework.trace_nan()
    if culprit.lower() not in said.lower():
        raise Wrong(f"does not name {culprit}: {said[:120]}")
    return f"names {culprit}", {}
