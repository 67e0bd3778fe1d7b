"""A rule pack in: what it says is kept, and every fault is told at its line with the remedy."""

from __future__ import annotations

import datetime as dt

import pytest

from recommender import PackError, load_pack
from recommender.loading.packs import load_with
from recommender.nouns.condition import All, AnyOf, Test
from recommender.nouns.errors import UsageError
from tests.conftest import ROOT, TOY
from tests.unit.conftest import WHOLE, rule


def test_the_small_pack_is_whole(folder):
    pack = folder.load()
    assert (pack.id, pack.version, pack.dated) == ("small", "1.0.0", dt.date(2026, 11, 23))
    assert list(pack.questions) == ["hour", "where", "cups", "sweet", "milk"]
    assert pack.rules["a"].favors == {"tea": 100}
    assert pack.thresholds.tie == 30
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


@pytest.mark.parametrize(
    ("when", "read"),
    [
        ("{hour: early}", Test("hour", "one_of", ("early",))),
        ("{hour: [early, late]}", Test("hour", "one_of", ("early", "late"))),
        ("{hour: {not: early}}", Test("hour", "one_of", ("early",), negated=True)),
        ("{hour: {not: [early, late]}}", Test("hour", "one_of", ("early", "late"), negated=True)),
        ("{where: {includes: home}}", Test("where", "includes", ("home",))),
        ("{where: {includes_all: [home, work]}}", Test("where", "includes_all", ("home", "work"))),
        ("{where: none}", Test("where", "none")),
        ("{where: []}", Test("where", "none")),
        ("{where: {not: none}}", Test("where", "none", negated=True)),
        ("{cups: {at_least: 2.5}}", Test("cups", "at_least", (2.5,))),
        ("{sweet: {at_most: 3}}", Test("sweet", "at_most", (3,))),
        ("{sweet: 3}", Test("sweet", "one_of", (3,))),
        ("{milk: true}", Test("milk", "one_of", (True,))),
        ("{}", All(())),
        ("{milk: true, sweet: 1}", All((Test("milk", "one_of", (True,)), Test("sweet", "one_of", (1,))))),
        ("{sweet: {at_least: 1, at_most: 3}}", All((Test("sweet", "at_least", (1,)), Test("sweet", "at_most", (3,))))),
        ("{any: [{milk: true}, {sweet: 1}]}", AnyOf((Test("milk", "one_of", (True,)), Test("sweet", "one_of", (1,))))),
        ("{not: {milk: true, sweet: 1}}", AnyOf((Test("milk", "one_of", (True,), negated=True), Test("sweet", "one_of", (1,), negated=True)))),
        ("{not: {}}", AnyOf(())),
    ],
)  # fmt: skip
def test_a_condition_is_read(folder, when, read):
    assert folder.load({"rules.yaml": rule(when=when)}).rules["a"].when == read


@pytest.mark.parametrize(
    ("when", "says"),
    [
        ("", "`when` takes a mapping, not `null`"),
        ("[hour]", "`when` takes a mapping, not [hour]"),
        ("early", "`when` takes a mapping, not `early`"),
        ("{huor: early}", "no question `huor`; did you mean `hour`?"),
        ("{hour: erly}", "`hour` has no answer `erly`; did you mean `early`?"),
        ("{hour: Late}", "`hour` has no answer `Late`; did you mean `late`?"),
        ("{hour: unknown}", "`hour` has no answer `unknown`; one of: early, late"),
        ("{hour: }", "`hour` has no answer `null`; one of: early, late"),
        ("{hour: []}", "the test of `hour` names no answer"),
        ("{hour: {}}", "the test of `hour` is empty"),
        ("{hour: {includes: early}}", "`includes` is for questions of several answers; `hour` takes one; write hour: `early`"),
        ("{hour: {at_least: 1}}", "`at_least` is for questions of type scale or number; `hour` is a choice"),
        ("{hour: {is: early}}", "unknown word `is`; one of: includes, includes_all, at_least, at_most, not"),
        ("{where: home}", "`where` allows several answers; write {includes: `home`}, or `none` for the empty answer"),
        ("{where: [home]}", "`where` allows several answers; write {includes: [home]}, or `none` for the empty answer"),
        ("{where: {includes: []}}", "`includes` names no answer"),
        ("{where: {includes: none}}", "`where` has no answer `none`; one of: home, work"),
        ("{where: {include: home}}", "unknown word `include`; did you mean `includes`?"),
        ("{cups: {at_least: many}}", "`at_least` takes a number, not `many`"),
        ("{cups: {at_least: true}}", "`at_least` takes a number, not `true`"),
        ("{cups: {at_least: .inf}}", "`at_least` takes a number, not `.inf`"),
        ("{sweet: 7}", "`sweet` takes a whole number from 0 to 5, not `7`"),
        ("{milk: yes}", "`milk` takes true or false, not `yes`; did you mean `true`?"),
        ("{any: {milk: true}}", "`any` takes a list of conditions"),
        ("{any: []}", "`any` takes a list of conditions"),
        ("{all: [milk]}", "a condition is a mapping from question to answer; as {goal: research}"),
        ("{not: milk}", "a condition is a mapping from question to answer; as {goal: research}"),
        ("{all: [" + "{any: [{sweet: 1}, {cups: 1}]}, " * 10 + "]}", "`when` is a condition of more than 512 alternatives; split the rule"),
    ],
)  # fmt: skip
def test_a_condition_that_is_none_is_told_with_the_remedy(folder, when, says):
    assert folder.faults({"rules.yaml": rule(when=when)}) == [f"rules/rules.yaml:2: {says}"]


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
        ({"tests": "[{given: {hour: noon}, expect: fires}]"}, "`hour` has no answer `noon`; one of: early, late"),
        ({"tests": "[{given: {hour: early}, expect: true}]"}, "`expect` cannot be `true`; one of: fires, silent, unknown"),
        ({"checks": "[Taste]"}, "`checks` cannot be written `Taste`; use lower-case words joined by hyphens, as `mobile-deployment`"),
    ],
)  # fmt: skip
def test_a_rule_that_does_not_fit_is_told_with_the_remedy(folder, fields, says):
    assert folder.faults({"rules.yaml": rule(**fields)}) == [f"rules/rules.yaml:2: {says}"]


