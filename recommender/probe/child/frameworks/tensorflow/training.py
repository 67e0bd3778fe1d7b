"""TensorFlow's small nets (Keras), and one step of their training in each mode."""

from __future__ import annotations

import os
from typing import Any

import tensorflow as tf

from ...nets import CLASSES, SHAPES, batch

MODES = ("eager", "compiled", "xla")


def net(kind: str) -> Any:
    """Build one of the three nets."""
    layers = tf.keras.layers
    inputs = tf.keras.Input(SHAPES[kind])
    if kind == "mlp":
        x = layers.Dense(256, "relu")(inputs)
        x = layers.Dense(256, "relu")(x)
    elif kind == "cnn":
        x = layers.Conv2D(16, 3, padding="same", activation="relu")(inputs)
        x = layers.MaxPooling2D(2)(x)
        x = layers.Conv2D(32, 3, padding="same", activation="relu")(x)
        x = layers.Flatten()(layers.MaxPooling2D(2)(x))
    else:
        x = layers.Dense(64)(inputs)
        x = layers.LayerNormalization()(x + layers.MultiHeadAttention(4, 16)(x, x))
        wide = layers.Dense(128, "relu")(x)
        x = layers.LayerNormalization()(x + layers.Dense(64)(wide))
        x = layers.GlobalAveragePooling1D()(x)
    return tf.keras.Model(inputs, layers.Dense(CLASSES, dtype="float32")(x))


def stepper(kind: str, mode: str = "eager", precision: str | None = None) -> tuple[Any, int]:
    """Return a function that takes one training step and returns the loss, and the weights' count.

    `mode` is one of `MODES`; `precision` is None, `bfloat16` or `float16`.
    """
    tf.keras.utils.set_random_seed(0)
    examples, classes = batch(kind)
    inputs, labels = tf.constant(examples), tf.constant(classes)
    tf.keras.mixed_precision.set_global_policy(f"mixed_{precision}" if precision else "float32")
    try:
        model = net(kind)
    finally:
        tf.keras.mixed_precision.set_global_policy("float32")
    optimiser = tf.keras.optimizers.AdamW(3e-3)
    if precision == "float16":
        optimiser = tf.keras.optimizers.LossScaleOptimizer(optimiser)
    optimiser.build(model.trainable_variables)
    measure = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)

    def step() -> Any:
        with tf.GradientTape() as tape:
            loss = measure(labels, model(inputs, training=True))
            scaled = optimiser.scale_loss(loss)
        slopes = tape.gradient(scaled, model.trainable_variables)
        optimiser.apply_gradients(zip(slopes, model.trainable_variables))
        return loss

    run = step if mode == "eager" else tf.function(step, jit_compile=mode == "xla")
    return lambda: float(run()), int(model.count_params())


def threads() -> int:
    """Return how many threads an operation may use."""
    return int(tf.config.threading.get_intra_op_parallelism_threads() or os.cpu_count() or 1)


def product_dtype(precision: str) -> str:
    """Return the dtype that a product has under mixed precision."""
    layer = tf.keras.layers.Dense(2, dtype=f"mixed_{precision}")
    return str(layer(tf.ones((2, 2))).dtype.name)


def captured(function: Any) -> Any:
    """Compile a function to a graph."""
    return tf.function(function)


def train_from(layers: Any, values: Any, labels: Any, steps: int) -> list[float]:
    """Train a two-layer net from these weights by plain gradient descent; return the losses."""
    flat = [tf.Variable(part) for layer in layers for part in layer]
    weights, biases, weights2, biases2 = flat
    inputs, classes = tf.constant(values), tf.constant(labels)
    losses = []
    for _ in range(steps):
        with tf.GradientTape() as tape:
            hidden = tf.nn.relu(inputs @ weights + biases)
            each = tf.nn.sparse_softmax_cross_entropy_with_logits(
                classes, hidden @ weights2 + biases2
            )
            loss = tf.reduce_mean(each)
        for part, slope in zip(flat, tape.gradient(loss, flat)):
            part.assign_sub(0.3 * slope)
        losses.append(float(loss))
    return losses
