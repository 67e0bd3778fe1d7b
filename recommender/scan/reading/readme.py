"""Headings of a README, for what nothing else tells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from recommender.scan.source_file import Seen

from .requirements import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recommender.scan.source_file import SourceFile

_FILE = re.compile(r"readme(\.(md|rst|txt|markdown))?$", re.IGNORECASE)
_HEADING = re.compile(
    r"^#{1,6}\s+(?P<name>.+?)\s*#*$|^<h[1-3][^>]*>(?P<html>[^<]+)<", re.IGNORECASE
)
_INDEXED = re.compile(
    r"pypi(?:\.python)?\.org/(?:project|pypi)/([\w.-]+)"
    r"""|badge\.fury\.io/py/([\w.-]+?)(?:\.svg)?[)"'\s]"""
    r"|/pypi/(?:v|pyversions|dm)/([\w.-]+?)(?:\.svg)?[?)\"\s]"
)
_INSTALLED = re.compile(r"\b(?:pip3?|uv|conda|mamba) (?:pip )?(?:install|create|add)\b(.*)")
_WORD = re.compile(r"(?<![\w./-])[A-Za-z][\w.-]*")
_UNDERLINE = re.compile(r"^(=|-|~){3,}\s*$")


def reads(path: str) -> bool:
    """Return whether a path is that of the README of the whole repository."""
    return _FILE.fullmatch(path) is not None


def read(file: SourceFile) -> Iterator[Seen]:
    """Yield the headings, in lower case and without marks."""
    before, fenced = "", False
    for number, line in file.lines(200_000):
        if line.lstrip().startswith("```"):
            fenced = not fenced
        found = None if fenced else _HEADING.match(line)
        if found:
            yield Seen("heading", _plain(found["name"] or found["html"]), number)
        elif not fenced and _UNDERLINE.match(line) and before:
            yield Seen("heading", _plain(before), number - 1)
        for name in _packages(line):
            yield Seen("setting", f"readme:{plain(name)}", number)
        before = line.strip()
        if before.startswith("@") and "{" in before:
            yield Seen("heading", "@bibtex", number)


def _plain(text: str) -> str:
    return re.sub(r"[^\w\s./+-]", "", text).strip().lower()[:100]


def _packages(line: str) -> Iterator[str]:
    """Yield the packages that a line shows at an index, or says how to install."""
    for found in _INDEXED.finditer(line):
        yield next(filter(None, found.groups()))
    if told := _INSTALLED.search(line):
        yield from _WORD.findall(told[1])
