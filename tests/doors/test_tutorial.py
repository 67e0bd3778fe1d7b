"""The tutorial does what it says: a reader's files and commands, one after another, in one folder."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest

from recommender import load_pack, load_profile, recommend, render

from .command import ROOT

TUTORIAL = (ROOT / "docs/tutorial.md").read_text("utf-8")
BLOCKS = re.findall(r"```(yaml|sh|python)\n(.*?)```", TUTORIAL, re.DOTALL)


@pytest.fixture(scope="module")
def done(tmp_path_factory):
    """Do all that the tutorial asks of a reader; give the folder, and what each command printed."""
    folder = tmp_path_factory.mktemp("reader")
    command = folder / "bin" / "recommender"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m recommender "$@"\n')
    command.chmod(0o755)
    path = os.pathsep.join([str(command.parent), os.environ["PATH"]])
    printed = {}
    for language, text in BLOCKS:
        if language == "yaml":
            (folder / re.match(r"# (\S+\.yaml)\n", text)[1]).write_text(text, "utf-8")
            continue
        for line in text.splitlines() if language == "sh" else [text]:
            run = ["sh", "-c", line] if language == "sh" else [sys.executable, "-c", line]
            ran = subprocess.run(
                run, cwd=folder, capture_output=True, text=True, timeout=300, check=False,
                env={**os.environ, "PATH": path, "PYTHONPATH": str(ROOT)},
            )  # fmt: skip
            assert ran.returncode == 0, f"{line}\n{ran.stderr}"
            printed[line] = ran.stdout
    return folder, printed


def test_every_step_works_after_the_one_before(done):
    folder, printed = done
    assert len(printed) == 9
    assert (folder / "project.schema.json").is_file()
    assert printed["recommender recheck decision.md"].startswith("my-project: ")


def test_each_command_answers_for_the_readers_own_project(done):
    _, printed = done
    scored = [text for line, text in printed.items() if re.fullmatch(r".* score \S+", line)]
    assert len(scored) == 3
    assert all(text.startswith("my-project: ") for text in scored)
    compared = " ".join(printed["recommender compare project.yaml with-model.yaml"].split())
    assert load_pack().questions["source-framework"].ask in compared


def test_the_parts_of_a_report_are_called_what_it_calls_them():
    pack = load_pack()
    text = render(recommend(load_profile(ROOT / "examples/ios-app.yaml", pack), pack), "text")
    parts = TUTORIAL[TUTORIAL.index("Read it from the top") : TUTORIAL.index("## 3.")]
    heads = [head.removesuffix(" …") for head in re.findall(r"(?<!\*)\*([^*]+)\*(?!\*)", parts)]
    assert len(heads) == 6
    assert all(re.search(rf"^{re.escape(head)}", text, re.MULTILINE) for head in heads)


@pytest.mark.parametrize("page", ["tutorial.md", "zh/tutorial.md"])
def test_the_answers_that_its_first_file_names_exist(page):
    text = (ROOT / "docs" / page).read_text("utf-8")
    named = re.findall(r"[a-z-]{4,}", re.search(r"goal: (product +#.*)", text)[1])
    assert len(named) > 4
    assert set(named) <= {*load_pack().questions["goal"].choices}
