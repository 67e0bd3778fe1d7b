"""Recovery: what is left of a rule file without its broken entries.

No pack is made of it. It lets the sound entries be checked against each other although others are
broken, so that an author sees all faults at once.
"""

from __future__ import annotations

from pydantic import ValidationError

from recommender.nouns.errors import Fault

from .models import PackFile
from .yaml_text import PlacedDict, PlacedList


def sound_part(
    data: PlacedDict, error: ValidationError
) -> tuple[PlacedDict, PackFile, frozenset[str]] | None:
    """Return a file without its broken entries, as written and as checked, and the ids left out.

    `None` if more than entries of lists is wrong.
    """
    broken: dict[str, set[int]] = {}
    for complaint in error.errors(include_url=False):
        family, index = (*complaint["loc"], None, None)[:2]
        if not isinstance(family, str) or not isinstance(index, int):
            return None
        broken.setdefault(family, set()).add(index)
    kept, lost = PlacedDict(data.spot), set()
    for key, value in data.items():
        kept.spots[key] = data.spots[key]
        kept[key] = value
        if key in broken:
            rows = kept[key] = PlacedList(value.spot)
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
    """Return the faults that are not merely due to the entries left out."""
    return [
        fault
        for fault in faults
        if not fault.what.startswith("the pack has no")
        and not any(f"`{name}`" in fault.what for name in lost)
    ]
