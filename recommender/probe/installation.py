"""Installing a framework on this platform: as a command to copy, or in a throw-away environment."""

from __future__ import annotations

import contextlib
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from recommender.nouns.errors import UsageError

PINS = {"torch": ("torch==2.13.0", 0.9), "tensorflow": ("tensorflow==2.21.0", 1.7)}
"""The exact version that `--with-uv` takes, and about how many GB it unpacks to."""
LEAN = {"tensorflow": ("tensorflow-cpu==2.21.0", 1.6)}
"""The same for x86-64 Linux without an NVIDIA GPU."""

CUDA = 3.8
"""GB that CUDA's own libraries add."""


def recipe(framework: str, machine: Mapping[str, Any]) -> str:
    """Return the command that installs a framework on this platform.

    >>> recipe("tensorflow", {"os": "Linux", "arch": "x86_64", "gpus": []})
    'pip install tensorflow-cpu'
    """
    nvidia = any(gpu.get("vendor") == "NVIDIA" for gpu in machine.get("gpus") or ())
    system, arch = machine.get("os"), machine.get("arch")
    if framework == "tensorflow":
        if system == "Linux" and nvidia:
            return "pip install 'tensorflow[and-cuda]'"
        if system == "Windows" and nvidia:
            return "pip install tensorflow  (for the CPU; its GPU build wants WSL 2)"
        return f"pip install {_lean(framework, machine)[0].split('==')[0]}"
    if framework == "torch" and system in {"Linux", "Windows"} and not nvidia and arch != "aarch64":
        return "pip install torch --index-url https://download.pytorch.org/whl/cpu"
    return f"pip install {framework}"


def pin(framework: str, machine: Mapping[str, Any]) -> tuple[str, float]:
    """Return the exact requirement for a throw-away environment, and its size in GB.

    >>> pin("torch", {"os": "Darwin"})
    ('torch==2.13.0', 0.9)
    """
    if framework not in PINS:
        raise UsageError(f"{framework} has no pinned version to install")
    return _lean(framework, machine)


def _lean(framework: str, machine: Mapping[str, Any]) -> tuple[str, float]:
    nvidia = any(gpu.get("vendor") == "NVIDIA" for gpu in machine.get("gpus") or ())
    small = machine.get("os") == "Linux" and machine.get("arch") == "x86_64" and not nvidia
    return LEAN.get(framework, PINS[framework]) if small else PINS[framework]


def size_of(exact: list[str], size: float) -> float:
    """Return the size with CUDA's libraries added, if the resolver found no build without them.

    >>> size_of(["torch==2.13.0", "nvidia-cublas==13.1.1.3"], 0.9)
    4.7
    """
    return round(size + CUDA, 1) if any(each.startswith("nvidia-") for each in exact) else size


@contextlib.contextmanager
def throw_away(
    wanted: Mapping[str, str], agree: Callable[[str, list[str], float], bool]
) -> Iterator[dict[str, str]]:
    """Yield the Python of an environment for each requirement; remove them on exit.

    `agree(framework, exact packages, gigabytes)` is asked before anything is fetched. Raises
    `UsageError` where uv is missing or cannot resolve.
    """
    uv = shutil.which("uv")
    if uv is None:
        raise UsageError("--with-uv needs uv, which is not here; `pip install uv` brings it")
    sizes = {name: size for table in (PINS, LEAN) for name, size in table.values()}
    with tempfile.TemporaryDirectory(prefix="recommender-probe-env-") as folder:
        pythons = {}
        for framework, requirement in wanted.items():
            place = Path(folder, framework)
            _uv(uv, "venv", "--quiet", str(place))
            python = next(iter([*place.glob("bin/python"), *place.glob("Scripts/python.exe")]))
            install = ["pip", "install", "--python", str(python), requirement]
            exact = re.findall(r"^ \+ (\S+)$", _uv(uv, *install, "--dry-run"), re.MULTILINE)
            if agree(framework, exact, size_of(exact, sizes.get(requirement, 0.0))):
                _uv(uv, *install)
                pythons[framework] = str(python)
        yield pythons


def _uv(uv: str, *arguments: str) -> str:
    done = subprocess.run(
        [uv, *arguments], capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
    )
    if done.returncode:
        said = [line for line in done.stderr.splitlines() if line.strip()] or ["it gave no reason"]
        raise UsageError(f"uv {arguments[0]} failed: {' '.join(said)[:300]}")
    return done.stdout + done.stderr
