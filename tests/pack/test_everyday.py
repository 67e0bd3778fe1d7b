"""Everyday cases beside what a consultant would answer, who had not seen the rules (docs/panel.md)."""

from collections import Counter

import pytest

from benchmarks.everyday import cases, headlines, judge

JUDGED = [(case, advice, judge(headlines(advice), case["expect"])) for case, advice in cases()]


def test_most_are_told_what_the_consultant_would_sign_and_none_what_would_be_wrong():
    counts = Counter(found for _, _, found in JUDGED)
    assert counts["met"] >= 43
    assert counts["bad"] == 0


def test_nobody_is_sent_elsewhere_who_should_not_be():
    vain = [
        case["name"]
        for case, advice, _ in JUDGED
        if case["expect"].get("no_refer") and advice.referrals
    ]
    assert vain == []


def test_where_the_consultant_was_very_sure_all_are_met():
    assert {found for case, _, found in JUDGED if case["expect"]["sure"] == "high"} == {"met"}


@pytest.mark.parametrize(
    ("told", "found"),
    [({"pytorch"}, "met"), ({"tensorflow"}, "bad"), ({"either", "either-tensorflow"}, "weak"), ({"neither", "tensorflow"}, "bad")],
)  # fmt: skip
def test_a_case_can_be_weak_or_bad(told, found):
    assert judge(told, {"acceptable": ["pytorch"], "wrong": ["tensorflow"]}) == found
