"""The interpreter that a candidate is examined in, and what is installed there."""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from recommender.nouns.errors import UsageError

from . import verdict
from .child_process import ChildProcess, NoTemporaryFolderError

if TYPE_CHECKING:
    from .catalogue import Adapter

CHILD = str(Path(__file__).with_name("child"))
OLDEST = (3, 9)
PATIENCE = 30.0
MOST_PREFIXES = 4
"""Folders of an interpreter that a report must not name: there are two."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What an interpreter says about a candidate without importing it."""

    python: str
    status: str = "present"  # present | absent | broken | not-examined
    because: str = ""
    version: str = ""
    versions: Mapping[str, str] = field(default_factory=dict)
    prefixes: tuple[str, ...] = ()


def command(python: str, adapter: Adapter, *arguments: str) -> list[str]:
    """Return the command line of a child."""
    return [python, CHILD, "--framework", adapter.name, *arguments]


def facts(
    python: str, adapter: Adapter, patience: float = PATIENCE, memory_mb: float | None = None
) -> Facts:
    """Return an interpreter's facts about a framework; it has `patience` seconds to answer.

    >>> from recommender.probe.catalogue import find_adapters
    >>> facts(sys.executable, find_adapters()["torch"]).version.split(".")[0]
    '3'
    """
    try:
        child = ChildProcess(command(python, adapter, "--facts"), memory_mb=memory_mb)
    except NoTemporaryFolderError as error:
        raise UsageError(f"{error.strerror}; TMPDIR names another place") from None
    except OSError as error:
        remedy = f"--python {adapter.name}=PATH wants a Python interpreter"
        raise UsageError(f"{python} cannot be run: {error.strerror or error}; {remedy}") from None
    until = time.monotonic() + patience
    try:
        while child.ending is None:
            child.poll()
            if time.monotonic() > until:
                child.kill("time")
            time.sleep(0.005)
    except BaseException:
        child.dispose()
        raise
    said = next(filter(_are_facts, child.events), None)
    if said is None and child.ending.killed_for == "time" and patience < PATIENCE:
        why = f"its interpreter did not answer in {patience:g} s; {verdict.OUT_OF_TIME}"
        return Facts(python, "not-examined", why)
    if said is None:
        _, reason = verdict.status_of(child.ending, adapter.title, limit=patience)
        oldest = ".".join(map(str, OLDEST))
        why = f"its interpreter did not answer as a Python {oldest} or newer would: {reason}"
        return Facts(python, "broken", why)
    known = Facts(
        python,
        version=str(said["python"]),
        versions={name: str(version) for name, version in said["versions"].items()},
        prefixes=tuple(str(prefix) for prefix in said["prefixes"][:MOST_PREFIXES]),
    )
    if not said["present"]:
        return replace(known, status="absent", because=f"{adapter.title} is not installed")
    return known


def _are_facts(event: Mapping[str, Any]) -> bool:
    """Return whether an event is a child's facts, in the shape that they have."""
    return (
        event["event"] == "facts"
        and {"present", "python"} <= event.keys()
        and isinstance(event.get("versions"), dict)
        and isinstance(event.get("prefixes"), list)
    )


def chosen(pythons: Mapping[str, str], adapters: Mapping[str, Adapter]) -> dict[str, str]:
    """Return the interpreter of each adapter, from `--python NAME=PATH`.

    NAME is a framework or a candidate; the rest get the interpreter that runs this.
    """
    names = {
        **{a.candidate: a.name for a in adapters.values()},
        **{name: name for name in adapters},
    }
    unknown = sorted(set(pythons) - set(names))
    if unknown:
        raise UsageError(
            f"no framework is called {unknown[0]}; known are {', '.join(sorted(names))}"
        )
    # A child runs in a folder of its own: what is named from here must be found from there.
    given = {
        names[name]: path if path == Path(path).name else str(Path(path).expanduser().absolute())
        for name, path in pythons.items()
    }
    return {name: given.get(name, sys.executable) for name in adapters}
