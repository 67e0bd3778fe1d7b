"""PyTorch: the adapter of the checks."""

from __future__ import annotations

NAME = "torch"
CANDIDATE = "pytorch"
TITLE = "PyTorch"
MODULE = "torch"
PACKAGES = (
    "torch",
    "numpy",
    "keras",
    "tensorboard",
    "onnx",
    "onnxruntime",
    "onnxscript",
    "litert-torch",
    "ai-edge-litert",
    "executorch",
    "torchao",
)
ENVIRONMENT: dict[str, str] = {}
THREADS = ("OMP_NUM_THREADS",)
PARTS = ("tensors", "models", "training", "inspection", "exports", "distribution")
