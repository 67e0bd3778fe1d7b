"""A sentence that was checked is in an excerpt that the statement cites."""

import pytest

from tests.unit.authoring.conftest import SAID, pages, rule

CHECKED = "    checked: {{on: 2026-11-01, verdict: {}{}}}\n"


@pytest.mark.parametrize(
    ("verdict", "sentence", "found"),
    [
        ("supported", ", sentence: Soup is warm.", []),
        ("supported", ", sentence: 'Soup  is\n      warm.'", []),  # a table is padded
        ("partly", ", sentence: Not in summer.", []),  # a neighbour that turns it
        ("not-found", "", []),
        ("supported", ", sentence: Soup is cold.", [("P023", 10)]),
        ("supported", "", [("P023", 10)]),
        ("contradicted", "", [("P023", 10)]),
    ],
)
def test_a_sentence_that_was_checked_is_in_an_excerpt(examine, verdict, sentence, found):
    said = ", excerpts: {warm: {text: Soup is warm., after: Not in summer.}}"
    checked = rule("a").replace("{source: page}", "{source: study, excerpt: warm}")
    assert examine(checked + CHECKED.format(verdict, sentence), pages(("study", said))) == found


def test_an_excerpt_that_the_rule_does_not_cite_bears_nothing_out(examine):
    rules = rule("a") + CHECKED.format("supported", ", sentence: Soup is warm.")
    other = rule("b", "{hunger: 2}").replace("{source: page}", "{source: study, excerpt: warm}")
    assert examine(rules + other, pages(("study", SAID))) == [("P023", 10)]
