"""The limits of JSON that comes in by a door: those of a project file, as its keys once each."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate
from typing import Any, NoReturn

from .files import SIZE_LIMIT
from .yaml_text import DEPTH_LIMIT

TOO_LONG = f"more than {SIZE_LIMIT:,} bytes"
TOO_DEEP = f"more than {DEPTH_LIMIT} levels of lists and objects"
_TEXT = re.compile(rb'"(?:[^"\\]|\\.)*+"')
_REST = bytes(set(range(256)) - set(b"[]{}"))
_STEPS = {ord("["): 1, ord("{"): 1, ord("]"): -1, ord("}"): -1}


def excess(raw: bytes) -> str:
    """Say which limit a text of JSON goes beyond; nothing where it keeps them.

    >>> excess(b'{"answers": {"hour": "[[[["}}')
    ''
    >>> excess(b"[" * 40)
    'more than 32 levels of lists and objects'
    """
    if len(raw) > SIZE_LIMIT:
        return TOO_LONG
    marks = _TEXT.sub(b"", raw).translate(None, _REST)
    deepest = max(accumulate(map(_STEPS.__getitem__, marks)), default=0)
    return TOO_DEEP if deepest > DEPTH_LIMIT else ""


def doubled(raw: bytes) -> str:
    """Name a key that stands twice in one object of a text of JSON; nothing where none does.

    >>> doubled(b'{"answers": {"hour": 1, "hour": 2}}'), doubled(b'{"hour": {"hour": 2}}')
    ('hour', '')
    """
    found: list[str] = []
    try:
        json.loads(raw, object_pairs_hook=lambda pairs: found.extend(repeated(pairs)))
    except (ValueError, RecursionError):
        return ""  # no JSON, which whoever reads it says
    return next(iter(found), "")


def repeated(pairs: Sequence[tuple[str, Any]]) -> list[str]:
    """Name the keys that stand more than once among the members of one object, in their order."""
    return [key for key, count in Counter(key for key, _ in pairs).items() if count > 1]


def refuse_constant(name: str) -> NoReturn:
    """Raise `ValueError`: `NaN` and `Infinity` are no JSON, though Python reads them."""
    raise ValueError(f"{name} is no number")
