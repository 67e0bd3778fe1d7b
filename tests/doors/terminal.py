"""A real terminal of some size, in which a command runs; what it shows is read off its screen."""

from __future__ import annotations

import os
import sys
import time

import pytest

from .command import ROOT

UP, DOWN, ENTER, SPACE = "\x1b[A", "\x1b[B", "\r", " "
PATIENCE = 60


class Terminal:
    """`recommender ARGS` in a terminal; lines that left the screen at its top are kept."""

    def __init__(self, *args: str, columns: int, rows: int = 60, **environment: str):
        pexpect, pyte = pytest.importorskip("pexpect"), pytest.importorskip("pyte")
        self._over = (pexpect.TIMEOUT, pexpect.EOF)
        self.screen = pyte.HistoryScreen(columns, rows, history=5000)
        self._stream = pyte.Stream(self.screen)
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG", "COLUMNS"))}
        self.child = pexpect.spawn(
            sys.executable, ["-m", "recommender", *args], cwd=str(ROOT), encoding="utf-8",
            dimensions=(rows, columns),
            env={**kept, "PYTHONPATH": str(ROOT), "TERM": "xterm-256color", "LANG": "C.UTF-8", **environment},
        )  # fmt: skip

    @property
    def lines(self) -> list[str]:
        return [line.rstrip() for line in self.screen.display]

    @property
    def text(self) -> str:
        """The screen as one line: a word that was broken would hold a blank."""
        return " ".join(" ".join(self.lines).split())

    @property
    def chosen(self) -> str:
        """The line that the pointer stands at."""
        self.wait(" » ")
        return next(line[3:] for line in self.lines if line.startswith(" »"))

    def wait(self, text: str) -> str:
        """Read what comes until a text is on the screen, and all that was written with it."""
        until = time.monotonic() + PATIENCE
        while not self._pause() or not self._shows(text):
            assert time.monotonic() < until, f"no “{text}” in:\n" + "\n".join(self.lines)
            assert self.child.isalive() or self._shows(text), "\n".join(self.lines)
        return self.text

    def _shows(self, text: str) -> bool:
        """Return whether a text is there; Chinese may be broken anywhere."""
        return text in self.text or "".join(text.split()) in "".join(self.text.split())

    def _pause(self) -> bool:
        """Read what is there; return whether no more came for a while."""
        try:
            written = self.child.read_nonblocking(65536, 0.05)
        except self._over:
            return True
        self._stream.feed(written)
        if "\x1b[6n" in written:  # where is the cursor?
            cursor = self.screen.cursor
            self.child.send(f"\x1b[{cursor.y + 1};{cursor.x + 1}R")
        return False

    def send(self, keys: str, then: str = "") -> str:
        self.child.send(keys)
        return self.wait(then) if then else ""

    def end(self) -> int:
        """Read to the end; return the exit code."""
        until = time.monotonic() + PATIENCE
        while self.child.isalive() or not self._pause():
            self._pause()
            assert time.monotonic() < until, "\n".join(self.lines)
        self.child.wait()
        return self.child.exitstatus
