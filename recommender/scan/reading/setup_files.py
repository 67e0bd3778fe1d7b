"""`setup.cfg` and `setup.py`, both as text, and files that name a version of Python alone."""

from __future__ import annotations

import configparser
import re

from packaging.utils import canonicalize_name

from recommender.scan.source_file import Clues, Seen, SourceFile, Unread
from recommender.scan.versions import pythons

from .readme import subjects
from .requirements import requirement

_QUOTED = re.compile(r"""["']([A-Za-z][\w.-]*(?:\[[\w,.-]+\])?\s*(?:[<>=~!]=?[^"']*)?)["']""")
_REQUIRES = re.compile(r"install_requires|requirements|INSTALL_REQUIRES|REQUIREMENTS|requires\b")
_ASIDE = re.compile(r"extras_require|tests_require|setup_requires|extras\b|EXTRAS", re.IGNORECASE)
_PYTHON = re.compile(r"""python_requires\s*=\s*["']?([^"'\n]+)""")
_CLASSIFIER = re.compile(
    r"""["']?((?:Intended Audience|Topic|Programming Language :: Python) :: [^"'\n]+)"""
)
_NAMED = re.compile(r"""\b(?:name|NAME)\s*=\s*["']([\w.-]+)["']""")
_DESCRIBED = re.compile(r"""^\s*(?:description|keywords)\s*=\s*(.+)""")
_VERSION = re.compile(r"^(?:python-)?(3\.\d+)")


def reads(path: str) -> bool:
    """Return whether a path is that of one of these."""
    return path.rpartition("/")[2] in ("setup.py", "setup.cfg", ".python-version", "runtime.txt")


def read(file: SourceFile) -> Clues:
    """Yield the packages and the Python that the file requires."""
    if file.name in (".python-version", "runtime.txt"):
        for number, line in file.lines(10_000):
            if found := _VERSION.match(line.strip()):
                yield Seen("python", "required", number, pythons(found[1]))
        return
    for number, line in file.lines():
        if (found := _PYTHON.search(line)) and (versions := pythons(found[1])):
            yield Seen("python", "required", number, versions)
        if described := _DESCRIBED.search(line):
            yield from subjects(described[1], number)
        for classifier in _CLASSIFIER.finditer(line):
            yield Seen("setting", f"classifier:{classifier[1].strip()}", number)
    yield from _configured(file) if file.name == "setup.cfg" else _called(file)


def _configured(file: SourceFile) -> Clues:
    parser = configparser.RawConfigParser(strict=False)
    try:
        parser.read_string(file.text())
    except configparser.Error as error:
        raise Unread(f"is no setup.cfg: {str(error).splitlines()[0]}") from None
    numbered = list(file.lines())
    if parser.has_option("metadata", "name"):
        yield Seen("setting", "python:package", _line("name", numbered))
        name = canonicalize_name(parser.get("metadata", "name"))
        yield Seen("setting", f"package:{name}", _line("name", numbered))
    for section in parser.sections():
        for key, value in parser.items(section):
            listed = section == "options.extras_require"
            if listed or (section == "options" and key == "install_requires"):
                for line in value.splitlines():
                    text = line.strip()
                    yield from requirement(text, _line(text, numbered), aside=listed)


def _line(text: str, numbered: list[tuple[int, str]]) -> int:
    return next((number for number, line in numbered if text and text in line), 0)


def _called(file: SourceFile) -> Clues:
    """Yield what stands in lists of requirements of a `setup.py`, which is not run."""
    within, aside = False, False
    for number, line in file.lines():
        code = line.split("#")[0]
        if re.search(r"\bsetup\s*\(", code):
            yield Seen("setting", "python:package", number)
        if named := _NAMED.search(code):
            yield Seen("setting", f"package:{canonicalize_name(named[1])}", number)
        if _REQUIRES.search(code) or _ASIDE.search(code):
            within, aside = "[" in code or "{" in code or "=" in code, bool(_ASIDE.search(code))
        if within:
            for quoted in _QUOTED.finditer(code):
                yield from requirement(quoted[1], number, aside=aside)
        if within and re.search(r"^\s*[\])}]|[\])}],?\s*$", code):
            within = aside and not re.search(r"^\s*[})]", code)
