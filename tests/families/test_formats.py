"""Every format obeys the protocol, says the same twice, and lets nothing of a user's through."""

from __future__ import annotations

import dataclasses
import json
import re
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from importlib import import_module
from typing import get_args

import pytest
from markdown_it import MarkdownIt

from recommender import Observations, load_pack, load_profile, recommend, render
from recommender.engine import RECOMMENDATION_SCHEMA
from recommender.nouns.errors import UsageError
from recommender.nouns.observation import Observation
from recommender.output import render_all
from recommender.output.formats import Format, names
from recommender.output.formats.json import as_data
from recommender.projects.records import read_record
from tests.conftest import ROOT

LANGUAGES = ("en", "zh")
HOSTILE = (
    "\x1b[31mred\x1b]8;;http://evil.test\x07 \x9b2J \u202eback \ud800 \x00 "
    "<script>alert(1)</script> <img src=x onerror=alert(1)> &amp; \"'` "
    "[link](javascript:alert(1)) ![x](http://evil.test/x.png) **bold** _it_ `code` | cell "
    "\n# heading\n- item\n1. one\n```\n::error::owned\n]]> --> {{braces}} {n} % @someone #1"
)
FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@pytest.fixture(scope="module")
def cases(toy):
    """One recommendation of every outcome, and one with observations."""
    answers = {
        "clear": {"hour": "evening", "place": ["home", "train"], "no-kettle": False},
        "hanging": {"hour": "evening", "sugar": 5},
        "tie": {"no-kettle": False, "sugar": 0, "hour": "morning", "milk": True, "oat-milk": False},
        "too-little-known": {"place": ["train"]},
    }
    found = {
        name: recommend(load_profile({"name": name, "answers": given}, toy), toy, samples=50)
        for name, given in answers.items()
    }
    seen = Observations.of(
        [Observation("taste", name, "refuted", HOSTILE) for name in ("tea", "coffee")]
    )
    own = load_profile(
        {"name": "no-survivor", "answers": {"hour": "evening", "my-kitchen": True}}, toy
    )
    found["no-survivor"] = recommend(own, toy, observations=seen, lens="measured", samples=50)
    return found


@pytest.fixture(scope="module")
def hostile(toy):
    """A project whose every free text means harm."""
    project = {
        "answers": {"hour": "morning", "place": ["train", "home"]},
        "weights": {"comfort": 9},
    }
    # The loader refuses half a surrogate pair; a profile that a program built may still hold one.
    told = {"name": HOSTILE, "notes": HOSTILE, "extras": {"x-note": HOSTILE}}
    profile = dataclasses.replace(load_profile(project, toy), **told)
    return recommend(profile, toy, samples=50)


def test_type_checkers_know_every_format():
    assert list(get_args(Format)) == names()


@pytest.mark.parametrize("name", names())
def test_a_format_says_in_its_first_line_what_it_is(name):
    module = import_module(f"recommender.output.formats.{name}")
    assert module.__doc__
    assert callable(module.render)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", names())
def test_a_format_writes_every_outcome_and_the_same_twice(name, language, cases):
    assert {advice.outcome for advice in cases.values()} >= {
        "clear",
        "no-survivor",
        "too-little-known",
    }
    for advice in cases.values():
        text = render(advice, name, language=language)
        assert text.endswith("\n")
        assert text == render(advice, name, language=language)
        assert not FORBIDDEN.search(text)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", names())
def test_nothing_that_a_user_wrote_can_command_a_terminal(name, language, hostile):
    text = render(hostile, name, language=language)
    assert not FORBIDDEN.search(text)
    text.encode("utf-8")


def test_an_unknown_format_is_an_error_that_helps(cases):
    with pytest.raises(UsageError, match="did you mean `markdown`"):
        render(cases["clear"], "markdwon")


def test_json_carries_everything(cases):
    for advice in cases.values():
        data = json.loads(render(advice, "json"))
        assert data["schema"] == RECOMMENDATION_SCHEMA
        assert data["outcome"] == advice.outcome
        assert len(data["reasons"]) == len(advice.explanation.reasons)
        assert {field.name for field in dataclasses.fields(advice.provenance)} == set(
            data["provenance"]
        )
        highest = max((n for r in data["reasons"] for n in r["sources"]), default=0)
        assert highest <= len(data["sources"])


def test_programs_that_call_get_the_values_that_are_written(cases):
    for advice in cases.values():
        assert as_data(advice) == json.loads(render(advice, "json"))


def test_a_counterfactual_is_applied_as_the_guide_to_json_says():
    pack = load_pack()
    profile = load_profile(ROOT / "examples/android-app.yaml", pack)
    data = json.loads(render(recommend(profile, pack, samples=0), "json"))
    found = [each for each in data["counterfactuals"] if each["dropped"]]
    assert found
    for each in found:
        changed = {**data["answers"], **each["changes"]}
        kept = {name: answer for name, answer in changed.items() if name not in each["dropped"]}
        project = load_profile({"answers": kept, "weights": data["weights"]}, pack)
        assert recommend(project, pack, samples=0).best == each["winner"] != each["instead_of"]


