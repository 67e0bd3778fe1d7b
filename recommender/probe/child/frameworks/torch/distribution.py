"""PyTorch on two processes."""

from __future__ import annotations

import os
import sys
from typing import Any

import torch
import torch.distributed as dist

from ...protocol import Skip
from ...workers import COUNT


def _join(rank: int, meeting: str) -> None:
    """Join the other process; the two find each other through a file."""
    if not dist.is_available() or not dist.is_gloo_available():
        raise Skip("this build has no gloo back-end")
    if sys.platform == "linux":
        os.environ["GLOO_SOCKET_IFNAME"] = "lo"  # never ask the network who we are
    dist.init_process_group("gloo", init_method=f"file://{meeting}", rank=rank, world_size=COUNT)


def train_replica(rank: int, meeting: str, *, sharded: bool) -> dict[str, Any]:
    """Train on this process's half of the data; return the losses and a digest of the weights."""
    _join(rank, meeting)
    torch.manual_seed(0)
    model: Any = torch.nn.Sequential(
        torch.nn.Linear(8, 32), torch.nn.ReLU(), torch.nn.Linear(32, 1)
    )
    if sharded:
        from torch.distributed.device_mesh import init_device_mesh
        from torch.distributed.fsdp import fully_shard

        fully_shard(model, mesh=init_device_mesh("cpu", (COUNT,)))
    else:
        model = torch.nn.parallel.DistributedDataParallel(model)
    torch.manual_seed(10 + rank)
    inputs = torch.randn(32, 8)
    labels = inputs.sum(1, keepdim=True)
    optimiser = torch.optim.SGD(model.parameters(), 0.05)
    losses = []
    for _ in range(20):
        optimiser.zero_grad()
        loss = torch.nn.functional.mse_loss(model(inputs), labels)
        loss.backward()
        optimiser.step()
        losses.append(float(loss))
    weights = [p.full_tensor() if hasattr(p, "full_tensor") else p for p in model.parameters()]
    kinds = sorted({type(p.data).__name__ for p in model.parameters()})
    digest = float(sum((w.double() * 1e3).sum() for w in weights))
    dist.destroy_process_group()
    return {"losses": losses, "digest": digest, "kinds": kinds}
