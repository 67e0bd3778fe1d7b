"""How many ready-made layers, optimisers and whole models come along?"""

from __future__ import annotations

import inspect
from typing import Any

from ..protocol import Finding, Framework

CLAIM = "Ready-made layers, optimisers and models come along."
TIER = "standard"
LIMIT = 30


def run(framework: Framework) -> Finding:
    """Count them; more is not better, but none would be worse."""
    figures = framework.ready_made(classes)
    some = {what: count for what, count in figures.items() if count}
    counted = ", ".join(f"{'a' if n is True else n} {what}" for what, n in some.items())
    lacking = [what for what, count in figures.items() if not count]
    return counted + (f"; no {', no '.join(lacking)}" if lacking else ""), figures


def classes(place: Any, kind: type) -> int:
    """Count the public classes of a kind in a module."""
    found = [getattr(place, name) for name in dir(place) if not name.startswith("_")]
    return len({each for each in found if inspect.isclass(each) and issubclass(each, kind)})
