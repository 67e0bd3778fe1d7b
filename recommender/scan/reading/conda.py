"""Environments and recipes of conda, read by line."""

from __future__ import annotations

import re

from recommender.scan.source_file import Clues, Seen, SourceFile
from recommender.scan.versions import pythons

from .requirements import index_of, requirement

_FILE = re.compile(
    r"(^|/)([\w.-]*(environment|conda|env)[\w.-]*\.ya?ml|meta\.yaml)$", re.IGNORECASE
)
_ITEM = re.compile(
    r"""^\s*-\s+["']?(?:[\w.-]+::)?(?P<name>[A-Za-z][\w.-]*)(?:\[[\w,]+\])?\s*(?P<rest>[<>=~!\d][^"'#]*)?"""
)
_NAMES = {
    "pytorch": "torch",
    "pytorch-gpu": "torch",
    "pytorch-cpu": "torch",
    "pyg": "torch-geometric",
}


def reads(path: str) -> bool:
    """Return whether a path is that of an environment or a recipe of conda."""
    return _FILE.search(path) is not None


def read(file: SourceFile) -> Clues:
    """Yield the packages and the Python that it lists, under their names at PyPI."""
    listing = False
    for number, line in file.lines():
        yield from index_of(line, number)
        if re.match(r"\s*(dependencies|run|host|pip)\s*:|\s*-\s*pip\s*:", line):
            listing = True
            continue
        if re.match(r"\S", line) and not line.startswith(("-", "#")):
            listing = False
        found = _ITEM.match(line) if listing else None
        if found is None:
            continue
        name, rest = found["name"], (found["rest"] or "").strip()
        version = re.sub(r"^=(?!=)", "==", rest).split("=py")[0]
        version = re.sub(r"^(==[\d.*]+)=.*", r"\1", version)
        if name == "python":
            versions = pythons(version.lstrip("=") if version.startswith("==") else version)
            if versions:
                yield Seen("python", "required", number, versions)
            continue
        if name == "pytorch-cuda" or name in ("cudatoolkit", "cuda-toolkit"):
            yield Seen("setting", "conda:cuda", number)
        yield from requirement(f"{_NAMES.get(name, name)}{version}", number)
