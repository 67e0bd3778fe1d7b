"""Nouns as the values that JSON has."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from typing import Any

from .errors import Place


def json_value(value: Any) -> Any:
    """Return a noun as JSON has it: fields by name, sets sorted, days and places as text.

    >>> json_value({"where": Place("tea.yaml", 3), "cups": (2, frozenset({"b", "a"}))})
    {'where': 'tea.yaml:3', 'cups': [2, ['a', 'b']]}
    """
    kind: Any = type(value)
    if kind in _AS_THEY_ARE:
        return value
    if kind is tuple or kind is list:
        return [json_value(each) for each in value]
    if kind is dict:
        return {str(key): json_value(each) for key, each in value.items()}
    if kind is frozenset or kind is set:
        return sorted(value)
    if kind is float:
        return round(value, 6) if math.isfinite(value) else None
    if kind is Place:
        return str(value)
    if hasattr(kind, "__match_args__"):  # the fields of a noun, at no cost
        return {name: json_value(getattr(value, name)) for name in kind.__match_args__}
    if isinstance(value, Mapping):
        return json_value(dict(value))
    return value.isoformat() if isinstance(value, dt.date) else value


_AS_THEY_ARE = {str, int, bool, type(None)}
