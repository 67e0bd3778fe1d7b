"""Candidates' files, ids that repeat, and sources: what all entries of a pack share."""

from __future__ import annotations

import pytest

from tests.unit.conftest import WHOLE, rule

HEAD = WHOLE["pack.yaml"]
SOURCES = WHOLE["sources.yaml"]
REVIEWED = "{on: 2026-01-01, because: x, verdict: "


@pytest.mark.parametrize(
    ("files", "says"),
    [
        # Candidates' files.
        ({"tea.yaml": WHOLE["tea.yaml"] + "criteria: []"}, "tea.yaml:2: a candidate's file cannot hold `criteria`; move it to a file of its own"),
        ({"tea.yaml": WHOLE["tea.yaml"] + rule(id="b", favors="{coffee: 1}")}, "tea.yaml:3: the file of `tea` has a rule about `coffee`; move them to a criterion's file"),
        ({"tea.yaml": WHOLE["tea.yaml"] + rule(id="b", review=REVIEWED + "overturned, favors: {coffee: 1}}")}, "tea.yaml:3: the file of `tea` has a review about `coffee`; move them to a criterion's file"),
        ({"tea.yaml": WHOLE["tea.yaml"] + "constraints: [{id: k, vetoes: [coffee], because: x}]"}, "tea.yaml:2: the file of `tea` has a constraint about `coffee`; move them to a criterion's file"),
        ({"tea.yaml": WHOLE["tea.yaml"] + "routes: [{candidate: coffee, target: home, steps: [x], maturity: beta}]"}, "tea.yaml:2: the file of `tea` has routes about `coffee`; move them to a criterion's file"),
        ({"tea.yaml": WHOLE["tea.yaml"] + "rates: {b: 1}"}, "tea.yaml:2: no rule `b`; one of: a"),
        ({"tea.yaml": WHOLE["tea.yaml"] + "rates: {a: 0.125}"}, "tea.yaml:2: `rates`: the share of a has more than two digits"),
        ({"rules.yaml": rule() + "rates: {a: 1}"}, "rules.yaml:3: `rates` belong in the candidate's own file; add `candidate:` or use `favors`"),
        # Repeated ids name both places.
        ({"more.yaml": rule()}, "rules.yaml:1: `a` is already defined at rules/more.yaml:2; give one of them another id"),
        ({"more.yaml": "criteria: [{id: calm, title: x, weight: 1}]"}, "more.yaml:1: `calm` is already defined at rules/criteria.yaml:1; give one of them another id"),
        ({"tea2.yaml": WHOLE["tea.yaml"]}, "tea2.yaml:1: `tea` is already defined at rules/tea.yaml:1; give one of them another id"),
        ({"z.yaml": "questions: [{id: milk, ask: x, type: flag}]"}, "z.yaml:1: `milk` is already defined at rules/questions.yaml:6; give one of them another id"),
        ({"pack.yaml": HEAD.replace("}]", "}, {id: leaflet, title: x, file: leaflet.txt}]")}, "pack.yaml:8: `leaflet` is already defined at rules/pack.yaml:8; give one of them another id"),
        # Sources.
        ({"sources.yaml": SOURCES.replace("https://x.org", "x.org")}, "sources.yaml:2: `url` cannot be written `x.org`; write the whole address, https://..., or a page of this repository, docs/page.md"),
        ({"sources.yaml": SOURCES.replace("2026-01-02", "yesterday")}, "sources.yaml:2: `read` takes a date, not `yesterday`; write it as 2026-11-23"),
        ({"sources.yaml": SOURCES.replace("2026-01-02", "2026-13-01")}, "sources.yaml:2: `read` takes a date, not `2026-13-01`; write it as 2026-11-23"),
        ({"sources.yaml": SOURCES.replace("2026-01-02", "20260101")}, "sources.yaml:2: `read` takes a date, not `20260101`; write it as 2026-11-23"),
        ({"sources.yaml": SOURCES.replace("interested: true, ", "")}, "sources.yaml:2: `interested` is missing; add `interested:`"),
        ({"sources.yaml": SOURCES.replace("after:", "aftr:")}, "sources.yaml:3: unknown key `aftr`; did you mean `after`?"),
        ({"more.yaml": SOURCES}, "sources.yaml:2: `study` is already defined at rules/more.yaml:2; give one of them another id"),
    ],
)  # fmt: skip
def test_an_entry_that_does_not_fit_the_others_is_told_with_the_remedy(folder, files, says):
    assert [each.removeprefix("rules").lstrip("/") for each in folder.faults(files)] == [says]
