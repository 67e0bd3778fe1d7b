"""No word of a pack, a project or a report commands a reader of any output (docs/security.md)."""

import json
import re
import xml.etree.ElementTree as ET
from html.parser import HTMLParser

import pytest
from markdown_it import MarkdownIt

from recommender.cli import run

from .hostile import EVIL, hostile_pack, hostile_project, hostile_report

OBEYED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff]"
)
WORKFLOW = re.compile(r"^\s*(::|##\[)", re.MULTILINE)
LANGUAGES = ("en", "zh")
PROBED = ("", "--probe")


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    hostile_pack(folder)
    hostile_project(folder)
    hostile_report(folder)
    return folder


@pytest.fixture
def said(place, capfdbinary, monkeypatch):
    """Run a command among hostile files, and give its code and its two outputs."""
    monkeypatch.chdir(place)
    monkeypatch.setenv("RECOMMENDER_CACHE", "off")

    def say(*args):
        code = run([*args])
        out, err = (each.decode("utf-8") for each in capfdbinary.readouterr())
        assert "internal error" not in err, err
        for text in (out, err):
            assert not OBEYED.search(text), OBEYED.search(text)
        return code, out, err

    return say


def score(said, format_, language="en", probed=""):
    args = [
        "score",
        "project.yaml",
        "--rules",
        "rules",
        "--format",
        format_,
        "--lang",
        language,
        "--samples",
        "20",
    ]
    code, out, _ = said(*args, *(["--probe", "report.json"] if probed else []))
    assert code in (0, 5)  # advice, however sure it is
    assert out
    return out


@pytest.mark.parametrize("probed", PROBED)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("format_", ["text", "markdown", "adr", "junit", "github", "json", "html"])
def test_no_output_commands_a_terminal_or_a_workflow(said, format_, language, probed):
    out = score(said, format_, language, probed)
    found = WORKFLOW.findall(out)
    if format_ == "github":
        assert all(
            re.match(r"::(notice|warning|error)( [^:]*)?::", line)
            for line in out.splitlines()
            if line.startswith("::")
        )
    elif format_ not in ("json", "junit", "html"):
        assert not found


class Page(HTMLParser):
    """Collect what a browser would act on."""

    ACTIVE = (
        "script",
        "img",
        "iframe",
        "object",
        "embed",
        "link",
        "base",
        "form",
        "svg:script",
        "input",
    )

    def __init__(self):
        super().__init__()
        self.active, self.handlers, self.links, self.texts = [], [], [], []

    def handle_starttag(self, tag, attrs):
        if tag in self.ACTIVE:
            self.active.append(tag)
        self.handlers += [
            name
            for name, _ in attrs
            if name.startswith("on") or name in ("style", "src", "srcset", "formaction")
        ]
        self.links += [value for name, value in attrs if name in ("href", "xlink:href")]


def browsed(text):
    page = Page()
    page.feed(text)
    page.close()
    return page


@pytest.mark.parametrize("probed", PROBED)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_runs_loads_and_links_nothing_that_was_slipped_in(said, language, probed):
    out = score(said, "html", language, probed)
    page = browsed(out)
    assert not page.active
    assert not page.handlers
    assert all(
        link.startswith(("https://example.org/", "http://example.org/", "#")) for link in page.links
    )
    assert "default-src 'none'" in out


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("format_", ["markdown", "adr"])
def test_markdown_stays_words(said, format_, language):
    out = score(said, format_, language, "--probe")
    body = re.sub(r"\A---\n.*?\n---\n", "", out, flags=re.DOTALL)  # an ADR's own front matter
    body = re.sub(r"^(`{3,})json\n.*?^\1$", "", body, flags=re.DOTALL | re.MULTILINE)  # and record
    page = browsed(
        MarkdownIt("commonmark", {"linkify": False, "html": True})
        .enable("table")
        .enable("strikethrough")
        .render(body)
    )
    assert not page.active
    assert not page.handlers
    assert not [link for link in page.links if EVIL in link or "javascript" in link]
    # What GitHub and others make into links by themselves.
    assert not re.search(
        rf"(?<!\\)(https?://|www\.){re.escape(EVIL)}",
        body.replace("&#58;", "").replace("&#46;", ""),
    )
    assert "@user" not in body
    assert not re.search(r"^(#+ heading|```|=== *$|> quoted)", body, re.MULTILINE)


def test_xml_is_xml_without_entities(said):
    out = score(said, "junit", probed="--probe")
    assert "<!DOCTYPE" not in out
    root = ET.fromstring(out)
    assert {each.tag for each in root.iter()} <= {
        "testsuites",
        "testsuite",
        "testcase",
        "properties",
        "property",
        "failure",
        "skipped",
        "error",
        "system-out",
        "system-err",
    }


def test_json_is_json(said):
    data = json.loads(score(said, "json", probed="--probe"))
    assert data["outcome"]


def test_phrases_reach_into_nothing(said):
    """A pack's phrase is filled in by plain names; `{x.__class__}` stays as it is."""
    out = score(said, "text", "zh")
    assert "<class" not in out
    assert "object at 0x" not in out


@pytest.mark.parametrize(
    "args",
    [
        ("test", "rules"),
        ("test", "rules", "--mutate"),
        ("lint", "rules"),
        ("lint", "rules", "--format", "json"),
        ("lint", "rules", "--format", "sarif"),
        ("lint", "rules", "--format", "github"),
        ("claims", "rules"),
        ("claims", "rules", "--format", "markdown"),
        ("claims", "rules", "--format", "json"),
        ("compare", "project.yaml", "examples/early-bird.yaml", "--rules", "rules"),
        ("next", "project.yaml", "--rules", "rules"),
        ("next", "project.yaml", "--rules", "rules", "--format", "json"),
        ("diff", "rules", "../toy"),
        ("diff", "rules", "rules", "--panel", "20"),
        ("score", "rules", "--rules", "rules"),
        ("score", "project.yaml", "--rules", "rules", "-v"),
    ],
    ids=" ".join,
)
def test_no_command_passes_a_command_on(said, args):
    code, out, err = said(*args)
    assert code in (0, 1, 2, 3, 4, 5)
    if "github" in args:
        assert all(re.match(r"::(notice|warning|error) ", line) for line in out.splitlines())
    elif "json" not in args and "sarif" not in args:
        assert not WORKFLOW.search(out + err)


def test_the_questions_are_asked_in_plain_words(said, monkeypatch, tmp_path):
    import io
    import sys

    monkeypatch.setattr(sys, "stdin", io.StringIO("?\n1\nx\nback\n1\n\n1\n1\n\n\n\n\n\n\n"))
    code, _, _ = said(
        "ask", "--all", "--rules", "rules", "--samples", "0", "--save", str(tmp_path / "p.yaml")
    )
    assert code in (0, 5)
    assert not OBEYED.search((tmp_path / "p.yaml").read_text("utf-8"))


@pytest.mark.parametrize(
    "name", ["\x1b[31m.yaml", "a\nb.yaml", "::error::.yaml", "\u202e.yaml", "\x9b.yaml"]
)
def test_names_of_files_command_nothing_either(said, name, place):
    (place / "rules" / name).write_text("rules: [{id: x, weight: 99}]\n")
    try:
        code, out, err = said("score", "project.yaml", "--rules", "rules")
        assert code == 3
        assert not WORKFLOW.search(out + err)
        said("lint", "rules", "--format", "github")
    finally:
        (place / "rules" / name).unlink()
