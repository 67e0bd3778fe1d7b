"""Rules, constraints and routes: every mistake is told at its line with the remedy."""

from __future__ import annotations

import pytest

from tests.unit.conftest import rule

LIBRARY = "libraries: [{{id: kettle, candidate: {}, name: Kettle, serves: hot water, when: {}}}]\n"
REVIEWED = "{on: 2026-01-01, because: x, verdict: "


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"id": "Not-An-Id"}, "`id` cannot be written `Not-An-Id`; use lower-case words joined by hyphens, as `mobile-deployment`"),
        ({"id": "7"}, "`id` takes text, not `7`"),
        ({"because": None}, "`because` is missing; add `because:`"),
        ({"because": "''"}, "`because` is empty"),
        ({"becuase": "x"}, "unknown key `becuase`; did you mean `because`?"),
        ({"criterion": "clam"}, "no criterion `clam`; did you mean `calm`?"),
        ({"weight": "0"}, "`weight` must be at least 1, not `0`"),
        ({"weight": "11"}, "`weight` must be at most 10, not `11`"),
        ({"weight": "2.5"}, "`weight` takes a whole number, not `2.5`"),
        ({"weight": "true"}, "`weight` takes a whole number, not `true`"),
        ({"weight": "heavy"}, "`weight` takes a whole number, not `heavy`"),
        ({"favors": "{}"}, "the rule `a` favors nobody; add `favors: {candidate: share}`"),
        ({"favors": None}, "the rule `a` favors nobody; add `favors: {candidate: share}`"),
        ({"favors": "{mate: 1}"}, "no candidate `mate`; one of: coffee, tea"),
        ({"favors": "{coffe: 1}"}, "no candidate `coffe`; did you mean `coffee`?"),
        ({"favors": "{Tea: 1}"}, "`favors` cannot hold the name `Tea`; use lower-case words joined by hyphens, as `mobile-deployment`"),
        ({"favors": "{tea: 1.01}"}, "`tea` must be at most 1, not `1.01`"),
        ({"favors": "{tea: -0.1}"}, "`tea` must be at least 0, not `-0.1`"),
        ({"favors": "{tea: 0.333}"}, "`favors`: the share of tea has more than two digits"),
        ({"favors": "{tea: true}"}, "`tea` takes a number, not `true`"),
        ({"favors": "{tea: '1'}"}, "`tea` takes a number, not `1`"),
        ({"favors": "{tea: .nan}"}, "`tea` takes a number, not `.nan`"),
        ({"favors": "[tea]"}, "`favors` takes a mapping, not [tea]"),
        ({"evidence": "hearsay"}, "`evidence` cannot be `hearsay`; one of: measured, documented, reported, judged"),
        ({"evidence": "measurd"}, "`evidence` cannot be `measurd`; did you mean `measured`?"),
        ({"source": "{cite: leaflet, says: Tea is mild.}"}, "`leaflet` does not say this; quote it to the letter"),
        ({"source": "{cite: leaflet, says: tea is calm.}"}, "`leaflet` does not say this; quote it to the letter"),
        ({"source": "{cite: leaflet}"}, "`leaflet` does not say this; quote it to the letter"),
        ({"source": "{cite: leaflt, says: Tea is calm.}"}, "no document `leaflt`; did you mean `leaflet`?"),
        ({"source": "{title: x, url: 'https://x.org', read: 2026-01-01}"}, "`source`: a source is cited by its id; register the page under `sources:` and write `{source: its-id, excerpt: the-excerpt}` here"),
        ({"source": "[{url: 'https://x.org'}]"}, "`source`: a source is cited by its id; register the page under `sources:` and write `{source: its-id, excerpt: the-excerpt}` here"),
        ({"source": "{source: studdy}"}, "no source `studdy`; did you mean `study`?"),
        ({"source": "{source: study, excerpt: cam}"}, "no excerpt of `study` `cam`; did you mean `calm`?"),
        ({"source": "{excerpt: calm}"}, "names neither a source nor a document; write `source` and `excerpt`, or `cite` and `says`"),
        ({"source": "{source: study, says: Tea calms.}"}, "`says` quotes a document, not a source; name an `excerpt` of it, which has the words"),
        ({"source": "{source: study, cite: leaflet, says: Tea is calm.}"}, "cites a document and a source at once; make two citations of it"),
        ({"review": REVIEWED + "stands, favors: {tea: 1}}"}, "a review that `stands` changes no `favors`; leave `favors` out, or say `weakened`"),
        ({"review": REVIEWED + "weakened}"}, "a review that says `weakened` needs the `favors` of today; add `favors: {candidate: share}`"),
        ({"review": REVIEWED + "weakened, favors: {mate: 1}}"}, "no candidate `mate`; one of: coffee, tea"),
        ({"review": REVIEWED + "gone}"}, "`verdict` cannot be `gone`; one of: stands, weakened, overturned"),
        ({"review": "{verdict: stands, because: x}"}, "`on` is missing; add `on:`"),
        ({"measure": "{check: brew, none_at: 1, full_at: 1}"}, "the anchors do not span a scale; they must differ, and be above zero on a log scale"),
        ({"measure": "{check: brew, none_at: 0, full_at: 1, scale: log}"}, "the anchors do not span a scale; they must differ, and be above zero on a log scale"),
        ({"tests": "[{given: {hour: noon}, expect: fires}]"}, "`hour` has no answer `noon`; one of: early, late, unknown"),
        ({"tests": "[{given: {hour: early}, expect: true}]"}, "`expect` cannot be `true`; one of: fires, silent, unknown"),
        ({"checks": "[Taste]"}, "`checks` cannot be written `Taste`; use lower-case words joined by hyphens, as `mobile-deployment`"),
    ],
)  # fmt: skip
def test_a_rule_that_does_not_fit_is_told_with_the_remedy(folder, fields, says):
    assert folder.faults({"rules.yaml": rule(**fields)}) == [f"rules/rules.yaml:2: {says}"]


@pytest.mark.parametrize(
    ("candidate", "when", "says"),
    [
        ("mate", "{milk: true}", "no candidate `mate`; one of: coffee, tea"),
        ("tea", "{milky: true}", "no question `milky`; did you mean `milk`?"),
    ],
)
def test_a_library_that_does_not_fit_is_told(folder, candidate, when, says):
    (fault,) = folder.faults({"more.yaml": LIBRARY.format(candidate, when)})
    assert fault == f"rules/more.yaml:1: {says}"


def test_a_library_stands_in_a_file_of_its_own_candidate_or_of_none(folder):
    card = "candidate: {id: tea, title: Tea}\n" + LIBRARY.format("coffee", "{milk: true}")
    said = "the file of `tea` has libraries about `coffee`"
    assert any(said in fault for fault in folder.faults({"tea.yaml": card}))
