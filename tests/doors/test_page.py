"""The HTML page in a real browser: readable, quiet, accessible, on a phone and at a desk."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from recommender import load_pack, load_profile, recommend
from recommender.output import render_all

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
PAGES = ("android-app.en", "android-app.zh", "old-lab-pc.en", "unknown.zh", "several.en")

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine")


@pytest.fixture(scope="module")
def browser():
    with playwright.sync_playwright() as running:
        # Containers have no user namespaces for the browser's own sandbox.
        opened = running.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """Write every page that is looked at, and give their addresses."""
    folder = tmp_path_factory.mktemp("pages")
    pack = load_pack()
    advised = {
        name: recommend(load_profile(f"examples/{name}.yaml", pack), pack, samples=200)
        for name in ("android-app", "old-lab-pc")
    }
    advised["unknown"] = recommend(load_profile({"name": "unknown", "answers": {}}, pack), pack)
    for page in PAGES:
        name, language = page.split(".")
        several = list(advised.values()) if name == "several" else [advised[name]]
        text = render_all(several, "html", language=language)
        (folder / f"{page}.html").write_text(text, encoding="utf-8")
    return folder


LOOKS = [
    pytest.param(PHONE, "dark", id="phone-dark"),
    pytest.param(DESK, "light", id="desk-light"),
]


@pytest.mark.parametrize(("size", "scheme"), LOOKS)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_quiet_fits_and_is_accessible(browser, pages, name, size, scheme):
    page = browser.new_page(viewport=size, color_scheme=scheme)
    said, asked = [], []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto((pages / f"{name}.html").as_uri())
    if name == "old-lab-pc.en":  # the longest parts of a page, folded elsewhere for speed's sake
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    violations = axe.Axe().run(page).response["violations"]
    wide = page.evaluate("document.documentElement.scrollWidth")
    styled = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.close()
    assert not said
    assert len(asked) == 1, "the page asks for nothing else"
    assert not [(each["id"], [n["html"] for n in each["nodes"]]) for each in violations]
    assert wide <= size["width"], "nothing is cut off or scrolls sideways"
    assert styled == ("rgb(255, 255, 255)" if scheme == "light" else "rgb(21, 23, 26)")


def test_a_page_reads_in_order_without_scripts(browser, pages):
    page = browser.new_context(java_script_enabled=False, viewport=PHONE).new_page()
    page.goto((pages / "android-app.en.html").as_uri())
    page.click("details.account > summary")
    text = page.inner_text("main")
    page.close()
    order = [
        "shelf-scanner",
        "Why ",
        "What you answered",
        "Through each lens",
        "Point by point",
        "How firm it is",
    ]
    places = [text.index(words) for words in order]
    assert places == sorted(places)


def test_screenshots_can_be_kept(browser, pages):
    """`SCREENSHOTS=folder pytest tests/doors/test_page.py` leaves pictures to look at."""
    folder = os.environ.get("SCREENSHOTS")
    if folder is None:
        pytest.skip("SCREENSHOTS names no folder")
    for name in PAGES:
        for size in (PHONE, DESK):
            page = browser.new_page(viewport=size)
            page.goto((pages / f"{name}.html").as_uri())
            page.screenshot(path=Path(folder) / f"{name}-{size['width']}.png", full_page=True)
            page.close()
