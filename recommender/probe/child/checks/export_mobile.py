"""Is a model that is converted for phones (LiteRT, once TensorFlow Lite) the same model there?

It runs in the LiteRT interpreter of this machine, not on a phone.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from ..comparison import same, shown
from ..protocol import Finding, Framework, need

CLAIM = "A model converted to LiteRT gives the same numbers in the LiteRT interpreter."
TIER = "standard"
LIMIT = 120
PROCESS = "exports"


def run(framework: Framework) -> Finding:
    """Convert, run, compare."""
    need("ai_edge_litert")
    _, inputs, outputs = framework.exportable()
    figures = {}
    with tempfile.TemporaryDirectory() as folder:
        for way, (path, allowed) in framework.litert_files(folder).items():
            error = same(in_litert(path, inputs), outputs, allowed, way)
            figures[way] = {"error": error, "bytes": Path(path).stat().st_size}
    ways = ", ".join(f"{way} {shown(f['error'])}" for way, f in figures.items())
    return f"same numbers in the LiteRT interpreter: {ways}", figures


def in_litert(path: str, inputs: list[list[float]]) -> list[list[float]]:
    """Run a LiteRT file, whatever batch size it was made for."""
    import numpy as np
    from ai_edge_litert.interpreter import Interpreter

    interpreter = Interpreter(path)
    given, wanted = interpreter.get_input_details()[0], interpreter.get_output_details()[0]
    values = np.asarray(inputs, "float32")
    interpreter.resize_tensor_input(given["index"], values.shape)
    interpreter.allocate_tensors()
    interpreter.set_tensor(given["index"], values)
    interpreter.invoke()
    return interpreter.get_tensor(wanted["index"]).tolist()  # type: ignore[no-any-return]
