"""What `recommender web` does to who sends too much, too slowly or for another host, and how it ends."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from .command import ROOT, TOY, recommender

for extra in ("fastapi", "uvicorn", "jinja2"):
    pytest.importorskip(extra, reason="the extra `web` is not installed")

MEGABYTE = 1_000_000
PATIENT = "import sys; from recommender.web import limits; limits.SECONDS = 1.0; from recommender.cli import main; main(sys.argv[1:])"
"""The command, with a tenth of its patience."""


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@contextlib.contextmanager
def serving(*words):
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-c", PATIENT, "web", "--rules", TOY, "--port", str(port), *words],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        for _ in range(150):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 5):
                break
            time.sleep(0.2)
        yield process, port
    finally:
        process.kill()
        process.communicate()


@pytest.fixture(scope="module")
def port():
    with serving("--allow-host", "tea.example") as (_, number):
        yield number


def asked(port, method="GET", path="/healthz", body=None, **headers):
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    with contextlib.closing(line):
        given = {name.replace("_", "-"): text for name, text in headers.items()}
        line.request(method, path, body, given)
        answer = line.getresponse()
        return answer.status, dict(answer.headers), answer.read()


def test_it_says_that_it_is_well(port):
    status, headers, body = asked(port)
    assert status == 200
    assert json.loads(body) == {"status": "ok", "pack": "tea-or-coffee", "version": "1.0.0"}
    assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "path", ["/", "/healthz", "/api/v1/questions", "/openapi.json", "/nowhere"]
)
def test_every_answer_has_its_headers_and_a_head(port, path):
    whole, there, body = asked(port, "GET", path)
    status, headers, nothing = asked(port, "HEAD", path)
    assert status == whole
    assert nothing == b""
    assert headers["content-length"] == there["content-length"] == str(len(body))
    assert headers["x-content-type-options"] == there["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("host", "status"),
    [("127.0.0.1", 200), ("localhost:1", 200), ("tea.example", 200), ("evil.example", 400), ("127.0.0.1.evil.example", 400)],
)  # fmt: skip
def test_only_our_own_host_names_are_served(port, host, status):
    assert asked(port, Host=host)[0] == status


@pytest.mark.parametrize("path", ["/nowhere", "/api/v1/recommend"])
def test_a_body_beyond_the_limit_is_refused_at_once_and_not_held(port, path):
    """Six hundred megabytes are announced, or sent in pieces without saying how many."""
    for headers in ("Content-Length: 600000000", "Transfer-Encoding: chunked"):
        with socket.create_connection(("127.0.0.1", port), 20) as line:
            line.sendall(
                f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n{headers}\r\n\r\n".encode()
            )
            piece = b"x" * 100_000
            sent = 0
            with contextlib.suppress(OSError):
                for _ in range(100):
                    line.sendall(
                        b"%x\r\n%s\r\n" % (len(piece), piece) if "chunked" in headers else piece
                    )
                    sent += len(piece)
                    if sent > 2 * MEGABYTE:
                        break
            assert line.recv(65536).startswith(b"HTTP/1.1 413 ")
    assert asked(port)[0] == 200


def test_who_sends_a_whole_body_beyond_the_limit_gets_to_see_the_answer(port):
    for _ in range(5):
        status, _, told = asked(port, "POST", "/api/v1/recommend", b"x" * (3 * MEGABYTE // 2))
        assert (status, json.loads(told)["status"]) == (413, 413)


@pytest.mark.parametrize("body", ["[" * 50_000, '{"answers": ' * 40 + "1" + "}" * 40])
def test_json_of_too_many_levels_is_refused(port, body):
    status, _, told = asked(
        port, "POST", "/api/v1/recommend", body, Content_Type="application/json"
    )
    assert (status, json.loads(told)["detail"]) == (
        413,
        "the request has more than 32 levels of lists and objects",
    )


@pytest.mark.parametrize(
    "half",
    [b"", b"POST /api/v1/recommend HT", b"GET / HTTP/1.1\r\nHost: localhost\r\nX-A: b\r\n",
     b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\nContent-Type: application/json\r\n\r\nhalf"],
    ids=["nothing", "half a line", "half a head", "half a body"],
)  # fmt: skip
def test_three_hundred_who_send_half_a_request_keep_nobody_waiting(port, half):
    with contextlib.ExitStack() as lines:
        halves = [
            lines.enter_context(socket.create_connection(("127.0.0.1", port), 20))
            for _ in range(300)
        ]
        for line in halves:
            line.sendall(half)
        begun = time.monotonic()
        assert asked(port)[0] == 200
        assert time.monotonic() - begun < 2
        for line in halves:
            assert line.recv(65536).startswith(b"HTTP/1.1 408 ")
            while line.recv(65536):
                pass  # and it is hung up


def test_who_drips_a_request_is_not_waited_for(port):
    with socket.create_connection(("127.0.0.1", port), 20) as line:
        line.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n")
        with contextlib.suppress(OSError):
            for number in range(12):
                line.sendall(b"X-%d: y\r\n" % number)
                time.sleep(0.2)
        assert line.recv(65536).startswith(b"HTTP/1.1 408 ")


def test_a_second_request_on_a_connection_is_answered_too(port):
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    with contextlib.closing(line):
        for _ in range(3):
            line.request("GET", "/healthz")
            assert line.getresponse().read()
            time.sleep(0.6)


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX")
@pytest.mark.parametrize(("name", "code"), [("SIGINT", 130), ("SIGTERM", 0)])
def test_a_signal_ends_what_is_begun_and_then_the_server(name, code):
    with serving() as (process, port):
        line = socket.create_connection(("127.0.0.1", port), 20)
        body = json.dumps({"answers": {"hour": "evening"}}).encode()
        head = f"POST /api/v1/recommend HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        line.sendall(head.encode() + body[:5])
        time.sleep(0.3)
        process.send_signal(getattr(signal, name))
        time.sleep(0.2)
        line.sendall(body[5:])
        assert line.recv(65536).startswith(b"HTTP/1.1 200 ")
        line.close()
        assert process.wait(15) == code
        assert "Traceback" not in process.stderr.read()


@pytest.mark.parametrize(
    "words", [("--host", "no.such.host.invalid"), ("--host", "x" * 70), ("--allow-host", "a*")]
)
def test_what_cannot_be_served_is_told(words):
    ran = recommender("web", "--rules", TOY, "--port", free_port(), *words)
    assert ran.code == 2
    assert ran.err.startswith("error: ")


def test_a_port_that_is_taken_is_told():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        number = taken.getsockname()[1]
        ran = recommender("web", "--rules", TOY, "--port", number)
    assert ran.code == 2
    assert f"cannot serve at 127.0.0.1:{number}: Address already in use" in ran.err


def test_the_description_for_programs_is_true(tmp_path):
    """By schemathesis, which makes requests of it, and looks for answers that it does not describe.

    That a question must apply before it may be answered is more than a schema says.
    """
    command = shutil.which("schemathesis", path=Path(sys.executable).parent)
    if command is None:
        pytest.skip("schemathesis is not installed")
    with serving() as (_, number):
        done = subprocess.run(
            [command, "run", f"http://127.0.0.1:{number}/openapi.json", "--max-examples", "10", "--seed", "1", "--no-color",
             "--exclude-checks", "positive_data_acceptance"],
            capture_output=True, text=True, check=False, cwd=tmp_path, timeout=240,
        )  # fmt: skip
    assert done.returncode == 0, done.stdout
