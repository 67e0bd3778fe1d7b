"""How many training steps a second do three small nets take here, eager and compiled?

Shown, never scored, except by a rule that reads "local training speed matters". It says nothing
beyond these nets on this machine: the winner changes with the number of threads.
"""

from __future__ import annotations

import math
import statistics
import time
from typing import Any, Callable

from ..nets import NETS
from ..protocol import Finding, Framework

CLAIM = "Three small nets train at these speeds on this machine."
TIER = "full"
LIMIT = 240
PROCESS = "throughput"
ALONE = True
ROUNDS = 5
ROUND = 0.25  # seconds


def run(framework: Framework) -> Finding:
    """Time each net in each mode; the headline is the geometric mean of each net's best mode."""
    speeds: dict[str, Any] = {}
    best = []
    for kind in NETS:
        speeds[kind] = {}
        for mode in framework.MODES:
            step, weights = framework.stepper(kind, mode)
            speeds[kind][mode] = timed(step)
            speeds[kind]["weights"] = weights
        best.append(max(speeds[kind][mode]["steps_per_second"] for mode in framework.MODES))
    mean = math.exp(statistics.fmean(math.log(value) for value in best))
    figures = {"steps_per_second": round(mean, 1), "threads": framework.threads(), "nets": speeds}
    each = ", ".join(f"{kind} {value:.0f}" for kind, value in zip(NETS, best))
    return f"steps a second, best mode, {figures['threads']} threads: {each}", figures


def timed(step: Callable[[], float]) -> dict[str, float]:
    """Return the median speed of several rounds, and their spread."""
    for _ in range(3):
        step()  # compiles, and warms the caches
    speeds = []
    for _ in range(ROUNDS):
        began, count = time.perf_counter(), 0
        while time.perf_counter() - began < ROUND:
            step()
            count += 1
        speeds.append(count / (time.perf_counter() - began))
    median = statistics.median(speeds)
    spread = (max(speeds) - min(speeds)) / median
    return {"steps_per_second": round(median, 1), "spread": round(spread, 3)}
