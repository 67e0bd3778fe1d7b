"""How many ready-made layers, optimisers and whole models come along?"""

from __future__ import annotations

from ..protocol import Finding, Framework

ID = "keras-layers"
CLAIM = "Ready-made layers, optimisers and models come along."
TIER = "standard"
LIMIT = 30


def run(framework: Framework) -> Finding:
    """Count them; more is not better, but none would be worse."""
    figures = framework.ready_made()
    some = {what: count for what, count in figures.items() if count}
    counted = ", ".join(f"{'a' if n is True else n} {what}" for what, n in some.items())
    lacking = [what for what, count in figures.items() if not count]
    return counted + (f"; no {', no '.join(lacking)}" if lacking else ""), figures
