"""A folder is handed over whole or not at all, and never over what somebody else wrote."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from recommender.nouns.errors import RecommenderError
from recommender.start.folder import whole_project


def make(into, text="tea"):
    with whole_project(into) as building:
        (building / "a.txt").write_text(text)


def test_it_takes_its_place_and_leaves_nothing_beside(tmp_path):
    make(tmp_path / "x")
    assert (tmp_path / "x" / "a.txt").read_text() == "tea"
    assert [path.name for path in tmp_path.iterdir()] == ["x"]


def test_an_empty_folder_is_taken_and_one_of_ours_replaced(tmp_path):
    (tmp_path / "x").mkdir()
    make(tmp_path / "x")
    (tmp_path / "x" / "__pycache__").mkdir()
    (tmp_path / "x" / "__pycache__" / "made-again").touch()
    make(tmp_path / "x", "coffee")
    assert (tmp_path / "x" / "a.txt").read_text() == "coffee"
    assert not (tmp_path / "x" / "__pycache__").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["x"]


@pytest.mark.parametrize("change", [
    lambda x: (x / "a.txt").write_text("mine"),
    lambda x: (x / "b.txt").write_text("mine"),
    lambda x: (x / "a.txt").unlink(),
    lambda x: (x / ".recommender-start.json").unlink(),
    lambda x: (x / ".recommender-start.json").write_text("[]"),
])  # fmt: skip
def test_what_was_worked_on_is_kept(tmp_path, change):
    make(tmp_path / "x")
    change(tmp_path / "x")
    before = sorted(path.read_bytes() for path in (tmp_path / "x").iterdir())
    with pytest.raises(RecommenderError, match="name a folder that is empty or not there"):
        make(tmp_path / "x", "coffee")
    assert sorted(path.read_bytes() for path in (tmp_path / "x").iterdir()) == before


def test_what_was_trained_since_is_kept(tmp_path):
    make(tmp_path / "x")
    (tmp_path / "x" / "out").mkdir()
    (tmp_path / "x" / "out" / "model.pt").write_text("days of training")
    with pytest.raises(RecommenderError, match=r"worked on since `start` made it \(out/model.pt\)"):
        make(tmp_path / "x", "coffee")
    assert (tmp_path / "x" / "out" / "model.pt").read_text() == "days of training"


def test_a_file_or_a_link_is_refused(tmp_path):
    (tmp_path / "file").touch()
    (tmp_path / "link").symlink_to(tmp_path)
    for name in ("file", "link"):
        with pytest.raises(RecommenderError, match="is no folder"):
            make(tmp_path / name)


@pytest.mark.parametrize("into", [".", "../x", "../../x"])
def test_the_folder_in_which_one_is_is_not_replaced(tmp_path, monkeypatch, into):
    (tmp_path / "x" / "y").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "x" / ("y" if into == "../../x" else ""))
    with pytest.raises(RecommenderError, match="is the folder you are in"):
        make(Path(into))
    (tmp_path / "x" / "y").rmdir()
    monkeypatch.chdir(tmp_path)
    make(Path("x"))


def test_a_failure_leaves_nothing(tmp_path):
    def fail(building):
        (building / "a.txt").touch()
        raise ZeroDivisionError

    for into in ("x", "new/and/newer/x"):
        with pytest.raises(ZeroDivisionError), whole_project(tmp_path / into) as building:
            fail(building)
    assert not list(tmp_path.iterdir())


KILLED = """
import sys, pathlib, time
from recommender.start.folder import whole_project
with whole_project(pathlib.Path(sys.argv[1])) as building:
    (building / "README.md").touch()
    print("here", flush=True)
    time.sleep(60)
"""


def test_a_killed_start_leaves_nothing_that_looks_whole_and_the_next_sweeps_it(tmp_path):
    words = [sys.executable, "-c", KILLED, str(tmp_path / "x")]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "here\n"
        process.send_signal(signal.SIGKILL)
    (left,) = tmp_path.iterdir()
    assert left.name.startswith(".recommender-start-")
    make(tmp_path / "x")
    assert [path.name for path in tmp_path.iterdir()] == ["x"]


def test_an_environment_s_scripts_name_where_it_stands(tmp_path):
    with whole_project(tmp_path / "x") as building:
        (building / ".venv" / "bin").mkdir(parents=True)
        script = building / ".venv" / "bin" / "tool"
        script.write_text(f"#!{building}/.venv/bin/python\n")
    assert (tmp_path / "x/.venv/bin/tool").read_text() == f"#!{tmp_path}/x/.venv/bin/python\n"