@pytest.mark.parametrize("family", ["counterfactuals", "stability_intervals"])
def test_the_guide_to_json_names_what_is_told_of(family, cases):
    data = json.loads(render(cases["clear"], "json"))
    told = {**data, **data["sensitivity"]}[family]
    guide = (ROOT / "docs/json.md").read_text("utf-8")
    for entry in told.values() if isinstance(told, dict) else told:
        assert [key for key in entry if f"`{key}`" not in guide] == []


def test_json_gives_back_what_the_user_wrote(hostile):
    assert json.loads(render(hostile, "json"))["name"] == HOSTILE


def test_a_figure_that_is_no_number_is_null_in_json(toy):
    seen = Observations.of(
        [Observation("taste", "tea", "confirmed", figures={"cups": float("nan")})]
    )
    profile = load_profile({"answers": {"hour": "evening", "my-kitchen": True}}, toy)
    advice = recommend(profile, toy, observations=seen, lens="measured", samples=50)
    assert json.loads(render(advice, "json"))["observations"]["seen"][0]["figures"] == {
        "cups": None
    }
    for name in names():
        render(advice, name)


def test_several_recommendations_make_one_valid_text(cases):
    advised = list(cases.values())
    assert len(json.loads(render_all(advised, "json"))) == len(advised)
    assert len(ET.fromstring(render_all(advised, "junit"))) == len(advised)
    page = render_all(advised, "html")
    assert (page.count("<html"), page.count("<main>"), page.count("<article>")) == (
        1,
        1,
        len(advised),
    )


class Tags(HTMLParser):
    """Collect the tags and attributes of a page, and hold that every tag is closed."""

    VOID = ("meta", "br", "img", "link")

    def __init__(self):
        super().__init__()
        self.found, self.open, self.attributes = set(), [], set()

    def handle_starttag(self, tag, attrs):
        self.found.add(tag)
        self.attributes |= {name for name, _ in attrs}
        for name, value in attrs:
            assert name != "href" or value.startswith(("http://", "https://"))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_needs_nothing_else_and_runs_nothing(language, cases, hostile):
    for advice in (*cases.values(), hostile):
        tags = Tags()
        page = render(advice, "html", language=language)
        tags.feed(page)
        assert not tags.open
        assert not tags.found & {"script", "img", "link", "iframe", "object", "form", "b"}
        assert not {a for a in tags.attributes if a.startswith("on")} | (
            tags.attributes & {"src", "style"}
        )
        assert "default-src 'none'" in page


@pytest.mark.parametrize("name", ["markdown", "adr"])
def test_markdown_reads_nothing_in_a_users_words(name, hostile):
    tokens = MarkdownIt("commonmark").enable("table").parse(render(hostile, name))
    inline = [child for token in tokens for child in token.children or ()]
    kinds = {token.type for token in (*tokens, *inline)}
    assert not kinds & {"html_inline", "image", "code_block"}
    written = [token.content for token in tokens if token.type == "html_block"]
    folds = [
        "<details>\n<summary>The whole account, with every reason and source</summary>\n",
        "</details>\n",
    ]
    assert written == (folds if name == "markdown" else [])
    for token in inline:
        if token.type == "link_open":
            assert token.attrs["href"].startswith("https://example.org/")
        if token.type == "text":
            assert "evil.test/x.png" not in token.content or "![x]" in token.content
    headings = [tokens[i + 1].content for i, t in enumerate(tokens) if t.type == "heading_open"]
    assert "heading" not in headings
    fences = [token for token in tokens if token.type == "fence"]
    assert len(fences) == (1 if name == "adr" else 0)


def test_workflow_commands_stay_one_to_a_line(hostile):
    lines = render(hostile, "github").splitlines()
    assert all(re.match(r"::(notice|warning|error) [^:]*::\S", line) for line in lines)
    assert not any(line.startswith("::error::owned") for line in lines)


def test_junit_is_xml(cases, hostile):
    for advice in (*cases.values(), hostile):
        suite = ET.fromstring(render(advice, "junit"))[0]
        failed = suite.findall("testcase/failure")
        assert int(suite.get("failures")) == len(failed)
        assert bool(failed) >= (advice.outcome in ("no-survivor", "too-little-known"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_decision_record_can_be_read_again(language, cases, hostile):
    for advice in (*cases.values(), hostile):
        for name in ("adr", "json"):
            record = read_record(render(advice, name, language=language), "record")
            assert (record.outcome, record.best) == (advice.outcome, advice.best)
            assert record.name == advice.profile.name
