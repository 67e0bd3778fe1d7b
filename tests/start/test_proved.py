"""Routes are walked for real: locked, installed, trained, exported, run, and compared.

One takes about a minute where uv makes the environment. So each run walks three, of templates of
their own, which the commit chooses; RECOMMENDER_START=all walks every route that a template knows,
`templates` one of each template, `kinds` each kind of model in each that stands alone, and the name of a template
or a route that one (docs/start.md).
"""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys

import pytest

from recommender.start.templates import find_templates
from tests.conftest import ROOT

pytest.importorskip("copier")
TEMPLATES = find_templates()
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
    """Routes, each with a kind of model; the commit draws them where none is asked for."""
    asked, draw = os.environ.get("RECOMMENDER_START", ""), random.Random(commit())
    every = {name: list(template.routes) for name, template in TEMPLATES.items()}
    if asked == "kinds":
        alone = [name for name, template in TEMPLATES.items() if template.alone]
        return [(name, kind) for name in alone for kind in TEMPLATES[name].kinds]
    if asked == "all":
        routes = [route for each in every.values() for route in each]
    elif asked and asked != "templates":
        routes = [asked]
    else:
        names = list(every) if asked else draw.sample(list(every), 3)
        routes = [draw.choice(every[name]) for name in names]
    return [(route, draw.choice(kinds(route))) for route in routes]


def kinds(asked):
    """The kinds of model that the template of a route has, or the template so named."""
    return next(
        template.kinds
        for name, template in TEMPLATES.items()
        if asked == name or asked in template.routes
    )


def surroundings():
    """Our own environment; uv looks for wheels where pip is told to."""
    ran = subprocess.run(
        [sys.executable, "-m", "pip", "config", "list"], capture_output=True, text=True, check=False
    )
    links = re.search(r"find-links='([^']*)'", ran.stdout)
    more = {"UV_FIND_LINKS": links[1].replace(" ", ",")} if links else {}
    return {"UV_HTTP_RETRIES": "1", **more, **os.environ, "PYTHONPATH": str(ROOT)}


@pytest.mark.slow
@pytest.mark.frameworks
@pytest.mark.parametrize(("route", "kind"), chosen())
def test_a_route_is_walked(route, kind, tmp_path):
    project = tmp_path / "project.yaml"
    project.write_text(
        "schema: 1\nname: walked\nanswers:\n  goal: product\n  targets: [desktop]\n"
        f"  hardware: [cpu]\n  model-kind: [{kind}]\n"
    )
    (tmp_path / "pins.txt").write_text(PINS)
    words = ["start", str(project), "--into", str(tmp_path / "it"), "--route", route]
    ran = subprocess.run(
        [sys.executable, "-m", "recommender", *words, "--constraints", str(tmp_path / "pins.txt")],
        cwd=ROOT, env=surroundings(),
        capture_output=True, text=True, check=False, timeout=540,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr[-2000:]
    assert "proved in" in ran.stdout
    proof = (tmp_path / "it" / "proof.md").read_text()
    needs = (tmp_path / "it" / "requirements.in").read_text()
    assert ("gymnasium" in needs) == (kind == "reinforcement-learning")
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
