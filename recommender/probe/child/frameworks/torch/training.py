"""PyTorch's small nets, and one step of their training in each mode."""

from __future__ import annotations

import contextlib
from typing import Any, Callable

import torch

from ...nets import CLASSES, batch

MODES = ("eager", "compiled")


def net(kind: str) -> Any:
    """Build one of the three nets."""
    nn = torch.nn
    if kind == "mlp":
        return nn.Sequential(
            nn.Linear(64, 256), nn.ReLU(), nn.Linear(256, 256), nn.ReLU(), nn.Linear(256, CLASSES)
        )
    if kind == "cnn":
        return nn.Sequential(
            nn.Conv2d(3, 16, 3, padding="same"), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(16, 32, 3, padding="same"), nn.ReLU(), nn.MaxPool2d(2),
            nn.Flatten(), nn.Linear(512, CLASSES),
        )  # fmt: skip

    class Encoder(torch.nn.Module):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.widen = nn.Linear(32, 64)
            self.block = nn.TransformerEncoderLayer(64, 4, 128, dropout=0.0, batch_first=True)
            self.classes = nn.Linear(64, CLASSES)

        def forward(self, x: Any) -> Any:
            return self.classes(self.block(self.widen(x)).mean(1))

    return Encoder()


def stepper(kind: str, mode: str = "eager", precision: str | None = None) -> tuple[Any, int]:
    """Return a function that takes one training step and returns the loss, and the weights' count.

    `mode` is one of `MODES`; `precision` is None, `bfloat16` or `float16`.
    """
    torch.manual_seed(0)
    examples, classes = batch(kind)
    inputs, labels = torch.tensor(examples), torch.tensor(classes)
    if kind == "cnn":
        inputs = inputs.permute(0, 3, 1, 2).contiguous()
    model = net(kind)
    optimiser = torch.optim.AdamW(model.parameters(), lr=3e-3)
    run = torch.compile(model) if mode == "compiled" else model
    scaler = torch.amp.GradScaler("cpu", enabled=precision == "float16")

    def step() -> float:
        optimiser.zero_grad()
        with (
            torch.autocast("cpu", getattr(torch, precision))
            if precision
            else contextlib.nullcontext()
        ):
            loss = torch.nn.functional.cross_entropy(run(inputs).float(), labels)
        scaler.scale(loss).backward()
        scaler.step(optimiser)
        scaler.update()
        return float(loss)

    return step, sum(weights.numel() for weights in model.parameters())


def threads() -> int:
    """Return how many threads an operation may use."""
    return int(torch.get_num_threads())


def product_dtype(precision: str) -> str:
    """Return the dtype that a product has under mixed precision."""
    with torch.autocast("cpu", getattr(torch, precision)):
        return str((torch.ones(2, 2) @ torch.ones(2, 2)).dtype).rpartition(".")[2]


def captured(function: Callable[..., Any]) -> Any:
    """Compile a function, as far as its graph; no code is generated."""
    return torch.compile(function, backend="eager")


def train_from(layers: Any, values: Any, labels: Any, steps: int) -> list[float]:
    """Train a two-layer net from these weights by plain gradient descent; return the losses."""
    flat = [torch.tensor(part, requires_grad=True) for layer in layers for part in layer]
    weights, biases, weights2, biases2 = flat
    inputs, classes = torch.tensor(values), torch.tensor(labels)
    losses = []
    for _ in range(steps):
        hidden = torch.relu(inputs @ weights + biases)
        loss = torch.nn.functional.cross_entropy(hidden @ weights2 + biases2, classes)
        for part, slope in zip(flat, torch.autograd.grad(loss, flat)):
            part.data -= 0.3 * slope
        losses.append(float(loss))
    return losses
