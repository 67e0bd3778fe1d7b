"""Proof: walk the route in the folder itself, by the commands that its README names."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from recommender.language import Say, in_english
from recommender.nouns.errors import Fault, RecommenderError

if TYPE_CHECKING:
    from pathlib import Path


COMMANDS = (
    ("train", "train.py"),
    ("export", "export.py"),
    ("run", "run.py"),
    ("test", "-m pytest"),
)
"""What a started project can do; the same in every template."""

PROOF = {"train": ("--seconds", "5"), "test": ("-q", "-p", "no:cacheprovider")}
STEP_WORDS = {
    "resolve": "resolve",
    "environment": "environment",
    "install": "install",
    "train": "train",
    "export": "export",
    "run": "run",
    "test": "test",
}
FIGURE_WORDS = {
    "runtime": "runtime",
    "rows": "rows",
    "largest_difference": "largest difference",
    "tolerance": "tolerance",
    "same_class": "same class",
    "milliseconds_each": "milliseconds each",
}
"""What every template compares; the file is out/compared.json."""

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
    folder: Path,
    python: Path,
    tell: Callable[[str], None],
    *,
    uv: str = "",
    say: Say = in_english,
) -> tuple[list[TimedStep], dict[str, object]]:
    """Make the environment and take every step; return them and the numbers compared.

    `uv` is the program to make it with, in place of Python's own. Raises `UnprovedError` with the
    last words of the step that failed.
    """
    began = time.monotonic()
    steps: list[TimedStep] = []

    def take(name: str, words: Sequence[str]) -> None:
        tell(f"{say(STEP_WORDS[name])} …")
        start = time.monotonic()
        _take(name, words, folder, LIMIT - (start - began), say)
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


def _take(
    name: str, words: Sequence[str], folder: Path, limit: float, say: Say = in_english
) -> None:
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
                say(
                    "the step `{name}` was stopped: all have {seconds} s together",
                    name=say(STEP_WORDS[name]),
                    seconds=LIMIT,
                )
            ) from None
        except BaseException:
            _end(process)
            raise
    if process.returncode:
        last = " / ".join(line.strip() for line in told.splitlines()[-6:] if line.strip())[-400:]
        what = say("the step `{name}` failed here: “{last}”", name=say(STEP_WORDS[name]), last=last)
        remedy = say("with --no-prove the folder is handed over unproved")
        raise UnprovedError(Fault(None, what, remedy))


def _end(process: subprocess.Popen[str]) -> None:
    if hasattr(os, "killpg"):
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            return
    else:
        process.kill()


def figures(compared: Mapping[str, object], say: Say) -> str:
    """Return the numbers compared, in words."""
    return say(", ").join(
        f"{say(FIGURE_WORDS.get(key, key))} {value}" for key, value in compared.items()
    )


def account(
    steps: Sequence[TimedStep], compared: dict[str, object], cut: str, say: Say = in_english
) -> str:
    """Return proof.md: what was done here, with what result, and what was not."""
    if not steps:
        done = [
            say("Nothing was run: the folder was asked for with `--no-prove`."),
            say("The commands of README.md are untried on this computer."),
        ]
    else:
        rows = [f"| {say(STEP_WORDS[step.name])} | {step.seconds} |" for step in steps]
        done = [
            say("Each step was taken in this folder before it was handed over."),
            "",
            say("| step | seconds |"),
            "|---|---|",
            *rows,
            "",
            say("Compared: {figures}.", figures=figures(compared, say)),
            "",
            say(
                "Training was stopped after seconds, so the network here knows little; train it "
                "again."
            ),
        ]
    ends = say("The route ends on a computer like this one.")
    if cut:
        ends = say("Not done here: {step}.", step=cut)
    return "\n".join([say("# What was proved"), "", *done, "", ends, ""])
