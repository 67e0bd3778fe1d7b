"""Is a model that is exported to ONNX the same model in ONNX Runtime?"""

from __future__ import annotations

import tempfile

from ..comparison import same, shown
from ..protocol import Finding, Framework, need

CLAIM = "A model exported to ONNX gives the same numbers in ONNX Runtime."
TIER = "standard"
LIMIT = 120
PROCESS = "exports"
ALLOWED = 1e-5


def run(framework: Framework) -> Finding:
    """Export, run, compare."""
    need("onnxruntime")
    _, inputs, outputs = framework.exportable()
    figures = {}
    with tempfile.TemporaryDirectory() as folder:
        for way, path in framework.onnx_files(folder).items():
            figures[way] = same(in_onnxruntime(path, inputs), outputs, ALLOWED, way)
    worst = max(figures.values())
    return f"same numbers in ONNX Runtime within {shown(worst)} ({', '.join(figures)})", figures


def in_onnxruntime(path: str, inputs: list[list[float]]) -> list[list[float]]:
    """Run an ONNX file on the CPU."""
    import numpy as np
    import onnxruntime

    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    given = {session.get_inputs()[0].name: np.asarray(inputs, "float32")}
    return session.run(None, given)[0].tolist()  # type: ignore[no-any-return]
