"""Open answers are completed from projects like this one, the same way on every machine."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recommender import load_pack, load_profile
from recommender.judging.completion import AGREEING, DIFFERING, answer_tables, complete
from recommender.judging.program import program_of
from recommender.nouns.condition import holds
from recommender.nouns.errors import Place
from recommender.nouns.population import ReferenceProject
from tests.conftest import ROOT
from tests.laws.packs import packs, profiles

PACK = load_pack()
PANEL = sorted((ROOT / "tests" / "pack" / "panel").glob("*.yaml"))


def project(name, answers, cluster=None):
    return ReferenceProject(name, cluster or name, answers, "https://example.org", Place("x"))


def share(found, question, answer):
    rows = zip(found.answers[question], found.weights, strict=True)
    return sum(weight for each, weight in rows if each == answer) / sum(found.weights)


@settings(max_examples=60)
@given(st.data())
def test_nothing_stays_unknown_and_no_answer_changes(data):
    pack = data.draw(packs(questions=(1, 4), candidates=(2, 3)))
    profile = data.draw(profiles(pack))
    others = [data.draw(profiles(pack)) for _ in range(3)]
    population = tuple(project(f"p{i}", each.answers) for i, each in enumerate(others))
    found = complete(replace(pack, population=population), profile.answers)
    assert set(found.answers) == set(pack.questions) - set(profile.answers)
    for state in found.states:
        fires, possible, *_ = program_of(pack).program.conclude(state)
        assert fires == possible


@pytest.mark.parametrize("path", PANEL[::8], ids=lambda path: path.stem)
def test_no_completion_rules_out_an_answer_that_was_given(path):
    profile = load_profile(str(path), PACK)
    found = complete(PACK, profile.answers)
    asked = [PACK.questions[name].when for name in profile.answers]
    for number in range(len(found.weights)):
        whole = {**profile.answers, **{q: each[number] for q, each in found.answers.items()}}
        assert all(when is None or holds(when, whole) is not False for when in asked)


@settings(max_examples=200)
@given(st.data())
def test_no_answer_is_completed_that_never_goes_together_with_those_that_were_given(data):
    pack = data.draw(packs(questions=(2, 4), candidates=(2, 2), population=True))
    answers = data.draw(profiles(pack)).answers
    found = complete(pack, answers)
    for name, chosen in found.answers.items():
        values = answer_tables(pack)[name].values
        bad = {value for value in values if _contradicts(pack, {**answers, name: value}, answers)}
        assert bad == {*values} or not bad & {*chosen}


def _contradicts(pack, whole, answers):
    together = any(holds(each, whole) is True for each in pack.never_together)
    asked = [pack.questions[name].when for name in answers]
    return together or any(when is not None and holds(when, whole) is False for when in asked)


TF1 = frozenset({"tensorflow-1"})


def test_a_rewrite_is_not_due_where_nothing_may_go_into_a_change():
    kept = complete(PACK, {"existing-code": TF1, "migration-budget": "nothing"}).answers
    assert {*kept["rewrite-due"]} == {False}
    moved = complete(PACK, {"existing-code": TF1, "rewrite-due": True}).answers
    assert "nothing" not in moved["migration-budget"]
    open_ = complete(PACK, {"existing-code": TF1}).answers
    assert {*open_["rewrite-due"]} == {True, False}
    both = {"existing-code": TF1, "migration-budget": "nothing", "rewrite-due": True}
    assert complete(PACK, both).weights  # who gives both is taken at their word


def test_what_is_alike_weighs_more_than_what_differs():
    pack = load_pack("tests/toy/rules")
    pack = replace(
        pack,
        population=(
            project("same", {"hour": "evening", "milk": True}),
            project("other", {"hour": "morning", "milk": False}),
            project("silent", {"milk": False}),
        ),
    )
    same, other, silent = complete(pack, {"hour": "evening"}).weights
    assert same > silent > other
    # So many sixteenths of a doubling stand in the table.
    assert same / silent == pytest.approx(2 ** (AGREEING / 16), abs=0.01)
    assert same / other == pytest.approx(2 ** ((AGREEING - DIFFERING) / 16), abs=0.01)


def test_a_project_does_not_vote_for_itself_nor_does_its_cluster():
    own = {"hour": "evening", "sugar": 5}
    pack = replace(
        load_pack("tests/toy/rules"),
        population=(
            project("own", own, "house"),
            project("sibling", own, "house"),
            project("stranger", {"hour": "evening", "sugar": 1}),
        ),
    )
    assert share(complete(pack, {"hour": "evening"}), "sugar", 5) > 0.5
    assert 5 not in complete(pack, {"hour": "evening"}, without="house").answers["sugar"]


def test_where_the_only_cluster_is_left_out_it_is_as_if_there_were_no_population():
    pack = load_pack("tests/toy/rules")
    alone = replace(pack, population=(project("own", {"hour": "evening", "sugar": 5}, "house"),))
    found = complete(alone, {"hour": "evening"}, without="house")
    none = complete(pack, {"hour": "evening"})
    assert found.weights == none.weights
    assert found.answers["milk"] == none.answers["milk"]


def test_what_nobody_answers_is_as_the_pack_says_it_usually_is():
    pack = load_pack("tests/toy/rules")
    cups = replace(pack.questions["cups"], usual=2)
    pack = replace(
        pack,
        questions={**pack.questions, "cups": cups},
        population=(project("one", {"hour": "evening"}),),
    )
    found = complete(pack, {"hour": "evening"})
    assert found.answers["cups"] == (2,)
    assert found.usual["cups"] == 1000


CHIP, PHONE = frozenset({"microcontroller"}), frozenset({"android"})
TFLITE, TORCH = frozenset({"tflite"}), frozenset({"pytorch"})
VENDOR = {"fixed-artefact": frozenset({"vendor-toolchain"})}


def formats(*population):
    """Complete which formats the toolchain of a microcontroller takes, from these projects."""
    pack = replace(PACK, population=population)
    answers = {"targets": CHIP, "goal": "product", **VENDOR}
    return complete(pack, answers).answers["fixed-formats"]


def test_a_project_elsewhere_does_not_tell_which_formats_a_chip_takes():
    chip = project("chip", {"targets": CHIP, **VENDOR, "fixed-formats": TORCH})
    phone = {"targets": PHONE, "goal": "product", **VENDOR, "fixed-formats": TFLITE}
    assert formats(chip, project("phone", phone)) == (TORCH, TORCH)
    assert formats(project("phone", phone)) == (TFLITE,)


def test_who_was_not_asked_is_not_silent():
    chip = project("chip", {"targets": CHIP, **VENDOR, "fixed-formats": TORCH})
    unasked = project("unasked", {"targets": CHIP, "fixed-artefact": frozenset()})
    silent = project("silent", {"targets": CHIP, **VENDOR})
    assert formats(chip, unasked) == (TORCH, TORCH)
    usual = PACK.questions["fixed-formats"].usual
    assert usual in formats(chip, *[silent] * 5)


def test_the_most_alike_does_not_fill_in_for_all_others_alone():
    near = project("near", {"hour": "evening", "milk": True, "sugar": 5})
    far = [project(f"far{i}", {"hour": "morning", "milk": True, "sugar": 1}) for i in range(3)]
    silent = [project(f"silent{i}", {"milk": True}) for i in range(40)]
    pack = replace(load_pack("tests/toy/rules"), population=(near, *far, *silent))
    found = complete(pack, {"hour": "evening", "milk": True})
    filled = found.answers["sugar"][4:]
    # By their weights 64 % of these would be 5; by the square roots 44 % are.
    assert 0.3 < filled.count(5) / len(filled) < 0.55


def test_the_population_says_nothing_of_how_a_project_ended():
    text = (ROOT / "rules" / "population" / "projects.yaml").read_text(encoding="utf-8")
    assert "recorded" not in text
    assert len(PACK.population) == len(PANEL)
    for path in PANEL:
        answers = load_profile(str(path), PACK).answers
        assert {p.id: p.answers for p in PACK.population}[path.stem] == answers


def test_every_question_has_a_usual_answer():
    assert [q.id for q in PACK.questions.values() if q.usual is None] == []
