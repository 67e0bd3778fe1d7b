"""What a resolver made of packages: read as nouns, and each mistake told at its line."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from recommender import load_pack
from recommender.index.resolutions import text_of
from recommender.loading.full_pack import load_whole
from recommender.nouns.resolution import PLATFORMS

GOOD = """\
resolved:
  - packages: [tea, "cup[big]>=1.2,<3"]
    on: 2026-11-26
    by: uv 0.9
    found:
      - where: {linux-x86_64: ["3.10", "3.14"], windows-x86_64: ["3.14"]}
        pins: {tea: 1.1.0, cup: 2.9.1}
      - where: {macos-arm64: ["3.14"]}
        because: tea has no wheels
"""


def test_ends_are_read_with_their_places(folder):
    (found,) = folder.load({"resolved.yaml": GOOD}).resolutions
    assert found.packages == ("tea", "cup[big]>=1.2,<3")
    assert (found.on, found.by) == (dt.date(2026, 11, 26), "uv 0.9")
    assert found.at("windows-x86_64", "3.14").pins == {"tea": "1.1.0", "cup": "2.9.1"}
    assert found.at("macos-arm64", "3.14").because == "tea has no wheels"
    assert found.at("macos-arm64", "3.10") is None
    assert found.pythons("linux-x86_64") == ("3.10", "3.14")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("macos-arm64", "macos", "macos"),
        ('["3.14"]}\n        because', '["2.7"]}\n        because', "`2.7`"),
        ("        because: tea has no wheels\n", "", "takes either `pins` or `because`"),
        ("        because: tea", "        pins: {tea: 1.0.0}\n        because: tea", "takes either `pins` or `because`"),
        ("macos-arm64", "windows-x86_64", "says twice what was found on windows-x86_64 3.14"),
        ("[tea,", '["-r secret.txt",', "`packages`"),
        ("[tea,", '["tea @ https://example.org/x.whl",', "`packages`"),
        ("on: 2026-11-26", "on: yesterday", "`on`"),
    ],
)  # fmt: skip
def test_a_mistake_is_told(folder, old, new, told):
    assert old in GOOD
    faults = folder.faults({"resolved.yaml": GOOD.replace(old, new, 1)})
    assert any(told in fault for fault in faults), faults
    assert all(fault.startswith("rules/resolved.yaml:") for fault in faults)


def test_the_same_packages_twice_in_a_pack_are_a_mistake(folder):
    again = GOOD + GOOD.removeprefix("resolved:\n")
    (fault,) = folder.faults({"resolved.yaml": again})
    assert "the same packages are resolved at rules/resolved.yaml:2" in fault


def test_a_route_takes_the_packages_of_its_candidate_first(folder):
    tea = "candidate: {id: tea, title: Tea, packages: [tea]}\nroutes:\n"
    for packages in ("", ", packages: [cup]", ", packages: []"):
        tea += f"  - {{candidate: tea, target: home, steps: [s{len(packages)}], maturity: beta{packages}}}\n"
    found = {r.steps[0]: r.packages for r in folder.load({"tea.yaml": tea}).routes}
    assert found == {"s0": ("tea",), "s17": ("tea", "cup"), "s14": ()}


def test_the_shipped_ones_are_whole_and_were_written_as_they_are_read():
    pack = load_whole().full
    resolved = {each.packages for each in pack.resolutions}
    needed = {r.packages for r in pack.routes if r.packages and r.maturity != "retired"}
    needed |= {each.packages for each in pack.libraries.values()}
    assert needed == resolved, "run `recommender resolve`"
    for each in pack.resolutions:
        assert each.platforms == PLATFORMS
        assert sum(len(end.where) for end in each.found) == 25, each.packages
    folder = pack.folders[0]
    mine = [each for each in pack.resolutions if each.place.file.endswith("pytorch.yaml")]
    written = Path(folder, "index", "resolved", "pytorch.yaml").read_text("utf-8")
    assert text_of(mine, "recommender resolve") == written


def test_an_overlay_resolves_anew(folder):
    over = {
        "pack.yaml": "pack: {id: over, schema: 1, version: 1.0.0, title: O, dated: 2026-11-23, extends: small}\n"
    }
    folder.load({"resolved.yaml": GOOD})
    path = folder.root / "over"
    path.mkdir()
    for name, text in {**over, "resolved.yaml": GOOD.replace("1.1.0", "1.2.0")}.items():
        (path / name).write_text(text)
    (found,) = load_pack(folder.root / "rules", overlays=[path]).resolutions
    assert found.at("linux-x86_64", "3.10").pins["tea"] == "1.2.0"
