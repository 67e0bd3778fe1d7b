"""Everyday cases beside what a consultant would answer, who had not seen the rules (docs/panel.md)."""

from collections import Counter

import pytest

from benchmarks.everyday import SETS, cases, headlines, judge

JUDGED = {
    name: [(case, advice, judge(headlines(advice), case["expect"])) for case, advice in cases(name)]
    for name in SETS
}


@pytest.mark.parametrize(
    ("name", "least"), [("everyday", 45), ("everyday-second", 55), ("everyday-third", 56)]
)
def test_most_are_told_what_the_consultant_would_sign_and_none_what_would_be_wrong(name, least):
    counts = Counter(found for _, _, found in JUDGED[name])
    assert counts["met"] >= least
    assert counts["bad"] == 0


@pytest.mark.parametrize("name", SETS)
def test_nobody_is_sent_elsewhere_who_should_not_be(name):
    vain = [
        case["name"]
        for case, advice, _ in JUDGED[name]
        if case["expect"].get("no_refer") and advice.referrals
    ]
    assert vain == []


@pytest.mark.parametrize(
    ("name", "unmet"),
    [("everyday", []), ("everyday-second", ["tiny-mlp-own-c"]), ("everyday-third", [])],
)
def test_where_the_consultant_was_very_sure_nearly_all_are_met(name, unmet):
    sure = [(case, found) for case, _, found in JUDGED[name] if case["expect"]["sure"] == "high"]
    assert [case["name"] for case, found in sure if found != "met"] == unmet


@pytest.mark.parametrize(
    ("told", "found"),
    [({"pytorch"}, "met"), ({"tensorflow"}, "bad"), ({"either", "either-tensorflow"}, "weak"), ({"neither", "tensorflow"}, "bad")],
)  # fmt: skip
def test_a_case_can_be_weak_or_bad(told, found):
    assert judge(told, {"acceptable": ["pytorch"], "wrong": ["tensorflow"]}) == found
