"""`recommender mcp`: a real client talks to the real server over its pipes."""

from __future__ import annotations

import json
import os
import sys

import pytest

from recommender import load_pack
from recommender.mcp import tools

from .command import ROOT, TOY


def converse(*calls):
    """Call tools one after another and return each result's text."""
    asyncio = pytest.importorskip("asyncio")
    mcp = pytest.importorskip("mcp", reason="the extra `mcp` is not installed")
    from mcp.client.stdio import stdio_client

    async def talk():
        parameters = mcp.StdioServerParameters(
            command=sys.executable,
            args=["-m", "recommender", "mcp", "--rules", TOY],
            cwd=str(ROOT),
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        async with stdio_client(parameters) as pipes, mcp.ClientSession(*pipes) as session:
            await session.initialize()
            listed = sorted(tool.name for tool in (await session.list_tools()).tools)
            answers = [await session.call_tool(name, given) for name, given in calls]
            return listed, answers

    return asyncio.run(talk())


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
def test_an_agent_lists_asks_and_gets_advice():
    listed, (advice, wrong) = converse(
        ("recommend", {"answers": {"hour": "evening", "no-kettle": False}}),
        ("recommend", {"answers": {"huor": "evening"}}),
    )
    assert listed == ["next_question", "questions", "recommend"]
    assert json.loads(advice.content[0].text)["best"] == "tea"
    assert "did you mean `hour`?" in wrong.content[0].text


def test_the_next_question_is_named_until_nothing_matters():
    _, following, _ = tools(load_pack(TOY))
    assert following({})["question"] in load_pack(TOY).questions


def test_without_the_extra_it_says_what_to_install(monkeypatch):
    from recommender.mcp import serve
    from recommender.nouns.errors import UsageError

    monkeypatch.setitem(sys.modules, "mcp", None)
    monkeypatch.setitem(sys.modules, "mcp.server", None)
    monkeypatch.setitem(sys.modules, "mcp.server.fastmcp", None)
    with pytest.raises(UsageError, match=r"the extra `mcp`; .*\.\[mcp\]"):
        serve(load_pack(TOY))
