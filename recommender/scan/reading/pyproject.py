"""`pyproject.toml`, with the tables of the common tools, and `Pipfile`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import Any

from packaging.utils import canonicalize_name

from recommender.scan.source_file import Clues, Seen, SourceFile, Unread
from recommender.scan.versions import majors, pythons

from .readme import described
from .requirements import index_of, requirement


def reads(path: str) -> bool:
    """Return whether a path is that of one of the two."""
    return path.rpartition("/")[2] in ("pyproject.toml", "Pipfile")


def read(file: SourceFile) -> Clues:
    """Yield the packages, the Python and the published package that it declares."""
    text = file.text()
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise Unread(f"is no TOML: {error}") from None
    lines = text.splitlines()
    for number, line in enumerate(lines, 1):
        yield from index_of(line, number)
    if file.name == "Pipfile":
        yield from _table(_at(data, "packages"), lines, aside=False)
        yield from _table(_at(data, "dev-packages"), lines, aside=True)
        yield from _python(_at(data, "requires", "python_version"), lines)
        return
    yield from _project(data, lines)
    poetry = _at(data, "tool", "poetry")
    yield from _table(_at(poetry, "dependencies"), lines, aside=False)
    yield from _table(_at(poetry, "dev-dependencies"), lines, aside=True)
    for group in _mapping(_at(poetry, "group")).values():
        yield from _table(_at(group, "dependencies"), lines, aside=True)
    for tool in ("uv", "rye"):
        yield from _listed(_at(data, "tool", tool, "dev-dependencies"), lines, aside=True)
    for groups in (_at(data, "dependency-groups"), _at(data, "tool", "pdm", "dev-dependencies")):
        for group in _mapping(groups).values():
            yield from _listed(group, lines, aside=True)


def _project(data: Mapping[str, Any], lines: list[str]) -> Clues:
    project = _mapping(data.get("project"))
    yield from _listed(project.get("dependencies"), lines, aside=False)
    for extra in _mapping(project.get("optional-dependencies")).values():
        yield from _listed(extra, lines, aside=True)
    yield from _python(project.get("requires-python"), lines)
    yield from _python(_at(data, "tool", "poetry", "dependencies", "python"), lines)
    named = project or _mapping(_at(data, "tool", "poetry"))
    if isinstance(named.get("name"), str) and "build-system" in data:
        line = _line(named["name"], lines)
        yield Seen("setting", "python:package", line)
        yield Seen("setting", f"package:{canonicalize_name(named['name'])}", line)
    yield from described(named, lambda key: _line(key, lines))
    classifiers = named.get("classifiers")
    for each in classifiers if isinstance(classifiers, list) else ():
        if isinstance(each, str):
            yield Seen("setting", f"classifier:{each}", _line(each, lines))


def _at(data: Any, *path: str) -> Any:
    for key in path:
        data = data.get(key) if isinstance(data, dict) else None
    return data


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _listed(value: Any, lines: list[str], *, aside: bool) -> Clues:
    for each in value if isinstance(value, list) else ():
        if isinstance(each, str):
            yield from requirement(each, _line(each, lines), aside=aside)


def _table(table: Any, lines: list[str], *, aside: bool) -> Clues:
    for name, value in _mapping(table).items():
        if name == "python":
            continue
        said = value.get("version", "") if isinstance(value, dict) else value
        optional = isinstance(value, dict) and value.get("optional") is True
        versions = majors(said) if isinstance(said, str) else ()
        line = _line(name, lines)
        yield Seen("package", f"pypi:{canonicalize_name(name)}", line, versions, aside or optional)


def _python(value: Any, lines: list[str]) -> Clues:
    if isinstance(value, str) and (found := pythons(value)):
        yield Seen("python", "required", _line(value, lines), found)


def _line(text: str, lines: list[str]) -> int:
    """Return the line in which a value stands, as TOML readers do not tell it; 0 if none does."""
    word = re.compile(rf"(?<![\w-]){re.escape(text)}(?![\w-])")
    return next((n for n, line in enumerate(lines, 1) if text in line and word.search(line)), 0)
