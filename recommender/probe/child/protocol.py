"""The protocol between checks and frameworks: an adapter's abilities, and how a check ends."""

from __future__ import annotations

import importlib
import importlib.util
import re
from itertools import chain
from typing import Any, Dict, Tuple

Finding = Tuple[str, Dict[str, Any]]
"""One line for people, and the figures behind it."""

OUT_OF_MEMORY = "ran out of the memory that this probe allows"
STARVED = re.compile(r"bad_alloc|\bMemoryError\b|[Cc]an(?:no|')t allocate memory")
"""What is said where the system refuses memory."""


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


def spec_of(module: str) -> Any:
    """Return whence a module would be imported, or `None` if it is not installed."""
    try:
        return importlib.util.find_spec(module)
    except (ImportError, ValueError):
        return None


def need(*modules: str) -> None:
    """Raise `Skip` if a module is not installed, naming the first.

    >>> need("json")
    >>> need("no_such_module")
    Traceback (most recent call last):
      ...
    recommender.probe.child.protocol.Skip: needs no_such_module, which is not installed
    """
    for module in modules:
        if spec_of(module) is None:
            raise Skip(f"needs {module}, which is not installed")


def backend(
    kind: str, place: str, built: bool, available: bool, detail: str = ""
) -> dict[str, Any]:
    """Describe a back-end: whether it is built in, and whether it finds a device at its place."""
    return {"kind": kind, "place": place, "built": built, "available": available, "detail": detail}


class Framework:
    """An adapter's functions under one name; one that it lacks raises `Unsupported`.

    An adapter is a package in `frameworks/`; its abilities are the functions of its parts:

    - `devices()` lists back-ends; tensors: `tensor, to_list, cast, total, conv2d, softmax, tanh,
      where`, and Python's own `+`, `*` and `@`;
    - `gradient(function, values)`; `stepper(net, mode, precision)`; `captured(function)`;
    - `data_dependent()`, `layered()` return small native functions;
    - `save_load(folder)`, `trace_nan()`, `write_events(folder, losses)`; `exportable()` returns
      (model, inputs, outputs); `onnx_files`, `litert_files`, … export it.

    A part imports the framework at its top, and is imported itself when a check first asks for what
    it may have.

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

    def load(self) -> str:
        """Import the framework and return its version."""
        return str(importlib.import_module(self._adapter.MODULE).__version__)

    def concrete(self, value: Any) -> Any:
        """Return the numbers of a value, or None if it has none (yet)."""
        try:
            return self.to_list(value)
        except Exception:  # noqa: BLE001 - a symbolic value may refuse in any way
            return None

    def __getattr__(self, ability: str) -> Any:
        names = (f"{self._adapter.__name__}.{part}" for part in self._adapter.PARTS)
        for place in chain([self._adapter], map(importlib.import_module, names)):
            if hasattr(place, ability):
                return getattr(place, ability)
        raise Unsupported(f"{self._adapter.NAME} offers no {ability}")
