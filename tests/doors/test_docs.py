"""The pages of docs/ do what they say: their commands and their Python run, their data can be read.

The tutorial, the guide to rules, the README and the notebook have tests of their own.
"""

from __future__ import annotations

import doctest
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib

import pytest
import yaml

from recommender import load_pack, load_profile, recommend
from recommender.output.brief import brief
from tests.conftest import ROOT

from .command import TOY, recommender

DOCS = ROOT / "docs"
MADE = {"audit.md", "commands.md", "lint.md", "pack-format.md", "python-api.md"}
PAGES = [
    path for path in sorted(DOCS.rglob("*.md")) if path.name not in {*MADE, "writing-rules.md"}
]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)

ELSEWHERE = {
    "python3 -m venv": "tests/doors/test_readme.py",
    ". .venv/bin/activate": "tests/doors/test_readme.py",
    "pip install": "tests/doors/test_readme.py",
    "claude mcp add": "it belongs to a client, which is not here",
    "curl -s http": "tests/doors/test_api.py",
    "  -d ": "the second line of it",
    "python docs/": "tests/house/test_site.py",
    "recommender ask": "tests/doors/test_ask.py",
    "recommender batch projects.parquet": "tests/unit/batch/test_files.py",
    "recommender migrate": "tests/doors/test_migrate.py",
    "recommender probe": "tests/probe",
    "recommender refresh": "tests/doors/test_refresh.py",
    "recommender resolve": "tests/doors/test_resolve.py",
    "recommender scan": "tests/doors/test_scan.py",
    "recommender score --scan": "tests/doors/test_scan.py",
    "recommender score project.yaml --probe now": "tests/probe",
    "recommender score with-model.yaml --probe now": "tests/probe",
    "recommender start": "tests/doors/test_start.py",
    "pip install mutmut": "it takes the better part of an hour",
    "mutmut ": "it takes the better part of an hour",
    "nice python -m tests.fuzz": "tests/fuzz",
}
"""Commands that are not run here, by how they begin, and what runs them or why nothing does."""

ENGINES = ("polars.", "map_batches", "mapInArrow", "dask.")
"""Python that tests/engines runs, where these are installed."""


def blocks(path):
    return BLOCK.findall(path.read_text("utf-8"))


def commands(path):
    """Yield the commands of a page, each with what the page says that it prints."""
    for language, text in blocks(path):
        if language == "sh":
            yield from ((line.partition("  # ")[0].rstrip(), "") for line in text.splitlines())
        elif language == "console":
            for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
                line, _, printed = part.partition("\n")
                yield line.partition("  # ")[0].rstrip(), printed


def elsewhere(line):
    return next((where for start, where in ELSEWHERE.items() if line.startswith(start)), "")


@pytest.fixture
def reader(tmp_path):
    """A folder with what the pages speak of, where `recommender` is found."""
    for name in ("examples", "rules", "recommender"):
        (tmp_path / name).symlink_to(ROOT / name)
    shutil.copy(ROOT / "examples/llm-fine-tune.yaml", tmp_path / "project.yaml")
    command = tmp_path / "bin" / "recommender"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m recommender "$@"\n')
    command.chmod(0o755)
    path = os.pathsep.join([str(command.parent), os.environ["PATH"]])

    def run(*words):
        return subprocess.run(
            words, cwd=tmp_path, capture_output=True, text=True, timeout=300, check=False,
            env={**os.environ, "PATH": path, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip

    return tmp_path, run


def named(path):
    return path.relative_to(DOCS).as_posix()


@pytest.mark.slow
@pytest.mark.parametrize(
    "path", [p for p in PAGES if any(not elsewhere(c) for c, _ in commands(p))], ids=named
)
def test_the_commands_of_a_page_run_in_their_order(path, reader):
    folder, run = reader
    for language, text in blocks(path):
        head = re.match(r"# (\S+\.yaml)\n", text)
        if language == "yaml" and head:
            (folder / head[1]).write_text(text, "utf-8")
        if language == "csv":
            (folder / "projects.csv").write_text(text, "utf-8")
    for line, printed in commands(path):
        if not elsewhere(line):
            done = run("sh", "-c", line)
            assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"
            assert printed in ("", done.stdout), line


def test_a_command_that_is_not_run_here_stands_in_some_page():
    lines = [line for path in PAGES for line, _ in commands(path)]
    assert [start for start in ELSEWHERE if not any(x.startswith(start) for x in lines)] == []
    for where in ELSEWHERE.values():
        assert not where.startswith("tests/") or (ROOT / where).exists(), where


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_the_python_of_a_page_runs(path, monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    examples = doctest.DocTestParser().get_doctest(
        path.read_text("utf-8"), {}, path.name, str(path), 0
    )
    tried = doctest.DocTestRunner(verbose=False).run(examples)
    assert tried.failed == 0, capsys.readouterr().out
    for language, text in blocks(path):
        if language == "python" and ">>>" not in text and not any(w in text for w in ENGINES):
            exec(compile(text, path.name, "exec"), {})


READ = {"json": json.loads, "toml": tomllib.loads, "yaml": yaml.safe_load}


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_the_data_of_a_page_can_be_read(path):
    for language, text in blocks(path):
        if language in READ:
            assert READ[language](text)


@pytest.mark.parametrize("name", ["README.md", "tutorial.md"])
def test_the_chinese_page_has_the_commands_and_the_files_of_the_english_one(name):
    english = (ROOT if name == "README.md" else DOCS) / name
    ours = [
        line.replace("--lang zh ", "").removesuffix(" --lang zh")
        for line, _ in commands(DOCS / "zh" / name)
    ]
    theirs = [line for line, _ in commands(english) if ".[test]" not in line]
    assert ours == theirs
    both = zip(
        blocks(DOCS / "zh" / name),
        [b for b in blocks(english) if "[test]" not in b[1]],
        strict=True,
    )
    for (language, text), (other, said) in both:
        assert language == other
        if language == "yaml":
            mine, yours = yaml.safe_load(text), yaml.safe_load(said)
            assert {**mine, "notes": ""} == {**yours, "notes": ""}


def test_the_guide_to_json_says_the_schema_of_every_kind(tmp_path):
    """Each is asked for as the guide says."""
    (tmp_path / "a.py").write_text("import torch\n")
    (tmp_path / "b.py").write_text("import tensorflow\n")
    early, owl = ("tests/toy/examples/early-bird.yaml", "tests/toy/examples/night-owl.yaml")
    toy, as_json = ["--rules", TOY], ["--format", "json"]
    record = recommender("score", "--format", "adr", owl, *toy).out
    asked = [
        recommender("score", owl, *toy, *as_json),
        recommender("next", owl, *toy, *as_json),
        recommender("compare", early, owl, *toy, *as_json),
        recommender("diff", TOY, TOY, *as_json),
        recommender("recheck", "-", *toy, *as_json, stdin=record),
        recommender("scan", tmp_path, *as_json),
        recommender("migrate", tmp_path, "--to", "pytorch", *as_json),
    ]
    pack = load_pack(TOY)
    told = [json.loads(each.out) for each in asked]
    told += [json.loads(text) for language, text in BLOCK.findall(record) if language == "json"]
    told.append(brief(recommend(load_profile(owl, pack), pack)))
    guide = (DOCS / "json.md").read_text("utf-8")
    said = {
        kind: int(number)
        for kind, number in re.findall(r"kind `(.+?)`, schema (\d)", guide, re.IGNORECASE)
    }
    assert said == {each["kind"]: each["schema"] for each in told}
    assert f'`schema`, `kind` | `{said["recommendation"]}`, `"recommendation"`' in guide
