"""Does a C++ program compile against what the package ships, and compute the right numbers?

The founding document says that both support C++.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from ..protocol import Finding, Framework, Skip, Wrong

CLAIM = "A C++ program compiles against the installed package and computes the right numbers."
TIER = "full"
LIMIT = 240
PROCESS = "cpp"


def run(framework: Framework) -> Finding:
    """Compile, run, compare."""
    compiler = next((name for name in ("g++", "clang++") if shutil.which(name)), None)
    if compiler is None or os.name != "posix":
        raise Skip("needs g++ or clang++ on Linux or macOS")
    with tempfile.TemporaryDirectory() as folder:
        source, flags, words, surroundings, expected = framework.cpp_program(folder)
        file, program = Path(folder, "program.cc"), str(Path(folder, "program"))
        file.write_text(source, encoding="utf-8")
        made = ran([compiler, "-O0", str(file), "-o", program, *flags])
        if made.returncode:
            errors = [line for line in made.stderr.splitlines() if "error" in line.lower()]
            raise Wrong(f"does not compile: {(errors or ['no reason given'])[0]}")
        done = ran([program, *words], {**os.environ, **surroundings})
    seen = done.stdout.split()
    if done.returncode or not seen:
        last = (done.stderr.strip().splitlines() or [f"exit code {done.returncode}"])[-1]
        raise Wrong(f"compiles, but fails when it runs: {last}")
    if seen[0] != expected:
        raise Wrong(f"the C++ program gave {seen[0]} for {expected}")
    return f"compiled with {compiler}, same number as in Python", {"output": seen}


def ran(words: list[str], environment: dict[str, str] | None = None) -> Any:
    """Run a program to its end, and return what it wrote and its exit code."""
    return subprocess.run(words, capture_output=True, text=True, check=False, env=environment)
