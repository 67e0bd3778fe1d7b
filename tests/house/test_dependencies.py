"""What the code imports is what pyproject.toml declares, and the lowest versions run are its bounds."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.conftest import ROOT

BOUND = re.compile(r"(?P<name>[\w-]+)>=(?P<version>[\w.]+)$")


def deptry(*words):
    command = Path(sys.executable).with_name("deptry")
    if not (found := shutil.which(command)):
        pytest.skip("deptry is not installed")
    ran = subprocess.run(
        [found, ".", "--no-ansi", *words],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return int(re.search(r"Scanning (\d+) files", ran.stdout + ran.stderr)[1])


def test_the_package_imports_what_it_declares_and_declares_what_it_imports():
    assert deptry() >= len(list((ROOT / "recommender").rglob("*.py")))


def test_the_tests_import_nothing_that_is_not_declared():
    ours = ("--known-first-party", "tests", "--known-first-party", "benchmarks")
    scanned = deptry(*ours, "--exclude", r"\.venv", "--ignore", "DEP002,DEP004")
    files = [*(ROOT / "recommender").rglob("*.py"), *(ROOT / "tests").rglob("*.py")]
    assert scanned >= len(files)


def test_the_lowest_versions_that_are_run_are_the_bounds():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    lowest = ("batch", "resolver", "scan", "start", "web")
    needed = (*project["dependencies"], *(each for name in lowest for each in extras[name]))
    declared = [BOUND.match(each) for each in needed]
    assert all(declared), "each of these has a lower bound and nothing else"
    pinned = (ROOT / "tests" / "lowest.txt").read_text("utf-8").split()
    assert pinned == sorted(f"{each['name']}=={each['version']}" for each in declared)
