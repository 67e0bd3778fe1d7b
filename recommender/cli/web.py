"""Serve the questionnaire and the advice as pages, and as JSON, on this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from recommender.nouns.errors import lacks_extra

from ._echo import echo
from ._options import pack_options

if TYPE_CHECKING:
    from collections.abc import Callable

    from recommender.nouns.pack import Pack


@click.command()
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--host", default="127.0.0.1", show_default=True, help="Who may reach it.")
@pack_options
def command(pack: Callable[[], Pack], host: str, port: int) -> None:
    """Serve the questionnaire at http://HOST:PORT until Ctrl-C."""
    try:
        import uvicorn  # noqa: PLC0415  (an optional extra)

        from recommender.web import application  # noqa: PLC0415
    except ImportError:
        raise lacks_extra("serving pages", "web") from None
    app = application(pack())
    echo(f"http://{host}:{port} (Ctrl-C stops)", err=True)
    uvicorn.run(app, host=host, port=port, log_level="warning")
