"""PyTorch's small models, their steps, and what is saved of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch


def data_dependent() -> Any:
    """Return a function whose path depends on the data."""

    def shrink(x: Any) -> Any:
        while x.norm() > 1:
            x = x / 2
        if x.sum() > 0:
            x = x * 24
        return x

    return shrink


def layered() -> Any:
    """Return a function with a local variable `hidden` for a debugger to look at."""

    def layers(x: Any) -> Any:
        hidden = torch.tanh(x)
        return hidden * 2

    return layers


def small_model(seed: int = 0) -> Any:
    """Return a small model with fixed weights."""
    torch.manual_seed(seed)
    layers = torch.nn.Linear(8, 128), torch.nn.ReLU(), torch.nn.Linear(128, 16)
    return torch.nn.Sequential(*layers, torch.nn.Softmax(-1)).eval()


def exportable() -> tuple[Any, Any, Any]:
    """Return a small model, inputs as lists, and the outputs that an export must repeat."""
    model = small_model()
    inputs = torch.linspace(-2, 2, 16).reshape(2, 8)
    with torch.no_grad():
        return model, inputs.tolist(), model(inputs).tolist()


def save_load(folder: str) -> dict[str, float]:
    """Save and load in each format; return the largest difference of the outputs."""
    model, inputs, outputs = exportable()
    path = Path(folder) / "weights.pt"
    torch.save(model.state_dict(), path)
    other = small_model(seed=1)
    other.load_state_dict(torch.load(path, weights_only=True))
    with torch.no_grad():
        difference = other(torch.tensor(inputs)) - torch.tensor(outputs)
    return {"state_dict": float(difference.abs().max())}
