"""Writing to the terminal: control characters are marked, and every encoding is served."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import Any

import click

from recommender.nouns.errors import harmless, unled


def echo(text: str = "", *, err: bool = False, nl: bool = True) -> None:
    r"""Write a line, with control characters in it (as of a file's name) marked.

    >>> echo("tea\x1b[31m") == print("tea\ufffd[31m")
    tea�[31m
    tea�[31m
    True
    """
    try:
        put(unled(harmless(text)) + "\n" * nl, err=err)
    except BrokenPipeError:
        if not err:  # remarks that nobody reads must not stop the advice
            raise


def put(text: str, *, err: bool = False, colour: bool = False) -> None:
    """Write text as it is, and flush."""
    click.echo(text, nl=False, err=err, color=colour)


def deliver(text: str) -> None:
    """Write a finished document; into a file or a pipe in UTF-8, as its format demands."""
    if sys.stdout.isatty() or not hasattr(sys.stdout, "buffer"):
        echo(text)
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(f"{harmless(text)}\n".encode())


def deliver_json(data: Any) -> None:
    """Write plain values as a document of JSON, indented."""
    import json  # help needs none

    deliver(json.dumps(data, ensure_ascii=False, indent=2))


def prepare() -> None:
    """Make sure that there are streams, and that no character stops them.

    In place of one that was closed by who started us stands the null device; of standard output,
    one that refuses what is written, since an answer that nobody can get is none.
    """
    ways = {"stdin": os.O_RDONLY, "stdout": os.O_RDONLY, "stderr": os.O_WRONLY}
    for name, way in ways.items():
        if getattr(sys, name) is None:
            null = os.open(os.devnull, way)
            setattr(sys, name, os.fdopen(null, "r" if name == "stdin" else "w"))
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")


def hush() -> None:
    """Flush both streams; redirect one that cannot be, so that no exit fails over it."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            with suppress(OSError, ValueError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
