"""What deptry reads of our own imports and requirements, the scan reads too."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from recommender.scan.reading import pyproject, python_code
from recommender.scan.source_file import SourceFile
from tests.conftest import ROOT

deptry = pytest.importorskip("deptry")
FILES = sorted((ROOT / "recommender").rglob("*.py"))


def source(path):
    return SourceFile(str(path), path.relative_to(ROOT).as_posix(), path.stat().st_size)


def test_the_imports_are_those_that_deptry_sees():
    from deptry.imports.extract import get_imported_modules_from_list_of_files

    theirs = get_imported_modules_from_list_of_files(FILES)
    ours = {
        (seen.name.partition(".")[0], path)
        for path in FILES
        for seen in python_code.read(source(path))
        if seen.kind == "import"
    }
    expected = {(name, Path(place.file)) for name, places in theirs.items() for place in places}
    assert {(name, path) for name, path in ours} >= {(name, path) for name, path in expected}
    assert {name for name, _ in ours} - {name for name, _ in expected} <= set(
        sys.stdlib_module_names
    ) | {"__future__"}


def test_the_requirements_are_those_that_deptry_sees(tmp_path):
    from deptry.dependency_getter.builder import DependencyGetterBuilder

    path = ROOT / "pyproject.toml"
    found = DependencyGetterBuilder(path).build().get()
    theirs = {each.name for each in (*found.dependencies, *found.dev_dependencies)}
    ours = {
        seen.name.removeprefix("pypi:")
        for seen in pyproject.read(source(path))
        if seen.kind == "package"
    }
    assert {name.lower().replace("_", "-").replace(".", "-") for name in theirs} == ours
