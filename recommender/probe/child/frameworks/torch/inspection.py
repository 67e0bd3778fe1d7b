"""Looking into PyTorch: graphs of compiled functions, not-a-numbers, events, ready-made parts."""

from __future__ import annotations

import sys
import warnings
from typing import Any, Callable

import torch

UNCOMPILED = 'torch.compiler.set_stance("force_eager")'


def compiled_paths(function: Callable[[Any], Any], start: list[float]) -> dict[str, Any]:
    """Compile a function and count its graphs; then ask for a single one."""
    graphs = []

    def counting(graph: Any, inputs: Any) -> Any:
        del inputs
        graphs.append(graph)
        return graph.forward

    answer = torch.compile(function, backend=counting)(torch.tensor(start))
    found: dict[str, Any] = {"answers": {"compiled": answer.tolist()}, "graphs": len(graphs)}
    try:
        torch.compile(function, backend="eager", fullgraph=True)(torch.tensor(start))
        found.update(one_graph=True, refusal="")
    except Exception as error:  # noqa: BLE001 - its kind has changed between versions
        found.update(one_graph=False, refusal=_first(error))
    return found


def _first(error: Exception) -> str:
    return next((line.strip() for line in str(error).splitlines() if line.strip()), "refused")


def run_eagerly(eagerly: bool) -> None:
    """Run compiled functions as written from now on, or compiled again."""
    torch.compiler.set_stance("force_eager" if eagerly else "default")


def trace_nan() -> tuple[str, str]:
    """Make a NaN in a backward pass; return the message and the operation that caused it."""
    with warnings.catch_warnings(record=True) as said, torch.autograd.set_detect_anomaly(True):
        warnings.simplefilter("always")
        try:
            torch.sqrt(torch.tensor([-1.0], requires_grad=True)).sum().backward()
        except RuntimeError as error:
            return f"{error} {' '.join(str(w.message) for w in said)}", "sqrt"
    return "nothing", "sqrt"


def write_events(folder: str, tag: str, values: list[float]) -> None:
    """Write a curve for TensorBoard."""
    # TensorBoard imports TensorFlow where it finds it: seconds, for nothing that is used here.
    sys.modules.setdefault("tensorflow", None)  # type: ignore[arg-type]
    from torch.utils.tensorboard import SummaryWriter

    with SummaryWriter(folder) as writer:
        for step, value in enumerate(values):
            writer.add_scalar(tag, value, step)


def ready_made(public: Callable[[Any, type], int]) -> dict[str, int | bool]:
    """Return how many layers and the like come along; of some things, whether there is one."""
    return {
        "layers and losses": public(torch.nn, torch.nn.Module),
        "optimisers": public(torch.optim, torch.optim.Optimizer),
        "whole models": 0,
        "fit loop": False,
        "transformer layer": hasattr(torch.nn, "TransformerEncoderLayer"),
    }
