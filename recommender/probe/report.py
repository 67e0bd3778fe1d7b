"""The report of a run, in the schema that `--probe` reads, free of anything personal."""

from __future__ import annotations

import contextlib
import datetime as dt
import getpass
import hashlib
import json
import platform
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .child.checks.accelerator import UNEXERCISED
from .verdict import OUT_OF_TIME, VERDICTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from .catalogue import Adapter
    from .interpreter import Facts
    from .scheduler import Result

SCHEMA = 1
MACHINE = (
    "os", "os_release", "arch", "cpu", "cores", "memory_mb", "avx", "cpu_flags", "gpus", "compiler",
)  # fmt: skip
"""All that a report may tell about a machine."""


def compose(
    tier: str,
    machine: Mapping[str, Any],
    adapters: Mapping[str, Adapter],
    facts: Mapping[str, Facts],
    results: list[Result],
) -> dict[str, Any]:
    """Return the report of a run."""
    report = {
        "schema": SCHEMA,
        "kind": "probe-report",
        "made": dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "tier": tier,
        "python": platform.python_version(),
        "machine": {key: machine.get(key) for key in MACHINE},
        "fingerprint": fingerprint(machine, facts),
        "not_exercised": list(UNEXERCISED),
        "candidates": {
            adapter.candidate: _candidate(
                facts[name], [r for r in results if r.adapter.name == name]
            )
            for name, adapter in adapters.items()
        },
        "observations": [_observation(result) for result in results],
    }
    secrets = personal(prefix for known in facts.values() for prefix in known.prefixes)
    clean: dict[str, Any] = scrub(report, secrets)
    return clean


def fingerprint(machine: Mapping[str, Any], facts: Mapping[str, Facts]) -> str:
    """Return a digest of hardware, drivers and packages; where it is equal, so are results."""
    seen = {
        "schema": SCHEMA,
        "machine": {key: machine.get(key) for key in MACHINE},
        "packages": {
            name: [known.status, known.version, dict(known.versions)]
            for name, known in facts.items()
        },
    }
    return hashlib.sha256(json.dumps(seen, sort_keys=True).encode()).hexdigest()


def _candidate(known: Facts, results: list[Result]) -> dict[str, Any]:
    status, because = known.status, known.because
    imported = next((result for result in results if result.check.id == "import"), None)
    if status == "present" and imported is not None:
        because = imported.because
        if OUT_OF_TIME in because or imported.status == "not-run":
            status = "not-examined"
        elif imported.status != "pass":
            status = "broken"
    return {
        "status": status,
        "because": because,
        "python": known.version,
        "versions": dict(known.versions),
    }


def _observation(result: Result) -> dict[str, Any]:
    return {
        "check": result.check.id,
        "candidate": result.adapter.candidate,
        "verdict": VERDICTS[result.status],
        "status": result.status,
        "because": result.because,
        "claim": result.check.claim,
        "figures": dict(result.figures),
        "seconds": result.seconds,
    }


def personal(prefixes: Iterable[str] = ()) -> dict[str, str]:
    """Return the words that no report may hold, each with its replacement."""
    words = {prefix: "<python>" for prefix in prefixes if len(prefix) > 1}
    words[str(Path(__file__).parent)] = "<probe>"
    words[str(Path.home())] = "~"
    words[platform.node()] = "<host>"
    with contextlib.suppress(OSError, KeyError, ImportError):
        # In paths and addresses only: somebody's name may well be an ordinary word.
        for mark in "/\\@":
            words[f"{getpass.getuser()}{mark}"] = f"<user>{mark}"
            words[f"{mark}{getpass.getuser()}"] = f"{mark}<user>"
    return {
        word: stand_in for word, stand_in in words.items() if word not in ("", "/", "localhost")
    }


def scrub(value: Any, words: Mapping[str, str]) -> Any:
    """Return a report with personal words replaced, the longest first; names as whole words only.

    >>> scrub({"because": "no /home/ada/lib.so on hut"}, {"/home/ada": "~", "hut": "<host>"})
    {'because': 'no ~/lib.so on <host>'}
    """
    if isinstance(value, dict):
        return {key: scrub(part, words) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [scrub(part, words) for part in value]
    if not isinstance(value, str):
        return value
    for word in sorted(words, key=len, reverse=True):
        ends = (r"(?<!\w)" if word[0].isalnum() else "", r"(?!\w)" if word[-1].isalnum() else "")
        stand_in = words[word].replace("\\", r"\\")
        value = re.sub(ends[0] + re.escape(word) + ends[1], stand_in, value)
    return re.sub(r"\S*recommender-probe-\w+", "<tmp>", value)


def unfinished(report: Mapping[str, Any]) -> bool:
    """Return whether another run might add something that is missing."""
    gone = {"not-run", "timeout", "killed", "garbled"}
    return any(row["status"] in gone for row in report["observations"])


def counts(report: Mapping[str, Any]) -> dict[str, int]:
    """Return the number of observations of each verdict."""
    rows = [row["verdict"] for row in report["observations"]]
    return {verdict: rows.count(verdict) for verdict in ("confirmed", "refuted", "unavailable")}
