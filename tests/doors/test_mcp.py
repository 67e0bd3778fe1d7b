"""`recommender mcp`: a real client talks to the real server over its pipes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading

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


def test_half_a_surrogate_pair_gets_an_answer():
    pytest.importorskip("mcp", reason="the extra `mcp` is not installed")
    words = r'"\ud800", "\udfff", "\ud83d\ude00", "\\ud800", "\udc00\ud800"'
    lines = [
        (
            r'{"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"protocolVersion": "2025-03-26", '
            r'"capabilities": {}, "clientInfo": {"name": "a", "version": "1"}}}'
        ),
        r'{"jsonrpc": "2.0", "method": "notifications/initialized"}',
        (
            r'{"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": {"name": "recommend", '
            rf'"arguments": {{"answers": {{"place": [{words}]}}}}}}}}'
        ),
    ]
    command = [sys.executable, "-m", "recommender", "mcp", "--rules", TOY]
    with subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8",
    ) as server:  # fmt: skip
        server.stdin.write("\n".join(lines) + "\n")
        server.stdin.flush()
        watch = threading.Timer(30, server.kill)
        watch.start()
        answers = [json.loads(server.stdout.readline()) for _ in range(2)]
        watch.cancel()
        server.kill()
    told = json.loads(answers[1]["result"]["content"][0]["text"])
    assert [each.split("`")[3] for each in told["faults"]] == [
        "\ufffd",
        "\ufffd",
        "\U0001f600",
        r"\ud800",
        "\ufffd\ufffd",
    ]


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
