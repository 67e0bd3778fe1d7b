"""Serve questions and recommendations to agents over the Model Context Protocol."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ._options import pack_options

if TYPE_CHECKING:
    from collections.abc import Callable

    from recommender.nouns.pack import Pack


@click.command()
@pack_options
def command(pack: Callable[[], Pack]) -> None:
    """Serve an interview, advice and its sources as tools on standard input and output."""
    from recommender.mcp import serve  # noqa: PLC0415

    serve(pack())
