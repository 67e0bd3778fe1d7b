"""Fake frameworks: tiny packages that shadow the real ones on a path of their own."""

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

# Just enough of PyTorch for the adapter's cheap checks, computed in plain Python.
FAKE_TORCH = """
__version__ = "9.9.9+fake"
float32 = "float32"; float64 = "float64"


class Tensor:
    def __init__(self, values, place="cpu"):
        self.values = values
        self.device = type("Device", (), {"type": place})()
    def to(self, place): return Tensor(self.values, place)
    def detach(self): return self
    def cpu(self): return self
    def tolist(self): return self.values
    def __matmul__(self, other):
        columns = list(zip(*other.values))
        rows = [[sum(a * b for a, b in zip(row, column)) for column in columns] for row in self.values]
        return Tensor(rows, self.device.type)


def tensor(values, dtype=None): return Tensor(values)


class cuda:
    is_available = staticmethod(lambda: False)


class version:
    cuda = None
    hip = None
"""


@pytest.fixture
def fake(tmp_path, monkeypatch):
    """Give a function that puts a fake package before the real one; `FAKE_TORCH` is the healthy one."""
    folder = tmp_path / "fakes"
    folder.mkdir()
    monkeypatch.setenv("PYTHONPATH", str(folder))
    # A fake has the real one's version, as far as the installed packages tell: keep its reports apart.
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))

    def make(name, source=FAKE_TORCH, extra=""):
        (folder / name).mkdir()
        (folder / name / "__init__.py").write_text(textwrap.dedent(source) + textwrap.dedent(extra))

    return make


@pytest.fixture
def bare(tmp_path):
    """Give an interpreter in which nothing is installed."""
    return wrapper(tmp_path / "bare-python", f'exec "{sys.executable}" -S "$@"')


@pytest.fixture
def probe(tmp_path, monkeypatch, bare):
    """Give a function that runs the command with TensorFlow absent and a cache of its own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    fakes = os.environ.get("PYTHONPATH", "")

    def run(*words, tensorflow=bare):
        extra = [] if tensorflow is None else ["--python", f"tensorflow={tensorflow}"]
        return subprocess.run(
            [sys.executable, "-m", "recommender", "probe", *extra, *words],
            capture_output=True,
            text=True,
            check=False,
            cwd=tmp_path,
            env=os.environ | {"PYTHONPATH": f"{os.environ.get('PYTHONPATH', fakes)}:{ROOT}"},
        )

    return run


def wrapper(path, line):
    if os.name != "posix":
        pytest.skip("needs a POSIX shell")
    path.write_text(f"#!/bin/sh\n{line}\n")
    path.chmod(0o755)
    return str(path)


@pytest.fixture
def statuses():
    """Give {(candidate, check): status} of a report."""
    return lambda report: {
        (r["candidate"], r["check"]): r["status"] for r in report["observations"]
    }
