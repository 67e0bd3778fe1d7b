"""Writing: whole or not at all, never over another file unasked, and nothing left behind."""

from __future__ import annotations

import os
import threading

import pytest

from recommender import RecommenderError
from recommender import atomic_files as writing
from recommender.atomic_files import write_atomically


def test_text_is_written_as_utf_8_and_bytes_as_they_are(tmp_path):
    write_atomically(tmp_path / "a", "茶\n")
    write_atomically(str(tmp_path / "b"), b"\xff\r\n")
    assert (tmp_path / "a").read_bytes() == "茶\n".encode()
    assert (tmp_path / "b").read_bytes() == b"\xff\r\n"


def test_an_existing_file_is_kept_unless_forced(tmp_path):
    path = tmp_path / "a"
    path.write_text("mine")
    with pytest.raises(
        RecommenderError, match="already exists; choose another name, or add --force"
    ):
        write_atomically(path, "yours")
    assert path.read_text() == "mine"
    write_atomically(path, "yours", force=True)
    assert path.read_text() == "yours"


def test_a_file_system_without_hard_links_keeps_it_too(tmp_path, monkeypatch):
    def no_links(*_):
        raise OSError("no hard links here")

    monkeypatch.setattr(writing.os, "link", no_links)
    write_atomically(tmp_path / "a", "first")
    with pytest.raises(RecommenderError, match="already exists"):
        write_atomically(tmp_path / "a", "second")
    assert (tmp_path / "a").read_text() == "first"


@pytest.mark.parametrize(
    ("name", "says"),
    [("", "is a folder; name a file in it"), ("missing/a", "cannot be written: No such file")],
)
def test_what_cannot_be_written_is_told_and_leaves_nothing_behind(tmp_path, name, says):
    with pytest.raises(RecommenderError, match=says):
        write_atomically(f"{tmp_path}/{name}", "x")
    assert not list(tmp_path.iterdir())


def test_a_write_that_breaks_off_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch):
    path = tmp_path / "a"
    path.write_text("old")

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writing.os, "fsync", full)
    with pytest.raises(RecommenderError, match="No space left on device"):
        write_atomically(path, "new", force=True)
    assert [each.name for each in tmp_path.iterdir()] == ["a"]
    assert path.read_text() == "old"


def test_of_many_writers_one_wins_and_the_others_are_told(tmp_path):
    path, told = tmp_path / "a", []

    def write(number):
        try:
            write_atomically(path, str(number) * 1000)
        except RecommenderError as error:
            told.append(error)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(told) == 7
    assert len(set(path.read_text())) == 1
    assert [each.name for each in tmp_path.iterdir()] == ["a"]


@pytest.mark.skipif(os.name != "posix", reason="permissions of another kind")
def test_a_file_gets_the_permissions_that_any_other_would(tmp_path):
    write_atomically(tmp_path / "a", "x")
    (tmp_path / "b").write_text("x")
    assert (tmp_path / "a").stat().st_mode == (tmp_path / "b").stat().st_mode
