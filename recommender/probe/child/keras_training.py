"""Keras' own training loop, on whichever backend this Keras has."""

from __future__ import annotations

from typing import Any

from .nets import batch
from .protocol import Finding, Wrong


def fit(keras: Any, tensor: Any) -> Finding:
    """Build, compile and fit a small model; raise `Wrong` if it does not learn."""
    keras.utils.set_random_seed(0)
    values, labels = batch("mlp", 96)
    model = keras.Sequential(
        [keras.Input((64,)), keras.layers.Dense(64, "relu"), keras.layers.Dense(10)]
    )
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile("adam", loss, metrics=["accuracy"])
    past = model.fit(tensor(values), tensor(labels, "int64"), epochs=4, verbose=0).history
    figures = {"first": past["loss"][0], "last": past["loss"][-1], "keras": keras.__version__}
    if not figures["last"] < figures["first"]:
        raise Wrong("the loss does not fall", **figures)
    fall = f"{figures['first']:.2f} → {figures['last']:.2f}"
    return f"Keras {keras.__version__}: loss {fall} in 4 epochs", figures
