"""Loading a project file: its answers, checked against a pack, with every fault at its line."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from recommender.nouns.errors import (
    Fault,
    Faults,
    Place,
    ProfileError,
    UsageError,
    did_you_mean,
    full_width,
    listing,
)
from recommender.nouns.pack import Pack
from recommender.nouns.profile import PROFILE_SCHEMA, Profile, Reading

from .answers import read_answers, unknowns
from .conditions import by_label
from .files import path_of
from .yaml_text import read_file, read_text, spot_of, unspaced

if TYPE_CHECKING:
    from pathlib import Path

KEYS = ("schema", "name", "notes", "answers", "weights")
PACK_KEYS = ("pack", "rules", "questions", "criteria", "constraints", "candidate")
HEAVIEST = 10

HALF = re.compile("[\ud800-\udfff]")
"""Half of a surrogate pair: JSON can say it, but no file or page can hold it."""


def load_profile(project: str | Path | Mapping[str, Any], pack: Pack) -> Profile:
    """Return the profile of a project, from a file or from a mapping of the same shape.

    Raises `ProfileError` with every fault found.

    >>> from recommender import load_pack
    >>> pack = load_pack("tests/toy/rules")
    >>> load_profile({"answers": {"hour": "evening"}}, pack).answers["hour"]
    'evening'
    """
    if not isinstance(pack, Pack):
        raise UsageError("`pack` must be a Pack; make one with load_pack()")
    faults = Faults(ProfileError)
    if isinstance(project, Mapping):
        if any(map(HALF.search, _texts(project))):
            what = "holds half of a surrogate pair, which is no text"
            raise ProfileError(Fault(Place("project"), what, "write the whole character"))
        return _profile(project, pack, "", faults)
    name = path_of(project, "a project", "give a path, or a mapping with `answers`")
    return _profile(read_file(name, name, faults), pack, name, faults)


def _texts(value: Any) -> Iterator[str]:
    """Yield every text in a mapping or a list, keys too, however deep."""
    left = [value]
    while left:
        each = left.pop()
        if isinstance(each, str):
            yield each
        elif isinstance(each, Mapping):
            left += [*each.keys(), *each.values()]
        elif isinstance(each, list | tuple | set | frozenset):
            left += each


def read_profile(text: bytes | str, name: str, pack: Pack) -> Profile:
    """Return the profile of a project given as text; `name` stands for it in messages."""
    faults = Faults(ProfileError)
    return _profile(read_text(text, name, faults), pack, name, faults)


def _profile(data: Any, pack: Pack, file: str, faults: list[Fault]) -> Profile:
    shown = file or "project"
    if not isinstance(data, Mapping):
        if not faults:
            faults.append(_not_a_project(data, shown))
        raise ProfileError(faults)
    stray = [key for key in PACK_KEYS if key in data]
    if "answers" not in data and stray:
        place = Place(shown, *spot_of(data, (stray[0],)))
        what = f"is a rule file (it has `{stray[0]}:`), not a project file"
        raise ProfileError(Fault(place, what, "give its folder to `--rules`"))
    _check_keys(data, pack, shown, faults)
    answers = _section(data, "answers", shown, faults)
    # What is told of another key may be how to mend this, too.
    if "answers" not in data and not faults:
        faults.append(Fault(Place(shown), "has no `answers`", "add `answers:`"))
    readings: list[Reading] = []
    known = read_answers(answers, pack.questions, shown, faults, readings)
    keys = {reading.question: reading.key for reading in readings}
    weights = _weights(_section(data, "weights", shown, faults), pack, shown, faults)
    if faults:
        raise ProfileError(sorted(faults, key=lambda fault: fault.place or Place(shown)))
    return Profile(
        answers=MappingProxyType(known),
        name=str(data.get("name") or _stem(file)),
        notes=str(data.get("notes") or ""),
        weights=MappingProxyType(weights),
        extras={key: value for key, value in data.items() if str(key).startswith("x-")},
        places={name: Place(shown, *spot_of(answers, (keys.get(name, name),))) for name in known},
        source=file,
        readings=tuple(readings),
        unknown=unknowns(answers, pack.questions),
    )


def _stem(file: str) -> str:
    """Return the name that a project has of its file; standard input lends none."""
    return "" if file == "<stdin>" else os.path.splitext(os.path.basename(file))[0]


def _not_a_project(data: Any, shown: str) -> Fault:
    remedy = "begin with `answers:` and a line for each answer"
    if data is None:
        return Fault(Place(shown), "is empty", remedy)
    kind = "a list" if isinstance(data, list) else "a single value"
    return Fault(Place(shown, 1), f"the top level is {kind}", full_width(data) or remedy)


def _check_keys(data: Mapping[str, Any], pack: Pack, shown: str, faults: list[Fault]) -> None:
    for key in data:
        if key in pack.questions and key not in KEYS:
            place = Place(shown, *spot_of(data, (key,)))
            what = f"the question `{key}` is answered outside of `answers`"
            further = "below `answers:`, two spaces further in" if place.line else "into `answers`"
            faults.append(Fault(place, what, f"move it {further}"))
        elif key not in KEYS and not str(key).startswith("x-"):
            place = Place(shown, *spot_of(data, (key,)))
            remedy = full_width(key) or did_you_mean(key, KEYS)
            if not full_width(key) and "did you mean" not in remedy:
                remedy = f"use {listing(KEYS)}, or begin your own keys with x-"
            faults.append(Fault(place, f"unknown key `{key}`", remedy))
    number = data.get("schema", PROFILE_SCHEMA)
    if number != PROFILE_SCHEMA or isinstance(number, bool):
        place = Place(shown, *spot_of(data, ("schema",)))
        what = f"`schema` {number} is not one this version reads"
        quoted = isinstance(number, str) and number == str(PROFILE_SCHEMA)
        remedy = " without the quotes" if quoted else ""
        faults.append(Fault(place, what, f"write schema: {PROFILE_SCHEMA}{remedy}"))
    for key in ("name", "notes"):
        value = data.get(key)
        if isinstance(value, list | Mapping | bool):
            faults.append(Fault(Place(shown, *spot_of(data, (key,))), f"`{key}` takes text"))


def _section(
    data: Mapping[str, Any], key: str, shown: str, faults: list[Fault]
) -> Mapping[str, Any]:
    value = data.get(key)
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        place = Place(shown, *spot_of(data, (key,)))
        remedy = (
            full_width(value) or unspaced(str(value)) or f"write a line for each under `{key}:`"
        )
        faults.append(Fault(place, f"`{key}` takes a mapping", remedy))
        return {}
    return value


def _weights(
    data: Mapping[str, Any], pack: Pack, shown: str, faults: list[Fault]
) -> dict[str, int]:
    weights: dict[str, int] = {}
    for name, value in data.items():
        place = Place(shown, *spot_of(data, (name,)))
        if name not in pack.criteria:
            titled = by_label(str(name), {each.id: each.title for each in pack.criteria.values()})
            remedy = f"did you mean `{titled}`?" if titled else did_you_mean(name, pack.criteria)
            faults.append(Fault(place, f"no criterion `{name}`", remedy))
        elif isinstance(value, bool) or not _whole(value):
            faults.append(Fault(place, f"the weight of `{name}` takes a whole number from 0 to 10"))
        elif not 0 <= value <= HEAVIEST:
            what = f"the weight of `{name}` must be from 0 to 10, not {value}"
            faults.append(Fault(place, what))
        else:
            weights[name] = int(value)
    force = {**{c.id: c.weight for c in pack.criteria.values()}, **weights}
    if weights and not any(force.values()):
        place = Place(shown, *spot_of(data, (next(iter(weights)),)))
        faults.append(Fault(place, "all weights are zero", "let at least one criterion count"))
    return weights


def _whole(value: Any) -> bool:
    """Tell whether a value is a whole number, as `5` is, and `5.0` in JSON."""
    return isinstance(value, int) or (isinstance(value, float) and value.is_integer())
