"""The door for agents: an interview, advice and its sources over the Model Context Protocol.

https://modelcontextprotocol.io; needs the extra `mcp`. What a tool answers is made in `tools`, what
it takes is said in `schemas`, and what can be read beside is in `resources`; none of them needs the
extra. `server` joins them to the protocol.
"""

from __future__ import annotations

from collections.abc import Sequence

from recommender.nouns.errors import lacks_extra
from recommender.nouns.pack import Pack


def serve(pack: Pack, roots: Sequence[str] = ()) -> None:
    """Serve agents on standard input and output; raises `UsageError` without the extra.

    `roots` are the folders that may be scanned, in place of those that the client declares.
    """
    try:
        from .server import run  # noqa: PLC0415  (an optional extra)
    except ImportError:
        raise lacks_extra("serving agents", "mcp") from None
    run(pack, roots)
