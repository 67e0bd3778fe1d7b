"""Every source and excerpt is cited by somebody."""

from tests.unit.authoring.conftest import SAID, pages, rule


def test_what_nobody_cites(examine):
    cited = rule("a").replace("{source: page}", "{source: study}")
    more = pages(("study", SAID), ("other", ""))
    assert examine(cited, more) == [("P020", 11), ("P020", 12)]


def test_what_somebody_cites_is_left_alone(examine):
    cited = rule("a").replace("{source: page}", "[{source: study, excerpt: warm}, {source: other}]")
    assert examine(cited, pages(("study", SAID), ("other", ""))) == []
