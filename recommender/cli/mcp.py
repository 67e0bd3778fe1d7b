"""Serve questions and recommendations to agents over the Model Context Protocol."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable

import click

from recommender.nouns.pack import Pack

from ._exit_codes import INTERRUPTED
from ._options import examples, pack_options


@click.command(epilog=examples("recommender mcp --root ."))
@click.option(
    "--root", "roots", multiple=True, metavar="DIR",
    type=click.Path(exists=True, file_okay=False, resolve_path=True),
    help="Let `scan` read DIR (repeat), in place of the folders that the client declares.",
)  # fmt: skip
@pack_options
def command(pack: Callable[[], Pack], roots: tuple[str, ...]) -> None:
    """Serve an interview, advice and its sources as tools on standard input and output.

    The tool `scan` reads folders that the client declared as its roots, and no other.
    """
    from recommender.mcp import serve

    loaded = pack()
    # What waits for a line of input cannot be interrupted, and there is nothing to be put in order.
    signal.signal(signal.SIGINT, lambda *_: os._exit(INTERRUPTED))
    serve(loaded, roots)
