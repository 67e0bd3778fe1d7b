"""`refresh` asks the index that pip is configured with, replaces the snapshot whole, and lists items."""

from __future__ import annotations

import datetime as dt
import json
import os
import signal
import subprocess
import sys
import threading
import time

import pytest

from recommender.index.snapshot import (
    File,
    Package,
    Release,
    Snapshot,
    path_of,
    read_snapshot,
    text_of,
)
from tests.conftest import ROOT
from tests.unit.index.local_index import configured, serving, write_index

from .command import recommender

PACK = """\
pack: {id: soup, schema: 1, version: 1.0.0, title: Soup, dated: 2026-11-23, targets: place}
questions:
  - {id: cold, ask: "Is it cold?", type: flag}
  - {id: place, ask: "Where?", type: many, choices: {home: Home, park: Park}}
criteria: [{id: warmth, title: Warmth, weight: 5}]
sources:
  - {id: page, title: A page, url: "https://example.org", publisher: P, interested: false, read: 2026-01-01}
population:
  - {id: a, source: "https://example.org/a", answers: {cold: true}}
  - {id: b, source: "https://example.org/b", answers: {cold: false}}
rules:
  - id: soup-warms
    criterion: warmth
    when: {cold: true}
    favors: {soup: 1, salad: 0}
    weight: 5
    because: Soup is warm.
    source: {source: page}
    holds: [newest(tea) == 1.1, newest(tea) >= 1.0, newest(cup) == 2.8]
    tests: [{given: {cold: true}, expect: fires}, {given: {cold: false}, expect: silent}]
"""
CARD = "candidate: {{id: {0}, title: {0}}}\n"
OLD = Snapshot(
    {"cup": Package("cup", dt.date(2025, 1, 1), (Release("2.8", (File("2024-06-01", "sdist"),)),))},
    {},
    {"newest(cup) == 2.8": dt.date(2025, 1, 1)},
)
TODAY = dt.datetime.now(tz=dt.UTC).date()


@pytest.fixture
def pack(tmp_path):
    """A pack of three claims, with a snapshot of before."""
    folder = tmp_path / "rules"
    (folder / "index").mkdir(parents=True)
    (folder / "rules.yaml").write_text(PACK)
    for name in ("soup", "salad"):
        (folder / f"{name}.yaml").write_text(CARD.format(name))
    path_of(folder).write_text(text_of(OLD))
    return folder


@pytest.fixture
def index(tmp_path, monkeypatch):
    """An index on this machine, which pip is configured to ask."""
    (tmp_path / "served").mkdir()
    write_index(tmp_path / "served")
    with serving(tmp_path / "served") as (address, _):
        configured(monkeypatch, address)
        yield


def test_the_snapshot_is_taken_anew_and_what_fell_is_listed(pack, index):
    done = recommender("refresh", pack)
    assert (done.code, done.err) == (1, "")
    what = "the rule `soup-warms` says `newest(cup) == 2.8` (last held on 2025-01-01)"
    assert done.out.splitlines() == [
        f"2 packages as of {TODAY}",
        "  cup: 2.8 -> 2.9",
        "  tea: none -> 1.1",
        "claims that hold: 2; to review: 1",
        f"{pack / 'rules.yaml'}:12: {what}",
        "  before: 2.8",
        "  now:    2.9",
        "  without it 1 of 2 projects would be advised otherwise",
    ]
    found = read_snapshot([pack])
    assert {name: each.taken for name, each in found.packages.items()} == {
        "cup": TODAY,
        "tea": TODAY,
    }
    assert found.confirmed == {
        "newest(tea) == 1.1": TODAY,
        "newest(tea) >= 1.0": TODAY,
        "newest(cup) == 2.8": dt.date(2025, 1, 1),
    }


def test_wheels_for_a_python_whose_day_nobody_wrote_down_are_told_of(pack, index):
    (pack / "index" / "pythons.json").write_text('{"3.12": "2023-10-02"}')
    asked = "there are wheels for Python 3.13: when it is out, add its day to index/pythons.json"
    assert asked in recommender("refresh", pack, "--dry-run").out.splitlines()
    (pack / "index" / "pythons.json").write_text('{"3.13": "2024-10-07"}')
    assert "there are wheels for Python" not in recommender("refresh", pack, "--dry-run").out


def test_no_rule_is_changed(pack, index):
    before = (pack / "rules.yaml").read_bytes()
    recommender("refresh", pack)
    assert (pack / "rules.yaml").read_bytes() == before


def test_a_dry_run_writes_nothing(pack, index):
    done = recommender("refresh", pack, "--dry-run", "--format", "json")
    data = json.loads(done.out)
    assert (done.code, data["kind"], data["written"]) == (1, "refresh", False)
    assert [item["claim"] for item in data["items"]] == ["newest(cup) == 2.8"]
    assert path_of(pack).read_text() == text_of(OLD)


def test_where_all_holds_it_exits_with_0(pack, index):
    file = pack / "rules.yaml"
    file.write_text(file.read_text().replace(", newest(cup) == 2.8", ""))
    done = recommender("refresh", pack)
    assert done.code == 0
    assert "claims that hold: 2; to review: 0" in done.out
    assert read_snapshot([pack]).confirmed == dict.fromkeys(
        ("newest(tea) == 1.1", "newest(tea) >= 1.0"), TODAY
    )


def test_a_package_that_cannot_be_had_leaves_all_as_it_was(pack, index):
    file = pack / "rules.yaml"
    file.write_text(file.read_text().replace("newest(cup)", "newest(coffee)"))
    done = recommender("refresh", pack)
    assert (done.code, done.out) == (3, "")
    assert "`coffee`: no index that pip asks has it" in done.err
    assert path_of(pack).read_text() == text_of(OLD)


def test_an_overlay_asks_only_about_its_own(tmp_path, index):
    overlay = tmp_path / "mine"
    overlay.mkdir()
    (overlay / "more.yaml").write_text(
        "constraints:\n  - {id: no-tea, when: {goal: library}, vetoes: [jax], because: So., "
        "evidence: judged, holds: newest(tea) == 1.1, source: {source: measured}, "
        "tests: [{given: {goal: library}, expect: fires}, {given: {}, expect: unknown}]}\n"
    )
    done = recommender("refresh", overlay)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(f"1 packages as of {TODAY}\n")
    assert list(read_snapshot([overlay]).packages) == ["tea"]


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT])
def test_ended_half_way_the_snapshot_is_the_old_one(pack, tmp_path, monkeypatch, number):
    (tmp_path / "served").mkdir()
    write_index(tmp_path / "served")
    hold = threading.Event()
    with serving(tmp_path / "served", hold=hold) as (address, asked):
        configured(monkeypatch, address)
        running = subprocess.Popen(
            [sys.executable, "-m", "recommender", "refresh", pack], cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)}, stderr=subprocess.PIPE,
        )  # fmt: skip
        for _ in range(300):
            if asked:
                break
            time.sleep(0.1)
        assert asked
        running.send_signal(number)
        hold.set()
        assert b"Traceback" not in running.communicate(timeout=60)[1]
        assert running.returncode == (130 if number == signal.SIGINT else -signal.SIGKILL)
    assert path_of(pack).read_text() == text_of(OLD)
    assert [each.name for each in (pack / "index").iterdir()] == ["snapshot.json"]
