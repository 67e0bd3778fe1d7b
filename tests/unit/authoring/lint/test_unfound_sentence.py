"""A sentence that was checked is in an excerpt that the statement cites."""

import pytest

from tests.unit.authoring.conftest import PACK, SAID, pages, rule

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


@pytest.mark.parametrize(
    ("sentence", "found"), [("Not in summer.", []), ("Soup is cold.", [("P023", 10)])]
)
def test_a_second_reader_names_a_sentence_of_an_excerpt_too(examine, sentence, found):
    said = ", excerpts: {warm: {text: Soup is warm., after: Not in summer.}}"
    second = f", second: {{on: 2026-11-01, verdict: partly, sentence: {sentence}}}"
    checked = rule("a").replace("{source: page}", "{source: study, excerpt: warm}")
    first = CHECKED.format("supported", ", sentence: Soup is warm." + second)
    assert examine(checked + first, pages(("study", said))) == found


def test_an_excerpt_that_the_rule_does_not_cite_bears_nothing_out(examine):
    rules = rule("a") + CHECKED.format("supported", ", sentence: Soup is warm.")
    other = rule("b", "{hunger: 2}").replace("{source: page}", "{source: study, excerpt: warm}")
    assert examine(rules + other, pages(("study", SAID))) == [("P023", 10)]


@pytest.mark.parametrize(("verdict", "found"), [("opinion", []), ("false", [("P023", 6)])])
def test_a_view_alone_is_borne_out_by_the_passage_itself(examine, tmp_path, verdict, found):
    folder = tmp_path / "rules" / "documents"
    folder.mkdir(parents=True)
    (folder / "menu.txt").write_text("Soup pleases.")
    listed = "targets: place, documents: [{id: menu, title: Menu, file: menu.txt}]}"
    fact = (
        "facts:\n"
        "  - id: soup-pleases\n"
        "    source: {cite: menu, says: Soup pleases.}\n"
        f"    verdict: '{verdict}'\n"
        "    because: So it says.\n"
        "    checked: {on: 2026-11-01, verdict: supported, sentence: Soup pleases.}\n"
    )
    head = PACK.replace("targets: place}", listed)
    assert [each for each in examine(more=fact, head=head) if each[0] == "P023"] == found
