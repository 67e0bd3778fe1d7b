"""Counterfactuals on the toy pack: what they say, what they assume, what they drop."""

import datetime as dt
from dataclasses import replace

import pytest

from benchmarks.synthetic import PLACE, pack_of
from recommender import load_pack, load_profile
from recommender.language import Language
from recommender.nouns.condition import ALWAYS, All, AnyOf, Test, negate
from recommender.nouns.observation import Observation, Observations
from recommender.nouns.pack import Candidate, Constraint, Review, Rule
from recommender.nouns.profile import Profile
from recommender.nouns.question import Question
from recommender.reflecting.change import Change, sentence, worded
from recommender.reflecting.counterfactual import counterfactuals


@pytest.fixture(scope="module")
def pack():
    return load_pack("tests/toy/rules")


def found(pack, most_changes=2, weights=None, **answers):
    profile = load_profile({"answers": answers, "weights": weights or {}}, pack)
    return counterfactuals(profile, pack, most_changes=most_changes)


def test_a_choice_answered_otherwise(pack):
    (first, *_) = found(pack, hour="evening", place=["home"], sugar=0)
    assert first.changes == {"hour": "morning"}
    assert (first.winner, first.outcome, first.instead_of) == ("coffee", "clear", "tea")
    assert first.sentence == (
        "If “When will you drink it?” were answered “In the morning” rather than “In the evening”: "
        "Coffee, clearly."
    )
    assert first.assumed == ()


def test_an_option_added_to_many(pack):
    weights = {"alertness": 0, "comfort": 0}
    (added, *_) = found(pack, 1, weights, place=["home"])
    assert added.changes == {"place": frozenset({"home", "train"})}
    assert (added.steps[0].added, added.steps[0].removed) == ("train", "")
    assert (
        added.sentence
        == "If “Where will you drink it?” also included “On the train”: Coffee, clearly."
    )


def test_an_option_removed_and_what_was_unknown(pack):
    weights = {"alertness": 0, "comfort": 1}
    removed, assumed = found(pack, 1, weights, place=["home", "train"], sugar=0, milk=False)
    assert removed.changes == {"place": frozenset({"home"})}
    assert (removed.steps[0].added, removed.steps[0].removed) == ("", "train")
    assert (
        removed.sentence
        == "If “Where will you drink it?” did not include “On the train”: Tea, narrowly."
    )
    assert (removed.assumed, assumed.assumed) == ((), ("hour",))
    assert assumed.sentence == (
        "If “When will you drink it?” were answered “In the evening”: Tea, narrowly."
    )


def test_an_excluded_candidate_and_an_answer_that_is_dropped(pack):
    told = found(pack, hour="evening", milk=True, **{"oat-milk": True, "no-kettle": True})
    (kettle,) = [each for each in told if set(each.changes) == {"no-kettle"}]
    assert (kettle.winner, kettle.instead_of) == ("tea", "coffee")
    profile = load_profile({"answers": {"hour": "evening", "milk": True, "oat-milk": True}}, pack)
    for each in counterfactuals(profile, pack):
        assert ("oat-milk" in each.dropped) == (each.changes.get("milk") is False)
        load_profile(
            {
                "answers": {
                    k: list(v) if isinstance(v, frozenset) else v
                    for k, v in each.applied_to(profile).answers.items()
                }
            },
            pack,
        )


def test_no_set_contains_a_smaller_one(pack):
    told = found(pack, hour="evening", place=["home"], sugar=0, milk=False)
    alone = [set(each.changes.items()) for each in told if len(each.steps) == 1]
    pairs = [set(each.changes.items()) for each in told if len(each.steps) == 2]
    assert alone
    assert not [pair for pair in pairs if any(one <= pair for one in alone)]


def test_what_was_not_tried_is_said(pack):
    profile = load_profile({"answers": {"hour": "evening", "place": ["home"]}}, pack)
    assert all(each.complete for each in counterfactuals(profile, pack))
    few = counterfactuals(profile, pack, bound=1)
    assert few
    assert not any(each.complete for each in few)
    assert counterfactuals(profile, pack, most_changes=0) == ()


