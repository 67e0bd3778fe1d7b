"""TensorFlow and its Keras: the adapter of the checks."""

from __future__ import annotations

NAME = "tensorflow"
CANDIDATE = "tensorflow"
TITLE = "TensorFlow"
MODULE = "tensorflow"
PACKAGES = (
    "tensorflow",
    "tensorflow-cpu",
    "tensorflow-macos",
    "tf-nightly",
    "tensorflow-metal",
    "keras",
    "numpy",
    "tensorboard",
    "onnx",
    "onnxruntime",
    "tf2onnx",
    "ai-edge-litert",
)
ENVIRONMENT = {"TF_CPP_MIN_LOG_LEVEL": "2", "KERAS_BACKEND": "tensorflow"}
THREADS = ("TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS")
PARTS = ("tensors", "models", "training", "inspection", "exports", "distribution")
