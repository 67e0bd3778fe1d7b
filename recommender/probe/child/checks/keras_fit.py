"""Does Keras' `compile` and `fit` train a model in three lines?"""

from __future__ import annotations

from ..keras_training import fit
from ..protocol import Finding, Framework

CLAIM = "Keras trains a model with compile and fit, on TensorFlow."
TIER = "standard"
LIMIT = 60
ONLY = ("tensorflow",)


def run(framework: Framework) -> Finding:
    """Fit a few epochs of the MLP's data."""
    import tensorflow as tf

    return fit(tf.keras, framework.tensor)
