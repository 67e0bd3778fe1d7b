"""Serve the questionnaire and the advice as pages, and as JSON, on this machine."""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable

import click

from recommender.nouns.errors import Fault, UsageError, lacks_extra
from recommender.nouns.pack import Pack

from ._advice import observed
from ._echo import echo
from ._options import examples, pack_options

LOCAL = ("127.0.0.1", "localhost", "::1")
GRACE = 10
"""Seconds that requests have to end in once the server is told to stop."""


@click.command(epilog=examples("recommender web", "recommender web --probe now --port 8080"))
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--host", default="127.0.0.1", show_default=True, help="Who may reach it.")
@click.option(
    "--allow-host", "allowed", multiple=True, metavar="NAME",
    help="Answer requests to this host name too (repeat; `*` for any).",
)  # fmt: skip
@click.option(
    "--probe", metavar="REPORT",
    help="Show what a probe report says of each route; `now` makes one.",
)  # fmt: skip
@pack_options
def command(
    pack: Callable[[], Pack], host: str, port: int, allowed: tuple[str, ...], probe: str | None
) -> None:
    """Serve the questionnaire at http://HOST:PORT until Ctrl-C or SIGTERM.

    Requests to other host names than HOST and this machine's own are refused, unless allowed.
    /healthz tells that it answers, /openapi.json what it answers.
    """
    try:
        import uvicorn

        from recommender.web import application
        from recommender.web.limits import CONNECTIONS, Prompt
    except ImportError:
        raise lacks_extra("serving pages", "web") from None
    strange = [name for name in allowed if "*" in name.removeprefix("*.") and name != "*"]
    if strange:
        raise UsageError(f"--allow-host takes NAME, *.NAME or *, not `{strange[0]}`")
    loaded = pack()
    seen = observed(probe, loaded) if probe else None
    app = application(loaded, [*LOCAL, host, *allowed], seen)
    with _listening(host, port) as door:
        echo(f"http://{host}:{port} (Ctrl-C stops)", err=True)
        config = uvicorn.Config(
            app,
            http=Prompt,
            ws="none",
            lifespan="off",
            log_level="warning",
            access_log=False,  # what people answer stands in the address
            limit_concurrency=CONNECTIONS,
            timeout_graceful_shutdown=GRACE,
        )
        # The server ends what it has begun and then raises the signal again: by Ctrl-C it was
        # interrupted, by SIGTERM it has done what it was told.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.signal(signal.SIGTERM, lambda *_: None)
        uvicorn.Server(config).run(sockets=[door])


def _listening(host: str, port: int) -> socket.socket:
    """Listen on a port; raises `UsageError` where that cannot be."""
    try:
        family, *_, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        return socket.create_server(address[:2], family=family)
    except (OSError, UnicodeError) as error:
        what = f"cannot serve at {host}:{port}: {getattr(error, 'strerror', None) or error}"
        raise UsageError(Fault(None, what, "choose with --host and --port")) from None
