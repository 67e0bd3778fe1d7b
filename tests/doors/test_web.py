"""`recommender web`: a real server on the loopback, asked by a real client."""

from __future__ import annotations

import gzip
import json
import urllib.error
import urllib.request

import pytest

from .command import TOY, serving

for extra in ("fastapi", "uvicorn", "jinja2"):
    pytest.importorskip(extra, reason="the extra `web` is not installed")


@pytest.fixture(scope="module")
def server():
    with serving("--rules", TOY) as address:
        yield address


def post(address, data, kind):
    request = urllib.request.Request(address, data.encode(), {"Content-Type": kind})
    with urllib.request.urlopen(request, timeout=20) as answer:
        return answer.read().decode(), answer.headers


def test_the_page_asks_and_advises(server):
    with urllib.request.urlopen(f"{server}/ask", timeout=20) as answer:
        page = answer.read().decode()
        policy = answer.headers["Content-Security-Policy"]
        assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "When will you drink it?" in page
    with urllib.request.urlopen(f"{server}/advice?hour=evening", timeout=20) as answer:
        assert "Tea" in answer.read().decode()


def test_what_a_probe_saw_is_shown_beside_the_routes(tmp_path):
    row = {
        "check": "export-executorch",
        "candidate": "pytorch",
        "verdict": "confirmed",
        "because": "same",
    }
    report = tmp_path / "report.json"
    report.write_text(json.dumps({"schema": 1, "kind": "probe-report", "observations": [row]}))
    with (
        serving("--probe", report) as address,
        urllib.request.urlopen(f"{address}/advice?targets=android", timeout=20) as answer,
    ):
        assert "export-executorch: confirmed on this machine (same)" in answer.read().decode()


def test_the_advice_is_packed_for_who_can_unpack_it(server):
    lengths = {}
    for encoding in ("identity", "gzip"):
        request = urllib.request.Request(
            f"{server}/advice?hour=evening", headers={"Accept-Encoding": encoding}
        )
        with urllib.request.urlopen(request, timeout=20) as answer:
            body = answer.read()
        lengths[encoding] = len(body)
        text = gzip.decompress(body) if encoding == "gzip" else body
        assert b"Tea" in text
    assert lengths["gzip"] < lengths["identity"] / 3


def test_no_query_is_written_anywhere(tmp_path):
    log = tmp_path / "log"
    with serving("--rules", TOY, log=log) as address:
        for path in (
            "/advice?name=very-secret",
            "/nowhere?name=very-secret",
            "/ask?hour=very-secret&asked=hour",
        ):
            try:
                urllib.request.urlopen(address + path, timeout=20).close()
            except urllib.error.HTTPError as error:
                error.close()
    assert address in log.read_text()
    assert "secret" not in log.read_text()


@pytest.mark.parametrize(("length", "status"), [(8_000, 200), (8_300, 414), (60_000, 414)])
def test_an_address_beyond_eight_kilobytes_is_refused(server, length, status):
    try:
        with urllib.request.urlopen(f"{server}/all?name={'x' * length}", timeout=20) as answer:
            assert answer.status == status
    except urllib.error.HTTPError as error:
        assert error.code == status
        error.close()


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


@pytest.mark.parametrize("body", [
    r'{"answers": {"hour": "\ud800"}}', r'{"answers": {"\ud800": "evening"}}',
    r'{"answers": {"hour": "evening"}, "name": "\udfff"}', r'{"answers": {"place": ["\ud800"]}}', r'["\ud800"]',
])  # fmt: skip
def test_half_a_surrogate_pair_is_refused_in_json(server, body):
    with pytest.raises(urllib.error.HTTPError) as refused:
        post(f"{server}/api/v1/recommend", body, "application/json")
    assert refused.value.code == 422
    assert json.loads(refused.value.read())["detail"]


@pytest.mark.parametrize(("method", "path", "code", "told"), [
    ("GET", "/api/v1/nothing", 404, "there is nothing at /api/v1/nothing"),
    ("POST", "/api/v1/pack", 405, "/api/v1/pack does not take POST; one of: GET"),
    ("GET", "/advice?name=" + "x" * 9000, 414, "the address has more than 8192 bytes"),
])  # fmt: skip
def test_what_is_refused_is_a_problem_for_programs(server, method, path, code, told):
    with pytest.raises(urllib.error.HTTPError) as error:
        urllib.request.urlopen(urllib.request.Request(server + path, method=method), timeout=20)
    assert error.value.headers["Content-Type"] == "application/problem+json"
    problem = json.loads(error.value.read())
    error.value.close()
    assert (problem["status"], problem["faults"]) == (code, [told])


def test_a_page_that_there_is_not_leads_to_the_start(server):
    asked = urllib.request.Request(f"{server}/no/where?lang=en", headers={"Accept": "text/html"})
    with pytest.raises(urllib.error.HTTPError) as error:
        urllib.request.urlopen(asked, timeout=20)
    page = error.value.read().decode()
    error.value.close()
    assert error.value.code == 404
    assert "<title>There is no such page" in page
    assert 'href="/?lang=en">Start again' in page
    assert 'href="/page.css"' in page
