"""Two worker processes of one check, for what is distributed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from .protocol import Finding, Wrong

COUNT = 2
MAIN = str(Path(__file__).with_name("__main__.py"))


def meet(framework: str, check: str, meeting: str = "") -> list[dict[str, Any]]:
    """Start `worker(framework, rank, meeting)` of a check twice; return what each reported.

    `meeting` is where they find each other, by default a file in a private folder. They stay in
    this process's session, so that they end with it.
    """
    with tempfile.TemporaryDirectory() as folder:
        meeting = meeting or str(Path(folder, "meeting"))
        started = []
        for rank in range(COUNT):
            results, chatter = Path(folder, f"results{rank}"), Path(folder, f"chatter{rank}")
            surroundings = {**os.environ, "OMP_NUM_THREADS": "1", "PROBE_FILE": str(results)}
            words = ["--framework", framework, "--worker", check, "--rank", str(rank)]
            with chatter.open("wb") as out:
                process = subprocess.Popen(
                    [sys.executable, MAIN, *words, "--meeting", meeting],
                    env=surroundings,
                    stdin=subprocess.DEVNULL,
                    stdout=out,
                    stderr=out,
                )
            started.append((process, results, chatter))
        return [_report(*each) for each in started]


def _report(process: Any, results: Path, chatter: Path) -> dict[str, Any]:
    process.wait()
    lines = results.read_text(encoding="utf-8").splitlines() if results.exists() else []
    for line in lines:
        said = json.loads(line)
        if said["event"] == "worker":
            return dict(said)
    errors = [
        line
        for line in chatter.read_text(encoding="utf-8", errors="replace").splitlines()
        if "Error" in line
    ]
    raise Wrong(f"a worker ended with {process.returncode}: {(errors or ['no reason given'])[-1]}")


def free_ports(count: int) -> list[int]:
    """Return ports of this machine on which nobody listens now.

    >>> len(set(free_ports(2)))
    2
    """
    import socket

    listeners = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [listener.getsockname()[1] for listener in listeners]
    for listener in listeners:
        listener.close()
    return ports


def agreement(reports: list[dict[str, Any]]) -> Finding:
    """Return a finding on the workers: whether losses fell, and whether weights agree.

    >>> agreement([{"losses": [2.0, 1.0], "digest": 3.0}] * 2)[0]
    '2 processes end with the same weights, losses 2.00 → 1.00, 2.00 → 1.00'
    """
    digests = [report["digest"] for report in reports]
    curves = [(report["losses"][0], report["losses"][-1]) for report in reports]
    figures = {"digests": digests, "losses": curves, "kinds": reports[0].get("kinds")}
    if any(abs(digest - digests[0]) > 1e-3 * max(1.0, abs(digests[0])) for digest in digests):
        raise Wrong(f"the processes end with different weights: {digests}", **figures)
    if any(last >= first for first, last in curves):
        raise Wrong("the loss does not fall", **figures)
    falls = ", ".join(f"{first:.2f} → {last:.2f}" for first, last in curves)
    return f"{len(reports)} processes end with the same weights, losses {falls}", figures
