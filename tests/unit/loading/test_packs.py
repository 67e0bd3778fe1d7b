"""A rule pack in: what it says is kept, and every fault is told at its line with the remedy."""

from __future__ import annotations

import datetime as dt

import pytest

from recommender import PackError, load_pack
from recommender.loading.packs import load_with
from recommender.nouns.errors import UsageError
from tests.conftest import ROOT, TOY
from tests.unit.conftest import WHOLE, rule


def test_the_small_pack_is_whole(folder):
    pack = folder.load()
    assert (pack.id, pack.version, pack.dated) == ("small", "1.0.0", dt.date(2026, 11, 23))
    assert list(pack.questions) == ["hour", "where", "cups", "sweet", "milk"]
    assert pack.rules["a"].favors == {"tea": 100}
    assert pack.thresholds.known == 600
    assert pack.documents["leaflet"].text.startswith("Tea is calm.")


def test_a_source_is_registered_once_and_cited_by_its_id(folder):
    cited = "[{source: study, excerpt: calm}, {source: study}, {cite: leaflet, says: Tea is calm.}]"
    pack = folder.load({"rules.yaml": rule(source=cited)})
    source = pack.sources["study"]
    assert (source.title, source.url, source.publisher) == ("A study", "https://x.org", "X")
    assert (source.interested, source.read) == (True, dt.date(2026, 1, 2))
    assert (source.published, source.version) == (None, "")
    said = source.excerpts["calm"]
    assert (said.id, said.text, said.before, said.after) == (
        "calm", "Tea calms.", "", "Not all of it does.",
    )  # fmt: skip
    assert [(c.source, c.excerpt, c.cite) for c in pack.rules["a"].sources] == [
        ("study", "calm", ""), ("study", "", ""), ("", "", "leaflet"),
    ]  # fmt: skip


def test_what_a_reader_found_stands_beside_a_statement(folder):
    found = "{on: 2026-05-01, verdict: partly, sentence: Tea calms.}"
    checked = folder.load({"rules.yaml": rule(checked=found)}).rules["a"].checked
    assert (checked.on, checked.verdict) == (dt.date(2026, 5, 1), "partly")
    assert checked.sentence == "Tea calms."
    unseen = folder.load({"rules.yaml": rule(checked="{on: 2026-05-01, verdict: not-found}")})
    assert unseen.rules["a"].checked.sentence == ""
    assert folder.load().rules["a"].checked is None


def test_a_candidate_brings_its_own_sources_and_takes_them_with_it(folder):
    own = (
        SOURCES.replace("study", "mate-study")
        + "candidate: {id: mate, title: Mate, optional: true}\n"
    )
    files = {
        "mate.yaml": own
        + "routes: [{candidate: mate, target: home, steps: [x], maturity: beta, source: {source: mate-study}}]"
    }
    assert list(folder.load(files).sources) == ["study"]
    assert list(folder.load(files, with_=["mate"]).sources) == ["mate-study", "study"]


HEAD = WHOLE["pack.yaml"]
QUESTIONS = WHOLE["questions.yaml"]
SOURCES = WHOLE["sources.yaml"]


