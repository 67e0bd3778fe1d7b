"""Files of a pack: found wherever the package is installed, and never outside their folder."""

from __future__ import annotations

import errno
import os
import stat
from typing import TYPE_CHECKING, Any

from recommender.nouns.errors import Fault, PackError, Place, UsageError

try:  # what `hashlib` gives too, but for the library of ciphers that it loads
    from _blake2 import blake2b
except ImportError:
    from hashlib import blake2b

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from recommender.nouns.pack import Pack

SIZE_LIMIT = 1_000_000

CHUNK = 65536
"""Bytes read at a time of what does not say how long it is."""

FILE_LIMIT = 2000
ENTRY_LIMIT = 20_000
"""Files of any kind that are looked at: a home folder given by mistake must not take minutes."""

STAMP_BYTES = 32

PROJECTS = "projects"
"""The folder of a pack that may hold its example projects, instead of `examples` beside it."""


def path_of(given: object, what: str, remedy: str) -> str:
    """Return a caller's argument as a path; raises `UsageError` if it cannot be one.

    >>> path_of("tea.yaml", "a project", "give a path")
    'tea.yaml'
    """
    path = os.fspath(given) if isinstance(given, str | os.PathLike) else None
    if not isinstance(path, str):
        raise UsageError(Fault(None, f"{what} cannot be {given!r}", remedy))
    return path


def shipped(folder: str) -> Path:
    """Return the path of a shipped folder: in the wheel, or at the top of a checkout."""
    from pathlib import Path  # noqa: PLC0415  (slow to load, and the cache gets by without)

    return Path(shipped_path(folder))


PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
CARRIED = os.path.join(PACKAGE, "_shipped")
"""Where a wheel carries what the project ships."""


def shipped_path(folder: str) -> str:
    """Return the path of a shipped folder as text."""
    inside = os.path.join(CARRIED, folder)
    return inside if os.path.isdir(inside) else os.path.join(os.path.dirname(PACKAGE), folder)


def code() -> Iterator[tuple[str, os.stat_result]]:
    """Yield name and status of each file of the code that a stored pack depends on."""
    for folder in (os.path.join(PACKAGE, "loading"), PACKAGE):
        for name, path in listed(folder):
            if name.endswith(".py"):
                yield name, os.stat(path)


def pack_files(folder: Path) -> list[tuple[Path, str]]:
    """Return the YAML files under a pack folder, each with its name in messages, in name order.

    Raises as `rule_files` does.
    """
    from pathlib import Path  # noqa: PLC0415

    paths = [Path(path) for path in rule_files(str(folder))]
    return [(path, str(path)) for path in paths]


def rule_files(folder: str) -> list[str]:
    """Return the paths of the YAML files under a pack folder, sorted by their parts.

    Hidden files and folders are left out: they belong to editors and version control. Raises
    `PackError` for a folder that does not exist or holds no YAML, and for links that lead out
    of it, since what they point to is not the pack's.
    """
    shown = Place(folder)
    if not os.path.exists(folder):
        raise PackError(Fault(shown, "there is no such folder", "name a folder of rule files"))
    if not os.path.isdir(folder):
        raise PackError(Fault(shown, "is a file, not a rule pack", "name the folder that holds it"))
    found, astray = _look_through(folder)
    if len(found) > FILE_LIMIT:
        what = f"holds more than {FILE_LIMIT:,} YAML files"
        raise PackError(Fault(shown, what, "name the folder of one pack"))
    if astray:
        what, remedy = "is a link that leads out of the pack", "put the files themselves there"
        raise PackError(Fault(Place(path), what, remedy) for path in astray)
    if not found:
        raise PackError(Fault(shown, "holds no rule file", "put the pack's *.yaml files in it"))
    return found


def _look_through(folder: str) -> tuple[list[str], list[str]]:
    found: list[str] = []
    astray: list[str] = []
    seen = 0
    for parent, folders, files in os.walk(folder):
        seen += len(folders) + len(files)
        if seen > ENTRY_LIMIT:
            what = f"holds more than {ENTRY_LIMIT:,} files"
            raise PackError(Fault(Place(folder), what, "name the folder of one pack"))
        folders[:] = [name for name in folders if not name.startswith(".")]
        if parent == folder:  # the example projects of the pack, which are no rule files
            folders[:] = [name for name in folders if name != PROJECTS]
        for name in (*folders, *files):
            path = os.path.join(parent, name)
            is_rules = name.endswith((".yaml", ".yml")) and not name.startswith(".")
            is_link = os.path.islink(path)
            if is_link and (is_rules or os.path.isdir(path)) and not _inside(path, folder):
                astray.append(path)
            elif is_rules and os.path.isfile(path):
                found.append(path)
    return sorted(found, key=_parts), sorted(astray, key=_parts)


def first_bytes(path: str | Path, limit: int = SIZE_LIMIT, *, plain: bool = False) -> bytes:
    """Return the content of a file, up to one byte past `limit` so that a caller sees it is larger.

    A named pipe is read while somebody writes to it, and is empty if nobody does: nothing waits for
    it. Raises `OSError`; with `plain` also for anything but a plain file.
    """
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    try:
        seen = os.fstat(handle)
        if not stat.S_ISREG(seen.st_mode):
            if plain or os.isatty(handle):
                raise OSError(errno.EINVAL, "not a plain file")
            os.set_blocking(handle, True)  # only opening must not wait
        found = bytearray()
        step = min(seen.st_size or CHUNK, limit) + 1
        while len(found) <= limit and (more := os.read(handle, step)):
            found += more
        return bytes(found[: limit + 1])
    finally:
        os.close(handle)


def contents(folder: str) -> Iterator[tuple[str, bytes]]:
    """Yield path and content of every file that a pack is read from.

    Raises as `rule_files` does.
    """
    documents = listed(os.path.join(folder, "documents"))
    for path in (*rule_files(folder), *(path for _, path in documents)):
        try:
            yield path, first_bytes(path, plain=True)
        except OSError:
            yield path, b"\0"  # no YAML file begins so


def has_examples(pack: Pack) -> bool:
    """Return whether the example projects that a stored pack names still exist."""
    return all(os.path.isfile(example.project) for example in pack.examples)


def listed(folder: str) -> list[tuple[str, str]]:
    """Return the names in a folder with their paths, sorted; none if it cannot be read."""
    try:
        return [(name, os.path.join(folder, name)) for name in sorted(os.listdir(folder))]
    except OSError:
        return []


def _parts(path: str) -> list[str]:
    return path.split(os.sep)


def real(path: str | Path) -> Path:
    """Return a path with links followed, as `Path.resolve` does, even where they are circular."""
    from pathlib import Path  # noqa: PLC0415

    return Path(os.path.realpath(path))


def _inside(link: str, folder: str) -> bool:
    target, root = os.path.realpath(link), os.path.realpath(folder)
    return os.path.exists(target) and os.path.join(target, "").startswith(os.path.join(root, ""))


def digest_of(parts: Iterable[bytes]) -> str:
    """Return the SHA-256 of contents, by which a report names the pack that it was made with."""
    import hashlib  # noqa: PLC0415  (slow to load, and a stored pack has its digest)

    return _fed(hashlib.sha256(), parts)


def stamp(parts: Iterable[bytes]) -> str:
    """Return a digest of contents for internal use: fast to load and to compute."""
    return _fed(blake2b(digest_size=STAMP_BYTES), parts)


def _fed(digest: Any, parts: Iterable[bytes]) -> str:
    """Return the digest of parts, each preceded by its length, so that their borders count."""
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return str(digest.hexdigest())
