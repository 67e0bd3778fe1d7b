"""TensorFlow on two devices and on two processes."""

from __future__ import annotations

import json
import os
from typing import Any

import tensorflow as tf

from ...nets import batch


def mirrored_fit() -> dict[str, Any]:
    """Fit a Keras model mirrored over two logical CPUs; must be the first thing in its process."""
    cpu = tf.config.list_physical_devices("CPU")[0]
    parts = [tf.config.LogicalDeviceConfiguration() for _ in range(2)]
    tf.config.set_logical_device_configuration(cpu, parts)
    strategy = tf.distribute.MirroredStrategy(["CPU:0", "CPU:1"])
    values, labels = batch("mlp", 64)
    with strategy.scope():
        model = _model()
    past = model.fit(tf.constant(values), tf.constant(labels), epochs=4, verbose=0).history
    return {"replicas": strategy.num_replicas_in_sync, "losses": past["loss"]}


def _model() -> Any:
    tf.keras.utils.set_random_seed(0)
    model = tf.keras.Sequential(
        [tf.keras.Input((64,)), tf.keras.layers.Dense(32, "relu"), tf.keras.layers.Dense(10)]
    )
    model.compile("adam", tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    return model


def multi_worker(rank: int, addresses: list[str]) -> dict[str, Any]:
    """Train a loop of our own on this process's half of the data, then try Keras' `fit`."""
    task = {"type": "worker", "index": rank}
    os.environ["TF_CONFIG"] = json.dumps({"cluster": {"worker": addresses}, "task": task})
    strategy = tf.distribute.MultiWorkerMirroredStrategy()
    with strategy.scope():
        weights = tf.Variable(tf.zeros((8, 1)))
    inputs = tf.random.stateless_normal((32, 8), (1, rank))
    labels = tf.reduce_sum(inputs, 1, keepdims=True)

    @tf.function  # type: ignore[untyped-decorator]
    def step() -> Any:
        def replica() -> Any:
            with tf.GradientTape() as tape:
                loss = tf.reduce_mean((inputs @ weights - labels) ** 2)
            slope = tape.gradient(loss, weights)
            context = tf.distribute.get_replica_context()
            weights.assign_sub(0.1 * context.all_reduce(tf.distribute.ReduceOp.MEAN, slope))
            return loss

        return strategy.reduce(tf.distribute.ReduceOp.MEAN, strategy.run(replica), axis=None)

    losses = [float(step()) for _ in range(20)]
    digest = float(tf.reduce_sum(weights))
    try:
        values, classes = batch("mlp", 32)
        with strategy.scope():
            model = _model()
        data = tf.data.Dataset.from_tensor_slices((values, classes)).batch(16)
        model.fit(data, epochs=1, verbose=0)
        fit = "ran"
    except Exception as error:  # noqa: BLE001 - refusing is the answer, in whatever words
        fit = f"{type(error).__name__}: {' '.join(str(error).split())[:60]} …"
    return {"losses": losses, "digest": digest, "keras_fit": fit}
