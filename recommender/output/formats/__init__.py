"""Formats of a recommendation: one module each, found by its name, with a function `render`."""

from __future__ import annotations

import os
from typing import Literal, TypeAlias

Format: TypeAlias = Literal["adr", "github", "html", "json", "junit", "markdown", "text"]
"""The names of the formats, for type checkers; `names` finds them by their modules."""


def names() -> list[str]:
    """Return the name of every format: the modules of this folder.

    >>> "json" in names()
    True
    """
    found = (os.path.splitext(name) for name in os.listdir(os.path.dirname(__file__)))
    return sorted(name for name, kind in found if kind == ".py" and name != "__init__")
