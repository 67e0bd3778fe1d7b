"""Templates are walked for real: locked, installed, trained, exported, run, and compared.

One takes one to two minutes, nearly all of it to install. So each run walks one, which the commit
chooses; RECOMMENDER_START=all walks every one, and a template's name that one (docs/start.md).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest

from recommender.start.templates import find_templates
from tests.conftest import ROOT

pytest.importorskip("copier")
TEMPLATES = find_templates()
KINDS = sorted(TEMPLATES["pytorch-alone"].kinds)
LARGE = {"pytorch-executorch"}
"""Too slow for a share of every run: four minutes where others use the computer too."""

PINS = "torch==2.13.0\ntensorflow-cpu==2.21.0\n"
"""As in pyproject.toml: with them pip takes the CPU builds."""


def commit():
    git = shutil.which("git")
    words = [git or "git", "rev-parse", "HEAD"]
    ran = (
        subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
        if git
        else None
    )
    return int(ran.stdout.strip() or "0", 16) if ran and not ran.returncode else 0


def chosen():
    """Pairs of a template and a kind of model: the kinds take turns with the commits too."""
    asked, number = os.environ.get("RECOMMENDER_START", ""), commit()
    small = [name for name in TEMPLATES if name not in LARGE]
    names = list(TEMPLATES) if asked == "all" else [asked or small[number % len(small)]]
    return [(name, KINDS[(number + place) % len(KINDS)]) for place, name in enumerate(names)]


@pytest.mark.slow
@pytest.mark.frameworks
@pytest.mark.parametrize(("template", "kind"), chosen())
def test_a_template_walks_its_route(template, kind, tmp_path):
    project = tmp_path / "project.yaml"
    project.write_text(
        "schema: 1\nname: walked\nanswers:\n  goal: product\n  targets: [desktop]\n"
        f"  hardware: [cpu]\n  model-kind: [{kind}]\n"
    )
    (tmp_path / "pins.txt").write_text(PINS)
    words = ["start", str(project), "--into", str(tmp_path / "it"), "--route", template]
    ran = subprocess.run(
        [sys.executable, "-m", "recommender", *words, "--pip", "--constraints", str(tmp_path / "pins.txt")],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, check=False, timeout=540,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr[-2000:]
    assert "proved in" in ran.stdout
    proof = (tmp_path / "it" / "proof.md").read_text()
    for step in ("install", "train", "export", "run", "test"):
        assert f"| {step} | " in proof
    assert (tmp_path / "it" / "out" / "curves.png").stat().st_size > 1000
    # The environment works at the place to which it was moved.
    python = tmp_path / "it" / ".venv" / "bin" / "python"
    again = subprocess.run(
        [python, "run.py"], cwd=tmp_path / "it", capture_output=True, text=True, check=False
    )
    assert again.returncode == 0, again.stderr[-2000:]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["it", "pins.txt", "project.yaml"]


def test_what_does_not_agree_is_no_proof(tmp_path):
    """The comparison that every route ends with can fail."""
    source = ROOT / "recommender" / "start" / "templates" / "project" / "files" / "compare.py.jinja"
    shutil.copy(source, tmp_path / "compare.py")
    code = (
        "import numpy as np, compare\n"
        "compare.expect(np.zeros((4, 2)), np.ones((4, 3)))\n"
        "compare.check(lambda rows: np.full((1, 3), {}), 'mine')\n"
    )
    for value, ends in (("1.0", 0), ("1.01", 1), ("np.nan", 1)):
        ran = subprocess.run(
            [sys.executable, "-c", code.format(value)],
            cwd=tmp_path,
            capture_output=True,
            check=False,
        )
        assert ran.returncode == ends, ran.stderr