def test_two_options_are_two_changes(pack):
    weights = {"alertness": 0, "comfort": 0}
    (moved,) = [
        each for each in found(pack, 2, weights, place=["train"])
        if each.changes == {"place": frozenset({"home"})}
    ]  # fmt: skip
    assert {(step.added, step.removed) for step in moved.steps} == {("home", ""), ("", "train")}
    assert all(len(each.steps) == 1 for each in found(pack, 1, weights, place=["train"]))


def test_the_answers_that_a_change_rules_out_are_dropped(pack):
    answers = {"hour": "morning", "milk": True, "oat-milk": True, "place": ["home"]}
    told = found(pack, weights={"alertness": 0}, **answers)
    (black,) = [each for each in told if each.changes == {"milk": False}]
    assert black.dropped == ("oat-milk",)
    assert black.applied_to(load_profile({"answers": answers}, pack)).answers.keys() == {
        "hour",
        "milk",
        "place",
    }
    kept = [each for each in told if "milk" not in each.changes]
    assert kept
    assert {each.dropped for each in kept} == {()}


XYZ = {"x": "X", "y": "Y", "z": "Z"}
ONE_Y = AnyOf((Test("q0", "includes", ("y",)), Test("q0", "includes_all", ("x", "z"))))


def small_pack(when, **more):
    """Build a pack in which `c1` overtakes `c0` where `when` holds."""
    plain = pack_of(questions=3, rules=0, constraints=0)
    common = {"criterion": "k0", "weight": 10, "because": "", "place": PLACE}
    always = Rule("always", when=ALWAYS, favors={"c0": 50}, **common)
    then = Rule("then", when=when, favors={"c1": 100}, **common, **more)
    return replace(plain, rules={"always": always, "then": then}, this_machine=ALWAYS)


def test_a_bound_that_is_just_enough_leaves_nothing_untried():
    pack, profile = small_pack(Test("q0", "one_of", ("a1",))), Profile({"q0": "a0"})
    (one,) = counterfactuals(profile, pack, bound=1)  # no condition tells a2 from a0
    assert one.complete
    assert counterfactuals(profile, pack, bound=0) == ()


def many_pack(when):
    return replace(
        small_pack(when), questions={"q0": Question("q0", "?", "many", PLACE, choices=XYZ)}
    )


def test_each_option_of_many_is_a_change_of_its_own():
    both = many_pack(Test("q0", "includes_all", ("x", "y")))
    none = Profile({"q0": frozenset()})
    assert counterfactuals(none, both, most_changes=1) == ()
    (pair,) = counterfactuals(none, both)
    assert [step.added for step in pair.steps] == ["x", "y"]
    found = counterfactuals(none, many_pack(ONE_Y))
    assert [[step.added for step in each.steps] for each in found] == [["y"], ["x", "z"]]


def test_two_changes_are_tried_unless_more_are_asked_for():
    pack = small_pack(All(tuple(Test(f"q{i}", "one_of", ("a1",)) for i in range(3))))
    profile = Profile(dict.fromkeys(("q0", "q1", "q2"), "a0"))
    assert counterfactuals(profile, pack) == ()
    (three,) = counterfactuals(profile, pack, most_changes=3)
    assert len(three.steps) == 3
    nearly = profile.answering({**profile.answers, "q0": "a1"})
    assert [len(each.steps) for each in counterfactuals(nearly, pack)] == [2]


