"""Tags of wheels: which Pythons and which platforms a file is for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

_CLAUSE = re.compile(r"\s*(>=|<=|>|<|==|!=|~=)\s*(\d+)(?:\.(\d+))?(?:\.(\d+|\*))?.*")


def tag_of(filename: str) -> str:
    """Return the tags in a file's name: Python, ABI and platform, or `sdist`.

    >>> tag_of("torch-2.9.0-cp311-cp311-win_amd64.whl"), tag_of("torch-2.9.0.tar.gz")
    ('cp311-cp311-win_amd64', 'sdist')
    """
    return "-".join(filename[:-4].split("-")[-3:]) if filename.endswith(".whl") else "sdist"


def platforms_of(tag: str) -> Iterator[str]:
    """Yield the platforms that a wheel is for; what suits all of them is `any`.

    >>> list(platforms_of("cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64"))
    ['linux-x86_64']
    >>> list(platforms_of("py3-none-macosx_11_0_universal2"))
    ['macos-arm64', 'macos-x86_64']
    """
    seen = set()
    for part in tag.rsplit("-", 1)[-1].split("."):
        for name in _platforms(part):
            if name not in seen:
                seen.add(name)
                yield name


def _platforms(part: str) -> Iterator[str]:
    machine = next((m for m in ("x86_64", "aarch64", "arm64", "armv7l") if part.endswith(m)), "")
    if part == "any":
        yield "any"
    elif part == "win_amd64":
        yield "windows-x86_64"
    elif part == "win_arm64":
        yield "windows-arm64"
    elif part.startswith(("manylinux", "linux")) and machine:
        yield f"linux-{machine}"
    elif part.startswith("macosx") and part.endswith(("universal2", "intel")):
        yield from ("macos-arm64", "macos-x86_64") if part.endswith("2") else ("macos-x86_64",)
    elif part.startswith("macosx") and machine:
        yield f"macos-{machine}"


def built_for(tag: str) -> Iterator[str]:
    """Yield the CPythons that a wheel was built for; one for any version names none.

    >>> list(built_for("cp315-cp315t-win_amd64")), list(built_for("py3-none-any"))
    (['3.15'], [])
    """
    for name in tag.split("-", maxsplit=1)[0].split("."):
        minor = name.removeprefix("cp3")
        if minor != name and minor.isdigit():
            yield f"3.{int(minor)}"


@lru_cache(maxsize=4096)  # asked of every file, and the files of a package have few tags
def is_for(tag: str, python: str, requires: str) -> bool:
    """Return whether a wheel can be installed under a CPython; free-threaded ones do not count.

    >>> is_for("cp313-cp313-win_amd64", "3.13", ""), is_for("cp313-cp313t-win_amd64", "3.13", "")
    (True, False)
    >>> is_for("cp39-abi3-win_amd64", "3.14", ""), is_for("py3-none-any", "3.9", ">=3.10")
    (True, False)
    """
    parts = tag.split("-")
    if len(parts) < 3 or not admits(requires, python):  # noqa: PLR2004  (Python, ABI, platform)
        return False
    minor = int(python.split(".")[1])
    for name in parts[0].split("."):
        if name in ("py3", f"py3{minor}") and parts[1] in ("none", "abi3"):
            return True
        if name == f"cp3{minor}" and parts[1] in (name, "none", "abi3"):
            return True
        lowest = name.removeprefix("cp3")
        if parts[1] == "abi3" and name.startswith("cp3") and int(lowest or 0) <= minor:
            return True
    return False


@lru_cache(maxsize=1024)
def admits(requires: str, python: str) -> bool:
    """Return whether a Requires-Python admits a CPython of two numbers, at some patch release.

    >>> admits(">=3.9,<3.14", "3.13"), admits("<3.14", "3.14"), admits("!=3.9.7,>=3.8", "3.9")
    (True, False, True)
    """
    want = tuple(int(part) for part in python.split("."))
    for clause in filter(None, (part.strip() for part in requires.split(","))):
        found = _CLAUSE.fullmatch(clause)
        if found is None:
            continue
        given = (int(found[2]), int(found[3] or 0))
        patch = found[4] not in (None, "0", "*")
        right = {
            ">=": want >= given,
            "~=": want >= given and want[0] == given[0],
            ">": want > given or (want == given and found[3] is not None),
            "<": want < given or (want == given and patch),
            "<=": want <= given,
            "==": want == given or found[3] is None,
            "!=": want != given or patch,
        }[found[1]]
        if not right:
            return False
    return True
