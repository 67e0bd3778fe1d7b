"""Writing to the terminal: control characters are marked, and every encoding is served."""

from __future__ import annotations

import os
import sys
from contextlib import suppress

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


def prepare() -> None:
    """Make sure that there are standard streams, which accept any character."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # closed by who started us
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDWR), mode))
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
