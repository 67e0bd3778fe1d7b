"""The unit tests mirror the modules: a reader who knows the one finds the other."""

from __future__ import annotations

from itertools import chain

import pytest

from tests.conftest import ROOT

PACKAGE, UNIT = ROOT / "recommender", ROOT / "tests" / "unit"

ELSEWHERE = {
    "cli": "doors", "mcp": "doors", "web": "doors",  # by whole commands, as users give them
    "output": "families",  # every format alike
    "probe": "probe",  # in processes of their own
}  # fmt: skip

THROUGH = {
    # What these do shows in the faults of a pack, or of a project, that is loaded.
    "loading/packs": (
        "loading/citation_models", "loading/compiled", "loading/compiler", "loading/examples", "loading/fields",
        "loading/models", "loading/population", "loading/validation",
    ),
    "loading/resolutions": ("loading/resolution_models",),
    "start/handover": ("start/rendering",),
    "index/asking": ("index/pip_child",),
    "reflecting/counterfactual": ("reflecting/branches",),
}  # fmt: skip
"""Modules without tests of their own, by the one whose tests reach them."""


def named(path, root, prefix=""):
    """Name a module, a package or its test alike: `loading/files`, without private underscores."""
    parts = [
        part.removeprefix(prefix).lstrip("_")
        for part in path.relative_to(root).with_suffix("").parts
    ]
    return "/".join(part for part in parts if part != "init__")


MODULES = {named(path, PACKAGE): path for path in sorted(PACKAGE.rglob("*.py"))}
TESTED = {named(path, UNIT, "test_") for path in UNIT.rglob("test_*.py")}


def test_a_unit_test_is_named_after_a_module():
    assert set(MODULES) >= TESTED


def is_tested(name):
    """Whether a module, or a package that it is in, has a test, or it has examples that run."""
    path = MODULES[name]
    text = path.read_text("utf-8")
    if path.name == "__init__.py" or "def " not in text or ">>> " in text:
        return True
    parts = name.split("/")
    return any("/".join(parts[:end]) in TESTED for end in range(1, len(parts) + 1))


@pytest.mark.parametrize("name", [each for each in MODULES if each.split("/")[0] not in ELSEWHERE])
def test_a_module_is_tested_where_a_reader_looks(name):
    excused = set(chain.from_iterable(THROUGH.values()))
    assert is_tested(name) != (name in excused), f"no tests/unit/{name} with `test_`"


def test_what_is_tested_elsewhere_is_tested_there():
    assert set(THROUGH) <= TESTED
    for folder in ELSEWHERE.values():
        assert any((ROOT / "tests" / folder).glob("test_*.py"))
