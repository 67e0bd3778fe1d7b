"""The machine, without asking any framework: system, processor, memory, GPUs, compiler.

Nothing here names a user, a host or a folder.
"""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

FLAGS = ("avx", "avx2", "avx512f", "avx512_bf16", "amx_tile", "f16c", "neon")
VENDORS = {"0x10de": "NVIDIA", "0x1002": "AMD", "0x8086": "Intel"}


def describe() -> dict[str, Any]:
    """Return the facts of this machine; what is not known is `None`.

    >>> facts = describe()
    >>> facts["cores"] > 0, facts["os"] != ""
    (True, True)
    """
    flags = cpu_flags()
    return {
        "os": platform.system(),
        "os_release": platform.release(),
        "arch": platform.machine(),
        "cpu": cpu_name(),
        "cores": usable_cores(),
        "memory_mb": memory_mb(),
        "avx": None if flags is None else "avx" in flags,
        "cpu_flags": None if flags is None else sorted(set(FLAGS) & flags),
        "gpus": gpus(),
        "compiler": compiler(),
    }


def usable_cores() -> int:
    """Return the number of cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def cpu_flags(cpuinfo: str | None = None) -> set[str] | None:
    r"""Return the processor's feature flags, or `None` if the system does not tell.

    >>> sorted(cpu_flags("processor: 0\nflags\t\t: fpu avx avx2\n"))
    ['avx', 'avx2', 'fpu']
    >>> sorted(cpu_flags("Features\t: fp asimd\n"))
    ['asimd', 'fp', 'neon']
    """
    text = first_answer("/proc/cpuinfo") if cpuinfo is None else cpuinfo
    found = re.search(r"^(?:flags|Features)\s*:\s*(.*)$", text, re.MULTILINE)
    if found:
        flags = set(found.group(1).split())
        return flags | {"neon"} if "asimd" in flags else flags
    if sys.platform == "darwin":
        said = answer(["sysctl", "-n", "machdep.cpu.features", "machdep.cpu.leaf7_features"])
        # Apple's own processors have no such entry; they all have NEON.
        return {"avx" if flag == "avx1.0" else flag for flag in said.lower().split()} or {"neon"}
    return None


def cpu_name() -> str | None:
    """Return the processor's name."""
    found = re.search(r"^model name\s*:\s*(.*)$", first_answer("/proc/cpuinfo"), re.MULTILINE)
    if found:
        return found.group(1).strip()
    if sys.platform == "darwin":
        return answer(["sysctl", "-n", "machdep.cpu.brand_string"]) or None
    return platform.processor() or None


def memory_mb() -> int | None:
    """Return the memory of this machine, or of its container if that is less, in MB."""
    try:
        sizes = [os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")]
    except (AttributeError, ValueError, OSError):
        return None
    for place in ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"):
        limit = first_answer(place).strip()
        if limit.isdigit():
            sizes.append(int(limit))
    return min(sizes) // 1_000_000


def free_memory_mb() -> int | None:
    """Return the memory that this process may take now without pushing others out, in MB."""
    told = re.search(r"^MemAvailable:\s*(\d+) kB", first_answer("/proc/meminfo"), re.MULTILINE)
    known = [size for size in (told and int(told[1]) * 1024 // 1_000_000, memory_mb()) if size]
    return min(known, default=None)


def gpus() -> list[dict[str, Any]]:
    """Return the graphics processors that the system itself knows of."""
    said = answer(
        [
            "nvidia-smi",
            "--query-gpu=name,driver_version,memory.total",
            "--format=csv,noheader,nounits",
        ]
    )
    found: list[dict[str, Any]] = []
    for line in said.splitlines():
        name, driver, memory = (part.strip() for part in (line + ",,").split(",")[:3])
        if name and "," in line:
            size = int(memory) if memory.isdigit() else None
            found.append({"vendor": "NVIDIA", "name": name, "driver": driver, "memory_mb": size})
    if not found:
        cards = sorted(Path("/sys/class/drm").glob("card[0-9]/device/vendor"))
        vendors = [VENDORS.get(first_answer(str(card)).strip()) for card in cards]
        found = [{"vendor": vendor, "name": f"{vendor} graphics"} for vendor in vendors if vendor]
    if sys.platform == "darwin" and platform.machine() == "arm64":
        found = [{"vendor": "Apple", "name": f"{cpu_name()} GPU"}]
    return found


def compiler() -> str | None:
    """Return the C++ compiler that a framework would find, with its version."""
    names = (os.environ.get("CXX", ""), "g++", "clang++", "cl")
    name = next((name for name in names if shutil.which(name)), None)
    if name is None:
        return None
    version = re.search(r"\d+\.\d+(\.\d+)?", answer([name, "-dumpfullversion", "-dumpversion"]))
    return f"{Path(name).name} {version.group()}" if version else Path(name).name


def first_answer(path: str) -> str:
    """Return the content of a small system file, or empty text."""
    try:
        return Path(path).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def answer(command: list[str]) -> str:
    """Return the output of a system command; empty if it is missing, fails or is slow."""
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            timeout=10,
            check=False,
            stdin=subprocess.DEVNULL,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
