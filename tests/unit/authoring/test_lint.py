"""Every kind of finding: what is found, on which line, and what is left alone."""

import datetime as dt

import pytest

from recommender.authoring.lint import lint, members, name_of, unanswered_question
from recommender.authoring.lint._context import Context
from recommender.loading.full_pack import WholePack
from recommender.loading.packs import load_pack

from .conftest import PACK, rule

REVIEW = "    review: {{on: 2026-06-01, verdict: {}, because: It is so., {}}}\n"
SOURCE = "{source: page}"


def test_the_base_is_clean(examine):
    assert examine(raw=True) == []


def test_every_kind_has_a_code_a_severity_and_a_documented_example():
    found = members()
    assert len({member.CODE for member in found}) == len(found)
    for member in found:
        assert member.SEVERITY in ("error", "warning", "note")
        assert len((member.__doc__ or "").splitlines()) > 3, member.CODE


def test_a_pack_that_does_not_load(examine):
    assert examine("  - {id: a, criterio: warmth}\n") == [("P000", 2)] * 4


def test_a_folder_that_does_not_exist(tmp_path):
    (finding,) = lint(tmp_path / "nowhere")
    assert (finding.code, finding.what) == ("P000", "there is no such folder")


@pytest.mark.parametrize(
    "when",
    [
        "{season: summer, not: {season: [summer, winter]}}",
        "{hunger: {at_least: 4}, any: [{hunger: 1}, {hunger: 2}]}",
        "{guests: {at_least: 4, at_most: 3}}",
        "{place: {not: {includes: [home, park]}}, not: {place: {not: {includes: home}}}}",
        "{wind: true, cold: false}",  # wind is asked only where it is cold
        "{all: [{place: none}, {place: {includes: train}}]}",
        "{hunger: {at_most: -1}}",
    ],
)
def test_what_can_never_fire(examine, when):
    assert ("P001", 4) in examine(rule("a", when))


@pytest.mark.parametrize(
    "when",
    [
        "{guests: {at_least: 4, at_most: 4}}",
        "{guests: {at_least: 3, at_most: 4}, not: {guests: [3, 4]}}",
        "{place: {includes_all: [home, park, train]}}",
        "{wind: false, cold: true}",
    ],
)
def test_what_can_fire_is_left_alone(examine, when):
    assert "P001" not in dict(examine(rule("a", when)))


def test_a_question_that_is_never_asked(examine):
    head = PACK.replace(
        "type: flag, when: {cold: true}", "type: flag, when: {cold: {not: [true, false]}}"
    )
    found = examine(head=head, raw=True)
    assert ("P001", "the question `wind` can never be asked") in [(f.code, f.what) for f in found]


def test_a_rule_that_gives_nobody_anything(examine):
    review = REVIEW.format("overturned", f"sources: [{SOURCE}]")
    assert ("P002", 2) in examine(rule("a") + review)


def test_a_rule_that_fires_only_where_one_is_left(examine):
    veto = f"constraints:\n  - {{id: v, when: {{cold: true}}, vetoes: [salad], because: No., source: {SOURCE}}}\n"
    assert ("P002", 2) in examine(rule("a", "{cold: true, hunger: 3}"), veto)
    assert ("P002", 2) not in examine(rule("a", "{hunger: 3}"), veto)


def test_a_criterion_that_weighs_nothing(examine):
    found = examine(head=PACK.replace("weight: 5", "weight: 0"), raw=True)
    assert [(f.code, f.place.line) for f in found] == [("P002", 9)]


def test_a_rule_that_says_either_will_do_is_left_alone(examine):
    assert examine(rule("a", favors="{soup: 1, salad: 1}")) == []


