"""Resolving against a small index on this machine: the resolver's yes, its no, and its reason."""

import datetime as dt
import re
import sys

import pytest

from recommender.index import resolver
from recommender.index.resolver import program, reason, resolve, version
from recommender.nouns.errors import RecommenderError

from .wheel_index import served

LINUX = ("linux-x86_64", "3.13")


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    with served(tmp_path_factory.mktemp("index")) as address:
        yield address


@pytest.fixture(autouse=True)
def _no_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("UV_CACHE_DIR", str(tmp_path / "cache"))


def ask(packages, day, index, at=LINUX):
    return resolve(packages, *at, dt.date.fromisoformat(day), index=index)


def test_the_newest_pins_that_work_are_found(index):
    found = ask(["tea", "coffee"], "2026-05-20", index)
    assert found.pins == {"tea": "1.1", "coffee": "3.0"}
    assert (found.because, found.whole) == ("", 3)  # with the cup that both take


def test_what_came_later_does_not_count_and_the_reason_is_told(index):
    found = ask(["tea", "coffee"], "2026-05-19", index)
    assert not found.pins
    # uv's words differ from one version of it to the next.
    assert re.search(r"(?:all versions of tea depend|tea==1.0 depends) on cup<2", found.because)
    assert re.search(
        r"(?:all versions of coffee depend|coffee==3.0 depends) on cup>=2", found.because
    )


def test_a_wheel_for_another_platform_or_python_does_not_count(index):
    assert ask(["leaf"], "2026-11-26", index).pins == {"leaf": "0.4"}
    for at, seen in (
        (("macos-arm64", "3.13"), "macosx_15_0_arm64"),
        (("linux-x86_64", "3.14"), "cp314"),
    ):
        found = ask(["leaf"], "2026-11-26", index, at)
        assert not found.pins
        assert seen in found.because


def test_a_pre_release_counts_only_where_it_is_named(index):
    assert ask(["tea"], "2026-11-26", index).pins == {"tea": "1.1"}
    assert ask(["tea>=2.0rc1"], "2026-11-26", index).pins == {"tea": "2.0rc1"}


def test_what_has_no_upload_time_is_not_found(index):
    found = ask(["milk"], "2026-11-26", index)
    assert not found.pins
    assert "milk" in found.because


def test_what_is_published_as_source_alone_and_needs_nothing_counts(index, monkeypatch):
    assert not ask(["coffee", "cup>=9"], "2026-11-26", index).pins
    monkeypatch.setattr(resolver, "SOURCE_ALONE", ("cup",))
    assert ask(["coffee"], "2026-11-26", index).pins == {"coffee": "3.0"}


def test_no_answer_is_no_verdict(monkeypatch):
    monkeypatch.setenv("UV_HTTP_RETRIES", "0")
    with pytest.raises(
        RecommenderError, match=r"tea on linux-x86_64, Python 3\.13: uv gave no answer"
    ):
        ask(["tea"], "2026-05-20", "http://127.0.0.1:9/simple/")
    with pytest.raises(RecommenderError, match="uv gave no answer"):
        resolve(["tea"], *LINUX, dt.date(2026, 5, 20), uv="/no/such/uv")


def test_without_uv_it_is_said_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "uv", None)
    monkeypatch.setattr("shutil.which", lambda _: None)
    with pytest.raises(
        RecommenderError,
        match=r"resolving needs the extra `resolver`; in a checkout, pip install '\.\[resolver\]' brings it",
    ):
        program()
    monkeypatch.setattr("shutil.which", lambda name: f"/bin/{name}")
    assert program() == "/bin/uv"


def test_the_program_says_its_version():
    assert version(program()).startswith("uv 0.")


def test_a_long_reason_keeps_its_end():
    steps = [
        f"Because tea=={n} depends on cup=={n}, we can conclude that tea=={n} cannot be used."
        for n in range(60)
    ]
    told = reason(f"No solution found when resolving dependencies: {' '.join(steps)}")
    assert told.endswith("; tea==59 depends on cup==59")
    assert len(told) <= resolver.REASON
    assert reason("something else") == "something else"
