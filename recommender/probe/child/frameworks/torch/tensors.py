"""PyTorch's tensors, gradients and devices."""

from __future__ import annotations

import importlib.util
import operator
from typing import Any, Callable

import torch

from ...protocol import backend


def tensor(values: Any, dtype: str = "float32", device: str | None = None) -> Any:
    """Make a tensor of nested lists."""
    made = torch.tensor(values, dtype=getattr(torch, dtype))
    return made if device is None else made.to(device)


def to_list(value: Any) -> Any:
    """Return a tensor's values as nested lists of Python numbers."""
    return value.detach().cpu().tolist()


def where(value: Any) -> str:
    """Return the kind of device that a tensor is really on."""
    return str(value.device.type)


def cast(value: Any, dtype: str) -> Any:
    """Convert to another dtype; AttributeError if the name is unknown here."""
    return value.to(getattr(torch, dtype))


def total(value: Any) -> Any:
    """Sum all values."""
    return value.sum()


def tanh(value: Any) -> Any:
    """Apply the hyperbolic tangent."""
    return torch.tanh(value)


def softmax(value: Any) -> Any:
    """Normalise the last axis to a distribution."""
    return torch.softmax(value, -1)


def conv2d(images: Any, kernels: Any) -> Any:
    """Correlate NCHW images with OIHW kernels, no padding."""
    return torch.nn.functional.conv2d(images, kernels)


def gradient(function: Callable[[Any], Any], values: Any) -> Any:
    """Return the gradient of a scalar function at these values, as a list."""
    point = tensor(values, "float64").requires_grad_()
    function(point).backward()
    return to_list(point.grad)


def devices() -> list[dict[str, Any]]:
    """Return the accelerator back-ends: whether each is built in, and whether it finds a device."""
    version = getattr(torch, "version", None)
    hip = getattr(version, "hip", None)
    cuda = getattr(version, "cuda", None)
    tpu = importlib.util.find_spec("torch_xla") is not None
    gpus = "rocm" if hip else "cuda"
    mps = _says("backends.mps.is_built"), _says("backends.mps.is_available")
    xpu = _says("xpu._is_compiled"), _says("xpu.is_available")  # nothing public says the first
    return [
        backend(
            gpus, "cuda", bool(hip or cuda), _says("cuda.is_available"), str(hip or cuda or "")
        ),
        backend("mps", "mps", *mps),
        backend("xpu", "xpu", *xpu),
        backend("tpu", "xla", tpu, tpu, "torch_xla"),
    ]


def _says(question: str) -> bool:
    """Return a yes-or-no answer of PyTorch; "no" if this build lacks the function, or it fails."""
    try:
        return bool(operator.attrgetter(question)(torch)())
    except Exception:  # noqa: BLE001 - see above
        return False
