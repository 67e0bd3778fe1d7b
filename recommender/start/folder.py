"""The folder that is handed over: complete or absent, and never over what somebody else wrote."""

from __future__ import annotations

import hashlib
import json
import os
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from recommender.nouns.errors import Fault, Place, RecommenderError, listing

MARK = ".recommender-start.json"
"""Lists what we wrote, with a digest of each, so that we replace nothing else."""

MADE_AGAIN = {".venv", "node_modules", "__pycache__", ".pytest_cache"}
"""What commands make again in no time; out/ is not: training it anew may take days."""
_UNFINISHED = ".recommender-start-"


@contextmanager
def whole_project(into: Path) -> Iterator[Path]:
    """Yield a folder beside `into` to build in; on a normal exit it takes the place of `into`.

    `into` must be absent, empty, or as we handed it over. After an exception nothing is left.
    Raises `RecommenderError` otherwise.
    """
    into = into.absolute()
    check_free(into)
    new = [each for each in into.parents if not each.exists()]
    try:
        into.parent.mkdir(parents=True, exist_ok=True)
        _sweep(into.parent)
        building = into.parent / f"{_UNFINISHED}{os.getpid()}-{secrets.token_hex(4)}"
        building.mkdir()
    except OSError as error:
        what = f"cannot be made: {error.strerror or error}"
        raise RecommenderError(Fault(Place(str(into)), what)) from None
    try:
        yield building
        _mark(building)
        _move_environment(building / ".venv", building, into)
        check_free(into)  # somebody may have come in meanwhile
        if into.exists():
            old = building.with_name(f"{building.name}-old")
            into.rename(old)
            building.rename(into)
            shutil.rmtree(old, ignore_errors=True)
        else:
            building.rename(into)
    finally:
        shutil.rmtree(building, ignore_errors=True)
        with suppress(OSError):  # not empty, where all went well
            for each in new:
                each.rmdir()


def check_free(into: Path) -> None:
    """Raise `RecommenderError` unless a folder is absent, empty, or as we handed it over."""
    place = Place(str(into))
    if not into.exists() and not into.is_symlink():
        return
    if into.is_symlink() or not into.is_dir():
        raise RecommenderError(Fault(place, "is no folder", "name one that is empty or not there"))
    remedy = "name a folder that is empty or not there"
    if Path.cwd().is_relative_to(into.resolve()):
        what = "is the folder you are in, which a finished one would replace"
        raise RecommenderError(Fault(place, what, "go to the one above, and name it from there"))
    if not any(into.iterdir()):
        return
    try:
        ours = json.loads((into / MARK).read_text("utf-8"))["files"]
    except (OSError, ValueError, KeyError, TypeError):
        raise RecommenderError(
            Fault(place, "is not empty, and not made by `start`", remedy)
        ) from None
    here = _digests(into)
    changed = sorted(name for name in {*here, *ours} if here.get(name) != ours.get(name))
    if changed:
        what = f"has been worked on since `start` made it ({listing(changed, 3)})"
        raise RecommenderError(Fault(place, what, remedy))


def _digests(folder: Path) -> dict[str, str]:
    """Return a digest of each file, but for those in folders that are made again."""
    found = {}
    for root, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if name not in MADE_AGAIN]
        for name in files:
            path = Path(root, name)
            if path.name != MARK:
                data = bytes(path.readlink()) if path.is_symlink() else path.read_bytes()
                found[path.relative_to(folder).as_posix()] = hashlib.sha256(data).hexdigest()
    return found


def _mark(folder: Path) -> None:
    text = json.dumps({"schema": 1, "files": _digests(folder)}, indent=1, sort_keys=True)
    (folder / MARK).write_text(text + "\n", "utf-8")


def _move_environment(environment: Path, old: Path, new: Path) -> None:
    """Let an environment's scripts name the place at which it will stand."""
    for path in [*environment.glob("bin/*"), environment / "pyvenv.cfg"]:
        if path.is_symlink() or not path.is_file():
            continue
        data = path.read_bytes()
        if b"\0" not in data and str(old).encode() in data:
            path.write_bytes(data.replace(str(old).encode(), str(new).encode()))


def _sweep(parent: Path) -> None:
    """Remove what starts that were killed have left."""
    for path in parent.glob(f"{_UNFINISHED}*"):
        left = re.match(r"(\d+)-", path.name[len(_UNFINISHED) :])
        if left and not _lives(int(left[1])):
            shutil.rmtree(path, ignore_errors=True)


def _lives(process: int) -> bool:
    with suppress(ProcessLookupError, OverflowError):
        try:
            os.kill(process, 0)
        except PermissionError:
            return True
        return True
    return False
