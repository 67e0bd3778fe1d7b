"""The routes of a pack, resolved against a small index and written where the pack reads them."""

import datetime as dt

import pytest

from recommender import load_pack
from recommender.authoring.resolving import (
    lost,
    needing,
    resolve_entries,
    sets_of,
    write_resolutions,
)
from recommender.index.snapshot import Snapshot
from recommender.nouns.errors import RecommenderError
from tests.unit.conftest import Folder
from tests.unit.index.wheel_index import served

DAY = dt.date(2026, 11, 26)
PYTHONS = {f"3.{minor}": dt.date(2020 + minor - 9, 10, 4) for minor in range(8, 15)}
ROUTES = """\
candidate: {id: tea, title: Tea, packages: [tea]}
routes:
  - {candidate: tea, target: home, steps: [Pot], maturity: beta, packages: [coffee]}
  - {candidate: tea, target: work, steps: [Cup], maturity: beta}
  - {candidate: tea, target: work, steps: [Bag], maturity: retired, packages: [milk]}
"""


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A small pack, in a folder."""
    monkeypatch.setenv("UV_CACHE_DIR", str(tmp_path / "cache"))
    folder = Folder(tmp_path)
    folder.load({"tea.yaml": ROUTES})
    return tmp_path / "rules"


def resolved(home, index, day=DAY, **more):
    return resolve_entries(
        needing(load_pack(home)), Snapshot({}, PYTHONS), day, index=index, **more
    )


def test_each_set_of_packages_of_ways_in_use_is_resolved_once(home):
    assert sets_of(needing(load_pack(home))) == {"tea": (("tea",), ("tea", "coffee"))}


def test_the_packages_of_libraries_are_resolved_with_those_of_their_candidate():
    found = sets_of(needing(load_pack()))
    assert ("torch", "trl", "peft") in found["pytorch"]
    assert ("tensorflow", "deepxde") in found["tensorflow"]


def test_what_was_found_is_read_with_the_pack(home, tmp_path):
    told = []
    with served(tmp_path / "index") as index:
        found = resolved(home, index, told=told.append)
    (path,) = write_resolutions(home, found, "make it")
    assert path == home / "index" / "resolved" / "tea.yaml"
    assert told == ["tea", "tea, coffee"]
    alone, both = load_pack(home).resolutions
    assert both.at("linux-x86_64", "3.14").pins == {"tea": "1.1", "coffee": "3.0"}
    assert alone.pythons("windows-x86_64") == ("3.10", "3.11", "3.12", "3.13", "3.14")
    assert list(lost((alone, both), found["tea"])) == []


def test_what_no_longer_installs_is_listed_with_its_places(home, tmp_path):
    with served(tmp_path / "index") as index:
        found, earlier = (
            resolved(home, index)["tea"],
            resolved(home, index, dt.date(2026, 5, 1))["tea"],
        )
    ((packages, end),) = lost(found, earlier)  # as if time ran backwards
    assert packages == ("tea", "coffee")
    assert len(end.where) == 25
    assert "cup" in end.because


def test_only_pythons_that_were_out_are_looked_at(home, tmp_path):
    with served(tmp_path / "index") as index:
        found, _ = resolved(home, index, dt.date(2025, 1, 1))["tea"]
    assert found.pythons("linux-x86_64", pinned=False) == ("3.9", "3.10", "3.11", "3.12", "3.13")
    assert found.pythons("linux-x86_64") == ()  # nothing was published yet


def test_without_an_answer_there_is_nothing(home, monkeypatch):
    monkeypatch.setenv("UV_HTTP_RETRIES", "0")
    with pytest.raises(RecommenderError, match="uv gave no answer"):
        resolved(home, "http://127.0.0.1:9/simple/")


def test_a_folder_that_cannot_be_written_is_told(home):
    (home / "index").write_text("a file")
    with pytest.raises(RecommenderError, match=r"cannot be made: .*; copy the pack"):
        write_resolutions(home, {"tea": []}, "make it")
