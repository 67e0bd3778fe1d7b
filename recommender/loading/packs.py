"""Loading a rule pack: every file of its folders is read, checked, and united by id."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from recommender.nouns.errors import (
    Fault,
    Faults,
    PackError,
    Place,
    UsageError,
    did_you_mean,
    listing,
)
from recommender.nouns.pack import Pack

from .assembly import Assembly
from .definitions import RuleFile
from .fields import ENTRY_LIMIT
from .files import digest_of, first_bytes, pack_files, path_of, real, shipped
from .models import PackFile
from .recovery import not_for_want_of, sound_part
from .validation import faults_of
from .yaml_text import PlacedDict, read_text

PACK_LIMIT = 4_000_000
"""Bytes of YAML in all the folders of a pack together."""


def load_pack(
    path: str | Path | None = None,
    *,
    overlays: Sequence[str | Path] | str | Path = (),
    with_: Sequence[str] | str = (),
) -> Pack:
    """Return a rule pack: the project's own, or that in a folder, with overlay packs over it.

    `with_` names optional candidates to include; one name, or one overlay, needs no list. Raises
    `PackError` with every fault of every file, and `UsageError` for an unknown candidate.

    >>> pack = load_pack("tests/toy/rules", with_=["cocoa"])
    >>> sorted(pack.candidates)
    ['cocoa', 'coffee', 'tea']
    """
    over = [overlays] if isinstance(overlays, str | os.PathLike) else overlays
    with_ = [with_] if isinstance(with_, str) else with_
    given = over if path is None else [path, *over]
    folders = [Path(path_of(each, "a rule pack", "give its folder's path")) for each in given]
    folders = folders if path is not None else [shipped("rules"), *folders]
    _refuse_repeats(folders)
    faults = Faults(PackError)
    files: list[RuleFile] = []
    contents: list[bytes] = []
    whole = True
    for number, folder in enumerate(folders):
        for file, name in pack_files(folder):
            rules = _read(file, name, folder, number, contents, faults)
            if sum(map(len, contents)) > PACK_LIMIT:
                what = f"holds more than {PACK_LIMIT:,} bytes of rules"
                raise PackError(Fault(Place(str(folder)), what, "name the folder of one pack"))
            files += [rules] if rules is not None else []
            whole &= rules is not None
    if not whole:  # what the other files lack may stand in those that could not be read
        raise PackError(_in_order(faults))
    if faults:  # entries are missing: only what does not come of that is told beside their faults
        raise PackError(_in_order([*faults, *_others(files)]))
    assembly = Assembly(files, faults)
    pack = assembly.pack(digest_of([*contents, *(name.encode() for name in sorted(set(with_)))]))
    if faults or pack is None:
        raise PackError(_in_order(faults))
    known = set(pack.candidates)
    for name in with_:
        if name not in known:
            raise UsageError(f"no candidate `{name}`; {did_you_mean(name, sorted(known))}")
    return assembly.joined(pack, frozenset(with_))


def _others(files: list[RuleFile]) -> list[Fault]:
    """Return the faults that the sound entries of broken files have with each other."""
    found = Faults(PackError)
    Assembly(files, found).pack("")
    return not_for_want_of(found, {name for file in files for name in file.lost})


def load_with(rules: Sequence[str], with_: Sequence[str] = ()) -> Pack:
    """Return the shipped pack with overlays, as `--rules` names them on the command line.

    A complete pack among `rules` (its head has no `extends`) takes the place of the shipped one.
    Raises as `load_pack` does.
    """
    complete = [folder for folder in rules if is_complete(Path(folder))]
    own = real(shipped("rules"))
    for folder in rules:
        if real(folder) == own or (folder in complete and _head_of(own) == _head_of(Path(folder))):
            what = "is the main pack again"
            remedy = "leave it out; to use a changed copy instead, give it an id of its own"
            raise PackError(Fault(Place(folder), what, remedy))
    if len(complete) > 1:
        what = f"is a complete pack, and so is {complete[0]}"
        raise PackError(Fault(Place(complete[1]), what, "name one of the two"))
    if complete:
        overlays = [folder for folder in rules if folder not in complete]
        return load_pack(complete[0], overlays=overlays, with_=with_)
    return load_pack(overlays=rules, with_=with_)


def _head_of(folder: Path) -> dict[str, Any]:
    """Return the `pack:` head of a folder as written, or an empty one."""
    for file, name in pack_files(folder):
        try:
            raw = first_bytes(file, plain=True)
        except OSError:
            continue
        if b"pack" in raw:
            data = read_text(raw, name, [])
            head = data.get("pack") if isinstance(data, PlacedDict) else None
            if isinstance(head, PlacedDict):
                return {"id": head.get("id"), "extends": head.get("extends")}
            if data is None and _HEAD.search(raw):  # a head in a file that cannot be read
                return {"id": None, "extends": "?" if b"extends" in raw else None}
    return {}


_HEAD = re.compile(rb"^[\"']?pack[\"']?\s*:", re.MULTILINE)


def is_complete(folder: Path) -> bool:
    """Return whether a folder has a head of its own that extends no other pack."""
    head = _head_of(folder)
    return bool(head) and head.get("extends") is None


def _refuse_repeats(folders: Sequence[Path]) -> None:
    seen: dict[Path, Path] = {}
    for folder in folders:
        place = real(folder)
        if place in seen:
            fault = Fault(Place(str(folder)), "is given twice", "name each pack once")
            raise PackError(fault)
        seen[place] = folder


def _in_order(faults: Iterable[Fault]) -> list[Fault]:
    return sorted(set(faults), key=lambda f: (f.place or Place(""), f.what))


def _read(
    file: Path, name: str, folder: Path, number: int, contents: list[bytes], faults: list[Fault]
) -> RuleFile | None:
    try:
        raw = first_bytes(file, plain=True)
    except OSError as error:
        faults.append(Fault(Place(name), f"cannot be read: {error.strerror or error}"))
        return None
    contents += (file.relative_to(folder).as_posix().encode(), raw)
    before = len(faults)
    data: Any = read_text(raw, name, faults)
    if data is None:
        if len(faults) == before:
            faults.append(Fault(Place(name), "is empty", "write rules in it, or remove it"))
        return None
    if not isinstance(data, PlacedDict):
        what = "the top level is a list" if isinstance(data, list) else "holds no mapping"
        keys = listing(list(PackFile.model_fields), 6)
        faults.append(Fault(Place(name, 1), what, f"begin with a key such as {keys}"))
        return None
    if "answers" in data:
        place = Place(name, *data.spots["answers"])
        remedy = "give it to `recommender score`, and keep it out of the pack's folder"
        faults.append(Fault(place, "is a project file, not a rule file", remedy))
        return None
    for key, value in data.items():  # before it is checked: each wrong entry is a complaint
        if isinstance(value, list) and len(value) > ENTRY_LIMIT:
            what = f"`{key}` is longer than {ENTRY_LIMIT:,}"
            faults.append(Fault(Place(name, *data.spots[key]), what, "split the file"))
            return None
    try:
        text = PackFile.model_validate(data)
    except ValidationError as error:
        faults.extend(faults_of(error, PackFile, data, name))
        part = sound_part(data, error)
        return RuleFile(name, folder, number, *part) if part else None
    return RuleFile(name, folder, number, data, text)
