"""Does Keras train on PyTorch too, where TensorFlow cannot be imported?"""

from __future__ import annotations

import os
import sys

from ..keras_training import fit
from ..protocol import Finding, Framework, Wrong, need

CLAIM = "Keras trains a model with compile and fit, on PyTorch, without TensorFlow."
TIER = "standard"
LIMIT = 60
ONLY = ("torch",)
PROCESS = "keras-fit-on-torch"  # Keras takes one backend for the life of a process


def run(framework: Framework) -> Finding:
    """Fit a few epochs with PyTorch as Keras' backend."""
    need("keras")
    os.environ["KERAS_BACKEND"] = "torch"
    sys.modules["tensorflow"] = None  # type: ignore[assignment] # it must do without
    import keras

    if keras.backend.backend() != "torch":
        raise Wrong(f"asked for the torch backend, got {keras.backend.backend()}")
    return fit(keras, framework.tensor)
