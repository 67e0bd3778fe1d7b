"""The playground in a real browser: the command's advice to the byte, nothing from outside, offline afterwards."""

from __future__ import annotations

import functools
import http.server
import json
import os
import re
import shutil
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.conftest import slowness

from .command import ROOT, recommender

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
for extra in ("jinja2", "markupsafe"):
    pytest.importorskip(extra, reason="the extra `web` is not installed")

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
MEGABYTES = 15
KNOWN = "goal=product&targets=android&targets=ios&model-source=scratch&hardware=unknown&name=shelf"
PATIENCE = 240_000
"""Milliseconds that a step may take on a machine on which much else runs."""


UNPACK = """
import sys, pathlib
sys.path.insert(0, "docs/playground")
import build
for name, content in build.sources():
    path = pathlib.Path(sys.argv[1], name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
"""
ALONE = """
import sys
sys.path.insert(0, sys.argv[1])
import play
print(play.answer("advice", "goal=product&targets=android", "zh"))
"""


def test_the_engine_runs_of_what_is_packed_alone(tmp_path):
    """As it will in the browser: nothing that is installed, no pydantic, no server."""
    run = functools.partial(subprocess.run, cwd=ROOT, capture_output=True, text=True, check=False)
    made = run(
        [sys.executable, "-c", UNPACK, tmp_path], env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    assert made.returncode == 0, made.stderr
    done = run([sys.executable, "-I", "-S", "-c", ALONE, tmp_path])
    assert done.returncode == 0, done.stderr
    reply = json.loads(done.stdout)
    assert (reply["status"], reply["type"]) == (200, "text/html")
    assert 'lang="zh-Hans"' in reply["text"]


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    if CHROMIUM is None:
        pytest.skip("there is no Chromium on this machine")
    folder = tmp_path_factory.mktemp("site") / "play"
    done = subprocess.run(
        [sys.executable, ROOT / "docs/playground/build.py", folder], cwd=ROOT, text=True,
        capture_output=True, timeout=600, check=False, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    if "npm" in done.stderr or "node is not" in done.stderr:
        pytest.skip(done.stderr.strip())
    assert done.returncode == 0, done.stderr
    return folder


class Quiet(http.server.SimpleHTTPRequestHandler):
    def guess_type(self, path):
        told = {".mjs": "text/javascript", ".wasm": "application/wasm"}
        return told.get(Path(path).suffix) or super().guess_type(path)

    def log_message(self, *said):
        pass


@contextmanager
def serving(folder):
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(Quiet, directory=folder)
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def shown(page, selector):
    """Wait for a part of the page in the frame, and return it."""
    part = page.frame_locator("#page").locator(selector).first
    part.wait_for(timeout=PATIENCE)
    return part


@pytest.fixture(scope="module")
def visited(built):
    """A browser in which the playground was opened once, and whose network is gone since."""
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        context = browser.new_context()
        asked, said = [], []
        context.on("request", lambda request: asked.append(request.url))
        context.on("weberror", lambda error: said.append(str(error.error)))
        with serving(built) as address:
            page = context.new_page()
            page.goto(address + "/index.html")
            assert "MB are loaded" in page.inner_text("main")
            shown(page, "h1")
            page.close()
        yield context, address, asked, said
        browser.close()


@pytest.mark.slow
def test_it_is_small_enough(built):
    size = sum(path.stat().st_size for path in built.rglob("*") if path.is_file())
    assert size <= MEGABYTES * 1_000_000


@pytest.mark.slow
def test_its_advice_is_the_commands_to_the_byte(visited, tmp_path):
    context, address, _, said = visited
    page = context.new_page()
    page.goto(f"{address}/index.html#advice?{KNOWN}")
    headline = shown(page, "h1").inner_text()

    def file(name):
        return page.evaluate(
            "name => fetch(`app/files/${name}`).then((found) => found.text())", f"{name}?{KNOWN}"
        )

    project = tmp_path / "project.yaml"
    project.write_text(file("project.yaml"), "utf-8")
    for name, kind in [("report.md", "markdown"), ("decision.md", "adr"), ("report.html", "html")]:
        assert file(name) == recommender("score", "--format", kind, project).out, name
    theirs = recommender("score", "--format", "json", project).out
    assert file("advice.json") == theirs.replace(json.dumps(str(project)), '""', 1)
    assert headline == json.loads(theirs)["headline"]
    assert said == []
    page.close()


@pytest.mark.slow
def test_two_clicks_give_advice_and_reload_back_and_the_address_keep_it(visited):
    context, address, _, said = visited
    page = context.new_page()
    page.goto(address + "/index.html")
    shown(page, "ul.choices a").click()
    shown(page, "ul.choices li:nth-child(2) a").click()
    shown(page, "#what-if")
    kept = page.url
    assert "#advice?goal=" in kept
    headline = shown(page, "h1").inner_text()
    page.reload()
    assert shown(page, "#what-if")
    assert shown(page, "h1").inner_text() == headline
    with page.expect_download(timeout=PATIENCE) as saved:
        shown(page, "a[download]").click()
    assert "answers:" in saved.value.path().read_text("utf-8")
    assert page.url == kept
    shown(page, "#what-if details[data-question=goal] summary").click()
    shown(page, "#group-goal input[value=product]").check()
    page.wait_for_url(re.compile("goal=product"), timeout=PATIENCE)
    page.go_back()
    page.wait_for_url(kept, timeout=PATIENCE)
    assert shown(page, "h1").inner_text() == headline
    assert said == []
    page.close()


@pytest.mark.slow
def test_what_stands_in_the_address_shows_no_other_site(visited):
    context, address, asked, _ = visited
    for trick in (
        "//example.org/",
        "https://example.org/",
        "javascript:document.title='x'",
        "../shell.js",
    ):
        page = context.new_page()
        page.goto(f"{address}/index.html#{trick}")
        shown(page, "ul.choices a")
        assert page.frames[1].url.startswith(f"{address}/app/")
        page.close()
    assert [url for url in asked if not url.startswith((address, "data:", "blob:"))] == []


@pytest.mark.slow
def test_it_starts_again_in_three_seconds_without_the_network(visited):
    """Three seconds of a processor that adds up twenty million numbers in a quarter of a second."""
    context, address, _, _ = visited
    took = []
    while len(took) < 5 and min(took, default=9) > 3:
        page = context.new_page()
        wall = time.perf_counter()
        page.goto(address + "/index.html")
        shown(page, "h1")
        started = time.perf_counter() - wall
        page.close()
        took.append(started / slowness(time.perf_counter))
    assert min(took) <= 3, took
