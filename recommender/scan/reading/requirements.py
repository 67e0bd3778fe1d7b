"""Requirements files of pip, and what `pip install` lines name elsewhere."""

from __future__ import annotations

import re

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

from recommender.scan.source_file import Clues, Seen, SourceFile
from recommender.scan.versions import majors

_FILE = re.compile(
    r"(^|/)([\w.-]*(requirements|constraints)[\w.-]*\.(txt|in)|requirements/[^/]+\.(txt|in))$",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"dev|test|doc|lint|example|bench|optional|extra|build|script|tool|audit|convert", re.IGNORECASE
)
_NAME = re.compile(r"[A-Za-z0-9][\w.-]*")
_INDEX = re.compile(r"download\.pytorch\.org/whl/(?:nightly/|test/)?([\w.]+)")
_INSTALL = re.compile(
    r"\b(?:pip3?|uv pip|poetry add|uv add|pipx|conda|mamba|micromamba)\s+"
    r"(?:-\S+\s+)*(?:install\s+)?(?P<what>[^;&|#\n]+)"
)
_WORD = re.compile(
    r"""["']?([A-Za-z][\w.-]*(?:\[[\w,.-]+\])?(?:(?:==|>=|<=|~=|<|>)[\w.,<>=*]+)?)["']?$"""
)


def reads(path: str) -> bool:
    """Return whether a path is that of a requirements file.

    >>> reads("requirements-gpu.txt"), reads("requirements/base.in"), reads("notes.txt")
    (True, True, False)
    """
    return _FILE.search(path) is not None


def read(file: SourceFile) -> Clues:
    """Yield the packages and the indexes that a requirements file names."""
    aside = _ASIDE.search(file.path) is not None
    for number, line in file.lines():
        yield from index_of(line, number)
        text = line.split(" #")[0].split("#egg=")[-1].strip()
        if not text or text.startswith(("-", "#", "/", ".")):
            continue
        yield from requirement(text.split(" --")[0].rstrip("\\ "), number, aside=aside)


def requirement(text: str, line: int, *, aside: bool = False) -> Clues:
    """Yield the package that a requirement names, if it does, with the majors that it allows.

    >>> [found] = requirement("TensorFlow-GPU==1.15; python_version < '3.8'", 3)
    >>> found.name, found.versions
    ('pypi:tensorflow-gpu', ('1',))
    >>> list(requirement("://", 1))
    []
    """
    try:
        wanted = Requirement(text)
        name, versions = wanted.name, str(wanted.specifier)
    except (InvalidRequirement, RecursionError):
        found = _NAME.match(text)
        if found is None or len(text) > 200 or "://" in text:  # noqa: PLR2004
            return
        name, versions = found[0], text[found.end() :]
    yield Seen("package", f"pypi:{canonicalize_name(name)}", line, majors(versions), aside)


def index_of(line: str, number: int) -> Clues:
    """Yield the variant of PyTorch's own index that a line names: `index:cu121`, `index:cpu`."""
    for found in _INDEX.finditer(line):
        yield Seen("setting", f"index:{found[1]}", number)


def installed(line: str, number: int) -> Clues:
    """Yield the packages that the install commands in a line name.

    >>> [seen.name for seen in installed("RUN pip install -q torch==2.1 'timm>=0.9' -r r.txt", 1)]
    ['pypi:torch', 'pypi:timm']
    """
    yield from index_of(line, number)
    if "install" not in line and " add " not in line:
        return
    for command in _INSTALL.finditer(line):
        words = command["what"].split()
        for before, word in zip(["", *words], words, strict=False):
            if before in ("-r", "-c", "-f", "-n", "--name", "-i") or before.startswith("--index"):
                continue
            found = _WORD.match(word)
            if found and not word.endswith((".txt", ".whl", ".yml", ".yaml")) and word != "install":
                yield from requirement(found[1], number)
