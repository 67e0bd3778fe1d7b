"""The pack cache: a loaded pack as JSON, so that the next command need not read YAML.

The shipped pack needs none where it was installed compiled. An entry is named by a digest of all
that the pack was read from, so it is never out of date. If an entry cannot be used (truncated,
another user's, unwritable), the YAML is read instead.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress

from recommender.nouns.errors import RecommenderError
from recommender.nouns.pack import Pack

from .compiled import compiled_pack
from .files import code, contents, has_examples, listed, shipped_path, stamp
from .serialization import dump_pack, parse_pack, sealed, unsealed

VARIABLE = "RECOMMENDER_CACHE"
"""Names the folder of the cache instead of the user's own; `off` means that there is none."""

APP = "framework-recommender"

KEPT = 16
"""Entries that stay; the oldest go first."""

_SUFFIX = ".pack.json"


def load_cached(rules: Sequence[str] = (), with_: Sequence[str] = ()) -> Pack:
    """Return a pack as `load_with` does, from the cache if it is there.

    Raises as `load_with` does; what cannot be loaded is never cached.
    """
    pack = None if rules or with_ else compiled_pack()
    if pack is not None:
        return pack
    folder = cache_folder()
    if folder is None:
        return _load(rules, with_)
    key = key_of(rules, with_)
    path = os.path.join(folder, key + _SUFFIX)
    pack = _read(path)
    if pack is None:
        pack = _load(rules, with_)
        if key == key_of(rules, with_):  # nothing changed while it was read
            _write(path, pack)
    return pack


def cache_folder() -> str | None:
    """Return the folder of the cache, or `None` if it is switched off."""
    named = os.environ.get(VARIABLE)
    if named == "off":
        return None
    if named:
        return named
    if sys.platform == "linux" and "ANDROID_ROOT" not in os.environ:
        # What platformdirs would say, without its eight milliseconds.
        home = os.environ.get("XDG_CACHE_HOME", "")
        return os.path.join(home if os.path.isabs(home) else os.path.expanduser("~/.cache"), APP)
    from platformdirs import user_cache_dir  # noqa: PLC0415

    return user_cache_dir(APP, appauthor=False)


def key_of(rules: Sequence[str], with_: Sequence[str]) -> str:
    """Return a digest of all that a pack depends on: loading code, names, and file contents.

    Raises `PackError` for a folder that is no pack.
    """
    return stamp(_parts(rules, with_))


def _parts(rules: Sequence[str], with_: Sequence[str]) -> Iterator[bytes]:
    here = os.getcwd() if rules else ""
    yield repr((here, list(rules), sorted(with_))).encode("utf-8", "surrogatepass")
    for name, seen in code():
        yield f"{name} {seen.st_size} {seen.st_mtime_ns}".encode()
    for folder in (shipped_path("rules"), *rules):
        for path, content in contents(folder):
            yield os.fsencode(path)
            yield content


def _load(rules: Sequence[str], with_: Sequence[str]) -> Pack:
    from .packs import load_with  # noqa: PLC0415  (pydantic is slow to load)

    return load_with(rules, with_)


def _read(path: str) -> Pack | None:
    """Return the pack of an entry, or `None` if it is damaged or another user's."""
    try:
        with open(path, "rb") as stream:
            if hasattr(os, "getuid") and os.fstat(stream.fileno()).st_uid != os.getuid():
                return None
            entry = stream.read()
    except OSError:
        return None
    try:
        pack = parse_pack(unsealed(entry))
    except ValueError:
        return None
    return pack if has_examples(pack) else None


def _write(path: str, pack: Pack) -> None:
    """Write an entry for the next command, whole or not at all; failures are ignored."""
    from recommender.atomic_files import write_atomically  # noqa: PLC0415  (pathlib is slow to load)

    folder, entry = os.path.dirname(path), sealed(dump_pack(pack))
    with suppress(OSError, RecommenderError):
        os.makedirs(folder, mode=0o700, exist_ok=True)
        write_atomically(path, entry, force=True, mode=0o600)
        entries = [path for name, path in listed(folder) if name.endswith(_SUFFIX)]
        for old in sorted(entries, key=os.path.getmtime)[:-KEPT]:
            os.unlink(old)
