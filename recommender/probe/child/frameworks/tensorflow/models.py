"""TensorFlow's small models, their steps, and what is saved of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import tensorflow as tf


def data_dependent() -> Any:
    """Return a function whose path depends on the data."""

    def shrink(x: Any) -> Any:
        while tf.norm(x) > 1:
            x = x / 2
        if tf.reduce_sum(x) > 0:
            x = x * 24
        return x

    return shrink


def layered() -> Any:
    """Return a function with a local variable `hidden` for a debugger to look at."""

    def layers(x: Any) -> Any:
        hidden = tf.tanh(x)
        return hidden * 2

    return layers


def small_model() -> Any:
    """Return a small model with fixed weights."""
    tf.keras.utils.set_random_seed(0)
    return tf.keras.Sequential(
        [
            tf.keras.Input((8,)),
            tf.keras.layers.Dense(128, activation="relu"),
            tf.keras.layers.Dense(16, activation="softmax"),
        ]
    )


def exportable() -> tuple[Any, Any, Any]:
    """Return a small model, inputs as lists, and the outputs that an export must repeat."""
    model = small_model()
    inputs = tf.reshape(tf.linspace(-2.0, 2.0, 16), (2, 8))
    return model, inputs.numpy().tolist(), model(inputs).numpy().tolist()


def save_load(folder: str) -> dict[str, float]:
    """Save and load in each format; return the largest difference of the outputs."""
    model, inputs, outputs = exportable()
    given, expected = tf.constant(inputs), tf.constant(outputs)
    path = Path(folder) / "model.keras"
    model.save(path)
    whole = tf.keras.models.load_model(path)(given) - expected
    tf.train.Checkpoint(model=model).write(str(Path(folder) / "checkpoint"))
    other = small_model()
    other.set_weights([weight * 0 for weight in other.get_weights()])
    tf.train.Checkpoint(model=other).read(str(Path(folder) / "checkpoint")).expect_partial()
    weights = other(given) - expected
    return {
        "keras": float(tf.reduce_max(tf.abs(whole))),
        "checkpoint": float(tf.reduce_max(tf.abs(weights))),
    }
