"""The README does what it says: its commands run, its Python runs, its project file loads."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import venv

import pytest

from recommender import load_pack
from recommender.loading import read_profile

from .command import ROOT

README = (ROOT / "README.md").read_text("utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


SETUPS = [block.strip() for block in blocks("sh") if "-m venv" in block]
ACTIVATE = next(block.strip() for block in blocks("sh") if "activate" in block)
COMMANDS = [line for block in blocks("sh") if "venv" not in block for line in block.splitlines()]


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    """This checkout with a `.venv` as the first command makes it, but for pip and what it fetches.

    Its `recommender` is found only once the environment is active, as the README says.
    """
    folder = tmp_path_factory.mktemp("checkout")
    for name in ("examples", "rules", "recommender"):
        (folder / name).symlink_to(ROOT / name)
    venv.create(folder / ".venv", symlinks=True)
    script = folder / ".venv" / "bin" / "recommender"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m recommender "$@"\n')
    script.chmod(0o755)
    return folder


def test_the_environment_is_activated_before_a_command_needs_it():
    assert README.index(SETUPS[0]) < README.index(ACTIVATE) < README.index("$ recommender")
    assert README.index(ACTIVATE) < min(map(README.index, COMMANDS))


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_runs_as_written(command, checkout):
    done = subprocess.run(
        f"{ACTIVATE}\n{command}", shell=True, cwd=checkout, capture_output=True, text=True,
        timeout=300, check=False, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout


@pytest.mark.parametrize("code", blocks("python"))
def test_the_python_runs_as_written(code):
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60,
        check=False, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout


@pytest.mark.parametrize("text", blocks("yaml"))
def test_the_project_file_loads(text):
    assert read_profile(text, "README.md", load_pack()).answers


def test_there_are_two_setups_and_the_second_is_what_ci_runs():
    assert len(SETUPS) == 2
    install, test = SETUPS[1].rsplit(" && ", 1)
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    assert install.split(" && ")[1].removeprefix(".venv/bin/") in script
    assert test.removeprefix(".venv/bin/") in script


@pytest.mark.slow
def test_the_first_command_works_on_a_fresh_checkout(tmp_path):
    """Sets up a real environment; only Python, pip and what pip fetches take part."""
    tracked = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if tracked.returncode:
        pytest.skip("not a git checkout, so its files cannot be listed")
    for name in filter(None, tracked.stdout.split("\0")):
        if (ROOT / name).is_file():
            target = tmp_path / "checkout" / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, target)
    clean = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "VIRTUAL_ENV")}
    setup = SETUPS[0].replace("python3", sys.executable, 1)
    command = f"{setup} && {ACTIVATE} && recommender --help"
    done = subprocess.run(
        command, shell=True, cwd=tmp_path / "checkout", capture_output=True, text=True,
        timeout=600, check=False, env=clean,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    assert "TensorFlow" in done.stdout
    listed = subprocess.run(
        [tmp_path / "checkout/.venv/bin/pip", "list"], capture_output=True, text=True, check=True
    ).stdout.lower()
    assert not re.search(r"^(torch|tensorflow|numpy)\b", listed, re.MULTILINE)
