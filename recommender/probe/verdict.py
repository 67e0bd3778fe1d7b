"""Verdicts: the status of a check and one plain sentence, for every way a child can end."""

from __future__ import annotations

import re
import signal
from typing import TYPE_CHECKING

from .child.protocol import OUT_OF_MEMORY, STARVED

if TYPE_CHECKING:
    from .child_process import Ending

SHELL = 128
"""Shells and some launchers report death by signal n as exit code 128 + n."""
OWN_FAULT = {"SIGILL", "SIGSEGV", "SIGABRT", "SIGBUS", "SIGFPE", "SIGTRAP", "SIGSYS"}
WINDOWS = {
    0xC000001D: "SIGILL",
    0xC0000005: "SIGSEGV",
    0xC0000409: "SIGABRT",
    0xC00000FD: "SIGSEGV",
}
OUT_OF_TIME = "the time budget of this run was over"
VERDICTS = {
    "pass": "confirmed",
    "fail": "refuted",
    "unsupported": "refuted",
    "crashed": "refuted",
    "skip": "unavailable",
    "timeout": "unavailable",
    "killed": "unavailable",
    "garbled": "unavailable",
    "not-run": "unavailable",
}
"""What a status says about the claim: only the framework's own doing can refute it."""


def signal_name(code: int) -> str | None:
    """Return the name of the signal that an exit code means, in any of its forms.

    >>> signal_name(-11), signal_name(139), signal_name(0xC0000005), signal_name(3)
    ('SIGSEGV', 'SIGSEGV', 'SIGSEGV', None)
    """
    if code in WINDOWS:
        return WINDOWS[code]
    number = -code if code < 0 else code - SHELL
    try:
        return signal.Signals(number).name if number > 0 else None
    except ValueError:
        return None


def status_of(
    ending: Ending, title: str, *, limit: float | None = None, avx: bool | None = None
) -> tuple[str, str]:
    """Return the status and the reason for a child that ended before its report was complete.

    >>> from recommender.probe.child_process import Ending
    >>> status_of(Ending(-11), "TensorFlow")
    ('crashed', 'crashed: segmentation fault (SIGSEGV)')
    >>> status_of(Ending(-9), "PyTorch")
    ('killed', 'killed from outside (SIGKILL): likely out of memory')
    >>> status_of(Ending(0), "PyTorch")
    ('garbled', 'exited with code 0 without finishing its report')
    """
    if ending.killed_for == "time":
        where = f"; it hung in {ending.hung_in}" if ending.hung_in else ""
        return (
            "timeout",
            f"no answer in {limit:g} s{where}" if limit else f"no answer in time{where}",
        )
    if ending.killed_for == "memory":
        return "killed", "went over this probe's memory limit"
    if ending.killed_for == "budget":
        return "not-run", OUT_OF_TIME
    if ending.code and STARVED.search(ending.stderr):
        return "killed", OUT_OF_MEMORY
    if ending.killed_for == "interrupt":
        return "not-run", "the run was interrupted"
    name = signal_name(ending.code)
    if name in OWN_FAULT:
        return "crashed", _fault(str(name), title, avx, ending.stderr)
    if name == "SIGKILL":
        return "killed", "killed from outside (SIGKILL): likely out of memory"
    if name is not None:
        return "killed", f"killed from outside ({name})"
    if ending.code == 0:
        return "garbled", "exited with code 0 without finishing its report"
    said = last_error(ending.stderr)
    return "garbled", f"exited with code {ending.code}" + (f": {said}" if said else "")


def cut_off(ending: Ending, seconds: float) -> str:
    """Say of a check that was running when the budget was over how long it took, and where it was.

    >>> from recommender.probe.child_process import Ending
    >>> cut_off(Ending(-6, hung_in="a.py line 3 in stuck"), 12.04)
    'no answer in 12 s, then the time budget of this run was over; it was in a.py line 3 in stuck'
    """
    where = f"; it was in {ending.hung_in}" if ending.hung_in else ""
    return f"no answer in {seconds:.3g} s, then {OUT_OF_TIME}{where}"


def _fault(name: str, title: str, avx: bool | None, stderr: str) -> str:
    if name == "SIGILL":
        if avx is False:
            return (
                f"illegal instruction (SIGILL): this CPU lacks AVX, which this {title} build needs"
            )
        return (
            f"illegal instruction (SIGILL): this {title} build uses instructions that this CPU "
            "(or its emulator) lacks, AVX most likely"
        )
    if "stack overflow" in stderr.lower():
        return f"the stack overflowed ({name})"
    plain = {
        "SIGSEGV": "crashed: segmentation fault",
        "SIGABRT": "aborted",
        "SIGFPE": "arithmetic fault",
    }
    said = last_error(stderr)
    return f"{plain.get(name, 'crashed')} ({name})" + (f": {said}" if said else "")


def last_error(stderr: str) -> str:
    r"""Return the last line that looks like an error, or empty text.

    >>> last_error("Traceback …\nValueError: bad\n  chatter\n")
    'ValueError: bad'
    """
    pattern = re.compile(
        r"^(?:\w+(?:\.\w+)*(?:Error|Exception)\b.*|terminate called.*|.*what\(\):.*)$"
    )
    lines = [line.strip() for line in stderr.splitlines() if pattern.match(line.strip())]
    return lines[-1][:200] if lines else ""


def missing_library(message: str) -> str | None:
    """Return the shared library that an import error misses, or `None`.

    >>> missing_library("libcudart.so.13: cannot open shared object file: No such file")
    'libcudart.so.13'
    """
    found = re.search(
        r"([\w.+-]+\.(?:so(?:\.\d+)*|dylib|dll|pyd))\b.*(?:cannot open|not found|not loaded)",
        message,
    ) or re.search(r"Library not loaded: \S*?([\w.+-]+\.dylib)", message)
    return found[1] if found else None
