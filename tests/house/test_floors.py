"""The house stands as drawn: floors, names, sizes, and what may lie at the top of the tree."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

PACKAGE = ROOT / "recommender"
MODULES = sorted(PACKAGE.rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
MODULE_LINES, TEST_LINES = 350, 400
TOP = {
    "recommender", "rules", "tests", "docs", "examples", "hatch_build.py", "benchmarks",
    "pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md", "CODE_OF_CONDUCT.md", "CITATION.cff", "CONTRIBUTING.md", "llms.txt", "server.json", "Dockerfile", "SECURITY.md", "action.yml"}  # fmt: skip
FAMILIES = ("cli", "probe/child/frameworks")


def named(path):
    return path.relative_to(ROOT).as_posix()


def tree_of(path):
    return ast.parse(path.read_text("utf-8"))


def imports(tree):
    """Yield each absolute import with the top-level packages that it names."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield node, {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield node, {(node.module or "").split(".")[0]}


def each(paths):
    return pytest.mark.parametrize("path", paths, ids=named)


def test_every_contract_between_the_floors_is_kept():
    lint = Path(sys.executable).with_name("lint-imports")
    ran = subprocess.run(
        [lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False, timeout=120
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_the_top_of_the_tree_holds_what_a_reader_expects():
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("not a checkout")
    listed = subprocess.run([git, "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    top = {line.split("/")[0] for line in listed.stdout.splitlines()}
    assert {name for name in top if not name.startswith(".")} <= TOP
    assert {"recommender", "rules", "tests", "pyproject.toml", "README.md"} <= top


@each([*MODULES, *TESTS])
def test_a_file_is_short_enough_to_be_read(path):
    lines = path.read_text("utf-8").count("\n")
    most = MODULE_LINES if PACKAGE in path.parents else TEST_LINES
    assert lines <= most, f"{lines} lines: past {most} a file is two files"


@each(MODULES)
def test_a_module_says_its_responsibility_and_is_named_after_it(path):
    assert not {"utils", "helpers", "core", "base", "common", "misc"} & set(
        (path.parent / path.stem).relative_to(ROOT).parts
    ), "a name that says nothing"
    line = (ast.get_docstring(tree_of(path)) or "").partition("\n")[0]
    assert line, "no docstring"
    assert line.endswith((".", "?", ":")), f"not a sentence: {line}"


def test_a_class_name_stands_for_one_class():
    homes = {}
    for path in MODULES:
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.ClassDef):
                homes.setdefault(node.name, []).append(named(path))
    assert {name: paths for name, paths in homes.items() if len(paths) > 1} == {}


@each(
    [
        path
        for family in FAMILIES
        for path in sorted((PACKAGE / family).glob("*.py"))
        if not path.stem.startswith("_")
    ]
)
def test_a_member_of_a_family_never_imports_another(path):
    """It may use the family's private neighbours (`_name.py`)."""
    members = {p.stem for p in path.parent.glob("*.py") if not p.stem.startswith("_")} - {path.stem}
    family = ".".join(path.parent.relative_to(ROOT).parts)
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.ImportFrom):
            inside = node.level == 1 or (node.module or "") == family
            names = {alias.name for alias in node.names} | {(node.module or "").split(".")[0]}
            assert not (inside and names & members), f"line {node.lineno}"


@each(sorted((PACKAGE / "probe" / "child").rglob("*.py")))
def test_the_probes_child_needs_the_standard_library_alone(path):
    """Checks import a framework where they use it; a part of an adapter its own, at the top too."""
    is_part = path.parent.parent.name == "frameworks" and path.name != "__init__.py"
    tree = ast.parse(path.read_text("utf-8"), feature_version=(3, 9))
    for node, roots in imports(tree):
        foreign = roots - sys.stdlib_module_names
        assert "recommender" not in foreign, f"line {node.lineno}: import siblings relatively"
        if foreign:
            assert {"frameworks", "checks"} & set(path.parts), f"line {node.lineno}: {foreign}"
            own = is_part and foreign == {path.parent.name}
            assert own or node not in tree.body, f"line {node.lineno}: import {foreign} where used"


@each([path for path in MODULES if "child" not in path.parts])
def test_no_framework_is_imported_outside_the_probes_child(path):
    for node, roots in imports(tree_of(path)):
        assert not roots & {"torch", "tensorflow", "keras", "jax"}, f"line {node.lineno}"


def test_the_package_says_that_it_is_typed():
    assert (PACKAGE / "py.typed").is_file()


def test_the_engine_never_names_a_candidate():
    """Advice is data: no module outside the probe's child knows what may be recommended."""
    word = re.compile(r"pytorch|tensorflow", re.IGNORECASE)
    engine = [*PACKAGE.glob("*.py"), *(PACKAGE / "loading").glob("*.py")]
    said = {}
    for path in engine:
        code = tree_of(path)
        prose = {
            id(node.body[0].value)
            for node in ast.walk(code)
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
            and ast.get_docstring(node)
        }
        for node in ast.walk(code):
            if (
                isinstance(node, ast.Constant)
                and id(node) not in prose
                and word.search(str(node.value))
            ):
                said.setdefault(named(path), []).append(node.lineno)
    assert not said
