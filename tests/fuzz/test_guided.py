"""A bounded run of the fuzzer that is guided by coverage; `__main__.py` says how to run it for longer."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from . import guided

ROOT = Path(__file__).parents[2]


@pytest.fixture
def readers(tmp_path):
    return guided.Readers(tmp_path / "toy")


def test_the_files_that_it_starts_from_are_read_as_what_they_are(readers):
    seeds = readers.seeds()
    assert {seed[0] for seed in seeds} == set(range(1, len(readers.kinds)))
    for seed in seeds:
        readers.kinds[seed[0]](seed[1:])  # none is refused


def test_a_refusal_is_fine_and_anything_else_is_a_find(readers, monkeypatch):
    readers.read(b"\1answers: {goal: [")
    with monkeypatch.context() as hurried:
        hurried.setattr(guided, "SECONDS", -1)
        with pytest.raises(AssertionError, match="for 5 bytes"):
            readers.read(b"\0a: 1")
    monkeypatch.setattr(guided.projects, "read_profile", lambda *_: {}["goal"])
    with pytest.raises(KeyError):
        readers.read(b"\1answers: {}")


@pytest.mark.slow
def test_whatever_the_bytes_a_file_is_read_or_refused(tmp_path):
    pytest.importorskip("atheris", reason="atheris has no wheel for this machine")
    ran = subprocess.run(
        [sys.executable, "-m", "tests.fuzz", "-runs=5000", "-max_total_time=60", "-print_final_stats=1"],
        cwd=tmp_path, capture_output=True, text=True, check=False, timeout=300,
        env={**os.environ, "PYTHONPATH": str(ROOT), "RECOMMENDER_CACHE": "off"},
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr[-3000:]
    assert int(re.search(r"number_of_executed_units: (\d+)", ran.stderr)[1]) > 500
    assert int(re.findall(r" cov: (\d+)", ran.stderr)[-1]) > 500, "it reaches the readers"
