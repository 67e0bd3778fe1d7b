"""A grade of `documented` is borne out by an excerpt."""

import pytest

from tests.unit.authoring.conftest import SAID, pages, rule

REVIEW = "    review: {{on: 2026-06-01, verdict: {}, because: It is so., {}}}\n"
SOURCE = "{source: page}"

DOCUMENTED = "    evidence: documented\n"


def test_a_documented_rule_without_an_excerpt(examine):
    assert examine(rule("a") + DOCUMENTED) == [("P019", 10)]


@pytest.mark.parametrize("where", ["source", "review"])
def test_an_excerpt_of_the_rule_or_of_its_review_documents_it(examine, where):
    cited = "{source: study, excerpt: warm}"
    documented = rule("a") + DOCUMENTED
    if where == "source":
        documented = documented.replace("{source: page}", cited)
    else:
        documented += REVIEW.format("stands", f"sources: [{cited}]")
    assert examine(documented, pages(("study", SAID))) == []


def test_a_documented_constraint_without_an_excerpt(examine):
    veto = f"constraints:\n  - {{id: v, when: {{cold: true}}, vetoes: [salad], because: No., source: {SOURCE}, evidence: documented}}\n"
    assert ("P019", 3) in examine("", "\n" + veto)
