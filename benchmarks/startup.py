"""How long the command takes to start, as a ratio to importing what it stands on.

    python -m benchmarks.startup [ROUNDS] [--json]

Each round starts every command once, one after another, so that a busy machine slows all of them
alike. What counts is the time on the processor, the least of all rounds: a start waits for nothing,
and only what others do there makes it longer. *installed* is a wheel of this checkout, unpacked: it
carries the rules compiled, as an editable install does too. *bare* is a copy of the code and the
rules alone, which come from the pack cache, in a folder of its own, or without it from YAML.
"""

from __future__ import annotations

import contextlib
import json
import os
import pty
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
SCORE = ("score", str(ROOT / "examples" / "android-app.yaml"))
JSON = (*SCORE, "--format", "json")
COMMAND = "import re, sys\nfrom recommender.cli import main\nsys.exit(main())\n"
"""What an installed command says."""


class Case(NamedTuple):
    """Say what to start, from where, and how long it may take as a multiple of what."""

    words: tuple[str, ...]
    goal: float | None = None
    than: str = "import click, pydantic, yaml"
    tree: str = "bare"
    cache: str = "warm"
    terminal: bool = False


CASES = {
    "import click, pydantic, yaml": Case(("-c", "import click, pydantic, yaml"), tree=""),
    "import click": Case(("-c", "import click"), tree=""),
    "--help": Case(("--help",), 1.3, "import click"),
    "json, pack cache": Case(JSON, 1.25),
    "text, pack cache": Case(SCORE, 1.25),
    "terminal, pack cache": Case(SCORE, 1.5, terminal=True),
    "json, installed, no cache": Case(JSON, 1.25, tree="installed", cache="off"),
    "text, installed, no cache": Case(SCORE, 1.25, tree="installed", cache="off"),
    "terminal, installed, no cache": Case(SCORE, 2.5, tree="installed", cache="off", terminal=True),
    "json, from YAML, no cache": Case(JSON, 2.5, cache="off"),
    "terminal, from YAML, no cache": Case(SCORE, cache="off", terminal=True),
    "json, pack cache, no samples": Case((*JSON, "--samples", "0")),
    "text, pack cache, no samples": Case((*SCORE, "--samples", "0")),
}


def install(folder: Path) -> Path:
    """Build a wheel and unpack it."""
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder],
        cwd=ROOT, check=True, capture_output=True,
    )  # fmt: skip
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def copied(folder: Path) -> Path:
    """Copy the code and the rules, and nothing that was compiled."""
    for part in ("recommender", "rules", "examples"):
        left = shutil.ignore_patterns("_shipped", "__pycache__")
        shutil.copytree(ROOT / part, folder / "bare" / part, ignore=left)
    return folder / "bare"


def run(command: list[str], environment: dict[str, str], terminal: bool) -> float:
    """Run one process and return its seconds on the processor, from start to exit."""
    master, slave = pty.openpty()
    out = slave if terminal else subprocess.DEVNULL
    child = subprocess.Popen(command, env=environment, stdout=out, stdin=slave)
    os.close(slave)
    with contextlib.suppress(OSError):  # the other end is closed: the child has ended
        while os.read(master, 65536):
            pass
    os.close(master)
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"{command} failed")
    return used.ru_utime + used.ru_stime


def measure(rounds: int) -> dict[str, dict[str, float]]:
    """Interleave all cases and compare the least that each took."""
    seconds: dict[str, list[float]] = {name: [] for name in CASES}
    with tempfile.TemporaryDirectory(prefix="recommender-startup-") as named:
        folder = Path(named)
        trees = {"": "", "bare": str(copied(folder)), "installed": str(install(folder))}
        script = folder / "recommender"
        script.write_text(COMMAND)
        environment = {**os.environ, "TERM": "xterm-256color"}
        # Installed packages come compiled; so must ours.
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        for number in range(rounds + 1):
            for name, case in CASES.items():
                environment["RECOMMENDER_CACHE"] = str(folder) if case.cache == "warm" else "off"
                environment["PYTHONPATH"] = trees[case.tree]
                begin = [str(script)] if case.tree else []
                taken = run([sys.executable, *begin, *case.words], environment, case.terminal)
                if number:  # the first round fills the caches
                    seconds[name].append(taken)
    least = {name: min(each) for name, each in seconds.items()}
    return {
        name: {
            "milliseconds": round(least[name] * 1000, 1),
            "ratio": round(least[name] / least[case.than], 2),
            **({"goal": case.goal} if case.goal else {}),
        }
        for name, case in CASES.items()
    }


def main() -> None:
    """Print a table, or JSON."""
    numbers = [int(word) for word in sys.argv[1:] if word.isdigit()]
    found = measure(numbers[0] if numbers else 15)
    if "--json" in sys.argv:
        print(json.dumps(found, indent=2))
        return
    for name, row in found.items():
        goal = f"goal {row['goal']}" if "goal" in row else ""
        print(f"{name:34} {row['milliseconds']:8.1f} ms  {row['ratio']:5.2f} x  {goal}")


if __name__ == "__main__":
    main()