@pytest.mark.parametrize(
    "when",
    [
        "{any: [{season: summer}, {season: winter, not: {season: winter}}]}",
        "{any: [{cold: true}, {wind: true, cold: false}]}",
        "{season: summer, hunger: {at_least: 0}}",
        "{season: [summer, winter]}",
        "{any: [{season: summer}, {guests: {at_most: -1}}]}",
        "{guests: {at_least: 0}}",
    ],
)
def test_what_contradicts_itself_or_says_nothing(examine, when):
    assert ("P003", 4) in examine(rule("a", when))


def test_rules_that_always_fire_together(examine):
    rules = rule("a", "{hunger: {at_least: 3}}") + rule("b", "{hunger: {not: {at_most: 2}}}")
    assert examine(rules) == [("P004", 12)]


def test_rules_that_differ_somewhere_are_left_alone(examine):
    assert examine(rule("a", "{hunger: 3}") + rule("b", "{hunger: {at_least: 3}}")) == []


def test_answers_that_nobody_speaks_about(tmp_path, examine):
    examine(rule("a"))
    text = (tmp_path / "rules/base.yaml").read_text()
    (tmp_path / "rules/base.yaml").write_text(text[: text.index("  - id: always")])
    (finding,) = [f for f in lint(tmp_path / "rules") if f.code == "P005"]
    assert finding.what.startswith("no rule speaks about {cold: false, hunger: 0")
    assert finding.place.line == 1


def test_a_candidate_that_a_criterion_leaves_out(examine):
    more = (
        "criteria: [{id: price, title: Price, weight: 1}, {id: taste, title: Taste, weight: 1}]\n"
    )
    rules = rule("a", favors="{soup: 1}").replace("criterion: warmth", "criterion: price")
    found = examine(rules, more, raw=True)
    assert [f.what for f in found] == [
        "no rule of `price` says what `salad` earns",
        "the criterion `taste` has no rule",
    ]


def test_a_statement_without_a_source(examine):
    rules = "\n".join(line for line in rule("a").splitlines() if "source" not in line) + "\n"
    assert examine(rules) == [("P007", 2)]
    assert ("P007", 10) in examine(rule("a") + REVIEW.format("weakened", "favors: {soup: 0.5}"))


def test_a_rule_without_a_silent_test(examine):
    assert examine(rule("a").replace(", {given: {}, expect: silent}", "")) == [("P008", 2)]


def test_a_review_past_its_date(examine):
    rules = rule("a") + REVIEW.format("stands", "expires: 2026-12-31")
    assert examine(rules) == []
    assert examine(rules, as_of=dt.date(2027, 1, 1)) == [("P009", 10)]
    assert examine(rules, as_of=dt.date(2026, 12, 31)) == []
    assert examine(rules, as_of=dt.date(2026, 5, 31)) == [("P009", 10)]


ROUTE = f"routes:\n  - {{candidate: soup, target: home, steps: [pot], maturity: beta, source: {SOURCE}}}\n"


def test_a_route_without_a_check(examine):
    assert examine(more=ROUTE) == [("P010", 2)]
    assert examine(more=ROUTE.replace("beta", "retired")) == []


def test_a_finding_that_is_allowed_with_a_reason(examine):
    assert examine(more=ROUTE.rstrip() + "  # lint: allow P010 no pot is at hand\n") == []
    assert examine(more=ROUTE.replace("\n ", "\n  # lint: allow P010 no pot\n ", 1)) == []
    assert examine(more=ROUTE.rstrip() + "  # lint: allow P010\n") == [("P010", 2)]
    assert examine(more=ROUTE.rstrip() + "  # lint: allow P011 no pot\n") == [("P010", 2)]


def test_a_check_that_does_not_exist(examine):
    rules = rule("a") + "    checks: [taste, tast]\n"
    assert examine(rules, checks={"taste"}) == [("P011", 10)]
    assert examine(rules) == []


def test_a_question_that_no_rule_reads(examine):
    more = 'questions: [{id: colour, ask: "Which?", type: flag}]\n'
    assert examine(more=more) == [("P012", 1)]


