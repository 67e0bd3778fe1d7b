"""Asking an index anew: an index of files, one on this machine, and what goes wrong."""

import datetime as dt
import sys

import pytest

from recommender.index.asking import asked_anew
from recommender.index.snapshot import File, Package, Release
from recommender.nouns.errors import RecommenderError

from .local_index import configured, serving, write_index

DAY = dt.date(2026, 11, 26)


@pytest.fixture
def served(tmp_path, monkeypatch):
    """An index on this machine, which pip is configured to ask; the paths that were asked for."""
    write_index(tmp_path)
    with serving(tmp_path) as (address, asked):
        configured(monkeypatch, address)
        yield asked


def test_what_an_index_publishes(served):
    told = []
    found = asked_anew(["tea", "cup"], {}, DAY, told=told.append)
    assert told == ["tea", "cup"]
    assert found["cup"].releases[-1].requires is None  # only wheels are looked into
    assert found["tea"] == Package(
        "tea",
        DAY,
        (
            Release("1.0", (File("2025-03-01", "sdist"),), ">=3.9", yanked=True),
            Release(
                "1.1",
                (File("2025-12-06", "cp313-cp313-win_amd64"), File("2026-01-20", "py3-none-any")),
                ">=3.10",
                requires=("cup<3,>=1.2", "milk[oat]; extra == 'white'"),
            ),
        ),
    )


def test_what_is_known_of_a_release_is_not_asked_again(served):
    before = asked_anew(["tea"], {}, DAY)
    assert sum(path.endswith(".metadata") for path in served) == 1
    later = asked_anew(["tea"], before, dt.date(2026, 12, 1))
    assert sum(path.endswith(".metadata") for path in served) == 1
    assert later["tea"].releases == before["tea"].releases
    assert later["tea"].taken == dt.date(2026, 12, 1)


def test_of_a_package_whose_pins_matter_two_years_are_read(served):
    assert asked_anew(["tea"], {}, DAY, pins=["tea"])["tea"].releases[0].requires is None  # yanked
    assert sum(path.endswith(".metadata") for path in served) == 1


def test_days_that_are_known_stay_where_an_index_gives_none(tmp_path, monkeypatch):
    write_index(tmp_path)
    configured(monkeypatch, (tmp_path / "simple").as_uri())
    known = Package("tea", DAY, (Release("1.1", (File("2026-01-20", "py3-none-any"),)),))
    (tea,) = asked_anew(["tea"], {"tea": known}, DAY).values()
    assert {file.uploaded for release in tea.finals for file in release.files} == {"", "2026-01-20"}


def test_an_index_of_files_has_no_days(tmp_path, monkeypatch):
    write_index(tmp_path)
    configured(monkeypatch, (tmp_path / "simple").as_uri())
    (tea,) = asked_anew(["tea"], {}, DAY).values()
    assert [each.version for each in tea.finals] == ["1.1"]
    assert {file.uploaded for release in tea.releases for file in release.files} == {""}


def test_all_packages_or_none(served):
    with pytest.raises(RecommenderError) as caught:
        asked_anew(["tea", "coffee", "cocoa"], {}, DAY)
    said = str(caught.value)
    assert "`coffee`: no index that pip asks has it" in said
    assert "`cocoa`: no index that pip asks has it" in said
    assert "pip index versions coffee" in said


@pytest.mark.parametrize("python", ["no-such-python", "/dev/null"])
def test_an_interpreter_that_does_not_run(python):
    with pytest.raises(RecommenderError, match="cannot be run"):
        asked_anew(["tea"], {}, DAY, python=python)


def test_an_interpreter_without_pip(tmp_path):
    import subprocess

    bare = tmp_path / "bare"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", bare], check=True)
    python = bare / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    with pytest.raises(RecommenderError, match=r"gave no answer.*No module named 'pip'"):
        asked_anew(["tea"], {}, DAY, python=str(python))
