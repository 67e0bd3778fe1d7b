"""The clock of each candidate: facts of the package index, told where the project needs them."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from recommender import load_pack, load_profile, recommend, render
from recommender.index.snapshot import File, Package, Release, Snapshot, path_of, text_of
from recommender.output.clock import clocks_of
from tests.conftest import ROOT

LINUX, MAC = "manylinux_2_28_x86_64", "macosx_10_9_x86_64"


def package(name, *releases):
    """A package of releases, each `(version, day, tags)`."""
    return Package(
        name,
        dt.date(2026, 11, 27),
        tuple(Release(v, tuple(File(day, tag) for tag in tags)) for v, day, tags in releases),
    )


@pytest.fixture
def advised(tmp_path):
    """Advise by the shipped pack, with an index of two packages laid over its own."""
    index = path_of(tmp_path / "over")
    index.parent.mkdir(parents=True)
    (tmp_path / "over" / "head.yaml").write_text(
        "pack: {id: over, schema: 1, version: 1.0.0, title: Over, dated: 2026-11-26, "
        "extends: pytorch-vs-tensorflow}\n"
    )
    torch = package(
        "torch",
        ("1.0", "2024-01-02", [f"cp312-cp312-{MAC}"]),
        ("2.0", "2026-02-03", [f"cp313-cp313-{LINUX}", f"cp314-cp314-{LINUX}"]),
    )
    tensorflow = package("tensorflow", ("2.0", "2025-03-04", [f"cp313-cp313-{LINUX}"]))
    index.write_text(text_of(Snapshot({"torch": torch, "tensorflow": tensorflow}, {})))
    pack = load_pack(ROOT / "rules", overlays=[tmp_path / "over"])

    def advise(**answers):
        named = {name.replace("_", "-"): answer for name, answer in answers.items()}
        return recommend(load_profile({"answers": named}, pack), pack, samples=0)

    return advise


def told(advice, **how):
    """The report's words on one line."""
    return " ".join(render(advice, "text", **how).split())


def test_one_line_a_candidate_in_the_whole_account(advised):
    said = told(advised(goal="research"), full=True)
    assert "The clock As the package index had it on 2026-11-27." in said
    assert (
        "PyTorch: The newest release is 2.0 of 2026-02-03. The last 3 Pythons waited so many days "
        "for its wheels: 484 (3.13), 119 (3.14) and 49+ (3.15, still without)." in said
    )
    assert "TensorFlow: The newest release is 2.0 of 2025-03-04." in said
    assert "148 (3.13), 416+ (3.14, still without) and 49+ (3.15, still without)" in said


def test_what_the_project_says_of_python_and_platform_is_asked_about(advised):
    said = told(advised(goal="research", python_version="newest", hardware=["nvidia"]), full=True)
    newest = "PyTorch: The newest release, 2.0 of 2026-02-03, has wheels"
    assert f"{newest} for Python 3.14 on x86-64 Linux." in said  # and not for 3.15
    none = "TensorFlow: No release has wheels for Python 3.14 and 3.15 on x86-64 Linux"
    assert f"{none}; the newest is 2.0 of 2025-03-04." in said


def test_the_one_screen_tells_it_only_where_it_bears_on_the_project(advised):
    ended = "PyTorch: 1.0 of 2024-01-02 is the last release with wheels for Intel Macs"
    on_intel = advised(goal="research", hardware=["intel-mac"])
    assert on_intel.best == "pytorch"
    assert ended in told(on_intel)
    assert "last release with wheels" not in told(advised(goal="research", hardware=["nvidia"]))
    assert "The clock" not in told(on_intel)


def test_in_json_and_in_chinese(advised):
    advice = advised(goal="research", hardware=["intel-mac"])
    clock = json.loads(render(advice, "json"))["clocks"]["pytorch"]
    assert clock["served"] == {
        "macos-x86_64": {"version": "1.0", "on": "2024-01-02", "ends": True, "pythons": []}
    }
    assert clock["waits"]["3.14"] == {"days": 119, "open": False}
    assert "时间表" in render(advice, "text", language="zh", full=True)


def test_a_pack_without_an_index_has_no_clock(toy):
    advice = recommend(load_profile({"answers": {"hour": "evening"}}, toy), toy, samples=0)
    assert clocks_of(advice) == {}
    assert json.loads(render(advice, "json"))["clocks"] == {}
    assert "The clock" not in told(advice, full=True)
