"""The audit: what a fresh reader gets, and what docs/audit.yaml says of an audit's findings."""

from pathlib import Path

import yaml

from benchmarks.reading import COUNT, drawn, points, sheet
from recommender import load_pack

PACK = load_pack()
HELD = yaml.safe_load((Path(__file__).parents[2] / "docs" / "audit.yaml").read_text("utf-8"))


def test_a_commit_draws_the_same_forty_rules_each_time():
    assert drawn(PACK.rules, "2f7c") == drawn(reversed(list(PACK.rules)), "2f7c")
    assert len(set(drawn(PACK.rules, "2f7c"))) == COUNT
    assert drawn(PACK.rules, "2f7c") != drawn(PACK.rules, "2f7d")


def test_points_are_those_of_the_review():
    rule = PACK.rules["android-support"]
    assert rule.review
    assert rule.review.favors
    apart = rule.review.favors["tensorflow"] - rule.review.favors["pytorch"]
    weights = PACK.criteria[rule.criterion].weight * rule.weight
    assert points(PACK, rule) == weights * apart / 100


def test_what_a_review_overturns_gives_no_points():
    overturned = PACK.rules["prose-calls-tensorflow-best-for-research"]
    assert points(PACK, overturned) == 0
    assert "(reported; 0 points; none)" in next(sheet(PACK, [overturned.id]))


def test_a_reader_gets_statements_and_excerpts_and_no_verdict():
    lines = "\n".join(sheet(PACK, ["android-support", "hub-model-in-a-page"]))
    assert "Transformers.js uses [ONNX Runtime]" in lines
    assert "hub-model-in-a-page (documented; " in lines
    assert not any(f": {verdict}" in lines for verdict in ("supported", "partly", "not-found"))


def test_every_finding_has_a_state():
    ids = [each["id"] for each in HELD["findings"]["lines"]]
    assert ids == [f"A{n}" for n in range(1, 21)] + [f"B{n}" for n in range(1, 10)] + [
        f"C{n}" for n in range(1, 6)
    ]
    states = {each["state"] for each in HELD["findings"]["lines"]}
    assert states <= {"mended", "mended in part", "refuted", "open"}


def test_what_was_drawn_are_rules():
    assert {each["id"] for each in HELD["drawn"]["verdicts"]} <= set(PACK.rules)
