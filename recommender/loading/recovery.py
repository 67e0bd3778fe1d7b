"""Salvage: what is left of a rule file without its broken entries, so that all faults come at once.

A pack is never made of it: it only lets the sound entries be checked against each other while the
broken ones are mended.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import ValidationError

from .models import PackFile
from .yaml_text import Rows, Table

if TYPE_CHECKING:
    from recommender.nouns.errors import Fault


def sound_part(
    data: Table, error: ValidationError
) -> tuple[Table, PackFile, frozenset[str]] | None:
    """Leave out the list entries that are at fault; `None` where more than entries is wrong.

    Also gives the ids that were left out.
    """
    broken: dict[str, set[int]] = {}
    for complaint in error.errors(include_url=False):
        family, index = (*complaint["loc"], None, None)[:2]
        if not isinstance(family, str) or not isinstance(index, int):
            return None
        broken.setdefault(family, set()).add(index)
    kept, lost = Table(data.spot), set()
    for key, value in data.items():
        kept.spots[key] = data.spots[key]
        kept[key] = value
        if key in broken:
            rows = kept[key] = Rows(value.spot)
            for index, entry in enumerate(value):
                if index not in broken[key]:
                    rows.append(entry)
                    rows.spots.append(value.spots[index])
                elif isinstance(entry, dict):
                    lost.add(str(entry.get("id")))
    try:
        return kept, PackFile.model_validate(kept), frozenset(lost)
    except ValidationError:
        return None


def not_for_want_of(faults: list[Fault], lost: set[str]) -> list[Fault]:
    """Keep the faults that mending the lost entries would not take away."""
    return [
        fault
        for fault in faults
        if not fault.what.startswith("the pack has no")
        and not any(f"`{name}`" in fault.what for name in lost)
    ]