def test_a_question_that_decides_nothing(examine):
    more = 'questions:\n  - {id: colour, ask: "Which?", type: flag}\n'
    rules = rule("a", "{any: [{colour: true, hunger: 3}, {colour: false, hunger: 3}]}")
    assert ("P013", 11) in examine(rules, more)


def test_a_criterion_that_collects_too_much(examine):
    assert examine(rule("a", "{hunger: 3}", weight=9), raw=True)[0].code == "P014"
    assert examine(rule("a", "{cold: false}", weight=8), raw=True) == []


def test_rules_that_exclude_each_other_are_not_added_up(examine):
    assert examine(rule("a", "{hunger: 3}", weight=7) + rule("b", "{hunger: 4}", weight=7)) == []


def test_a_document_that_is_graded(tmp_path, examine):
    (tmp_path / "rules/documents").mkdir(parents=True)
    (tmp_path / "rules/documents/soup.txt").write_text("Soup is warm.")
    head = PACK.replace("targets: place", "documents: [{id: d, title: D, file: soup.txt}]")
    cited = rule("a", favors="{soup: 0.5, salad: 0}").replace(
        "{source: page}",
        "{cite: d, says: Soup is warm.}",
    )
    assert examine(cited, head=head) == [("P015", 5)]


@pytest.mark.parametrize(
    "because", ["todo write this.", "It is so", "it is so.", "So " * 61 + "it is.", "XXX."]
)
def test_a_sentence_that_is_not_ready(examine, because):
    assert ("P016", 7) in examine(rule("a", because=because))


@pytest.mark.parametrize(
    "because", ["It is so.", "iOS has it.", ".tflite is read.", "这是真的。", 'He said "so."']
)
def test_a_sentence_that_is_ready(examine, because):
    assert examine(rule("a", because=because)) == []


def test_the_same_reason_twice(examine):
    rules = rule("a", because="It is so.") + rule("b", "{hunger: 3}", because="It is so.")
    assert examine(rules) == [("P016", 15)]


@pytest.mark.parametrize(
    ("when", "mended"),
    [
        ("{season: [summer]}", "{season: summer}"),
        ("{place: {includes: [home]}}", "{place: {includes: home}}"),
        ("{any: [{season: summer}]}", "{season: summer}"),
        ("{hunger: [1, 1, 2]}", "{hunger: [1, 2]}"),
        ("{not: {place: {includes: [home]}}}", "{not: {place: {includes: home}}}"),
    ],
)
def test_what_can_be_written_more_simply(examine, tmp_path, when, mended):
    from recommender.authoring.lint._mending import mend

    text = "# kept\n" + rule("a", when) + "# kept too,   as it is\n"
    found = examine("# kept\n" + rule("a", when), "# kept too,   as it is\n", raw=True)
    assert [f.code for f in found] == ["P017"]
    mend(found, tmp_path / "rules")
    assert (tmp_path / "rules/rules.yaml").read_text() == "rules:\n" + text.replace(when, mended)
    assert lint(tmp_path / "rules") == []


def test_a_missing_full_stop_is_mended(examine, tmp_path):
    from recommender.authoring.lint._mending import mend

    found = examine(
        rule("a", because="It is so") + rule("b", "{hunger: 3}", because='"Also"'), raw=True
    )
    assert [f.code for f in found] == ["P016", "P016"]
    mend(found, tmp_path / "rules")
    text = (tmp_path / "rules/rules.yaml").read_text()
    assert "because: It is so.\n" in text
    assert 'because: "Also."\n' in text


def test_what_is_too_large_is_said_not_to_be_proved(examine):
    choices = ", ".join(f"c{i}: C" for i in range(20))
    more = f'questions: [{{id: many, ask: "Which?", type: many, choices: {{{choices}}}}}]\n'
    rules = "".join(rule(f"r{i}", f"{{many: {{includes: c{i}}}}}", weight=1) for i in range(18))
    found = examine(rules, more, raw=True)
    assert "P018" in {f.code for f in found}
    assert {f.severity for f in found if f.code == "P018"} == {"note"}


