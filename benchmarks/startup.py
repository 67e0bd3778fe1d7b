"""How long the command takes to start, as a ratio to importing what it stands on.

    python -m benchmarks.startup [ROUNDS] [--json]

Each round starts every command once, one after another, so that a busy machine slows all of them
alike; the ratio is between medians. The cache lies in a folder of its own.
"""

from __future__ import annotations

import contextlib
import json
import os
import pty
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
PROJECT = str(ROOT / "examples" / "android-app.yaml")
SCORE = ("-m", "recommender", "score", PROJECT)
REFERENCE, CLICK = ("-c", "import click, pydantic, yaml"), ("-c", "import click")

CASES = {  # name: (command, compared with, goal, cache, on a terminal)
    "import click, pydantic, yaml": (REFERENCE, None, None, "", False),
    "import click": (CLICK, None, None, "", False),
    "--help": (("-m", "recommender", "--help"), CLICK, 1.3, "warm", False),
    "score, json, cache": ((*SCORE, "--format", "json"), REFERENCE, 1.0, "warm", False),
    "score, text, cache": (SCORE, REFERENCE, 1.0, "warm", False),
    "score, terminal, cache": (SCORE, REFERENCE, 1.5, "warm", True),
    "score, json, no cache": ((*SCORE, "--format", "json"), REFERENCE, 2.0, "off", False),
    "score, text, no cache": (SCORE, REFERENCE, 2.0, "off", False),
    "score, terminal, no cache": (SCORE, REFERENCE, 2.5, "off", True),
    "score, json, cache, no samples": (
        (*SCORE, "--format", "json", "--samples", "0"), REFERENCE, None, "warm", False,
    ),
    "score, text, cache, no samples": (
        (*SCORE, "--samples", "0"), REFERENCE, None, "warm", False,
    ),
}  # fmt: skip


def run(command: tuple[str, ...], environment: dict[str, str], terminal: bool) -> float:
    """Run one process and return its seconds, from start to exit."""
    whole = [sys.executable, *command]
    begun = time.perf_counter()
    if not terminal:
        subprocess.run(whole, env=environment, stdout=subprocess.DEVNULL, check=True)
        return time.perf_counter() - begun

    master, slave = pty.openpty()
    child = subprocess.Popen(whole, env=environment, stdout=slave, stdin=slave)
    os.close(slave)
    with contextlib.suppress(OSError):  # the other end is closed: the child has ended
        while os.read(master, 65536):
            pass
    os.close(master)
    if child.wait():
        raise SystemExit(f"{whole} failed")
    return time.perf_counter() - begun


def measure(rounds: int) -> dict[str, dict[str, float]]:
    """Interleave all cases and compare their medians."""
    folder = tempfile.mkdtemp(prefix="recommender-startup-")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm-256color"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # whoever installs it has the bytecode
    # Installed packages come compiled; so must ours.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    seconds: dict[str, list[float]] = {name: [] for name in CASES}
    try:
        for number in range(rounds + 1):
            for name, (command, _, _, cache, terminal) in CASES.items():
                environment["RECOMMENDER_CACHE"] = "off" if cache == "off" else folder
                taken = run(command, environment, terminal)
                if number:  # the first round fills the caches
                    seconds[name].append(taken)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    median = {name: statistics.median(each) for name, each in seconds.items()}
    by_command = {CASES[name][0]: name for name in ("import click", "import click, pydantic, yaml")}
    return {
        name: {
            "milliseconds": round(median[name] * 1000, 1),
            "ratio": round(median[name] / median[by_command[other]], 2) if other else 1.0,
            **({"goal": goal} if goal else {}),
        }
        for name, (_, other, goal, _, _) in CASES.items()
    }


def main() -> None:
    """Print a table, or JSON."""
    numbers = [int(word) for word in sys.argv[1:] if word.isdigit()]
    found = measure(numbers[0] if numbers else 15)
    if "--json" in sys.argv:
        print(json.dumps(found, indent=2))
        return
    for name, row in found.items():
        goal = f"goal {row['goal']:.1f}" if "goal" in row else ""
        print(f"{name:34} {row['milliseconds']:8.1f} ms  {row['ratio']:5.2f} x  {goal}")


if __name__ == "__main__":
    main()
