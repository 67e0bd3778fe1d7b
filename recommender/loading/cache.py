"""The pack cache: a loaded pack as JSON, so that the next command need not read YAML again.

An entry is named by the digest of all that the pack was read from, so it is never out of date.
Whatever is odd about one (truncated, foreign, unwritable), the YAML is read instead: the cache
may only ever cost time.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from .files import fed, rule_files, shipped_path
from .yaml_text import first_bytes

try:  # what `hashlib` gives too, but for the library of ciphers that it loads
    from _blake2 import blake2b
except ImportError:
    from hashlib import blake2b

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from recommender.pack import Pack

VARIABLE = "RECOMMENDER_CACHE"
"""Names the folder of the cache instead of the user's own; `off` means that there is none."""

APP = "framework-recommender"

BYTES = 32
"""The length of a digest."""

KEPT = 16
"""Entries that stay; the oldest go first."""

_SUFFIX = ".pack.json"


def load_cached(rules: Sequence[str] = (), with_: Sequence[str] = ()) -> Pack:
    """Load a pack as `load_with` does, from the cache where that is possible.

    Raises as `load_with` does; what cannot be loaded is never cached.
    """
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
    """Find the folder of the cache; `None` where there is to be none."""
    named = os.environ.get(VARIABLE)
    if named == "off":
        return None
    if named:
        return named
    if sys.platform == "linux":  # what platformdirs would say, without its eight milliseconds
        home = os.environ.get("XDG_CACHE_HOME", "")
        return os.path.join(home if os.path.isabs(home) else os.path.expanduser("~/.cache"), APP)
    from platformdirs import user_cache_dir  # noqa: PLC0415

    return user_cache_dir(APP, appauthor=False)


def key_of(rules: Sequence[str], with_: Sequence[str]) -> str:
    """Digest all that a pack depends on: the code that reads it, names, and contents.

    Raises `PackError` for a folder that is no pack.
    """
    return fed(blake2b(digest_size=BYTES), _parts(rules, with_))


def _parts(rules: Sequence[str], with_: Sequence[str]) -> Iterator[bytes]:
    here = os.getcwd() if rules else ""
    yield repr((here, list(rules), sorted(with_))).encode("utf-8", "surrogatepass")
    for package in (os.path.dirname(__file__), os.path.dirname(os.path.dirname(__file__))):
        for name, path in _listed(package):
            if name.endswith(".py"):
                seen = os.stat(path)
                yield f"{name} {seen.st_size} {seen.st_mtime_ns}".encode()
    for folder in (shipped_path("rules"), *rules):
        documents = _listed(os.path.join(folder, "documents"))
        for path in (*rule_files(folder), *(path for _, path in documents)):
            yield os.fsencode(path)
            yield _content(path)


def _listed(folder: str) -> list[tuple[str, str]]:
    try:
        return [(name, os.path.join(folder, name)) for name in sorted(os.listdir(folder))]
    except OSError:
        return []


def _content(path: str) -> bytes:
    try:
        return first_bytes(path, plain=True)
    except OSError:
        return b"\0"  # no YAML file begins so


def _load(rules: Sequence[str], with_: Sequence[str]) -> Pack:
    from .packs import load_with  # noqa: PLC0415  (pydantic is slow to load)

    return load_with(rules, with_)


def _read(path: str) -> Pack | None:
    """Read an entry whose first line is the digest of the rest, and that is the user's own."""
    try:
        with open(path, "rb") as stream:
            if hasattr(os, "getuid") and os.fstat(stream.fileno()).st_uid != os.getuid():
                return None
            digest, _, body = stream.read().partition(b"\n")
    except OSError:
        return None
    if checksum(body) != digest:
        return None
    from .stored import parse_pack  # noqa: PLC0415  (nothing to read the first time)

    try:
        pack = parse_pack(body.decode())
    except ValueError:
        return None
    return pack if all(os.path.isfile(example.project) for example in pack.examples) else None


def checksum(body: bytes) -> bytes:
    """Give what an entry's first line must say of the rest."""
    return blake2b(body, digest_size=BYTES).hexdigest().encode()


def _write(path: str, pack: Pack) -> None:
    """Leave an entry for the next command, whole or not at all; failing is no matter."""
    from recommender.errors import RecommenderError  # noqa: PLC0415  (only when there was no entry)
    from recommender.writing import write_atomically  # noqa: PLC0415

    from .stored import dump_pack  # noqa: PLC0415

    folder = os.path.dirname(path)
    body = dump_pack(pack).encode("utf-8", "surrogatepass")
    entry = checksum(body) + b"\n" + body
    with suppress(OSError, RecommenderError):
        os.makedirs(folder, mode=0o700, exist_ok=True)
        write_atomically(path, entry, force=True, mode=0o600)
        entries = [path for name, path in _listed(folder) if name.endswith(_SUFFIX)]
        for old in sorted(entries, key=os.path.getmtime)[:-KEPT]:
            os.unlink(old)
