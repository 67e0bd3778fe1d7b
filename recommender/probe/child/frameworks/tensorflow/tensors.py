"""TensorFlow's tensors, gradients and devices."""

from __future__ import annotations

import contextlib
import importlib.util
from typing import Any, Callable

import tensorflow as tf

from ...protocol import backend


def tensor(values: Any, dtype: str = "float32", device: str | None = None) -> Any:
    """Make a tensor of nested lists."""
    with tf.device(device) if device else contextlib.nullcontext():
        return tf.constant(values, getattr(tf, dtype))


def to_list(value: Any) -> Any:
    """Return a tensor's values as nested lists of Python numbers."""
    return value.numpy().tolist()


def where(value: Any) -> str:
    """Return the kind of device that a tensor is really on."""
    return str(value.device).rsplit("device:", 1)[-1].split(":")[0].strip("/").lower()


def cast(value: Any, dtype: str) -> Any:
    """Convert to another dtype; AttributeError if the name is unknown here."""
    kind = getattr(tf, dtype, None) or getattr(tf.dtypes.experimental, dtype)
    return tf.cast(value, kind)


def total(value: Any) -> Any:
    """Sum all values."""
    return tf.reduce_sum(value)


def tanh(value: Any) -> Any:
    """Apply the hyperbolic tangent."""
    return tf.tanh(value)


def softmax(value: Any) -> Any:
    """Normalise the last axis to a distribution."""
    return tf.nn.softmax(value)


def conv2d(images: Any, kernels: Any) -> Any:
    """Correlate NCHW images with OIHW kernels, no padding."""
    seen = tf.nn.conv2d(
        tf.transpose(images, [0, 2, 3, 1]), tf.transpose(kernels, [2, 3, 1, 0]), 1, "VALID"
    )
    return tf.transpose(seen, [0, 3, 1, 2])


def gradient(function: Callable[[Any], Any], values: Any) -> Any:
    """Return the gradient of a scalar function at these values, as a list."""
    point = tensor(values, "float64")
    with tf.GradientTape() as tape:
        tape.watch(point)
        result = function(point)
    return to_list(tape.gradient(result, point))


def devices() -> list[dict[str, Any]]:
    """Return the accelerator back-ends: whether each is built in, and whether it finds a device."""
    gpu = bool(tf.config.list_physical_devices("GPU"))
    rocm = bool(tf.test.is_built_with_rocm())
    cuda = bool(tf.test.is_built_with_cuda())
    metal = (
        importlib.util.find_spec("tensorflow-plugins") is not None and gpu and not (rocm or cuda)
    )
    libtpu = importlib.util.find_spec("libtpu") is not None
    return [
        backend(
            "rocm" if rocm else "mps" if metal else "cuda", "/GPU:0", rocm or cuda or metal, gpu
        ),
        backend("tpu", "/TPU:0", libtpu, bool(tf.config.list_physical_devices("TPU"))),
    ]
