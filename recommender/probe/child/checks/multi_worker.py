"""Does MultiWorkerMirroredStrategy train on two processes, by a loop of one's own and by `fit`?

The founding document calls TensorFlow the one for large-scale distributed training.
"""

from __future__ import annotations

from typing import Any

from ..protocol import Finding, Framework
from ..workers import COUNT, agreement, free_ports, meet

CLAIM = "MultiWorkerMirroredStrategy trains on two processes that end with the same weights."
TIER = "standard"
LIMIT = 150
ONLY = ("tensorflow",)
PROCESS = "multi-worker"
LOADS = False  # its two workers do


def run(framework: Framework) -> Finding:
    """Train on both halves of the data, and compare."""
    meeting = ",".join(f"127.0.0.1:{port}" for port in free_ports(COUNT))
    reports = meet(framework.NAME, "multi-worker", meeting)
    line, figures = agreement(reports)
    figures["keras_fit"] = reports[0]["keras_fit"]
    note = "" if figures["keras_fit"] == "ran" else f"; Keras' fit refuses: {figures['keras_fit']}"
    return f"{line}{note}", figures


def worker(framework: Framework, rank: int, meeting: str) -> dict[str, Any]:
    """Train as one of the processes, and return its losses and a digest of its weights."""
    return framework.multi_worker(rank, meeting.split(","))  # type: ignore[no-any-return]
