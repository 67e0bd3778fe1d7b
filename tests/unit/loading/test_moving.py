"""What a pack says of moves: what it names must exist, and each mistake is told at its line."""

from __future__ import annotations

import pytest

STAGE = "stages: [{id: brew, title: Brewing, parity: It tastes the same.}]\n"
API = (
    "  - {id: leaves, candidate: tea, stage: brew, names: [leaf.bag, leaf], calls: steep, counterparts: "
    "{coffee: {way: rewrite, instead: beans, because: b, source: {source: study, excerpt: calm}}}}\n"
)
FIRST, LAST = "a" * 40, "b" * 40
MOVE = (
    "migrations:\n  - {id: mine, repository: me/mine, old: tea, new: coffee, "
    f"began: {{commit: {FIRST}, day: 2020-02-27}}, ended: {{commit: {LAST}, day: 2020-03-01}}}}\n"
)
GOOD = f"{STAGE}apis:\n{API}{MOVE}"


def test_stages_apis_and_histories_are_read(folder):
    moving = folder.load({"moving.yaml": GOOD}).moving
    api = moving.apis["leaves"]
    assert (api.names, api.calls, api.stage) == (("leaf.bag", "leaf"), ("steep",), "brew")
    assert (api.counterparts["coffee"].way, api.counterparts["coffee"].instead) == (
        "rewrite",
        "beans",
    )
    assert [each.source for each in api.sources] == ["study"]
    assert moving.migrations["mine"].days == 3


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("candidate: tea", "candidate: te", "no candidate `te`; did you mean `tea`?"),
        ("stage: brew", "stage: brow", "no stage `brow`; did you mean `brew`?"),
        ("{coffee: {way", "{cofee: {way", "no candidate `cofee`"),
        ("way: rewrite", "way: none", "`instead` goes with every `way` but `none`"),
        ("instead: beans, ", "", "`instead` goes with every `way` but `none`"),
        ("excerpt: calm", "excerpt: clam", "no excerpt of `study` `clam`"),
        ("day: 2020-03-01", "day: 2020-01-01", "ends before it begins"),
        (FIRST, "cafe", "commit"),
        ("names: [leaf.bag, leaf]", "names: [leaf bag]", "names"),
    ],
)
def test_a_mistake_is_told(folder, old, new, told):
    assert old in GOOD
    (fault,) = folder.faults({"moving.yaml": GOOD.replace(old, new)})
    assert fault.startswith("rules/moving.yaml:")
    assert told in fault
