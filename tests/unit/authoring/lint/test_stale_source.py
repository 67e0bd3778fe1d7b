"""What is volatile does not rest on old pages alone."""

import datetime as dt

import pytest

from tests.unit.authoring.conftest import pages, rule

REVIEW = "    review: {{on: 2026-06-01, verdict: {}, because: It is so., {}}}\n"

VOLATILE = "    volatile: true\n"


@pytest.mark.parametrize(
    ("published", "on", "found"),
    [
        ("2024-11-29", "2026-06-01", [("P021", 10)]),  # 549 days
        ("2024-11-30", "2026-06-01", []),
        ("2024-11-29", "2026-05-01", []),
        ("2020-01-01", "2026-06-01", [("P021", 10)]),
    ],
)
def test_a_volatile_rule_that_rests_on_old_pages(examine, published, on, found):
    review = REVIEW.format("stands", "sources: []").replace("2026-06-01", on)
    volatile = rule("a").replace("{source: page}", "{source: study}") + VOLATILE + review
    assert examine(volatile, pages(("study", f", published: {published}"))) == found


def test_an_old_page_is_enough_for_what_is_not_volatile(examine):
    lasting = rule("a").replace("{source: page}", "{source: study}")
    assert examine(lasting, pages(("study", ", published: 2010-01-01"))) == []


@pytest.mark.parametrize("young", [", published: 2026-10-01", ""])
def test_a_younger_page_or_one_without_a_day_carries_it_too(examine, young):
    volatile = rule("a").replace("{source: page}", "[{source: old}, {source: new}]") + VOLATILE
    assert examine(volatile, pages(("old", ", published: 2010-01-01"), ("new", young))) == []


def test_a_volatile_route_is_judged_at_the_day_of_the_pack(examine):
    route = "routes:\n  - {candidate: soup, target: home, steps: [pot], maturity: retired, volatile: true, source: {source: study}}\n"
    old = pages(("study", ", published: 2025-01-01"))
    assert ("P021", 2) in examine("", route + old)
    assert "P021" not in dict(examine("", route + old, as_of=dt.date(2026, 1, 1)))
