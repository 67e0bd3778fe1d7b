"""`recommender scan`, and `--scan` of `score` and `ask`: answers with their places, for each reader."""

from __future__ import annotations

import json
import sys

import pytest

from recommender import load_pack, load_profile

from .command import recommender

pytest.importorskip("pathspec", reason="the extra `scan` is not installed")


@pytest.fixture
def repo(tmp_path):
    root = tmp_path / "net-of-mine"
    (root / "app" / "src").mkdir(parents=True)
    (root / "train.py").write_text(
        "import os\nimport torch\nfrom torch import nn\n\nclass Net(nn.Module): ...\n"
    )
    (root / "app" / "src" / "AndroidManifest.xml").write_text("<manifest/>")
    (root / "pyproject.toml").write_text('[project]\nname = "x"\nrequires-python = ">=3.11"\n')
    (root / "Dockerfile").write_text("FROM python:3.8\n")
    return root


def test_the_report_names_every_place_and_how_sure_it_is(repo):
    ran = recommender("scan", repo, "--lang", "en")
    assert (ran.code, ran.err) == (0, "")
    flat = " ".join(ran.out.split())
    assert "PyTorch (certain): train.py:2, torch" in flat
    assert "An Android app (likely): app/src/AndroidManifest.xml" in flat
    assert "It contradicts itself, so this stays open" in flat
    assert "4 files were read, of" not in flat  # the manifest of the app is known by its name
    assert "3 files were read, of 6 that were seen." in flat


def test_the_saved_file_has_the_places_as_comments_and_is_read_again(repo, tmp_path):
    ran = recommender("scan", repo, "--save", tmp_path / "p.yaml")
    assert (ran.code, "answers kept in" in ran.err) == (0, True)
    text = (tmp_path / "p.yaml").read_text("utf-8")
    assert "  # PyTorch (certain): train.py:2, torch\n  existing-code: [pytorch]" in text
    assert "  # The repository disagrees with itself:\n" in text
    assert "  python-version: unknown" in text
    profile = load_profile(tmp_path / "p.yaml", load_pack())
    assert profile.name == "net-of-mine"
    assert profile.answers["targets"] == {"android"}
    assert recommender("scan", repo, "--save", tmp_path / "p.yaml").code == 3
    assert recommender("scan", repo, "--save", tmp_path / "p.yaml", "--force").code == 0


def test_programs_get_the_same(repo):
    told = json.loads(recommender("scan", repo, "--format", "json").out)
    found = {each["question"]: each for each in told["inferences"]}
    assert (told["kind"], told["schema"]) == ("scan", 1)
    assert told["answers"]["existing-code"] == ["pytorch"]
    assert found["existing-code"]["read"][0] == {
        "answer": "pytorch", "sure": "certain", "at": "train.py:2", "kind": "import", "name": "torch",
        "files": 1, "sign": "pytorch-in-code",
    }  # fmt: skip
    assert found["python-version"]["contradictory"]
    assert "python-version" in told["open"]


def test_score_goes_straight_on(repo):
    ran = recommender("score", "--scan", repo, "--format", "json", "--samples", 0)
    told = json.loads(ran.out)
    assert (ran.code, told["best"], told["name"]) == (0, "pytorch", "net-of-mine")
    assert {each["question"] for each in told["inferred"]} >= {"existing-code", "targets"}
    assert "`python-version` stays open, as the repository disagrees" in ran.err
    text = " ".join(
        recommender("score", "--scan", repo, "--full", "--samples", 0, "--lang", "en").out.split()
    )
    assert "Read in the repository" in text
    assert "train.py:2" in text
    for lang, said in (("en", "What the repository says"), ("zh", "代码仓库说明的内容")):
        screen = recommender("score", "--scan", repo, "--samples", 0, "--lang", lang).out
        assert said in screen
        assert "What you answered" not in screen


def test_score_takes_files_beside_it_and_wants_one_of_both(repo):
    ran = recommender(
        "score", "examples/android-app.yaml", "--scan", repo, "--format", "json", "--samples", 0
    )
    assert [each["name"] for each in json.loads(ran.out)] == ["shelf-scanner", "net-of-mine"]
    assert recommender("score").code == 2


def test_ask_asks_only_for_the_rest(repo, tmp_path):
    ran = recommender("ask", "--scan", repo, "--all", "--save", tmp_path / "p.yaml", stdin="")
    assert ran.code == 5
    assert "What is the project for?" in ran.err + ran.out
    assert "In which frameworks is the code" not in ran.out
    assert load_profile(tmp_path / "p.yaml", load_pack()).answers["existing-code"] == {"pytorch"}
    assert recommender("ask", "--scan", repo, "--resume", tmp_path / "p.yaml").code == 2


@pytest.mark.parametrize("command", [("scan",), ("score", "--scan"), ("ask", "--scan")])
def test_where_nothing_is_read_it_is_a_fault(tmp_path, command):
    (tmp_path / "empty").mkdir()
    ran = recommender(*command, tmp_path / "empty")
    assert (ran.code, ran.out) == (3, "")
    assert "empty: is empty; name a folder with files in it" in ran.err


def test_what_answers_nothing_says_so(tmp_path):
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.py").write_text("print(1)\n")
    ran = recommender("scan", tmp_path / "notes", "--lang", "en")
    assert ran.code == 5
    assert "answers no question" in ran.out


def test_without_the_extra_the_way_to_get_it_is_told(repo, monkeypatch):
    for name in [each for each in sys.modules if each.startswith("recommender.scan")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "pathspec", None)
    ran = recommender("scan", repo)
    assert (ran.code, "needs the extra `scan`" in ran.err, "pip install '.[scan]'" in ran.err) == (
        2,
        True,
        True,
    )
