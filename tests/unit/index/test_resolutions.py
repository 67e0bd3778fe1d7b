"""Resolutions of many packages: asked of a small index, united, written, and read again as a pack."""

import datetime as dt

import pytest

from recommender.index.resolutions import path_of, resolutions, text_of, united
from recommender.index.resolver import PLATFORMS, ResolverResult
from recommender.nouns.errors import RecommenderError
from recommender.nouns.resolution import Resolved

from .wheel_index import served

DAY = dt.date(2026, 11, 26)


@pytest.fixture
def index(tmp_path, monkeypatch):
    monkeypatch.setenv("UV_CACHE_DIR", str(tmp_path / "cache"))
    with served(tmp_path / "index") as address:
        yield address


def test_every_platform_and_python_is_looked_at(index):
    told = []
    found = resolutions(
        [("leaf",), ("tea", "coffee")], ["3.13", "3.14"], DAY, index=index, told=told.append
    )
    assert told == ["leaf", "tea, coffee"]
    leaf, both = found["leaf",], found["tea", "coffee"]
    assert (leaf.on, leaf.by.split()[0]) == (DAY, "uv")
    assert leaf.found[0] == Resolved(("linux-x86_64 3.13",), {"leaf": "0.4"})
    assert leaf.platforms == tuple(PLATFORMS)
    assert leaf.pythons("linux-x86_64") == ("3.13",)
    assert leaf.pythons("macos-arm64") == ()
    assert leaf.pythons("macos-arm64", pinned=False) == ("3.13", "3.14")
    assert [each.pins for each in both.found] == [{"tea": "1.1", "coffee": "3.0"}]


def test_one_question_without_an_answer_and_there_is_no_file(index):
    with pytest.raises(RecommenderError, match="uv gave no answer"):
        resolutions([("leaf",), ("no such name",)], ["3.13"], DAY, index=index)


def test_like_endings_are_united():
    yes, no = ResolverResult({"tea": "1"}, whole=4), ResolverResult(because="no leaf")
    at = [("linux-x86_64", "3.13"), ("linux-x86_64", "3.14"), ("macos-arm64", "3.13")]
    assert united(zip(at, (no, yes, no), strict=True)) == (
        Resolved(("linux-x86_64 3.14",), {"tea": "1"}),
        Resolved(("linux-x86_64 3.13", "macos-arm64 3.13"), {}, "no leaf"),
    )


def test_a_file_a_candidate(index, tmp_path):
    found = resolutions([("leaf",)], ["3.13"], DAY, index=index)
    written = text_of(found.values(), "make leaf")
    assert written.startswith("# Made by `make leaf` (docs/resolve.md).\nresolved:\n")
    assert path_of(tmp_path, "tea").relative_to(tmp_path).as_posix() == "index/resolved/tea.yaml"
