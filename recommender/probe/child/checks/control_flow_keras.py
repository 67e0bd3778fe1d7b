"""Does a data-dependent Python loop inside a Keras layer survive `predict`?

Keras compiles `fit` and `predict` into a static graph unless told otherwise.
"""

from __future__ import annotations

from ..protocol import Finding, Framework, Unsupported

CLAIM = "A Python loop that depends on the data runs inside a Keras layer, under `predict`."
TIER = "standard"
LIMIT = 60
ONLY = ("tensorflow",)


def run(framework: Framework) -> Finding:
    """Predict as written, and then with each remedy."""
    figures = framework.keras_loops()
    remedies = [name for name in figures if name != "as written" and figures[name] == "ran"]
    if figures["as written"] == "ran":
        return "ran as written", figures
    remedy = f"; it ran with {' or '.join(remedies)}" if remedies else ""
    raise Unsupported(f"refused as written ({figures['as written']}){remedy}")