def test_what_either_of_two_changes_spoils_both_together_may_keep():
    plain = small_pack(ALWAYS)
    q0, q1 = (Test(name, "one_of", ("a1",)) for name in ("q0", "q1"))
    alike = AnyOf((All((q0, q1)), All((negate(q0), negate(q1)))))
    conditions = {"q0": (q0, 50), "q1": (q1, 50), "alike": (alike, 90)}
    rules = {
        name: replace(plain.rules["then"], id=name, when=when, favors={"c1": share})
        for name, (when, share) in conditions.items()
    }
    ahead = replace(plain.rules["always"], favors={"c0": 75}, weight=20)
    pack = replace(plain, rules={"always": ahead, **rules})
    (both,) = counterfactuals(Profile({"q0": "a0", "q1": "a0"}), pack)
    assert both.changes == {"q0": "a1", "q1": "a1"}


def test_two_options_and_another_answer_are_three_changes():
    both = All((Test("q0", "includes_all", ("x", "y")), Test("q1", "one_of", ("a1",))))
    pack = many_pack(both)
    q1 = small_pack(both).questions["q1"]
    pack = replace(pack, questions={**pack.questions, "q1": q1})
    profile = Profile({"q0": frozenset(), "q1": "a0"})
    assert counterfactuals(profile, pack) == ()
    (three,) = counterfactuals(profile, pack, most_changes=3)
    assert [(step.question, step.added) for step in three.steps] == [
        ("q0", "x"),
        ("q0", "y"),
        ("q1", ""),
    ]


def test_an_option_and_an_answer_to_the_question_that_it_opens():
    pack = many_pack(Test("q1", "one_of", ("a1",)))
    asked = {"a0": "A0", "a1": "A1"}
    opened = Question(
        "q1", "?", "choice", PLACE, choices=asked, when=Test("q0", "includes", ("x",))
    )
    pack = replace(pack, questions={**pack.questions, "q1": opened})
    (both,) = counterfactuals(Profile({"q0": frozenset()}), pack)
    assert both.changes == {"q0": frozenset({"x"}), "q1": "a1"}
    assert both.assumed == ("q1",)


def test_an_answer_may_make_what_was_observed_count():
    pack = replace(
        small_pack(ALWAYS, checks=("check",)), this_machine=Test("q0", "one_of", ("a1",))
    )
    seen = Observations.of([Observation("check", "c1", "refuted")])
    found = counterfactuals(Profile({"q0": "a0"}), pack, lens="measured", observations=seen)
    assert [(each.changes, each.winner) for each in found] == [({"q0": "a1"}, "c0")]


def adding(pack, *favors):
    """Let more rules favor `c1`, each written as (share, when)."""
    then = pack.rules["then"]
    more = {
        f"more-{n}": replace(then, id=f"more-{n}", when=when, favors={"c1": share})
        for n, (share, when) in enumerate(favors)
    }
    return replace(pack, rules={"always": pack.rules["always"], **more})


def test_two_options_may_each_bring_half_and_leave_what_three_do():
    flags = [Test(f"q{number}", "one_of", ("a1",)) for number in (1, 2)]
    x, y, z = (Test("q0", "includes", (option,)) for option in "xyz")
    halves = adding(many_pack(ALWAYS), (30, x), (30, y))
    (pair,) = counterfactuals(Profile({"q0": frozenset({"z"})}), halves)
    assert [step.added for step in pair.steps] == ["x", "y"]
    plain = small_pack(ALWAYS)
    pack = replace(
        adding(plain, (30, x), (30, y), (20, z), (20, flags[0]), (15, flags[1])),
        questions={**plain.questions, "q0": Question("q0", "?", "many", PLACE, choices=XYZ)},
    )
    profile = Profile({"q0": frozenset(), "q1": "a0", "q2": "a0"})
    found = counterfactuals(profile, pack, most_changes=3)
    assert [" ".join(s.added or s.question for s in each.steps) for each in found] == [
        "x y", "x q1 q2", "y q1 q2", "z q1 q2", "x z q1", "x z q2", "y z q1", "y z q2",
    ]  # fmt: skip


