"""PyTorch's tensors, gradients and devices."""

from __future__ import annotations

import importlib.util
import operator
from typing import Any, Callable


def load() -> str:
    """Import PyTorch and return its version."""
    import torch

    return str(torch.__version__)


def tensor(values: Any, dtype: str = "float32", device: str | None = None) -> Any:
    """Make a tensor of nested lists."""
    import torch

    made = torch.tensor(values, dtype=getattr(torch, dtype))
    return made if device is None else made.to(device)


def to_list(value: Any) -> Any:
    """Return a tensor's values as nested lists of Python numbers."""
    return value.detach().cpu().tolist()


def where(value: Any) -> str:
    """Return the kind of device that a tensor is really on."""
    return str(value.device.type)


def concrete(value: Any) -> Any:
    """Return the numbers of a value, or None if it has none (yet)."""
    try:
        return value.detach().tolist()
    except Exception:  # noqa: BLE001 - a symbolic value may refuse in any way
        return None


def cast(value: Any, dtype: str) -> Any:
    """Convert to another dtype; AttributeError if the name is unknown here."""
    import torch

    return value.to(getattr(torch, dtype))


def add(left: Any, right: Any) -> Any:
    """Add two tensors."""
    return left + right


def multiply(left: Any, right: Any) -> Any:
    """Multiply two tensors, value by value."""
    return left * right


def matmul(left: Any, right: Any) -> Any:
    """Multiply two matrices."""
    return left @ right


def total(value: Any) -> Any:
    """Sum all values."""
    return value.sum()


def tanh(value: Any) -> Any:
    """Apply the hyperbolic tangent."""
    import torch

    return torch.tanh(value)


def softmax(value: Any) -> Any:
    """Normalise the last axis to a distribution."""
    import torch

    return torch.softmax(value, -1)


def conv2d(images: Any, kernels: Any) -> Any:
    """Correlate NCHW images with OIHW kernels, no padding."""
    import torch

    return torch.nn.functional.conv2d(images, kernels)


def gradient(function: Callable[[Any], Any], values: Any, dtype: str = "float64") -> Any:
    """Return the gradient of a scalar function at these values, as a list."""
    point = tensor(values, dtype).requires_grad_()
    function(point).backward()
    return to_list(point.grad)


def devices() -> list[dict[str, Any]]:
    """Return the accelerator back-ends: whether each is built in, and whether it finds a device."""
    import torch

    version = getattr(torch, "version", None)
    hip = getattr(version, "hip", None)
    cuda = getattr(version, "cuda", None)
    found: list[dict[str, Any]] = [
        {
            "kind": "rocm" if hip else "cuda",
            "place": "cuda",
            "built": bool(hip or cuda),
            "available": _says("cuda.is_available"),
            "detail": str(hip or cuda or ""),
        },
        {
            "kind": "mps",
            "place": "mps",
            "built": _says("backends.mps.is_built"),
            "available": _says("backends.mps.is_available"),
            "detail": "",
        },
        {
            "kind": "xpu",
            "place": "xpu",
            "built": _says("xpu._is_compiled"),  # nothing public says it
            "available": _says("xpu.is_available"),
            "detail": "",
        },
    ]
    tpu = importlib.util.find_spec("torch_xla") is not None
    found.append(
        {"kind": "tpu", "place": "xla", "built": tpu, "available": tpu, "detail": "torch_xla"}
    )
    return found


def _says(question: str) -> bool:
    """Return a yes-or-no answer of PyTorch; "no" if this build lacks the function, or it fails."""
    import torch

    try:
        return bool(operator.attrgetter(question)(torch)())
    except Exception:  # noqa: BLE001 - see above
        return False
