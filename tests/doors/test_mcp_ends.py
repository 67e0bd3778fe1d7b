"""How `recommender mcp` ends, and what it makes of lines that it cannot take."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading

import pytest

from .command import ROOT, TOY

INITIALIZE = (
    r'{"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"protocolVersion": "2025-03-26", '
    r'"capabilities": {}, "clientInfo": {"name": "a", "version": "1"}}}'
)


@pytest.fixture
def begun(tmp_path):
    """Give a server that has answered once, and may write reports of internal errors to a folder."""
    pytest.importorskip("mcp", reason="the extra `mcp` is not installed")
    server = subprocess.Popen(
        [sys.executable, "-m", "recommender", "mcp", "--rules", TOY], cwd=ROOT, encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path)},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    watch = threading.Timer(60, server.kill)
    watch.start()
    say(server, INITIALIZE)
    assert json.loads(server.stdout.readline())["id"] == 1
    yield server
    watch.cancel()
    server.kill()
    for stream in (server.stdin, server.stdout, server.stderr):
        with contextlib.suppress(OSError):
            stream.close()
    server.wait()
    assert list(tmp_path.glob("recommender-*")) == []


def say(server, *lines):
    server.stdin.write("\n".join(lines) + "\n")
    server.stdin.flush()


def test_a_client_that_goes_away_ends_the_server_quietly(begun):
    begun.stdout.close()
    with contextlib.suppress(BrokenPipeError):
        for number in range(50):
            say(begun, f'{{"jsonrpc": "2.0", "id": {number + 2}, "method": "ping"}}')
            if begun.poll() is not None:
                break
    with contextlib.suppress(BrokenPipeError):
        begun.stdin.close()
    assert begun.wait(30) == 0
    assert begun.stderr.read() == ""


def test_a_client_that_says_no_more_ends_the_server(begun):
    begun.stdin.close()
    assert begun.wait(30) == 0


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX")
def test_ctrl_c_ends_the_server_though_it_waits_for_a_line(begun):
    begun.send_signal(signal.SIGINT)
    assert begun.wait(10) == 130


def test_a_line_without_end_is_refused_and_the_next_one_answered(begun):
    long = (
        '{"jsonrpc": "2.0", "id": 2, "method": "ping", "params": {"x": "' + "x" * 3_000_000 + '"}}'
    )
    deep = (
        '{"jsonrpc": "2.0", "id": 3, "method": "ping", "params": ' + "[" * 9000 + "]" * 9000 + "}"
    )
    twice = '{"jsonrpc": "2.0", "id": 5, "method": "ping", "params": {"tea": 1, "tea": 2}}'
    say(begun, long, deep, twice, '{"jsonrpc": "2.0", "id": 4, "method": "ping"}')
    told = []
    while not told or told[-1]["id"] != 4:
        told.append(json.loads(begun.stdout.readline()))
    assert [each.get("error", {}).get("data") for each in told] == [
        "more than 1,000,000 bytes", "more than 32 levels of lists and objects",
        "`tea` is written twice", None,
    ]  # fmt: skip
