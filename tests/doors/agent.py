"""An agent: the official client of the protocol, in conversation with the real server over its pipes."""

from __future__ import annotations

import asyncio
import json
import os
import sys

import pytest

from .command import ROOT

MODES = ("legacy", "auto")
"""The handshake of protocols up to 2025, and none as since 2026."""


def talk(conversation, *words, mode="auto", roots=None):
    """Start a server, let `conversation(client)` run, and return what it returns.

    The client declares `roots`, addresses of folders, unless there are none.
    """
    mcp = pytest.importorskip("mcp", reason="the extra `mcp` is not installed")
    from mcp.client.stdio import stdio_client

    parameters = mcp.StdioServerParameters(
        command=sys.executable,
        args=["-m", "recommender", "mcp", *words],
        cwd=str(ROOT),
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )

    async def declared(_):
        return mcp.types.ListRootsResult(roots=[mcp.types.Root(uri=each) for each in roots])

    async def run():
        how = {} if roots is None else {"list_roots_callback": declared}
        async with mcp.Client(stdio_client(parameters), mode=mode, **how) as client:
            return await conversation(client)

    return asyncio.run(run())


async def ask(client, tool, **arguments):
    """Call a tool that answers, and return what it says."""
    result = await client.call_tool(tool, arguments)
    assert not result.is_error, result
    (content,) = result.content
    return json.loads(content.text)
