"""`recommender migrate`: what a move touches, what stays, the stages, and how long others took."""

from __future__ import annotations

import json

import pytest

from recommender import load_pack

from .command import recommender

pytest.importorskip("pathspec", reason="the extra `scan` is not installed")


@pytest.fixture
def repo(tmp_path):
    root = tmp_path / "net-of-mine"
    root.mkdir()
    (root / "net.py").write_text(
        "import keras\nm = keras.Sequential()\nm.fit(x)\nm.save('a.keras')\n"
    )
    (root / "hub.py").write_text("import tensorflow_hub as hub\nhub.load('x')\n")
    (root / "a.onnx").write_bytes(b"\x08\x07\x12\x07pytorch" + bytes(30))
    return root


def test_the_report_has_parts_what_stays_stages_and_elapsed_time(repo):
    ran = recommender("migrate", repo, "--to", "pytorch", "--lang", "en")
    assert (ran.code, ran.err) == (0, "")
    flat = " ".join(ran.out.split())
    assert "2 of 2 Python files touch TensorFlow, on 5 of their 6 lines." in flat
    assert "= Layers and networks: 1 files, 2 lines" in flat
    assert "✗ Pre-trained networks: 1 files, 2 lines" in flat
    assert "onnx: 1 files, first a.onnx" in flat
    assert "1. Layers and networks With the old weights carried over" in flat
    assert "4. Take TensorFlow out" in flat
    assert "time that went by, no measure of work" in flat


def test_the_json_has_it_all_with_sources_and_histories(repo):
    ran = recommender("migrate", repo, "--to", "jax", "--format", "json")
    data = json.loads(ran.out)
    assert (data["schema"], data["kind"], data["from"], data["to"]) == (
        1,
        "move",
        "tensorflow",
        "jax",
    )
    assert {each["api"]: each["way"] for each in data["apis"]} == {
        "keras-layers": "direct", "keras-training": "rewrite", "tensorflow-hub": "none",
    }  # fmt: skip
    assert all(each["sources"] for each in data["apis"])
    assert [each["stage"] for each in data["plan"]] == ["layers", "training-loops", "pretrained"]
    assert {(each["from"], each["to"]) for each in data["elapsed"]} == {("tensorflow", "jax")}
    assert "person" not in ran.out


def test_how_long_others_took_is_told_of_the_same_direction_alone(repo):
    def told(*words):
        return " ".join(recommender("migrate", repo, *words, "--lang", "en").out.split())

    made = [each for each in load_pack().moving.migrations.values() if each.old == "tensorflow"]
    count = sum(each.new == "pytorch" for each in made)
    assert f"{count} finished moves from TensorFlow to PyTorch in" in told("--to", "pytorch")
    (repo / "net.py").write_text("import torch\nm = torch.nn.Linear(1, 2)\n")
    (repo / "hub.py").unlink()
    assert "One finished move from PyTorch to jax in a public" in told("--to", "jax")
    none = told("--to", "tensorflow")
    assert f"None of the {len(load_pack().moving.migrations)} finished moves" in none
    assert "went from PyTorch to TensorFlow." in none
    assert "no measure of work" not in none


def test_chinese_is_whole(repo):
    out = recommender("migrate", repo, "--to", "pytorch", "--lang", "zh").out
    assert "公开历史中" in out
    assert "Take " not in out


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("--to", "pytorh"), 2, "did you mean `pytorch`?"),
        (("--to", "pytorch", "--from", "pytorch"), 2, "the same candidate"),
        (("--to", "tensorflow"), 3, "no Python in it touches"),
    ],
)
def test_what_cannot_be_told_is_refused_in_words(repo, words, code, told):
    ran = recommender("migrate", repo, *words)
    assert (ran.code, ran.out) == (code, "")
    assert told in ran.err


def test_every_counterpart_and_history_of_the_pack_is_usable():
    moving = load_pack().moving
    candidates = {api.candidate for api in moving.apis.values()}
    for api in moving.apis.values():
        assert set(api.counterparts) == candidates - {api.candidate}, api.id
        assert all(each.sources for each in api.counterparts.values()), api.id
    assert {api.stage for api in moving.apis.values()} == set(moving.stages)
    names = [name for api in moving.apis.values() if api.candidate != "jax" for name in api.names]
    assert len(names) == len(set(names)), "a name belongs to one part"
    assert len({each.repository for each in moving.migrations.values()}) >= 20
