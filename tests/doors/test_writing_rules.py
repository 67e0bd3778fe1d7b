"""The guide to writing rules: its YAML is the example overlay's, its numbers are what it gives."""

import re
from pathlib import Path

import pytest

from recommender import explain, load_profile
from recommender.authoring.lint import lint
from recommender.authoring.test import try_pack
from recommender.cli import run
from recommender.loading.full_pack import load_whole
from recommender.loading.packs import load_with

ROOT = Path(__file__).parents[2]
OVERLAY = ROOT / "examples/my-org-rules"
GUIDE = (ROOT / "docs/writing-rules.md").read_text("utf-8")
BLOCKS = [
    b for b in re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL) if "language-server" not in b
]


@pytest.mark.parametrize("block", BLOCKS, ids=range(len(BLOCKS)))
def test_every_block_is_the_overlays(block):
    entries = re.sub(r"\A(questions|criteria|rules|routes|referrals|libraries):\n", "", block)
    assert any(entries in path.read_text("utf-8") for path in OVERLAY.glob("*.yaml"))


@pytest.mark.slow
def test_the_blocks_pasted_into_a_scaffold_load_and_lint_clean(tmp_path, capsys):
    folder = tmp_path / "harbour-rules"
    assert run(["new", "pack", str(folder)]) == 0
    head, *others = BLOCKS
    (folder / "pack.yaml").write_text(head, "utf-8")
    for number, block in enumerate(others):
        (folder / f"pasted-{number}.yaml").write_text(block, "utf-8")
    assert "the-vision-group-is-on-call" in load_with([str(folder)]).rules
    assert lint(folder) == []
    assert try_pack(load_whole(folder)).passed


@pytest.mark.slow
def test_the_overlay_is_clean_and_passes():
    assert lint(OVERLAY) == []
    trial = try_pack(load_whole(OVERLAY))
    assert trial.passed, trial.failures
    assert len(trial.examples) == 2
    assert trial.coverage.unfired_by_examples == ()


def test_the_worked_example_adds_up():
    pack = load_with([str(OVERLAY)])
    answers = {
        "targets": "single-board",
        "harbour-gateways": True,
        "harbour-on-call": "vision-group",
    }
    told = explain(load_profile({"answers": answers}, pack), pack)
    gives = {r.rule: r.contribution("pytorch", over="tensorflow") for r in told.reasons}
    assert gives["the-vision-group-is-on-call"] == 1200
    assert gives["gateways-load-tflite"] == -1440
    assert "= 12 points for PyTorch" in GUIDE
    assert "= 14.4 points" in GUIDE
    assert "win by 2.4" in GUIDE


@pytest.mark.slow
def test_the_commands_of_the_guide_exist(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "project.yaml").write_text(
        "answers: {goal: product, harbour-rules-approved: pytorch}\n"
    )
    lines = re.findall(r"^\$ recommender ([^#\n]*)", GUIDE, re.MULTILINE)
    assert len(lines) == 7
    for line in lines:
        words = [str(ROOT / "rules") if word == "rules" else word for word in line.split()]
        code = run(words)
        changed_or_little_known = {"diff": 1, "score": 5}.get(words[0], 0)
        assert code in (0, changed_or_little_known), (line, code)
        capsys.readouterr()