HEAD = WHOLE["pack.yaml"]
QUESTIONS = WHOLE["questions.yaml"]
SOURCES = WHOLE["sources.yaml"]


@pytest.mark.parametrize(
    ("files", "says"),
    [
        # The head.
        ({"pack.yaml": HEAD.replace("schema: 1", "schema: 2")}, "pack.yaml:3: `schema` cannot be `2`; one of: 1"),
        ({"pack.yaml": HEAD.replace("1.0.0", "1.0")}, "pack.yaml:4: `version` takes text, not `1.0`"),
        ({"pack.yaml": HEAD.replace("1.0.0", "v1.0.0")}, "pack.yaml:4: `version` cannot be written `v1.0.0`; write it as 1.0.0"),
        ({"pack.yaml": HEAD.replace("2026-11-23", "0")}, "pack.yaml:6: `dated` takes a date, not `0`; write it as 2026-11-23"),
        ({"pack.yaml": HEAD.replace("where", "whither")}, "pack.yaml:7: no question `whither`; did you mean `where`?"),
        ({"pack.yaml": HEAD.replace("leaflet.txt", "../x.txt")}, "pack.yaml:8: `file` cannot be written `../x.txt`; name a file of the pack's `documents` folder, without a path"),
        ({"pack.yaml": HEAD.replace("leaflet.txt", "x.txt")}, "pack.yaml:8: the document `x.txt` cannot be read; put it as UTF-8 text in the pack's `documents` folder"),
        ({"documents/leaflet.txt": b"\xff\xfe"}, "pack.yaml:8: the document `leaflet.txt` cannot be read; put it as UTF-8 text in the pack's `documents` folder"),
        ({"pack.yaml": HEAD + "  thresholds: {tie: 0.2, close: 0.1}\n"}, "pack.yaml:9: `thresholds`: `tie` is above `close`, so that nothing could be close"),
        ({"pack.yaml": HEAD + "  thresholds: {tie: 0.0301}\n"}, "pack.yaml:9: `tie`: has more than three digits"),
        ({"pack.yaml": HEAD + "  this-machine: {milky: true}\n"}, "pack.yaml:9: no question `milky`; did you mean `milk`?"),
        ({"pack.yaml": HEAD + "  extends: other\n"}, "pack.yaml:9: lies over the pack `other`, and cannot be loaded alone; give it as an overlay"),
        ({"second.yaml": HEAD[: HEAD.index("  documents")]}, "second.yaml:1: a second head; first rules/pack.yaml:1; a pack has one head, and each pack is given once"),
        ({"candidates/mate.yaml": "candidate: {id: mate, title: Mate, home: mate.org}"}, "candidates/mate.yaml:1: `home` cannot be written `mate.org`; write the whole address, https://..."),
        ({"pack.yaml": HEAD.replace("schema: 1", "schema: '1'")}, "pack.yaml:3: `schema` cannot be `1`; write it without the quotes"),
        # Questions.
        ({"more.yaml": "questions: [{id: p, ask: x, type: flag, when: {q: true}}, {id: q, ask: x, type: flag}]"}, "more.yaml:1: the question `q` is asked after this one; ask it earlier"),
        ({"rules.yaml": rule(when="{cups: -1}")}, "rules.yaml:2: `cups` takes a number from 0 up, not `-1`"),
        ({"more.yaml": "questions: [{id: any, ask: x, type: flag}]"}, "more.yaml:1: `any` is a word of conditions; rename it"),
        ({"more.yaml": "questions: [{id: q, ask: x, type: choice}]"}, "more.yaml:1: `q` has no `choices`"),
        ({"more.yaml": "questions: [{id: q, ask: x, type: flag, choices: {a: A}}]"}, "more.yaml:1: `q` is a flag, which has no `choices`"),
        ({"more.yaml": "questions: [{id: q, ask: x, type: many, choices: {none: N}}]"}, "more.yaml:1: `none` is always an answer of `q`; leave it out of `choices`"),
        ({"more.yaml": "questions: [{id: q, ask: x, type: choice, choices: {unknown: U}}]"}, "more.yaml:1: `unknown` is always an answer of `q`; leave it out of `choices`"),
        ({"more.yaml": "questions: [{id: q, ask: x, type: bool}]"}, "more.yaml:1: `type` cannot be `bool`; one of: choice, many, scale, number, flag"),
        ({"questions.yaml": QUESTIONS.replace("type: choice", "type: choice, usual: noon")}, "questions.yaml:2: `hour` has no answer `noon`; one of: early, late"),
        ({"questions.yaml": QUESTIONS.replace("type: choice", "type: choice, when: {milk: true}")}, "questions.yaml:2: the question `milk` is asked after this one; ask it earlier"),
        ({"z.yaml": "questions: [{id: q, ask: x, type: flag, when: {q: true}}]"}, "z.yaml:1: no question `q`; one of: hour, where, cups, sweet, milk, all, any, not"),
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
        # Constraints, routes, facts, examples, locales.
        ({"more.yaml": "constraints: [{id: k, vetoes: [], because: x}]"}, "more.yaml:1: `vetoes` is empty"),
        ({"more.yaml": "constraints: [{id: k, vetoes: [mate], because: x}]"}, "more.yaml:1: no candidate `mate`; one of: coffee, tea"),
        ({"more.yaml": "routes: [{candidate: tea, target: moon, steps: [x], maturity: beta}]"}, "more.yaml:1: no deployment target `moon`; one of: home, work"),
        ({"more.yaml": "routes: [{candidate: tea, target: home, steps: [], maturity: beta}]"}, "more.yaml:1: `steps` is empty"),
        ({"more.yaml": "facts: [{id: f, source: {cite: leaflet, says: Coffee is not.}, verdict: 'true', because: x, rules: [b]}]"}, "more.yaml:1: no rule `b`; one of: a"),
        ({"more.yaml": "facts: [{id: f, source: {cite: leaflet, says: Mate.}, verdict: 'true', because: x}]"}, "more.yaml:1: `leaflet` does not say this; quote it to the letter"),
        ({"more.yaml": "examples: [{project: gone.yaml, expect: {best: tea}}]"}, "more.yaml:1: there is no example project `gone.yaml`; put it under `examples` beside the pack"),
        ({"more.yaml": "examples: [{project: " + "night" * 60 + ".yaml, expect: {best: tea}}]"}, "more.yaml:1: there is no example project `" + "night" * 60 + ".yaml`; put it under `examples` beside the pack"),
        ({"more.yaml": "examples: [{project: ../../gone.yaml, expect: {best: tea}}]"}, "more.yaml:1: `project` cannot be written `../../gone.yaml`; name a .yaml file under `examples`"),
        ({"more.yaml": "phrases: {a: b}"}, "more.yaml:1: `phrases` needs a `locale`; add `locale: zh`"),
        # Overlay keys in the first pack.
        ({"more.yaml": "reweigh: {calm: 3}"}, "more.yaml:1: `reweigh` is for overlay packs; change the entry itself"),
        ({"more.yaml": "retire: {a: x}"}, "more.yaml:1: `retire` is for overlay packs; change the entry itself"),
        # Files that are none.
        ({"more.yaml": ""}, "more.yaml: is empty; write rules in it, or remove it"),
        ({"more.yaml": "- a"}, "more.yaml:1: the top level is a list; begin with a key such as pack, questions, candidate, rates, criteria, constraints and 12 more"),
        ({"more.yaml": "text"}, "more.yaml:1: holds no mapping; begin with a key such as pack, questions, candidate, rates, criteria, constraints and 12 more"),
        ({"more.yaml": "answers: {hour: early}"}, "more.yaml:1: is a project file, not a rule file; give it to `recommender score`, and keep it out of the pack's folder"),
        ({"more.yaml": "rule: []"}, "more.yaml:1: unknown key `rule`; did you mean `rules`?"),
        ({"more.yaml": "rules:"}, "more.yaml:1: `rules` takes a list, not `null`"),
        ({"more.yaml": "rules: {id: a}"}, "more.yaml:1: `rules` takes a list, not a mapping"),
        ({"more.yaml": "rules: []\n---\nrules: []"}, "more.yaml:2: holds several documents; keep one to a file"),
        ({"more.yaml": b"#" * 1_000_001}, "more.yaml: is larger than 1,000,000 bytes; split it"),
        # What a pack cannot do without.
        ({"pack.yaml": None, "documents/leaflet.txt": None}, ": has no `pack:` head; add a pack.yaml with `pack: {id, schema, version, title, dated}`"),
        ({"rules.yaml": None}, ": the pack has no rule"),
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
        "rules/rules.yaml:5: unknown key `colour`; one of: id, criterion, when, favors, weight, because, source, evidence, review, checks, measure, decides and 2 more",
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
