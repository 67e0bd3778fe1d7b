"""A clock that is years off: what is advised hangs on the pack's day, not on today's."""

import json
import os
import shutil
import subprocess
import sys

import pytest

from tests.doors.command import ROOT, TOY

FAKETIME = shutil.which("faketime")
OWL = str(ROOT / "tests" / "toy" / "examples" / "night-owl.yaml")
SHIFTS = ("1971-01-01", "2037-12-31", "2100-01-01")

pytestmark = pytest.mark.skipif(FAKETIME is None, reason="libfaketime is not installed")


def at(day, *words, **environment):
    command = [sys.executable, "-m", "recommender", *words]
    done = subprocess.run(
        [*([FAKETIME, f"{day} 12:00:00"] if day else []), *command],
        capture_output=True, text=True, check=False, cwd=ROOT, timeout=120,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
    )  # fmt: skip
    assert "Traceback" not in done.stderr, done.stderr
    return done


@pytest.mark.parametrize("format_", ["text", "json", "adr"])
def test_advice_is_the_same_in_every_year(format_, tmp_path):
    words = ("score", OWL, "--rules", TOY, "--format", format_, "--samples", "50")
    today = at("", *words)
    assert today.returncode == 0
    for day in SHIFTS:
        then = at(day, *words, RECOMMENDER_CACHE=str(tmp_path))
        assert (then.returncode, then.stdout) == (0, today.stdout)
        assert then.stderr == "" or then.stderr.startswith("note: 1 of 3 reviews have come due")


@pytest.mark.parametrize("day", SHIFTS)
def test_a_new_pack_is_never_older_than_what_it_lies_over(day, tmp_path):
    made = at(day, "new", "pack", str(tmp_path / "house"))
    assert made.returncode == 0, made.stderr
    assert at("", "lint", str(tmp_path / "house")).returncode == 0


def test_a_report_from_the_future_or_long_past_is_not_reused(tmp_path):
    bare = tmp_path / "bare"
    bare.write_text(f'#!/bin/sh\nexec "{sys.executable}" -S "$@"\n')
    bare.chmod(0o755)
    words = ("probe", "--check", "import", "--python", f"torch={bare}", "--python", f"tensorflow={bare}", "--format", "json")  # fmt: skip
    kept = {"XDG_CACHE_HOME": str(tmp_path / "cache")}
    assert "cached" not in json.loads(at("2030-01-01", *words, **kept).stdout)
    assert json.loads(at("2030-01-02", *words, **kept).stdout)["cached"]
    for day in ("2029-12-31", "2030-02-01", "1971-01-01"):
        assert "cached" not in json.loads(at(day, *words, **kept).stdout)
