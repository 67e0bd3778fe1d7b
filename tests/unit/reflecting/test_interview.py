"""What the interview asks on the toy pack, what it never asks, and when it stops."""

import pytest

from recommender import load_pack, load_profile
from recommender.judging.case import Case
from recommender.nouns.observation import Observation, Observations
from recommender.reflecting import interview
from recommender.reflecting.interview import enough, next_question
from recommender.reflecting.proof import settled


@pytest.fixture(scope="module")
def pack():
    return load_pack("tests/toy/rules")


def profile(pack, weights=None, **answers):
    return load_profile({"answers": answers, "weights": weights or {}}, pack)


def test_what_decides_most_is_asked_first(pack):
    inquiry = next_question(profile(pack), pack)
    assert inquiry.question == "hour"
    assert 0 < inquiry.gain <= 10_000 - inquiry.support
    assert inquiry.open == (
        "hour", "place", "sugar", "cups", "milk", "oat-milk", "no-kettle", "my-kitchen",
    )  # fmt: skip


def test_a_question_waits_for_its_gate_and_falls_with_it(pack):
    asked = walk(pack, {"hour": "morning", "milk": True})
    assert asked.index("milk") < asked.index("oat-milk") if "oat-milk" in asked else True
    assert "oat-milk" not in walk(pack, {"hour": "morning", "milk": False})


def test_a_question_that_no_rule_hangs_on_is_not_asked(pack):
    # Cups only count together with home and office; a train has already decided that rule.
    known = profile(pack, hour="morning", place=["train"])
    asked = []
    while (inquiry := next_question(known, pack, skipped=asked)) is not None:
        asked.append(inquiry.question)
    assert "cups" not in asked


def test_what_the_user_does_not_know_is_not_asked_again(pack):
    assert next_question(profile(pack), pack, skipped=["hour"]).question != "hour"
    assert next_question(profile(pack), pack, skipped=list(pack.questions)) is None


def test_a_proof_says_what_is_settled_and_what_could_still_change_it(pack):
    done = profile(pack, hour="evening", place=["home"], sugar=0, **{"no-kettle": False})
    proof = settled(done, pack)
    assert (proof.settled, proof.leader) == (True, "tea")
    assert proof.counterexample is None
    assert next_question(done, pack) is None
    early = settled(profile(pack, hour="evening"), pack)
    assert not early.settled
    assert early.counterexample["no-kettle"] is True


def test_a_possible_exclusion_keeps_the_interview_going(pack):
    known = profile(
        pack, hour="evening", place=["home"], sugar=0, cups=1, milk=False, **{"my-kitchen": False}
    )
    assert next_question(known, pack).question == "no-kettle"
    assert not enough(Case.of(known, pack))
    done = profile(pack, hour="evening", place=["home"], sugar=0, **{"no-kettle": False})
    assert enough(Case.of(done, pack))


def test_a_proof_that_needs_more_cases_than_allowed_is_open(pack):
    done = profile(pack, hour="evening", place=["home"], sugar=0, **{"no-kettle": False})
    assert not settled(done, pack, cases=0).settled
    assert settled(done, pack, cases=0).counterexample is None


def test_whether_observations_count_is_asked_where_it_matters(pack):
    known = profile(pack, hour="evening", place=["home"], sugar=0, **{"no-kettle": False})
    seen = Observations.of([Observation("taste", "tea", "refuted")])
    told = next_question(known, pack, lens="measured", observations=seen)
    assert told.question == "my-kitchen"
    assert settled(known, pack, lens="today").settled
    assert not settled(known, pack, lens="measured", observations=seen).settled


def walk(pack, answers):
    known, asked = profile(pack), []
    while (inquiry := next_question(known, pack, skipped=asked)) is not None:
        asked.append(inquiry.question)
        if inquiry.question in answers:
            known = known.answering({inquiry.question: answers[inquiry.question]})
    return asked


def test_nothing_is_asked_of_what_nobody_knows():
    """Who does not know which code there is cannot say what that code is tied to."""
    shipped = load_pack()
    known = load_profile({"answers": {"goal": "product"}}, shipped)
    asked = []
    while (inquiry := next_question(known, shipped, skipped=asked)) is not None:
        asked.append(inquiry.question)
    assert "existing-code" in asked
    gates = [shipped.questions[name].when for name in asked]
    assert [when for when in gates if when is not None] == []


def test_the_code_that_is_there_is_asked_before_the_end():
    """Alone it changes nobody's lead; what is asked about it does."""
    shipped = load_pack()
    known = load_profile({"answers": {"targets": "none"}}, shipped)
    unknown = ["model-source", "source-framework", "users", "hardware"]
    asked = []
    while (inquiry := next_question(known, shipped, skipped=[*unknown, *asked])) is not None:
        asked.append(inquiry.question)
    assert "existing-code" in asked


def test_a_question_that_would_change_nothing_noticeable_ends_the_interview(pack, monkeypatch):
    known = profile(pack, sugar=3, **{"no-kettle": False})
    assert next_question(known, pack).gain >= interview.NOTICEABLE
    monkeypatch.setattr(interview, "NOTICEABLE", 10_000)
    assert next_question(known, pack) is None