@pytest.mark.parametrize(
    ("files", "says"),
    [
        # Questions.
        ({"more.yaml": "questions: [{id: p, ask: x, type: flag, when: {q: true}}, {id: q, ask: x, type: flag}]"}, "more.yaml:1: the question `q` is asked after this one; ask it earlier"),
        ({"rules.yaml": rule(when="{cups: -1}")}, "rules.yaml:2: `cups` takes a number from 0 up, not `-1`"),
        ({"more.yaml": "questions: [{id: any, ask: x, type: flag}]"}, "more.yaml:1: `any` is a word of conditions; rename it"),
        ({"more.yaml": "questions: [{id: q, ask: x, type: choice}]"}, "more.yaml:1: `q` has no `choices`"),
        ({"more.yaml": "questions: [{id: q, ask: x, type: flag, choices: {a: A}}]"}, "more.yaml:1: `q` is a flag, which has no `choices`"),
        ({"more.yaml": "questions: [{id: q, ask: x, type: many, choices: {none: N}}]"}, "more.yaml:1: `none` is always an answer of `q`; leave it out of `choices`"),
        ({"more.yaml": "questions: [{id: q, ask: x, type: choice, choices: {unknown: U}}]"}, "more.yaml:1: `unknown` is always an answer of `q`; leave it out of `choices`"),
        ({"more.yaml": "questions: [{id: q, ask: x, type: bool}]"}, "more.yaml:1: `type` cannot be `bool`; one of: choice, many, scale, number, flag"),
        ({"questions.yaml": QUESTIONS.replace("type: choice", "type: choice, usual: noon")}, "questions.yaml:2: `hour` has no answer `noon`; one of: early, late, unknown"),
        ({"questions.yaml": QUESTIONS.replace("type: choice", "type: choice, when: {milk: true}")}, "questions.yaml:2: the question `milk` is asked after this one; ask it earlier"),
        ({"z.yaml": "questions: [{id: q, ask: x, type: flag, when: {q: true}}]"}, "z.yaml:1: no question `q`; one of: hour, where, cups, sweet, milk, all, any, not"),
        # Constraints, routes, facts, examples, locales.
        ({"more.yaml": "constraints: [{id: k, vetoes: [], because: x}]"}, "more.yaml:1: `vetoes` is empty"),
        ({"more.yaml": "constraints: [{id: k, vetoes: [mate], because: x}]"}, "more.yaml:1: no candidate `mate`; one of: coffee, tea"),
        ({"more.yaml": "routes: [{candidate: tea, target: moon, steps: [x], maturity: beta}]"}, "more.yaml:1: no deployment target `moon`; one of: home, work"),
        ({"more.yaml": "routes: [{candidate: tea, target: home, steps: [], maturity: beta}]"}, "more.yaml:1: `steps` is empty"),
        ({"more.yaml": "facts: [{id: f, source: {cite: leaflet, says: Coffee is not.}, verdict: 'true', because: x, rules: [b]}]"}, "more.yaml:1: no rule `b`; one of: a"),
        ({"more.yaml": "facts: [{id: f, source: {cite: leaflet, says: Mate.}, verdict: 'true', because: x}]"}, "more.yaml:1: `leaflet` does not say this; quote it to the letter"),
        ({"more.yaml": "examples: [{project: gone.yaml, expect: {best: tea}}]"}, "more.yaml:1: there is no example project `gone.yaml`; put it under `examples` beside the pack"),
        ({"more.yaml": "examples: [{project: " + "night" * 60 + ".yaml, expect: {best: tea}}]"}, "more.yaml:1: there is no example project `" + "night" * 60 + ".yaml`; put it under `examples` beside the pack"),
        ({"more.yaml": "examples: [" + ", ".join(f"{{project: {each}.yaml, expect: {{best: tea}}}}" for each in "abcd") + "]"}, "more.yaml:1: there are no example projects: `a.yaml` and 3 more; put them under `examples` beside the pack, as where it was copied from"),
        ({"more.yaml": "examples: [{project: ../../gone.yaml, expect: {best: tea}}]"}, "more.yaml:1: `project` cannot be written `../../gone.yaml`; name a .yaml file under `examples`"),
        ({"more.yaml": "phrases: {a: b}"}, "more.yaml:1: `phrases` needs a `locale`; add `locale: zh`"),
        # Files that are none.
        ({"more.yaml": ""}, "more.yaml: is empty; write rules in it, or remove it"),
        ({"more.yaml": "- a"}, "more.yaml:1: the top level is a list; begin with a key such as pack, questions, candidate, rates, criteria, constraints and 20 more"),
        ({"more.yaml": "text"}, "more.yaml:1: holds no mapping; begin with a key such as pack, questions, candidate, rates, criteria, constraints and 20 more"),
        ({"more.yaml": "answers: {hour: early}"}, "more.yaml:1: is a project file, not a rule file; give it to `recommender score`, and keep it out of the pack's folder"),
        ({"more.yaml": "rule: []"}, "more.yaml:1: unknown key `rule`; did you mean `rules`?"),
        ({"more.yaml": "rules:"}, "more.yaml:1: `rules` takes a list, not `null`"),
        ({"more.yaml": "rules: {id: a}"}, "more.yaml:1: `rules` takes a list, not a mapping"),
        ({"more.yaml": "rules: []\n---\nrules: []"}, "more.yaml:2: holds several documents; keep one to a file"),
        ({"more.yaml": b"#" * 1_000_001}, "more.yaml: is larger than 1,000,000 bytes; split it"),
    ],
)  # fmt: skip
def test_a_pack_that_does_not_hold_together_is_told_with_the_remedy(folder, files, says):
    assert [each.removeprefix("rules").lstrip("/") for each in folder.faults(files)] == [says]


