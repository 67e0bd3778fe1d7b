"""The exit codes stand in one module, and the page that describes them says the same."""

import ast
import re

import pytest

from recommender.cli import _exit_codes
from recommender.nouns.errors import (
    ObservationError,
    PackError,
    ProfileError,
    RecommenderError,
    UsageError,
)
from tests.conftest import ROOT

ROW = re.compile(r"^\| (\d+) \| (.+?) \|$", re.MULTILINE)
OUTCOME = re.compile(r"^\| `([a-z-]+)` \| .+? \| (\d+) \|$", re.MULTILINE)
COMMANDS = sorted((ROOT / "recommender" / "cli").glob("*.py"))


class Advice:
    def __init__(self, outcome):
        self.outcome = outcome


def test_the_page_lists_every_code():
    page = (ROOT / "docs" / "exit-codes.md").read_text("utf-8")
    codes = {value for value in vars(_exit_codes).values() if type(value) is int}
    assert {int(code) for code, _ in ROW.findall(page)} == codes


def test_the_readme_pairs_each_outcome_with_its_code():
    told = OUTCOME.findall((ROOT / "README.md").read_text("utf-8"))
    assert len(told) == 5
    for outcome, code in told:
        assert _exit_codes.code_of(Advice(outcome)) == int(code)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (RecommenderError, 3),
        (PackError, 3),
        (ProfileError, 3),
        (ObservationError, 3),
        (UsageError, 2),
    ],
)
def test_the_class_of_an_error_decides_its_code(error, code):
    assert _exit_codes.code_of(error("wrong")) == code


@pytest.mark.parametrize("path", COMMANDS, ids=lambda path: path.name)
def test_no_command_returns_a_bare_number(path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef) and node.name in ("command", "run", "serve", "_run"):
            numbers = [
                part.value
                for returned in ast.walk(node)
                if isinstance(returned, ast.Return) and returned.value is not None
                for part in ast.walk(returned.value)
                if isinstance(part, ast.Constant) and type(part.value) is int
            ]
            assert numbers == [], f"{path.name}: name the code in _exit_codes.py"
