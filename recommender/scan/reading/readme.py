"""Headings, words and commands of a README, for what nothing else tells."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from typing import Any

from packaging.utils import canonicalize_name

from recommender.scan.source_file import Clues, Seen, SourceFile

_FILE = re.compile(r"readme(\.(md|rst|txt|markdown))?$", re.IGNORECASE)
_HEADING = re.compile(
    r"^#{1,6}\s+(?P<name>.+?)\s*#*$|^<h[1-3][^>]*>(?P<html>[^<]+)<", re.IGNORECASE
)
_INDEXED = re.compile(
    r"pypi(?:\.python)?\.org/(?:project|pypi)/([\w.-]+)"
    r"""|badge\.fury\.io/py/([\w.-]+?)(?:\.svg)?[)"'\s]"""
    r"|/pypi/(?:v|pyversions|dm)/([\w.-]+?)(?:\.svg)?[?)\"\s]"
)
_PUBLISHED = re.compile(
    r"shields\.io/(?:crates|nuget|npm|gem|maven-central|cocoapods|pub|hexpm|hackage|packagist)/"
    r"|badge\.fury\.io/(?:js|rb|nu|go)/|jitpack\.io/v/|pkg\.go\.dev/badge/|godoc\.org/\S+\?status"
    r"|r-pkg\.org/badges/"
)
"""The badges of indexes of other languages than Python's, as a package shows them of itself."""
_INSTALLED = re.compile(
    r"\b(?:pip3?|uv|conda|mamba) (?:pip )?(?:install|create|add)\b"
    r"(?! +(?:-e|--editable|-r)\b)([^`]*)"
)
"""What is installed from where it lies, or from a list, is not what others would install."""
_WORD = re.compile(r"(?<![\w./-])[A-Za-z][\w.-]*")
_BEGINNING = 600
"""Characters of a README that say what a repository is for; what follows is how it is used."""
_MARKS = re.compile(r"!?\[(?P<text>[^\]]*)\]\([^)]*\)|<[^>]*>|https?://\S+|\[[^\]]*\]:.*")
_HOSTS = re.compile(
    r"https?://(play\.google\.com|apps\.apple\.com|f-droid\.org|colab\.research\.google\.com)/"
)
_HERE = re.compile(r"\bpip3? install (?:\.(?![\w/])|git\+)|\bsetup\.py install\b")
_SPACE = re.compile(r"sdk:\s*(gradio|streamlit|docker|static)\s*$")
"""What a README of Hugging Face's Spaces says of what runs there."""
_COMMAND = re.compile(r"(?:^|[`$>\s])(git clone|python3? (?=[\w./-]+\.py\b|-m ))")
_SUBJECT = re.compile(r"[a-z][a-z0-9]{2,}(?:-[a-z0-9]+)*")
_WHOLE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_HOME = re.compile(r"/home/(pi|jetson|nano)/")
"""The home of the user that a board has when it is set up."""
_STICK = re.compile(r"\bMYRIAD\b|\bNCS2\b")
_UNDERLINE = re.compile(r"^(=|-|~){3,}\s*$")


def reads(path: str) -> bool:
    """Return whether a path is that of the README of the whole repository."""
    return _FILE.fullmatch(path) is not None


def read(file: SourceFile) -> Clues:
    """Yield the headings, in lower case and without marks, words, hosts and commands."""
    before, fenced, begun = "", False, 0
    for number, line in file.lines(200_000):
        if line.lstrip().startswith("```"):
            fenced = not fenced
        elif begun < _BEGINNING and not fenced:
            text = _MARKS.sub(_shown, line).strip()
            begun += len(text)
            yield from subjects(text, number)
        found = None if fenced else _HEADING.match(line)
        if found:
            yield Seen("heading", _plain(found["name"] or found["html"]), number)
        elif not fenced and _UNDERLINE.match(line) and before:
            yield Seen("heading", _plain(before), number - 1)
        if not fenced:
            yield from phrases(_MARKS.sub(_shown, line), number)
        for name in _settings(line):
            yield Seen("setting", name, number)
        before = line.strip()
        if before.startswith("@") and "{" in before:
            yield Seen("heading", "@bibtex", number)


def _shown(found: re.Match[str]) -> str:
    """Return what a link says; of a picture, of a tag and of an address nothing."""
    return "" if found[0].startswith("!") else found["text"] or ""


def subjects(text: str, number: int) -> Clues:
    """Yield each word of a text once, in lower case, and each two that stand together.

    Two words also stand together where only very short ones are between them.

    >>> [seen.name for seen in subjects("Wake words for ESP32", 1)]
    ['wake', 'words', 'for', 'esp32', 'wake words', 'words for', 'for esp32']
    >>> [seen.name for seen in subjects("Proof of concept", 1)]
    ['proof', 'concept', 'of', 'proof concept', 'proof of', 'of concept']
    """
    lowered = text.lower()
    words, whole = _SUBJECT.findall(lowered), _WHOLE.findall(lowered)
    pairs = [f"{one} {other}" for some in (words, whole) for one, other in pairwise(some)]
    for name in dict.fromkeys([*words, *whole, *pairs]):
        yield Seen("subject", name, number)


def described(package: Mapping[str, Any], line_of: Callable[[str], int]) -> Clues:
    """Yield the words of a package's description and keywords, as its manifest has them."""
    for key in ("description", "keywords"):
        said = package.get(key)
        for each in said if isinstance(said, list) else (said,):
            if isinstance(each, str):
                yield from subjects(each, line_of(key))


def phrases(text: str, number: int) -> Clues:
    """Yield each word of a text, and each two and three that stand together, in lower case.

    >>> [seen.name for seen in phrases("A master's thesis", 1)]
    ['a', 'masters', 'thesis', 'a masters', 'masters thesis', 'a masters thesis']
    """
    words = re.findall(r"[a-z0-9]+(?:-[a-z0-9]+)*", text.lower().replace("'", ""))
    for many in (1, 2, 3):
        for begin in range(len(words) - many + 1):
            yield Seen("phrase", " ".join(words[begin : begin + many]), number)


def _plain(text: str) -> str:
    return re.sub(r"[^\w\s./+-]", "", text).strip().lower()[:100]


def _settings(line: str) -> Iterator[str]:
    """Yield the shops, the commands and the packages that a line names."""
    for host in _HOSTS.findall(line):
        yield f"link:{host}"
    if _PUBLISHED.search(line):
        yield "readme:published"
    if found := _SPACE.match(line):
        yield f"space:{found[1]}"
    if _HERE.search(line):
        yield "readme:install here"
    for user in _HOME.findall(line):
        yield f"readme:home of {user}"
    if _STICK.search(line):
        yield "readme:compute stick"
    for command in _COMMAND.findall(line):
        yield f"readme:run {command.split()[0].rstrip('3')}"
    for name in _packages(line):
        yield f"readme:{canonicalize_name(name)}"


def _packages(line: str) -> Iterator[str]:
    """Yield the packages that a line shows at an index, or says how to install."""
    for found in _INDEXED.finditer(line):
        yield next(filter(None, found.groups()))
    if told := _INSTALLED.search(line):
        yield from _WORD.findall(told[1])
