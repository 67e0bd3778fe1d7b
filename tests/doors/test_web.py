"""`recommender web`: a real server on the loopback, asked by a real client."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

import pytest

from .command import ROOT, TOY

for extra in ("fastapi", "uvicorn", "jinja2", "multipart"):
    pytest.importorskip(extra, reason="the extra `web` is not installed")


@pytest.fixture(scope="module")
def server():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "recommender", "web", "--rules", TOY, "--port", str(port)],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    for _ in range(150):
        try:
            urllib.request.urlopen(address, timeout=5).close()
            break
        except OSError:
            time.sleep(0.2)
    yield address
    process.send_signal(signal.SIGINT)
    assert process.wait(20) in (0, 130)


def post(address, data, kind="application/x-www-form-urlencoded"):
    request = urllib.request.Request(address, data.encode(), {"Content-Type": kind})
    with urllib.request.urlopen(request, timeout=20) as answer:
        return answer.read().decode(), answer.headers


def test_the_questionnaire_shows_every_question(server):
    with urllib.request.urlopen(server, timeout=20) as answer:
        page = answer.read().decode()
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert page.count("<legend>") == 8
    assert "When will you drink it?" in page


def test_a_form_gets_the_advice_as_a_page(server):
    form = urllib.parse.urlencode(
        [("hour", "evening"), ("place", "home"), ("sugar", "unknown"), ("no-kettle", "false"),
         ("name", "<script>alert(1)</script>")]
    )  # fmt: skip
    page, _ = post(server, form)
    assert "Tea" in page
    assert "<script>alert(1)" not in page


def test_a_contradiction_is_told_on_the_page_and_the_answers_stay(server):
    page, _ = post(server, urllib.parse.urlencode([("place", "home"), ("place", "none")]))
    assert "`none` beside other answers" in page
    assert 'value="home" checked' in page


def test_programs_get_json(server):
    text, _ = post(
        f"{server}/api/v1/recommend",
        json.dumps({"answers": {"hour": "evening"}}),
        "application/json",
    )
    assert json.loads(text)["best"] == "tea"


def test_a_wrong_answer_is_a_422_with_the_remedy(server):
    with pytest.raises(urllib.error.HTTPError) as error:
        post(f"{server}/api/v1/recommend", json.dumps({"answers": {"huor": 1}}), "application/json")
    assert error.value.code == 422
    assert "did you mean `hour`?" in error.value.read().decode()
    error.value.close()


@pytest.mark.parametrize("form", [
    urllib.parse.urlencode({f"a{number}": "x" for number in range(2000)}), f"hour={'x' * 5_000_000}",
], ids=["many fields", "a long one"])  # fmt: skip
def test_a_form_without_end_is_refused(server, form):
    try:
        post(server, form)
        raise AssertionError("it was taken")
    except urllib.error.HTTPError as error:
        assert error.code in (400, 413)
        error.close()
    except OSError:  # it hung up before all was sent
        pass
    urllib.request.urlopen(server, timeout=20).close()


@pytest.mark.parametrize("body", [
    r'{"answers": {"hour": "\ud800"}}', r'{"answers": {"\ud800": "evening"}}',
    r'{"answers": {"hour": "evening"}, "name": "\udfff"}', r'{"answers": {"place": ["\ud800"]}}', r'["\ud800"]',
])  # fmt: skip
def test_half_a_surrogate_pair_is_refused_in_json(server, body):
    with pytest.raises(urllib.error.HTTPError) as refused:
        post(f"{server}/api/v1/recommend", body, "application/json")
    assert refused.value.code == 422
    assert json.loads(refused.value.read())["detail"]


def test_half_a_surrogate_pair_in_a_form_is_shown_as_a_question_mark(server):
    """Python's UTF-7 reads halves of pairs, and a form may choose it."""
    parts = {"hour": "+2AA-", "name": "+2AA-", "cups": "+2AA-"}
    form = "".join(
        f'--b\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}\r\n'
        for n, v in parts.items()
    )
    page, _ = post(server, form + "--b--\r\n", "multipart/form-data; boundary=b; charset=utf-7")
    assert "no answer `?`" in page
