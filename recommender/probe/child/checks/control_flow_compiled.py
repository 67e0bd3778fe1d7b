"""Does the same data-dependent loop compile, and into how many graphs?

The founding document calls TensorFlow's graph static and PyTorch's dynamic.
"""

from __future__ import annotations

from ..control_flow import END, START
from ..protocol import Finding, Framework, Wrong

CLAIM = "A loop that depends on the data also runs, with the right answer, when it is compiled."
TIER = "standard"
LIMIT = 60


def run(framework: Framework) -> Finding:
    """Compile it, run it on data that take different paths, and count the graphs."""
    figures = framework.compiled_paths(framework.data_dependent(), START)
    for mode, answer in figures.pop("answers").items():
        if answer != END:
            raise Wrong(f"{mode} gave {answer} for {END}", **figures)
    if figures["one_graph"]:
        return "right, as one graph", figures
    line = f"right, but in {figures['graphs']} pieces: one graph is refused"
    return f"{line} ({figures['refusal']})", figures
