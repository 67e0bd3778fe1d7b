"""The words between a check and a framework: what an adapter offers, how a check ends."""

from __future__ import annotations

import importlib.util
from typing import Any, Dict, Tuple

Finding = Tuple[str, Dict[str, Any]]
"""One line for people, and the figures behind it."""


class Skip(Exception):  # noqa: N818 - an outcome, not an error
    """Something optional that this check needs is not here: nobody's fault."""


class Unsupported(Exception):  # noqa: N818 - an outcome, not an error
    """The framework itself says that it cannot do this."""


class Wrong(Exception):  # noqa: N818 - an outcome, not an error
    """It ran, and the answer is not the right one.

    >>> Wrong("off by one", error=1.0).figures
    {'error': 1.0}
    """

    def __init__(self, line: str, **figures: Any) -> None:
        super().__init__(line)
        self.figures = figures


def need(*modules: str) -> None:
    """Raise `Skip` naming the first module that is not installed.

    >>> need("json")
    >>> need("no_such_module")
    Traceback (most recent call last):
      ...
    recommender.probe.child.protocol.Skip: needs no_such_module, which is not installed
    """
    for module in modules:
        try:
            found = importlib.util.find_spec(module) is not None
        except (ImportError, ValueError):
            found = False
        if not found:
            raise Skip(f"needs {module}, which is not installed")


class Framework:
    """An adapter's functions under one name; an ability that it lacks raises `Unsupported`.

    An adapter is a package in `frameworks/`; its abilities are functions in its parts:

    - `load()` imports the framework and gives its version; `devices()` lists back-ends;
    - tensors: `tensor, to_list, cast, add, multiply, matmul, total, conv2d, softmax, tanh, where`;
    - `gradient(function, values)`; `stepper(net, mode, precision)`; `compiled(function, mode)`;
    - `data_dependent()`, `layered()` give small native functions; `concrete(value)` the numbers;
    - `save_load(folder)`, `trace_nan()`, `write_events(folder, losses)`;
    - `exportable()` gives (model, inputs, outputs); `onnx_file`, `litert_file`, … export it.

    >>> from types import SimpleNamespace
    >>> Framework(SimpleNamespace(NAME="tea", PARTS=())).brew
    Traceback (most recent call last):
      ...
    recommender.probe.child.protocol.Unsupported: tea offers no brew
    """

    def __init__(self, adapter: Any) -> None:
        self._adapter = adapter
        self.gpus = ""  # what the parent saw in this machine, for the accelerator check
        self.keep = ""  # a folder that outlives the child, for what the user asked to keep

    def __getattr__(self, ability: str) -> Any:
        for part in (self._adapter, *self._adapter.PARTS):
            if hasattr(part, ability):
                return getattr(part, ability)
        raise Unsupported(f"{self._adapter.NAME} offers no {ability}")
