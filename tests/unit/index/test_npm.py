"""Asking npm: what its answers mean, and what goes wrong. A program in npm's place answers."""

import datetime as dt
import json
import os
import sys

import pytest

from recommender.index.asking import asked_anew
from recommender.index.npm import asked_of_npm
from recommender.index.snapshot import File, Release
from recommender.nouns.errors import RecommenderError

DAY = dt.date(2026, 11, 27)

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a shell script")


@pytest.fixture
def npm(tmp_path, monkeypatch):
    """Let a program answer in npm's place."""

    def answers(said, code=0):
        (tmp_path / "said").write_text(said if isinstance(said, str) else json.dumps(said))
        script = tmp_path / "npm"
        script.write_text(
            f'#!/bin/sh\necho "$@" > {tmp_path}/call\ncat {tmp_path}/said\nexit {code}\n'
        )
        script.chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
        return tmp_path / "call"

    return answers


TIMES = {
    "created": "2025-01-01T00:00:00Z",
    "1.0.0": "2025-01-02T10:00:00Z",
    "1.10.0": "2026-01-02T10:00:00Z",
}


def test_versions_with_their_days(npm):
    call = npm({"time": TIMES, "versions": ["1.10.0", "1.0.0", "1.1.0-rc.1"]})
    found = asked_of_npm("npm:@tea/pot", DAY)
    assert call.read_text() == "view @tea/pot time versions --json\n"
    assert (found.name, found.taken) == ("npm:@tea/pot", DAY)
    assert found.releases == (
        Release("1.0.0", (File("2025-01-02", ""),)),
        Release("1.10.0", (File("2026-01-02", ""),)),
    )


def test_times_of_a_mirror_are_no_days(npm):
    npm({"time": {"1.0.0": "2026-01-02T10:00:00Z"}, "versions": "1.0.0"})
    assert asked_of_npm("npm:pot", DAY).releases == (Release("1.0.0", (File("", ""),)),)


@pytest.mark.parametrize(
    ("said", "code", "told"),
    [
        ({"error": {"code": "E404", "summary": "Not Found"}}, 1, "`npm:pot`: Not Found"),
        ("", 0, "npm gave no answer"),
        ({}, 0, "npm does not have it"),
    ],
)
def test_what_npm_does_not_tell(npm, said, code, told):
    npm(said, code)
    with pytest.raises(RecommenderError) as caught:
        asked_anew(["npm:pot"], {}, DAY)
    assert told in str(caught.value)
    assert "npm view pot versions" in str(caught.value)


@pytest.mark.parametrize("name", ["npm:--registry=x", "npm:", "npm:a b"])
def test_what_is_no_name(npm, name):
    call = npm({"time": {}, "versions": []})
    with pytest.raises(RecommenderError, match="no name of an npm package"):
        asked_of_npm(name, DAY)
    assert not call.exists()


def test_without_npm(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(RecommenderError, match="there is no npm"):
        asked_of_npm("npm:pot", DAY)
