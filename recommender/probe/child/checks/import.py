"""Does the framework import here, how long does that take, and how large does it grow?"""

from __future__ import annotations

import sys
import time

from ..protocol import Finding, Framework

CLAIM = "It can be imported on this machine."
TIER = "quick"
LIMIT = 60


def run(framework: Framework) -> Finding:
    """Import it, with the clock running."""
    began = time.perf_counter()
    version = framework.load()
    seconds = round(time.perf_counter() - began, 2)
    figures = {"seconds": seconds, "version": version, "memory_mb": resident_mb()}
    size = f", {figures['memory_mb']} MB" if figures["memory_mb"] else ""
    return f"{version} imported in {seconds} s{size}", figures


def resident_mb() -> int | None:
    """Return the peak memory of this process in MB, or `None` if the system does not tell.

    >>> (resident_mb() or 1) > 0
    True
    """
    try:
        import resource
    except ImportError:  # Windows
        return None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return int(peak / 1e6) if sys.platform == "darwin" else int(peak / 1e3)
