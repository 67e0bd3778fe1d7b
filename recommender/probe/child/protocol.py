"""The protocol between checks and frameworks: an adapter's abilities, and how a check ends."""

from __future__ import annotations

import importlib.util
from typing import Any, Dict, Tuple

Finding = Tuple[str, Dict[str, Any]]
"""One line for people, and the figures behind it."""


class Skip(Exception):  # noqa: N818 - an outcome, not an error
    """Raised if something optional that a check needs is not installed."""


class Unsupported(Exception):  # noqa: N818 - an outcome, not an error
    """Raised if the framework itself says that it cannot do this."""


class Wrong(Exception):  # noqa: N818 - an outcome, not an error
    """Raised if the framework ran and its result is wrong.

    >>> Wrong("off by one", error=1.0).figures
    {'error': 1.0}
    """

    def __init__(self, line: str, **figures: Any) -> None:
        super().__init__(line)
        self.figures = figures


def need(*modules: str) -> None:
    """Raise `Skip` if a module is not installed, naming the first.

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
    """An adapter's functions under one name; one that it lacks raises `Unsupported`.

    An adapter is a package in `frameworks/`; its abilities are the functions of its parts:

    - `load()` imports the framework and returns its version; `devices()` lists back-ends; -
    tensors: `tensor, to_list, cast, add, multiply, matmul, total, conv2d, softmax, tanh, where`; -
    `gradient(function, values)`; `stepper(net, mode, precision)`; `compiled(function, mode)`; -
    `data_dependent()`, `layered()` return small native functions, `concrete(value)` numbers; -
    `save_load(folder)`, `trace_nan()`, `write_events(folder, losses)`; - `exportable()` returns
    (model, inputs, outputs); `onnx_file`, `litert_file`, … export it.

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
