"""The documentation site builds strictly, every link in it leads somewhere, and every entry has a page."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from importlib.util import find_spec
from urllib.parse import unquote, urlsplit

import pytest

from recommender.authoring.lint import members
from recommender.loading.full_pack import load_whole
from tests.conftest import ROOT

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(find_spec("zensical") is None, reason="zensical is not installed"),
]
WHOLE = load_whole().full
KINDS = {
    "rules": WHOLE.rules,
    "criteria": WHOLE.criteria,
    "candidates": WHOLE.candidates,
    "constraints": WHOLE.constraints,
    "routes": [each.id for each in WHOLE.routes],
    "referrals": WHOLE.referrals,
    "questions": WHOLE.questions,
    "sources": WHOLE.sources,
    "lint": [each.CODE for each in members()],
}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The site, built as the documentation says (about half a minute)."""
    folder = tmp_path_factory.mktemp("site")
    done = subprocess.run(
        [sys.executable, ROOT / "docs/site/build.py", folder], capture_output=True, text=True,
        cwd=ROOT, check=False, timeout=300, env={"PYTHONPATH": str(ROOT), "PATH": ""},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return folder


def nav(entries):
    """Yield every page that a navigation names."""
    for entry in entries:
        for inside in entry.values():
            if isinstance(inside, str):
                yield inside
            else:
                yield from nav(inside)


def test_the_navigation_has_every_page_but_those_of_single_entries(site):
    config = tomllib.loads((site / "zensical.toml").read_text("utf-8"))["project"]
    pages = site / "pages"
    written = {path.relative_to(pages).as_posix() for path in pages.rglob("*.md")}
    shown = {name for name in written if not re.match(r"reference/\w+/(?!index)", name)}
    listed = list(nav(config["nav"]))
    assert sorted(listed) == sorted(shown)
    assert "plugins" not in config


def test_no_page_takes_anything_from_outside(site):
    for path in (site / "html").rglob("*.html"):
        loaded = re.findall(
            r'<(?:script|link|img|iframe)\b[^>]*?\b(?:src|href)="(https?:[^"]*)"',
            path.read_text("utf-8"),
        )
        assert loaded == [], path


def test_every_link_inside_the_site_leads_to_a_page_and_a_heading(site):
    html = site / "html"
    texts = {path: path.read_text("utf-8") for path in html.rglob("*.html")}
    ids = {path: set(re.findall(r'\bid="([^"]+)"', text)) for path, text in texts.items()}
    followed = drawn = 0
    for path, text in texts.items():
        for target in re.findall(r'<a\b[^>]*?\bhref="([^"]+)"', text):
            parts = urlsplit(target.replace("&amp;", "&"))
            if parts.scheme or path.name == "404.html":
                continue
            there = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            there = there / "index.html" if there.is_dir() else there
            assert there.is_file(), f"{path}: {target}"
            if parts.fragment and there in ids and parts.fragment != "__skip":
                assert unquote(parts.fragment) in ids[there], f"{path}: {target}"
            followed += 1
        for picture in re.findall(r'<img\b[^>]*?\bsrc="(?!data:)([^"]+)"', text):
            assert (path.parent / unquote(picture)).resolve().is_file(), f"{path}: {picture}"
            drawn += 1
    assert followed > 1000
    assert drawn >= len([*(ROOT / "docs" / "pictures").glob("*.[sp][vn]g")])


@pytest.mark.parametrize("kind", KINDS)
def test_every_entry_has_a_page_that_a_list_names(site, kind):
    listed = (site / "pages" / "reference" / kind / "index.md").read_text("utf-8")
    for name in KINDS[kind]:
        assert (site / "html" / "reference" / kind / name / "index.html").is_file()
        assert f"(<{name}.md>)" in listed


def test_a_rule_says_where_it_fires_and_shows_its_review_and_excerpts(site):
    text = (site / "pages/reference/rules/android-support.md").read_text("utf-8")
    rule = WHOLE.rules["android-support"]
    fires = re.search(r"It fires on (\d+) of the (\d+) \[real projects\]", text)
    assert 0 < int(fires[1]) < int(fires[2]) == len(WHOLE.population)
    assert rule.review.because in text
    said = [WHOLE.reference(each).says for each in rule.review.sources]
    assert any(said)
    assert all(f"**{each}**" in text.replace("\\", "") for each in said if each)


TRIED = re.compile(r"```sh\n(recommender .*?)\n```\n(?:\n.*?```text\n(.*?)```)?", re.DOTALL)


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"questions"}))
def test_the_live_example_of_an_entry_prints_what_the_page_shows(site, kind):
    text = next(
        text
        for path in sorted((site / "pages/reference" / kind).glob("*.md"))
        if path.stem != "index" and TRIED.search(text := path.read_text("utf-8"))
    )
    command, shown = TRIED.search(text).groups()
    command = command.replace("recommender", f'"{sys.executable}" -m recommender', 1)
    done = subprocess.run(
        ["sh", "-c", command], cwd=ROOT, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode in (0, 4, 5), done.stderr
    printed = done.stdout.splitlines()
    for line in (shown or "").splitlines():
        assert re.sub(r" +rules/.*", "", line) in {
            re.sub(r" +rules/.*", "", each) for each in printed
        }


def test_every_rule_and_route_shows_an_example(site):
    for kind in ("rules", "constraints", "referrals", "routes", "criteria", "candidates", "lint"):
        for name in KINDS[kind]:
            text = (site / "pages/reference" / kind / f"{name}.md").read_text("utf-8")
            assert "## Try it" in text, name