def test_names_are_those_of_the_files():
    assert [name_of(member) for member in members()][:3] == [
        "does-not-load",
        "never-fires",
        "never-matters",
    ]


def test_an_overlay_is_blamed_for_its_own_files_alone(tmp_path):
    (tmp_path / "house.yaml").write_text(
        "pack: {id: house, schema: 1, version: 1.0.0, title: House, dated: 2026-11-23, extends: pytorch-vs-tensorflow}\n"
        "rules:\n  - {id: we-like-it, criterion: team, when: {team-experience: {includes: keras}},"
        " favors: {pytorch: 1}, weight: 1, because: We do.}\n"
    )
    assert [(f.code, f.place.line) for f in lint(tmp_path)] == [("P008", 3)]


REFERRAL = """
referrals:
  - id: r
    sentence: First ask whether bread does.
    instead: [bread]
    when: {{season: winter}}
    {more}
    reviewed: 2026-06-01
    tests:
"""
FIRES, SILENT = (
    "      - {given: {season: winter}, expect: fires}\n",
    "      - {given: {season: summer}, expect: silent}\n",
)


@pytest.mark.parametrize(
    ("more", "tests", "codes"),
    [
        ("source: {source: page}", FIRES * 3 + SILENT * 3, []),
        ("source: {source: page}", FIRES * 2 + SILENT * 3, ["P008"]),
        ("source: {source: page}", FIRES * 3 + SILENT * 2, ["P008"]),
        ("volatile: false", FIRES * 3 + SILENT * 3, ["P007"]),
        (
            "source: {source: page}\n    expires: 2026-07-01",
            FIRES * 3 + SILENT * 3,
            ["P009"],
        ),
        (
            "source: {source: page}\n    evidence: documented",
            FIRES * 3 + SILENT * 3,
            ["P019"],
        ),
        (
            "source: {source: page}\n    unless: {season: winter, not: {season: winter}}",
            FIRES * 3 + SILENT * 3,
            ["P001"],
        ),
    ],
)
def test_a_referral_is_held_to_what_a_rule_is(examine, more, tests, codes):
    found = examine(rule("a"), REFERRAL.format(more=more) + tests)
    assert [code for code, _ in found] == codes


POPULATION = """
population:
  - {id: one, source: "https://example.org/one", answers: {cold: true, wind: true, hunger: 1, guests: 2}}
  - {id: two, source: "https://example.org/two", answers: {place: [home]}}
"""


def test_a_question_that_no_reference_project_answers(examine, tmp_path):
    found = examine(rule("a"), POPULATION, raw=True)
    assert [(each.code, each.what) for each in found] == [
        ("P024", "no reference project answers the question `season`")
    ]
    whole = (
        POPULATION + '  - {id: three, source: "https://example.org/x", answers: {season: summer}}\n'
    )
    assert examine(rule("a"), whole) == []


def test_the_questions_of_an_overlay_need_no_reference_project(examine, tmp_path):
    examine(rule("a"), POPULATION.replace("guests: 2", "guests: 2, season: summer"))
    over = tmp_path / "over"
    over.mkdir()
    head = (
        "pack: {id: over, schema: 1, version: 1.0.0, title: O, dated: 2026-11-23, extends: soup}\n"
    )
    (over / "pack.yaml").write_text(head + "questions: [{id: spice, ask: Spicy?, type: flag}]\n")
    pack = load_pack(tmp_path / "rules", overlays=[over])
    context = Context(WholePack(over, pack, pack), dt.date(2026, 11, 23))
    assert list(unanswered_question.check(context)) == []


def test_a_pack_that_never_says_what_a_project_can_change(examine):
    head = PACK.replace("changeable: true, ", "")
    assert "P027" in [found.code for found in examine(head=head, raw=True)]
    assert "P027" not in [found.code for found in examine(raw=True)]