def test_all_faults_of_all_files_are_told_at_once_in_their_order(folder):
    files = {
        "rules.yaml": "rules:\n  - id: a\n    weight: 99\n    criterion: calm\n    colour: red\n",
        "tea.yaml": "candidate:\n  id: tea\n  titel: Tea\n",
    }
    assert folder.faults(files) == [
        "rules/rules.yaml:2: `because` is missing; add `because:`",
        "rules/rules.yaml:3: `weight` must be at most 10, not `99`",
        "rules/rules.yaml:5: unknown key `colour`; one of: id, criterion, when, favors, weight, because, source, evidence, review, checks, measure, decides, volatile, checked, holds, tests",
        "rules/tea.yaml:1: `title` is missing; add `title:`",
        "rules/tea.yaml:3: unknown key `titel`; did you mean `title`?",
    ]


def test_a_file_that_cannot_be_read_brings_no_faults_that_only_follow_from_it(folder):
    assert (
        len(
            folder.faults(
                {"questions.yaml": "questions: [", "rules.yaml": rule(when="{milk: true}")}
            )
        )
        == 1
    )


@pytest.mark.parametrize("name", ["second", "pack", "zz/deeper/still"])
def test_a_pack_is_the_same_however_its_files_are_cut_and_called(folder, name, tmp_path):
    one = folder.load()
    united = "".join(
        text for path, text in WHOLE.items() if path.endswith(".yaml") and "candidate" not in text
    )
    whole = {path: None for path in WHOLE if path.endswith(".yaml")}
    cut = {
        **whole,
        f"{name}.yml": united,
        "z.yaml": WHOLE["tea.yaml"],
        "y.yaml": WHOLE["coffee.yaml"],
    }
    for path in WHOLE:
        (tmp_path / "rules" / path).unlink()
    two = folder.load(cut)
    for family in ("questions", "candidates", "criteria", "rules"):
        assert list(getattr(one, family)) == list(getattr(two, family))


def test_optional_candidates_join_only_when_asked_for(toy, toy_with_cocoa):
    assert "cocoa" not in toy.candidates
    assert not any("cocoa" in name for name in (*toy.rules, *toy.constraints))
    assert {"cocoa-loves-milk"} == set(toy_with_cocoa.rules) - set(toy.rules)
    assert toy_with_cocoa.rules["evenings-want-calm"].rates == {"cocoa": 80}
    assert toy.digest != toy_with_cocoa.digest
    with pytest.raises(UsageError, match="no candidate `cola`; did you mean `cocoa`"):
        load_pack(TOY, with_=["cola"])


def test_the_shipped_pack_is_whole_and_again_is_refused():
    assert len(load_pack().rules) > 20
    for folder in ("rules", "rules/", "tests/../rules"):
        with pytest.raises(PackError, match="is the main pack again"):
            load_with([str(ROOT / folder)])
