"""The compiled pack: the shipped rules as JSON, made when the package is installed.

`hatch_build.py` makes it, in the format of the pack cache, so that the first command is as fast as
the next. It counts only if the rules are those that it was made from and, in a checkout, if no code
is newer.
"""

from __future__ import annotations

import json
import os

from recommender.nouns.pack import Pack

from .files import CARRIED, code, contents, has_examples, shipped_path, stamp
from .serialization import parse_pack, unsealed

NAME = "pack.json"

HOME = b"\\u0000"
"""Stands, as JSON writes it, for the folder of the installed rules: no text of a pack has it."""


def compiled_pack() -> Pack | None:
    """Return the compiled shipped pack, or `None` if there is none or it is out of date."""
    rules = shipped_path("rules")
    home = os.path.dirname(rules)
    try:
        with open(os.path.join(CARRIED, NAME), "rb") as stream:
            made = os.fstat(stream.fileno()).st_mtime_ns
            made_from, _, entry = stream.read().partition(b"\n")
    except OSError:
        return None
    # A path that JSON would write otherwise, as on Windows, would not fit where it is to be put.
    if made_from != stamp_of(rules) or json.dumps(home, ensure_ascii=False) != f'"{home}"':
        return None
    if home != CARRIED and any(seen.st_mtime_ns > made for _, seen in code()):
        return None
    try:
        pack = parse_pack(unsealed(entry).replace(HOME, home.encode()))
    except ValueError:
        return None
    return pack if has_examples(pack) else None


def stamp_of(rules: str) -> bytes:
    """Return a digest of the rule files in a folder, by their names in it and their contents."""
    parts = ((os.path.relpath(path, rules), content) for path, content in contents(rules))
    return stamp(part for name, content in parts for part in (name.encode(), content)).encode()
