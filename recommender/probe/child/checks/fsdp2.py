"""Does sharded training (FSDP2) on two processes work, each holding a part of the weights?"""

from __future__ import annotations

from typing import Any

from ..protocol import Finding, Framework, Wrong
from ..workers import agreement, meet

CLAIM = "fully_shard trains on two processes that each hold a part of the weights."
TIER = "full"
LIMIT = 120
ONLY = ("torch",)
PROCESS = "fsdp2"
LOADS = False  # its two workers do


def run(framework: Framework) -> Finding:
    """Train on both halves of the data, and compare the gathered weights."""
    line, figures = agreement(meet(framework.NAME, "fsdp2"))
    if figures["kinds"] != ["DTensor"]:
        raise Wrong(f"the weights are not sharded: {figures['kinds']}", **figures)
    return line, figures


def worker(framework: Framework, rank: int, meeting: str) -> dict[str, Any]:
    """Train as one of the processes, and return its losses and a digest of its weights."""
    return framework.train_replica(rank, meeting, sharded=True)  # type: ignore[no-any-return]
