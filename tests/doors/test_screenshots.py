"""The screenshots of the documentation are made here, and show what the commands and the page say today.

    pytest tests/doors/test_screenshots.py --update-golden

makes those anew that say something else by now, where Chromium and a font with Chinese are. They are held by their text, not by pixels: a
terminal's picture is SVG and holds its own, that of a page stands beside it.
"""

from __future__ import annotations

import os
import re
import shutil
import time

import pytest

from recommender.language import Language
from recommender.loading import load_pack
from tests.conftest import ROOT

from .command import serving
from .picture import drawn, lighter, said
from .terminal import DOWN, ENTER, PATIENCE, SPACE, UP, Terminal

PICTURES = ROOT / "docs" / "pictures"
MOST = 60_000
"""Bytes of a picture: a page of the documentation is to be light."""

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
ASKED = "name=plant-finder&targets=ios&model-source=hub"
PROJECT = f"{ASKED}&source-framework=pytorch"


@pytest.fixture
def terminal():
    started = []

    def start(*args, **size):
        started.append(Terminal(*args, columns=80, **size))
        return started[-1]

    yield start
    for each in started:
        each.child.close(force=True)


@pytest.fixture
def kept(request):
    """Compare a picture by its text with the one that is kept, or keep it."""

    def compare(name, picture, text, text_of):
        path = PICTURES / name
        stale = not path.exists() or text_of(path) != text  # else fonts alone would rewrite it
        if request.config.getoption("--update-golden") and stale:
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(lighter(picture) if name.endswith(".png") else picture)
            if name.endswith(".png"):
                path.with_suffix(".txt").write_text("\n".join(text) + "\n", "utf-8")
        assert text == text_of(path), f"{name} is out of date: run pytest with --update-golden"
        assert path.stat().st_size <= MOST

    return compare


def in_svg(path):
    return said(path.read_text("utf-8"))


def beside(path):
    return path.with_suffix(".txt").read_text("utf-8").splitlines()


def keep(kept, terminal, name, command):
    svg = drawn(terminal.screen, command)
    text = said(svg)
    assert text == [" ".join(line.split()) for line in terminal.lines if line.strip()]
    kept(name, svg.encode(), text, in_svg)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_report(lang, terminal, kept):
    command = ["score", "examples/android-app.yaml", *(["--lang", "zh"] if lang == "zh" else [])]
    shown = terminal(*command, rows=50)
    assert shown.end() == 0
    keep(kept, shown, f"score-{lang}.svg", " ".join(["recommender", *command]))


def test_a_question_and_the_page_of_all_answers(terminal, kept):
    pack, shown = load_pack(), terminal("ask", rows=40)
    language = Language(pack, "en")
    shown.wait("? [1 of")
    ios = list(pack.questions["targets"].choices).index("ios")
    shown.send(DOWN * ios + SPACE + ENTER, "? [2 of")
    assert language.ask("targets") in shown.text
    shown.send(DOWN + SPACE, "● ")
    keep(kept, shown, "ask.svg", "recommender ask")
    shown.send(ENTER, "? [3 of")
    shown.send(DOWN + SPACE + ENTER)
    until = time.monotonic() + PATIENCE
    while not re.search(r"\? \[4 of|Your answers so far", shown.wait("")):  # it may be at its end
        assert time.monotonic() < until, shown.text
    if "? [4 of" in shown.text:
        shown.send(UP + ENTER)
    shown.wait("Your answers so far")
    keep(kept, shown, "ask-answers.svg", "recommender ask")


@pytest.fixture(scope="module")
def browser():
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    for extra in ("fastapi", "uvicorn", "jinja2"):
        pytest.importorskip(extra, reason="the extra `web` is not installed")
    if CHROMIUM is None:
        pytest.skip("there is no Chromium on this machine")
    with playwright.sync_playwright() as running:
        # Containers have no user namespaces for the browser's own sandbox.
        opened = running.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.mark.parametrize(
    ("name", "address", "part"),
    [
        ("page-start", "/", "body"),
        ("page-question", f"/ask?{ASKED}", "body"),
        ("page-advice", f"/advice?{PROJECT}", "#answer"),
        ("page-what-if", f"/advice?{PROJECT}", "#what-if"),
    ],
)
def test_a_page(name, address, part, browser, kept):
    page = browser.new_page(viewport={"width": 760, "height": 600}, color_scheme="light")
    with serving() as server:
        page.goto(server + address)
        if part == "#what-if":
            page.get_by_text("How much each criterion counts").click()
            slider = page.get_by_role("slider", name="Where the model comes from")
            slider.press("Home")
            page.wait_for_url(re.compile(r"weight\."))
            page.locator("#moving").scroll_into_view_if_needed()
        shown = page.locator(part)
        text = [" ".join(line.split()) for line in shown.inner_text().splitlines() if line.strip()]
        taken = page if part == "#what-if" else shown  # what moves there stays in sight
        kept(f"{name}.png", taken.screenshot(animations="disabled"), text, beside)
    page.close()


def test_every_picture_stands_in_the_documentation_and_says_what_it_shows():
    shown = {}
    for path in (ROOT / "docs").rglob("*.md"):
        for told, target in re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", path.read_text("utf-8")):
            shown[(path.parent / target).resolve()] = told
    there = {path for path in PICTURES.iterdir() if path.suffix != ".txt"}
    assert there <= shown.keys()
    assert all(path.exists() and len(told) > 10 for path, told in shown.items())
