"""Resolving: whether packages can be installed together as of a day, as uv's program finds.

uv reads metadata alone: nothing is downloaded whole, built or installed. It asks the index that it
is configured for, which must give upload times (PEP 700). Only wheels count.
"""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from recommender.nouns.errors import Fault, RecommenderError, lacks_extra
from recommender.nouns.resolution import name_of

PLATFORMS = {
    "linux-x86_64": "x86_64-manylinux_2_35",
    "linux-aarch64": "aarch64-manylinux_2_35",
    "macos-arm64": "aarch64-apple-darwin",
    "macos-x86_64": "x86_64-apple-darwin",
    "windows-x86_64": "x86_64-pc-windows-msvc",
}
"""The platforms that are looked at, and uv's names for them: glibc 2.35 is Ubuntu 22.04's."""

MACOS = "15.0"
"""The macOS that is looked at."""

SOURCE_ALONE = ("antlr4-python3-runtime", "pyparser")
"""Pure Python published as source alone, as is all that it needs: these count as installable."""

LIMIT = 180
"""Seconds that one set of packages may take."""

REASON = 480
"""Letters of a reason that are kept."""

NO_SOLUTION = "No solution found"
_OVERRIDES = "overrides.txt"
_STEP = re.compile(r"(?:^|(?<=[.)] )|(?<=cause: ))(?:\(\d+\) )?(?:And because|Because|And) ")
_BARE = re.compile(r"[a-z0-9._-]+(\[\S*\])?([<>=!~]\S*)?")
_ASKED = re.compile(r"you require [a-z0-9-]+( and [a-z0-9-]+)*")
_OBVIOUS = ("only the following versions", "we know from")


@dataclass(frozen=True, slots=True)
class ResolverResult:
    """What the resolver came to: pins of the packages that were asked for, or why there are none.

    `whole` counts the packages that would be installed with them.
    """

    pins: Mapping[str, str] = field(default_factory=dict)
    because: str = ""
    whole: int = 0


def program() -> str:
    """Return the path of uv's program: that of the package `uv`, else the one on the path.

    Raises `RecommenderError` where there is none.
    """
    try:
        from uv import find_uv_bin  # noqa: PLC0415  (from an extra)

        return str(find_uv_bin())
    except (ImportError, FileNotFoundError):
        found = shutil.which("uv")
    if found is None:
        raise lacks_extra("resolving", "resolver")
    return found


def version(uv: str) -> str:
    """Return the name and version of a program, as `uv 0.13.9`."""
    said = _run([uv, "--version"], "").stdout.split()
    return " ".join(said[:2])


def resolve(
    packages: Sequence[str],
    platform: str,
    python: str,
    day: dt.date,
    *,
    uv: str = "",
    index: str = "",
) -> ResolverResult:
    """Return the newest pins with which packages install together, as of the end of a day.

    Pre-releases count only where a requirement names one. `index` is the address of an index to
    ask instead of the one that uv is configured for. Raises `RecommenderError` where uv gives no
    answer.
    """
    words = [uv or program(), "pip", "compile", "-", "--quiet", "--no-header", "--no-annotate"]
    words += ["--color", "never", "--only-binary", ":all:", "--prerelease", "explicit"]
    words += ["--python", sys.executable, "--python-version", python]
    words += ["--python-platform", PLATFORMS[platform]]
    words += ["--exclude-newer", f"{day + dt.timedelta(days=1)}T00:00:00Z"]
    words += ["--override", _OVERRIDES]
    words += ["--default-index", index] if index else []
    ran = _run(words, "\n".join(packages) + "\n")
    if ran.returncode == 0:
        rows = [line.split("==") for line in ran.stdout.split() if "==" in line]
        pins = {name_of(name): pin for name, pin in rows}
        asked = map(name_of, packages)
        return ResolverResult({name: pins[name] for name in asked if name in pins}, whole=len(pins))
    if NO_SOLUTION in ran.stderr:
        return ResolverResult(because=reason(ran.stderr))
    said = " ".join(ran.stderr.split())[-REASON:] or "it gave no reason"
    what = f"{', '.join(packages)} on {platform}, Python {python}: uv gave no answer: {said}"
    raise RecommenderError(Fault(None, what, "see that `uv pip compile` reaches your index"))


def reason(told: str) -> str:
    """Return what uv's proof rests on: the dependencies and wheels it names, in its words.

    Its conclusions, and that only some versions are published, are left out. Where the rest is
    long, the last of it is kept, which speaks of the newest versions.

    >>> reason("No solution found when resolving dependencies: Because tea>=2 depends on cup>=3 and"
    ...     " only the following versions of tea are available: tea<2 tea>=2 we can conclude that"
    ...     " tea>=2 needs cup>=3. And because you require cup<3 and tea>=2, we can conclude that"
    ...     " your requirements are unsatisfiable.")
    'tea>=2 depends on cup>=3; you require cup<3 and tea>=2'
    """
    text = " ".join(told.split()).split(" hint:")[0]
    _, found, proof = text.partition("Because ")
    if not found:
        return text[-REASON:]
    rests: dict[str, None] = {}
    for step in _STEP.split(f"{proof.removesuffix('.')}. "):
        premise = re.split(r",? we can conclude that |, and (?=because )", step)[0]
        rests.update(dict.fromkeys(part.strip(" ,.") for part in premise.split(" and ")))
    kept = _telling(_whole(rests))
    while len("; ".join(kept)) > REASON and len(kept) > 1:
        kept = kept[1:]
    return "; ".join(kept)


def _whole(parts: Iterable[str]) -> list[str]:
    """Join to one what was split between two packages of one list."""
    whole: list[str] = []
    for part in parts:
        if whole and _BARE.fullmatch(part):
            whole[-1] += f" and {part}"
        else:
            whole.append(part)
    return whole


def _telling(parts: list[str]) -> list[str]:
    """Leave out what every proof says: which versions there are, and what was asked for."""
    kept = [each for each in parts if not each.startswith(_OBVIOUS)]
    return [each for each in kept if not _ASKED.fullmatch(each)] or parts


def _run(words: list[str], text: str) -> subprocess.CompletedProcess[str]:
    surroundings = {**os.environ, "MACOSX_DEPLOYMENT_TARGET": MACOS}
    with tempfile.TemporaryDirectory() as folder:  # where no project's file configures uv
        lines = (f"{name}; python_version < '3'\n" for name in SOURCE_ALONE)
        Path(folder, _OVERRIDES).write_text("".join(lines), "utf-8")
        try:
            return subprocess.run(
                words, input=text, capture_output=True, text=True, check=False, cwd=folder,
                timeout=LIMIT, errors="replace", env=surroundings,
            )  # fmt: skip
        except (OSError, subprocess.TimeoutExpired) as error:
            what = f"uv gave no answer: {error}"
            raise RecommenderError(Fault(None, what, "try again, or another index")) from None
