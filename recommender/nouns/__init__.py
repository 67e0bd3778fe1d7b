"""The values that everything else works with: packs, profiles, conditions, observations, faults."""

from __future__ import annotations

import copyreg
from types import MappingProxyType
from typing import Any


def _read_only(shown: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(shown)


# The standard library cannot pickle a read-only view: it travels as a copy of what it shows.
copyreg.pickle(MappingProxyType, lambda view: (_read_only, (dict(view),)))
