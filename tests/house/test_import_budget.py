"""What a command may load: every module on the way of all is paid for by all (benchmarks/startup.py)."""

import os
import subprocess
import sys

import pytest

from tests.conftest import ROOT

SLOW = {
    "asyncio", "decorator", "email", "http", "importlib.metadata", "logging", "multiprocessing",
    "numpy", "pathlib", "pyarrow", "pydantic", "pydantic_core", "questionary", "random", "rich", "tomllib",
    "subprocess", "urllib.parse", "xml",
}  # fmt: skip
PROJECT = str(ROOT / "examples" / "android-app.yaml")


def loaded(tmp_path, *words):
    script = (
        "import sys; from recommender.cli import run; run(sys.argv[1:]);"
        "print('\\n'.join(sys.modules), file=sys.stderr)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script, *words],
        cwd=ROOT, capture_output=True, text=True, timeout=120, check=True,
        env={**os.environ, "RECOMMENDER_CACHE": str(tmp_path), "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    return set(ran.stderr.split())


@pytest.mark.parametrize("format_", ["json", "text"])
def test_scoring_with_a_cache_loads_nothing_slow(tmp_path, format_):
    words = ("score", PROJECT, "--format", format_)
    loaded(tmp_path, *words)
    assert loaded(tmp_path, *words) & SLOW == set()


def test_help_loads_click_and_no_command(tmp_path):
    found = loaded(tmp_path, "--help")
    assert found & (SLOW | {"yaml", "json", "hashlib"}) == set()
    assert {name for name in found if name.startswith("recommender.cli.")} <= {
        "recommender.cli._commands", "recommender.cli._echo", "recommender.cli._exit_codes",
    }  # fmt: skip
