"""`pyproject.toml`, with the tables of the common tools, and `Pipfile`."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Any

from recommender.scan.source_file import Seen, Unread
from recommender.scan.versions import majors, pythons

from .readme import subjects
from .requirements import index_of, plain, requirement

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from recommender.scan.source_file import SourceFile


def reads(path: str) -> bool:
    """Return whether a path is that of one of the two."""
    return path.rpartition("/")[2] in ("pyproject.toml", "Pipfile")


def read(file: SourceFile) -> Iterator[Seen]:
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
        yield from _tables(data, lines, ("packages",), aside=False)
        yield from _tables(data, lines, ("dev-packages",), aside=True)
        yield from _python(_at(data, "requires", "python_version"), lines)
        return
    yield from _project(data, lines)
    yield from _tables(data, lines, ("tool", "poetry", "dependencies"), aside=False)
    yield from _tables(data, lines, ("tool", "poetry", "dev-dependencies"), aside=True)
    for name in _mapping(_at(data, "tool", "poetry", "group")):
        yield from _tables(
            data, lines, ("tool", "poetry", "group", name, "dependencies"), aside=True
        )
    for path in (("tool", "uv", "dev-dependencies"), ("tool", "rye", "dev-dependencies")):
        yield from _listed(_at(data, *path), lines, aside=True)
    for groups in (_at(data, "dependency-groups"), _at(data, "tool", "pdm", "dev-dependencies")):
        for group in _mapping(groups).values():
            yield from _listed(group, lines, aside=True)


def _project(data: Mapping[str, Any], lines: list[str]) -> Iterator[Seen]:
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
        yield Seen("setting", f"package:{plain(named['name'])}", line)
    for key in ("description", "keywords"):
        said = named.get(key)
        for each in said if isinstance(said, list) else (said,):
            if isinstance(each, str):
                yield from subjects(each, _line(key, lines))
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


def _listed(value: Any, lines: list[str], *, aside: bool) -> Iterator[Seen]:
    for each in value if isinstance(value, list) else ():
        if isinstance(each, str):
            seen = requirement(each, _line(each, lines), aside=aside)
            if seen is not None:
                yield seen


def _tables(
    data: Mapping[str, Any], lines: list[str], path: tuple[str, ...], *, aside: bool
) -> Iterator[Seen]:
    for name, value in _mapping(_at(data, *path)).items():
        if name == "python":
            continue
        said = value.get("version", "") if isinstance(value, dict) else value
        optional = isinstance(value, dict) and value.get("optional") is True
        versions = majors(said) if isinstance(said, str) else ()
        line = _line(name, lines)
        yield Seen("package", f"pypi:{plain(name)}", line, versions, aside or optional)


def _python(value: Any, lines: list[str]) -> Iterator[Seen]:
    if isinstance(value, str) and (found := pythons(value)):
        yield Seen("python", "required", _line(value, lines), found)


def _line(text: str, lines: list[str]) -> int:
    """Return the line in which a value stands, as TOML readers do not tell it; 0 if none does."""
    word = re.compile(rf"(?<![\w-]){re.escape(text)}(?![\w-])")
    return next((n for n, line in enumerate(lines, 1) if text in line and word.search(line)), 0)
