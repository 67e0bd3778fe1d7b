"""Does data-parallel training on two processes work, and do both end with the same weights?

One machine stands in for several: this shows that the parts work, not that they are fast.
"""

from __future__ import annotations

from typing import Any

from ..protocol import Finding, Framework
from ..workers import agreement, meet

CLAIM = "DistributedDataParallel trains on two processes that end with the same weights."
TIER = "standard"
LIMIT = 120
ONLY = ("torch",)
PROCESS = "ddp"
LOADS = False  # its two workers do


def run(framework: Framework) -> Finding:
    """Train on both halves of the data, and compare."""
    return agreement(meet(framework.NAME, "ddp"))


def worker(framework: Framework, rank: int, meeting: str) -> dict[str, Any]:
    """Train as one of the processes, and return its losses and a digest of its weights."""
    return framework.train_replica(rank, meeting, sharded=False)  # type: ignore[no-any-return]
