"""`resolve` asks the index that uv is configured for, writes what it found, and lists what is lost."""

from __future__ import annotations

import pytest

from recommender import load_pack
from tests.unit.authoring.test_resolving import ROUTES
from tests.unit.conftest import Folder
from tests.unit.index.wheel_index import served

from .command import recommender


@pytest.fixture
def pack(tmp_path, monkeypatch):
    """A small pack, and an index on this machine that uv is configured to ask."""
    monkeypatch.setenv("UV_CACHE_DIR", str(tmp_path / "cache"))
    folder = Folder(tmp_path)
    folder.load({"tea.yaml": ROUTES, "index/pythons.json": '{"3.13": "2024-10-07"}'})
    with served(tmp_path / "index") as address:
        monkeypatch.setenv("UV_DEFAULT_INDEX", address)
        yield tmp_path / "rules"


def test_what_was_found_is_written_and_counted(pack):
    done = recommender("resolve", pack, "--day", "2026-11-26")
    assert (done.code, done.err) == (0, "")
    everywhere = (
        "linux-x86_64 1/1, linux-aarch64 1/1, macos-arm64 1/1, macos-x86_64 1/1, windows-x86_64 1/1"
    )
    assert done.out.splitlines() == [
        "2 sets of packages as of 2026-11-26",
        f"  tea: {everywhere}",
        f"  tea, coffee: {everywhere}",
    ]
    assert [each.packages for each in load_pack(pack).resolutions] == [("tea",), ("tea", "coffee")]


def test_what_is_lost_is_listed_and_found(pack):
    recommender("resolve", pack, "--day", "2026-11-26")
    done = recommender("resolve", pack, "--day", "2026-05-01", "--dry-run")
    assert done.code == 1
    assert done.out.splitlines()[0] == "2 sets of packages as of 2026-05-01 (nothing was written)"
    last = done.out.splitlines()[-1]
    assert last.startswith("no longer: tea, coffee on linux-x86_64 3.13, linux-aarch64 3.13")
    assert "cup" in last
    assert load_pack(pack).resolutions[0].on.isoformat() == "2026-11-26"


def test_without_an_answer_nothing_is_written(pack, monkeypatch):
    monkeypatch.setenv("UV_DEFAULT_INDEX", "http://127.0.0.1:9/simple/")
    monkeypatch.setenv("UV_HTTP_RETRIES", "0")
    done = recommender("resolve", pack)
    assert done.code == 3
    assert "uv gave no answer" in done.err
    assert not (pack / "index" / "resolved").exists()
