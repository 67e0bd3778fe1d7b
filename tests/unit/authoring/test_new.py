"""`new pack` writes an overlay that loads, lints clean and passes its tests, over nothing."""

import os
import subprocess
import sys

import pytest

from recommender import load_profile, score
from recommender.authoring.lint import lint
from recommender.cli import run
from recommender.loading.packs import load_with
from tests.conftest import ROOT


@pytest.mark.slow
@pytest.mark.parametrize("name", ["house", "My Org's Rules!", "a" * 90, "2026"])
def test_what_is_written_is_clean(name, tmp_path, capsys):
    folder = tmp_path / "deep" / name
    assert run(["new", "pack", str(folder)]) == 0
    assert "next: recommender lint" in capsys.readouterr().out
    assert lint(folder) == []
    assert run(["test", str(folder), "--mutate"]) == 0
    assert "tests: 6 of 6 pass" in capsys.readouterr().out


def test_the_next_command_can_be_pasted(tmp_path, capsys):
    run(["new", "pack", str(tmp_path / "Foo Bar")])
    folder = f"'{tmp_path / 'Foo Bar'}'"
    said = capsys.readouterr().out
    assert said.endswith(f"next: recommender lint {folder} && recommender test {folder}\n")


def test_its_rules_count(tmp_path):
    run(["new", "pack", str(tmp_path / "house")])
    pack = load_with([str(tmp_path / "house")])
    for name in ("pytorch", "tensorflow"):
        profile = load_profile(
            {"answers": {"house-approved": name}, "weights": {"house-policy": 10}}, pack
        )
        assert score(profile, pack).order[0] == name


@pytest.mark.skipif(os.name != "posix", reason="a limit of the system stands for the full disk")
@pytest.mark.parametrize("blocks", [0, 1], ids=["the first file", "the second"])
def test_a_full_disk_leaves_nothing_behind(blocks, tmp_path):
    command = f"ulimit -f {blocks}; exec '{sys.executable}' -m recommender new pack '{tmp_path}/deep/house'"
    surroundings = {**os.environ, "RECOMMENDER_CACHE": "off", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        ["bash", "-c", command], capture_output=True, text=True, check=False, env=surroundings
    )
    assert done.returncode == 3
    assert "cannot be written: File too large" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_overwritten(tmp_path, capsys):
    folder = tmp_path / "house"
    folder.mkdir()
    (folder / "policy.yaml").write_text("mine")
    assert run(["new", "pack", str(folder)]) == 3
    assert "policy.yaml: already exists; nothing was written" in capsys.readouterr().err
    assert (folder / "policy.yaml").read_text() == "mine"
    assert not (folder / "pack.yaml").exists()


def test_a_file_in_the_way_is_told(tmp_path, capsys):
    (tmp_path / "file").write_text("")
    assert run(["new", "pack", str(tmp_path / "file" / "house")]) == 3
    assert "cannot be made" in capsys.readouterr().err


def test_a_name_without_letters_is_told(tmp_path, capsys):
    assert run(["new", "pack", str(tmp_path / "___")]) == 3
    assert "gives the pack no id" in capsys.readouterr().err
