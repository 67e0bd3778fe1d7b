"""Locks of Poetry, uv, PDM and Pipenv: what was resolved, and so perhaps not asked for."""

from __future__ import annotations

import re

from packaging.utils import canonicalize_name

from recommender.scan.source_file import Clues, Seen, SourceFile

_NAME = re.compile(r'^name = "([\w.-]+)"|^ {8}"([\w.-]+)": \{')
_VERSION = re.compile(r'^version = "(\d+)|^ {12}"version": "==(\d+)')


def reads(path: str) -> bool:
    """Return whether a path is that of a lock."""
    name = path.rpartition("/")[2]
    return name in ("poetry.lock", "uv.lock", "pdm.lock", "Pipfile.lock", "pylock.toml")


def read(file: SourceFile) -> Clues:
    """Yield each package with its major; all of them are aside, as others may have asked."""
    name, line = "", 0
    for number, text in file.lines(8_000_000):
        if found := _NAME.match(text):
            name, line = found[1] or found[2], number
        elif name and (found := _VERSION.match(text)):
            versions = (found[1] or found[2],)
            yield Seen("package", f"pypi:{canonicalize_name(name)}", line, versions, aside=True)
            name = ""