def test_what_two_questions_decide_counts_beside_a_third():
    one, two, three = (Test(f"q{number}", "one_of", ("a1",)) for number in range(3))
    pack = adding(small_pack(ALWAYS), (40, All((one, two))), (20, three))
    (found,) = counterfactuals(Profile({"q0": "a0", "q1": "a0", "q2": "a0"}), pack, most_changes=3)
    assert set(found.changes) == {"q0", "q1", "q2"}


def test_an_answer_behind_a_gate_is_tried_with_each_that_may_open_it():
    plain = small_pack(Test("q1", "one_of", ("a1",)))
    opened = replace(plain.questions["q1"], when=Test("q0", "one_of", ("a2",)))
    told = Rule("told", "k0", Test("q0", "one_of", ("a1",)), {"c0": 1}, 1, "", PLACE)
    pack = replace(
        plain, questions={**plain.questions, "q1": opened}, rules={**plain.rules, "told": told}
    )
    (both,) = counterfactuals(Profile({"q0": "a0"}), pack)
    assert both.changes == {"q0": "a2", "q1": "a1"}


def test_who_is_excluded_wins_by_no_points():
    plain = small_pack(Test("q0", "one_of", ("a1",)))
    out = Constraint("no-c1", Test("q1", "one_of", ("a1",)), ("c1",), "", PLACE)
    pack = replace(plain, constraints={"no-c1": out})
    (one,) = counterfactuals(Profile({"q0": "a0", "q1": "a0"}), pack)
    assert one.changes == {"q0": "a1"}
    found = counterfactuals(Profile({"q0": "a0", "q1": "a1"}), pack)
    assert found
    assert {each.changes["q0"] for each in found} == {"a1"}
    assert all(each.changes["q1"] != "a1" for each in found)


def test_who_is_left_may_win_whoever_else_is_excluded():
    plain = small_pack(Test("q0", "one_of", ("a1",)))
    out = Constraint("never-c2", ALWAYS, ("c2",), "", PLACE)
    third = {**plain.candidates, "c2": Candidate("c2", "c2", PLACE)}
    pack = replace(plain, candidates=third, constraints={"never-c2": out})
    (one,) = counterfactuals(Profile({"q0": "a0"}), pack)
    assert (one.changes, one.winner, one.instead_of) == ({"q0": "a1"}, "c1", "c0")


def test_the_day_and_what_was_observed_count():
    review = Review(dt.date(2026, 2, 2), "overturned", "", PLACE)
    if_q0 = Test("q0", "one_of", ("a1",))
    profile = Profile({"q0": "a0"})
    pack = small_pack(if_q0, review=review)
    assert counterfactuals(profile, pack) == ()
    (one,) = counterfactuals(profile, pack, as_of=dt.date(2026, 2, 1))
    assert one.changes == {"q0": "a1"}
    pack = small_pack(if_q0, checks=("check",))
    seen = Observations.of([Observation("check", "c1", "refuted")])
    assert counterfactuals(profile, pack, lens="measured", observations=seen) == ()
    assert len(counterfactuals(profile, pack, lens="measured")) == 1
    assert len(counterfactuals(profile, pack, observations=seen)) == 1


def test_a_sentence_can_be_said_in_another_language(pack):
    class Shouting(Language):
        def phrase(self, key, **values):
            return super().phrase(key, **values).upper()

    (first, *_) = found(pack, hour="evening", place=["home"], sugar=0)
    said = sentence(first.steps, first.winner, first.outcome, Shouting(pack))
    assert said == first.sentence.upper()


def test_what_is_added_to_none_is_a_new_answer():
    """Nothing may stand beside “none”, so that nothing can be included besides."""
    language = Language(load_pack(), "en")
    step = Change("targets", frozenset(), frozenset({"edge-tpu"}), added="edge-tpu")
    told = worded(step, language)
    assert told.startswith("“Where will the trained model run?” were answered “A Coral Edge TPU”")
    step = Change("targets", frozenset({"server"}), frozenset({"server", "edge-tpu"}), "edge-tpu")
    assert "also included “A Coral Edge TPU”" in worded(step, language)
