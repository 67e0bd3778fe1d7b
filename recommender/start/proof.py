"""Proof: walk the route in the folder itself, by the commands that its README names."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from recommender.nouns.errors import Fault, RecommenderError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

COMMANDS = (
    ("train", "train.py"),
    ("export", "export.py"),
    ("run", "run.py"),
    ("test", "-m pytest"),
)
"""What a started project can do; the same in every template."""

PROOF = {"train": ("--seconds", "5"), "test": ("-q", "-p", "no:cacheprovider")}
LIMIT = 300
"""Seconds for all steps together."""


class UnprovedError(RecommenderError):
    """A step of the route failed here."""


@dataclass(frozen=True, slots=True)
class TimedStep:
    """A step that was taken, and how long it took."""

    name: str
    seconds: float


def prove(
    folder: Path, python: Path, tell: Callable[[str], None], *, uv: str = ""
) -> tuple[list[TimedStep], dict[str, object]]:
    """Make the environment and take every step; return them and the numbers compared.

    `uv` is the program to make it with, in place of Python's own. Raises `UnprovedError` with the
    last words of the step that failed.
    """
    began = time.monotonic()
    steps: list[TimedStep] = []

    def take(name: str, words: Sequence[str]) -> None:
        tell(f"{name} …")
        start = time.monotonic()
        _take(name, words, folder, LIMIT - (start - began))
        steps.append(TimedStep(name, round(time.monotonic() - start, 1)))

    own = str(folder / ".venv" / ("Scripts" if os.name == "nt" else "bin") / "python")
    make, install = _by_uv(uv, python, own) if uv else _by_pip(python, own)
    take("environment", make)
    take("install", [*install, "--no-deps", "-r", "requirements.txt"])
    for name, command in COMMANDS:
        take(name, [own, *command.split(), *PROOF.get(name, ())])
    for cache in [*folder.glob("__pycache__"), *folder.glob("tests/**/__pycache__")]:
        shutil.rmtree(cache)
    compared = json.loads((folder / "out" / "compared.json").read_text("utf-8"))
    return steps, compared


def _by_pip(python: Path, own: str) -> tuple[list[str], list[str]]:
    quiet = ["--quiet", "--disable-pip-version-check", "--retries", "1"]
    return [str(python), "-m", "venv", ".venv"], [own, "-m", "pip", "install", *quiet]


def _by_uv(uv: str, python: Path, own: str) -> tuple[list[str], list[str]]:
    """Return the words that make an environment, with pip in it, and those that install.

    All is locked with hashes, so that it is one whichever index gives it.
    """
    make = [uv, "venv", "--quiet", "--no-project", "--seed", "--python", str(python), ".venv"]
    any_index = ["--index-strategy", "unsafe-best-match"]
    return make, [uv, "pip", "install", "--quiet", "--python", own, *any_index]


def _take(name: str, words: Sequence[str], folder: Path, limit: float) -> None:
    """Run one step in a group of processes of its own, which ends with it."""
    # A fresh process must not find the modules of whoever started us.
    unset = {"PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "PYTHONDONTWRITEBYTECODE"}
    environment = {key: value for key, value in os.environ.items() if key not in unset}
    with subprocess.Popen(
        words, cwd=folder, env=environment, text=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        errors="replace", start_new_session=True,
    ) as process:  # fmt: skip
        try:
            told, _ = process.communicate(timeout=max(limit, 1))
        except subprocess.TimeoutExpired:
            _end(process)
            raise UnprovedError(
                f"the step `{name}` was stopped: all have {LIMIT} s together"
            ) from None
        except BaseException:
            _end(process)
            raise
    if process.returncode:
        last = " / ".join(line.strip() for line in told.splitlines()[-6:] if line.strip())[-400:]
        remedy = "with --no-prove the folder is handed over unproved"
        raise UnprovedError(Fault(None, f"the step `{name}` failed here: {last}", remedy))


def _end(process: subprocess.Popen[str]) -> None:
    if hasattr(os, "killpg"):
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            return
    else:
        process.kill()


def account(steps: Sequence[TimedStep], compared: dict[str, object], cut: str) -> str:
    """Return proof.md: what was done here, with what result, and what was not."""
    if not steps:
        done = [
            "Nothing was run: the folder was asked for with `--no-prove`.",
            "The commands of README.md are untried on this computer.",
        ]
    else:
        rows = [f"| {step.name} | {step.seconds} |" for step in steps]
        figures = ", ".join(f"{key.replace('_', ' ')} {value}" for key, value in compared.items())
        done = [
            "Each step was taken in this folder before it was handed over.",
            "",
            "| step | seconds |",
            "|---|---|",
            *rows,
            "",
            f"Compared: {figures}.",
            "",
            "Training was stopped after seconds, so the network here knows little; train it again.",
        ]
    not_done = f"Not done here: {cut}." if cut else "The route ends on a computer like this one."
    return "\n".join(["# What was proved", "", *done, "", not_done, ""])
