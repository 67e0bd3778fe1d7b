"""A source that many rules cite is told of, or allowed with the reason."""

import pytest

from tests.unit.authoring.conftest import pages, rule


@pytest.mark.parametrize(("number", "found"), [(5, []), (6, [("P022", 51)])])
def test_a_source_that_too_many_rules_cite(examine, number, found):
    seasons = [
        "{cold: true}",
        "{cold: false}",
        "{hunger: 1}",
        "{hunger: 2}",
        "{hunger: 3}",
        "{hunger: 4}",
    ]
    rules = "".join(
        rule(f"r{i}", when).replace("{source: page}", "{source: study}")
        for i, when in enumerate(seasons[:number])
    )
    assert examine(rules, pages(("study", ""))) == found


def test_a_source_that_many_rules_cite_may_be_allowed_with_the_reason(examine):
    rules = "".join(
        rule(f"r{i}", f"{{hunger: {i}}}").replace("{source: page}", "{source: study}")
        for i in range(6)
    )
    allowed = pages(("study", "")).replace(
        "sources:\n", "sources:\n  # lint: allow P022 one table\n"
    )
    assert examine(rules, allowed) == []
