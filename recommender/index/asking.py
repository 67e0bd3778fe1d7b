"""Asking the indexes: packages anew, by pip and npm and through the user's own configuration."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

from recommender.nouns.errors import Fault, RecommenderError

from .npm import asked_of_npm
from .snapshot import NPM, File, Package, Release
from .tags import tag_of
from .versions import key_of

CHILD = Path(__file__).with_name("pip_child.py")

REMEDY = "see that `{} -m pip index versions {}` works, or name another interpreter with --python"


def asked_anew(
    names: Iterable[str],
    before: Mapping[str, Package],
    day: dt.date,
    *,
    pins: Collection[str] = (),
    python: str = "",
    told: Callable[[str], None] = lambda _: None,
) -> dict[str, Package]:
    """Return the final releases of some packages on this day: of all of them, or none.

    `before` is the snapshot of before: what its releases require is kept, since a release does not
    change, and so are their days where the index gives none. What is required is read of the newest
    release; of the packages in `pins`, of all in two years. `told` is called with each name as it
    is done. Raises `RecommenderError` with every package that could not be had.
    """
    python, names = python or sys.executable, list(names)
    found: dict[str, Package] = {}
    faults: list[Fault] = []
    since = {name: day.replace(year=day.year - 2, day=1).isoformat() for name in pins}
    for row in _rows([name for name in names if not name.startswith(NPM)], before, since, python):
        name = row["name"]
        error = row.get("error") or ("" if row["files"] else "no index that pip asks has it")
        if error:
            faults.append(Fault(None, f"`{name}`: {error}", REMEDY.format(python, name)))
        else:
            found[name] = _package(row, before.get(name), day)
        told(name)
    for name in (name for name in names if name.startswith(NPM)):
        try:
            found[name] = asked_of_npm(name, day)
        except RecommenderError as error:
            faults += error.faults
        told(name)
    if faults:
        raise RecommenderError(faults)
    return found


def _rows(
    names: list[str], before: Mapping[str, Package], since: Mapping[str, str], python: str
) -> Iterable[dict[str, Any]]:
    lines = []
    for name in names:
        releases = before[name].releases if name in before else ()
        known = [each.version for each in releases if each.requires is not None]
        asked = {"name": name, "known": known, "since": since.get(name, "")}
        lines.append(json.dumps(asked) + "\n")
    try:
        child = subprocess.Popen(
            [python, CHILD], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True, encoding="utf-8",
        )  # fmt: skip
    except OSError as error:
        what = f"`{python}` cannot be run: {error.strerror or error}"
        raise RecommenderError(Fault(None, what, "name an interpreter with --python")) from None
    with child:
        assert child.stdin is not None  # noqa: S101  (both are pipes)
        assert child.stdout is not None  # noqa: S101
        answered = 0
        for line in lines:  # one at a time, so that neither pipe fills up
            try:
                child.stdin.write(line)
                child.stdin.flush()
            except OSError:
                break
            answer = child.stdout.readline()
            if not answer.startswith("{"):
                break
            answered += 1
            yield json.loads(answer)
        child.stdin.close()
        if answered < len(lines):
            said = (child.stderr.read() if child.stderr else "").strip().splitlines()
            what = f"pip of `{python}` gave no answer: {said[-1] if said else 'it ended'}"
            raise RecommenderError(Fault(None, what, REMEDY.format(python, names[answered])))


def _package(row: dict[str, Any], before: Package | None, day: dt.date) -> Package:
    files: dict[str, list[dict[str, Any]]] = {}
    for file in row["files"]:
        version = version_of(file["filename"])
        if key_of(version) is not None:
            files.setdefault(version, []).append(file)
    known = before.releases if before else ()
    required = {r.version: r.requires for r in known}
    required |= {version: tuple(said) for version, said in row["requires"].items()}
    days = {(r.version, f.tag): f.uploaded for r in known for f in r.files}
    releases = [
        Release(
            version=version,
            files=tuple(sorted(_file(f, version, days) for f in of)),
            requires_python=max((f["requires-python"] for f in of), key=len),
            yanked=all(f["yanked"] for f in of),
            requires=required.get(version),
        )
        for version, of in files.items()
    ]
    releases.sort(key=lambda each: (each.uploaded, key_of(each.version), each.version))
    return Package(row["name"], day, tuple(releases))


def _file(row: dict[str, Any], version: str, days: Mapping[tuple[str, str], str]) -> File:
    tag = tag_of(row["filename"])
    return File(row["uploaded"] or days.get((version, tag), ""), tag)


def version_of(filename: str) -> str:
    """Return the version in a file's name, or nothing if it is none of the usual kinds.

    >>> version_of("torch-2.9.0-cp311-cp311-win_amd64.whl"), version_of("keras-3.1.0.tar.gz")
    ('2.9.0', '3.1.0')
    """
    if filename.endswith(".whl"):
        return filename.split("-")[1]
    for ending in (".tar.gz", ".zip", ".tar.bz2"):
        if filename.endswith(ending):
            return filename.removesuffix(ending).rpartition("-")[2]
    return ""
