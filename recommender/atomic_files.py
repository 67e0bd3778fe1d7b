"""Atomic writing: a file is written whole or not at all, and never over another unasked."""

from __future__ import annotations

import os
import re
import secrets
import stat
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from .nouns.errors import Fault, Place, RecommenderError

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


def write_atomically(
    path: str | Path, text: str | bytes, *, force: bool = False, mode: int = 0o666
) -> None:
    """Write a file whole or not at all, as UTF-8; an existing file is kept unless `force`.

    What is replaced keeps its permissions, a link stays a link, and what is no plain file
    (`/dev/stdout`, a named pipe) is written into. Remains of a writer that was killed are removed.
    Raises `RecommenderError` where the file exists or cannot be written.

    >>> import tempfile, pathlib
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_atomically(pathlib.Path(folder) / "a.txt", "tea")
    ...     pathlib.Path(folder, "a.txt").read_text()
    'tea'
    """
    data = text.encode("utf-8", "replace") if isinstance(text, str) else text
    with whole_file(path, force=force, mode=mode) as temporary:
        temporary.write_bytes(data)


@contextmanager
def whole_file(path: str | Path, *, force: bool = False, mode: int = 0o666) -> Iterator[Path]:
    """Yield the path of a temporary file to write; it takes the place of `path` on a normal exit.

    For what is too large to hold in memory; otherwise as `write_atomically`. After an exception
    nothing is left.
    """
    path = Path(path)
    place = Place(str(path))
    try:
        path = Path(os.path.realpath(path)) if path.is_symlink() else path
        there = _status(path)
        if there is not None and stat.S_ISDIR(there.st_mode):
            raise RecommenderError(Fault(place, "is a folder", "name a file in it"))
        if there is not None and not stat.S_ISREG(there.st_mode):
            yield path
            return
        if there is not None and not force:
            raise FileExistsError(str(path))  # noqa: TRY301  (told below)
        _sweep(path.parent)
        name = path.parent / f"{_stamp()}{os.getpid()}-{secrets.token_hex(8)}"
        os.close(os.open(name, _NEW, mode))  # the umask sees to the rest
        try:
            if there is not None:
                _liken(name, there)
            yield name
            with name.open("rb+") as stream:
                os.fsync(stream.fileno())
            _place(name, path, force=force)
        finally:
            name.unlink(missing_ok=True)
    except FileExistsError:
        remedy = "choose another name, or add --force to replace it"
        raise RecommenderError(Fault(place, "already exists", remedy)) from None
    except OSError as error:
        reason = error.strerror or str(error)
        raise RecommenderError(Fault(place, f"cannot be written: {reason}")) from None


def _status(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except FileNotFoundError:
        return None


def _liken(name: Path, there: os.stat_result) -> None:
    """Set a new file's permissions, and owner where that is allowed, to those of the old."""
    with suppress(OSError, AttributeError):
        os.chown(name, there.st_uid, there.st_gid)
    with suppress(OSError):
        name.chmod(stat.S_IMODE(there.st_mode))


def _stamp() -> str:
    """Return the prefix of unfinished files' names, which says the machine they come from."""
    machine = os.uname().nodename if hasattr(os, "uname") else ""
    return f".recommender-{zlib.crc32(machine.encode()):08x}-"


def _sweep(folder: Path) -> None:
    """Remove unfinished files of writers on this machine that no longer run."""
    stamp = _stamp()
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            left = entry.name.startswith(stamp) and re.match(r"(\d+)-", entry.name[len(stamp) :])
            if left and not _lives(int(left[1])):
                with suppress(OSError):
                    Path(entry).unlink()


def _lives(process: int) -> bool:
    if os.name == "nt":
        return False  # an open file cannot be removed there: trying tells
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def _place(temporary: Path, path: Path, *, force: bool) -> None:
    if force:
        temporary.replace(path)
        return
    try:
        os.link(temporary, path)  # refuses to replace, in one step
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        if path.exists():
            raise FileExistsError(str(path)) from None
        temporary.replace(path)
