"""The snapshot: its files, and the same index on an earlier day."""

import datetime as dt
from dataclasses import replace

import pytest

from recommender.index.snapshot import Snapshot, path_of, read_snapshot, text_of
from recommender.nouns.errors import PackError
from tests.conftest import ROOT

from .conftest import LISTED, PYTHONS, TEA, UNDATED


def written(folder, *packages, **confirmed):
    """Write a snapshot of some packages into a pack."""
    path = path_of(folder)
    path.parent.mkdir(parents=True)
    path.write_text(text_of(Snapshot({each.name: each for each in packages}, {}, confirmed)))
    return path


def test_a_snapshot_is_read_as_it_was_written(tmp_path):
    written(tmp_path, TEA, LISTED, UNDATED, claim=TEA.taken)
    found = read_snapshot([tmp_path])
    assert found.packages == {"tea": TEA, "pot": LISTED, "spoon": UNDATED}
    assert found.confirmed == {"claim": TEA.taken}


def test_a_release_is_a_line(tmp_path):
    lines = written(tmp_path, TEA).read_text().splitlines()
    assert sum('"files"' in line for line in lines) == len(TEA.releases)


def test_a_later_folder_lies_over_an_earlier_one(tmp_path):
    for name, release in (("one", TEA.releases[:1]), ("two", TEA.releases[1:])):
        written(tmp_path / name, type(TEA)("tea", TEA.taken, release))
    (tmp_path / "one" / "index" / "pythons.json").write_text('{"3.14": "2025-10-07"}')
    found = read_snapshot([tmp_path / "one", tmp_path / "two"])
    assert found.packages["tea"].releases == TEA.releases[1:]
    assert found.pythons == {"3.14": dt.date(2025, 10, 7)}


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"packages": {"tea": {"taken": "soon", "releases": {}}}, "confirmed": {}}'],
)
def test_a_file_that_is_no_snapshot(tmp_path, text):
    path = written(tmp_path)
    path.write_text(text)
    with pytest.raises(PackError) as caught:
        read_snapshot([tmp_path])
    assert str(path) in str(caught.value)


def test_a_pack_without_an_index(tmp_path):
    assert read_snapshot([tmp_path]).packages == {}


@pytest.mark.parametrize(
    ("day", "versions", "files"),
    [
        ("2023-01-09", None, None),
        ("2023-01-10", ["0.9"], 2),
        ("2025-12-06", ["0.9", "1.0", "1.0.1", "1.1"], 7),  # the wheel for 3.14 is not there yet
        ("2026-01-20", ["0.9", "1.0", "1.0.1", "1.1"], 8),
    ],
)
def test_a_package_on_an_earlier_day(day, versions, files):
    found = TEA.until(dt.date.fromisoformat(day))
    assert (found and [each.version for each in found.releases]) == versions
    assert (found and sum(len(each.files) for each in found.releases)) == files


@pytest.mark.parametrize(("day", "there"), [("2024-09-30", False), ("2024-10-01", True)])
def test_of_a_month_its_end_counts(day, there):
    assert (LISTED.until(dt.date.fromisoformat(day)) is not None) is there


def test_what_has_no_days_was_on_no_day(snapshot):
    earlier = snapshot.until(dt.date(2025, 1, 1))
    assert set(earlier.packages) == {"tea", "pot"}
    assert "3.14" not in earlier.pythons


def test_on_an_earlier_day_nothing_was_confirmed_later(snapshot):
    later = Snapshot(snapshot.packages, {}, {"a": dt.date(2025, 2, 1), "b": dt.date(2024, 1, 1)})
    day = dt.date(2025, 1, 1)
    assert later.until(day).confirmed == {"a": day, "b": dt.date(2024, 1, 1)}


def test_pythons_that_have_wheels_and_no_day_are_those_newer_than_all_that_have(snapshot):
    assert snapshot.unlisted == ()
    assert replace(snapshot, pythons={"3.12": PYTHONS["3.12"]}).unlisted == ("3.13", "3.14")
    assert replace(snapshot, pythons={}).unlisted == ()  # a pack that keeps no days wants none


def test_the_shipped_pack_has_the_day_of_every_python_that_has_wheels():
    assert read_snapshot([ROOT / "rules"]).unlisted == ()
