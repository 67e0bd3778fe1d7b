"""The limits of JSON that comes in by a door: those of a project file."""

from __future__ import annotations

import re
from itertools import accumulate

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
