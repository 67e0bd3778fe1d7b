"""Run the real command: in this process, as `main` would, or in one of its own, as a shell would."""

from __future__ import annotations

import io
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager, redirect_stderr, redirect_stdout, suppress
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from recommender.cli import run

ROOT = Path(__file__).parents[2]
TOY = str(ROOT / "tests" / "toy" / "rules")


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str


def recommender(*args: object, stdin: str = "", cwd: Path = ROOT) -> Ran:
    """Run `recommender ARGS` in this process, with pipes for its streams."""
    out, err, given = (
        io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in range(3)
    )
    given.buffer.write(stdin.encode())
    given.seek(0)
    before = Path.cwd()
    os.chdir(cwd)
    try:
        with redirect_stdout(out), redirect_stderr(err), patch.object(sys, "stdin", given):
            code = run([str(arg) for arg in args])
    finally:
        os.chdir(before)
    return _checked(code, out.buffer.getvalue().decode(), err.buffer.getvalue().decode())  # type: ignore[attr-defined]


def ask(*args: object, stdin: str = "") -> Ran:
    """Run `recommender ask` over the toy pack."""
    return recommender("ask", "--rules", TOY, *args, stdin=stdin)


def shell(*args: object, stdin: str = "", cwd: Path = ROOT, **environment: str) -> Ran:
    """Run `recommender ARGS` in a process of its own, with other environment variables."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG"))}
    done = subprocess.run(
        [sys.executable, "-m", "recommender", *map(str, args)],
        input=stdin, capture_output=True, text=True, cwd=cwd, timeout=120, check=False,
        encoding="utf-8",
        env={**kept, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", **environment},
    )  # fmt: skip
    return _checked(done.returncode, done.stdout, done.stderr)


@contextmanager
def serving(*args: object, log: Path | None = None):
    """Run `recommender web ARGS` on a free port of the loopback, and give its address.

    What it writes goes to `log`, if that is given. At the end it must stop when it is asked to.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with ExitStack() as opened:
        written = opened.enter_context(log.open("w")) if log else None
        process = subprocess.Popen(
            [sys.executable, "-m", "recommender", "web", *map(str, args), "--port", str(port)],
            cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=written, stderr=written,
        )  # fmt: skip
        try:
            for _ in range(150):
                with suppress(OSError), socket.create_connection(("127.0.0.1", port), 5):
                    break
                time.sleep(0.2)
            yield f"http://127.0.0.1:{port}"
            process.send_signal(signal.SIGINT)
            assert process.wait(20) in (0, 130)
        finally:
            process.kill()
            process.wait(20)


def _checked(code: int, out: str, err: str) -> Ran:
    assert "Traceback" not in err, err
    assert "internal error" not in err, err
    return Ran(code, out, err)
