"""TensorFlow's tensors, gradients and devices."""

from __future__ import annotations

import contextlib
import importlib.util
from typing import Any, Callable


def load() -> str:
    """Import TensorFlow and return its version."""
    import tensorflow as tf

    return str(tf.__version__)


def tensor(values: Any, dtype: str = "float32", device: str | None = None) -> Any:
    """Make a tensor of nested lists."""
    import tensorflow as tf

    with tf.device(device) if device else contextlib.nullcontext():
        return tf.constant(values, getattr(tf, dtype))


def to_list(value: Any) -> Any:
    """Return a tensor's values as nested lists of Python numbers."""
    return value.numpy().tolist()


def where(value: Any) -> str:
    """Return the kind of device that a tensor is really on."""
    return str(value.device).rsplit("device:", 1)[-1].split(":")[0].strip("/").lower()


def concrete(value: Any) -> Any:
    """Return the numbers of a value, or None if it has none (yet)."""
    try:
        return value.numpy().tolist()
    except Exception:  # noqa: BLE001 - a symbolic value may refuse in any way
        return None


def cast(value: Any, dtype: str) -> Any:
    """Convert to another dtype; AttributeError if the name is unknown here."""
    import tensorflow as tf

    names = {"float8_e4m3fn": "float8_e4m3fn", "float8_e5m2": "float8_e5m2"}
    kind = getattr(tf, dtype, None) or getattr(tf.dtypes.experimental, names.get(dtype, dtype))
    return tf.cast(value, kind)


def add(left: Any, right: Any) -> Any:
    """Add two tensors."""
    return left + right


def multiply(left: Any, right: Any) -> Any:
    """Multiply two tensors, value by value."""
    return left * right


def matmul(left: Any, right: Any) -> Any:
    """Multiply two matrices."""
    import tensorflow as tf

    return tf.matmul(left, right)


def total(value: Any) -> Any:
    """Sum all values."""
    import tensorflow as tf

    return tf.reduce_sum(value)


def tanh(value: Any) -> Any:
    """Apply the hyperbolic tangent."""
    import tensorflow as tf

    return tf.tanh(value)


def softmax(value: Any) -> Any:
    """Normalise the last axis to a distribution."""
    import tensorflow as tf

    return tf.nn.softmax(value)


def conv2d(images: Any, kernels: Any) -> Any:
    """Correlate NCHW images with OIHW kernels, no padding."""
    import tensorflow as tf

    seen = tf.nn.conv2d(
        tf.transpose(images, [0, 2, 3, 1]), tf.transpose(kernels, [2, 3, 1, 0]), 1, "VALID"
    )
    return tf.transpose(seen, [0, 3, 1, 2])


def gradient(function: Callable[[Any], Any], values: Any, dtype: str = "float64") -> Any:
    """Return the gradient of a scalar function at these values, as a list."""
    import tensorflow as tf

    point = tensor(values, dtype)
    with tf.GradientTape() as tape:
        tape.watch(point)
        result = function(point)
    return to_list(tape.gradient(result, point))


def devices() -> list[dict[str, Any]]:
    """Return the accelerator back-ends: whether each is built in, and whether it finds a device."""
    import tensorflow as tf

    gpu = bool(tf.config.list_physical_devices("GPU"))
    rocm = bool(tf.test.is_built_with_rocm())
    cuda = bool(tf.test.is_built_with_cuda())
    metal = (
        importlib.util.find_spec("tensorflow-plugins") is not None and gpu and not (rocm or cuda)
    )
    tpu = bool(tf.config.list_physical_devices("TPU"))
    return [
        {
            "kind": "rocm" if rocm else "mps" if metal else "cuda",
            "place": "/GPU:0",
            "built": rocm or cuda or metal,
            "available": gpu,
            "detail": "",
        },
        {
            "kind": "tpu",
            "place": "/TPU:0",
            "built": importlib.util.find_spec("libtpu") is not None,
            "available": tpu,
            "detail": "",
        },
    ]
