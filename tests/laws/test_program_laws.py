"""Compiled conditions mean what plain conditions mean, on random conditions and answers."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from recommender.judging.program import Program
from recommender.nouns.condition import All, AnyOf, Test, clauses, holds, negate, reads
from tests.laws.packs import conditions, every_answer, packs

TRUTHS = {(True, True): True, (False, True): None, (False, False): False}


def asked_and_answered(data):
    pack = data.draw(packs(rules=(0, 0), constraints=(0, 0)))
    answers = {}
    for question in pack.questions.values():
        answer = data.draw(st.sampled_from([None, *every_answer(question)]))
        if answer is not None:
            answers[question.id] = answer
    return pack.questions, answers


def as_plain(condition):
    """Rebuild a condition from its clauses."""
    return AnyOf(tuple(All(clause) for clause in clauses(condition)))


@given(st.data())
def test_a_program_judges_as_holds_does(data):
    questions, answers = asked_and_answered(data)
    asked = list(questions.values())
    written = data.draw(st.lists(conditions(asked), min_size=1, max_size=5))
    gates = {q.id: i for i, q in enumerate((q for q in asked if q.when), start=len(written))}
    gated = [questions[name].when for name in gates]
    out = {}
    for name, condition in zip(gates, gated, strict=True):
        if holds(condition, answers, out) is False:
            out[name] = True
    fires, possible, usual = Program([*written, *gated], questions, gates).run(answers)
    for index, condition in enumerate([*written, *gated]):
        seen = TRUTHS[bool(fires >> index & 1), bool(possible >> index & 1)]
        assert seen is holds(condition, answers, out)
    assert (fires & ~usual, usual & ~possible) == (0, 0)


@given(st.data())
def test_clauses_keep_kleenes_truth(data):
    questions, answers = asked_and_answered(data)
    condition = data.draw(conditions(list(questions.values())))
    out = data.draw(st.sets(st.sampled_from(sorted(questions))))
    assert holds(as_plain(condition), answers, out) is holds(condition, answers, out)


@given(st.data())
def test_negation_turns_truth_round_and_twice_is_itself(data):
    questions, answers = asked_and_answered(data)
    condition = data.draw(conditions(list(questions.values())))
    before, after = holds(condition, answers), holds(negate(condition), answers)
    assert after is (None if before is None else not before)
    assert negate(negate(condition)) == condition
    assert reads(negate(condition)) == reads(condition)


@given(st.data())
def test_a_condition_depends_on_what_it_reads_alone(data):
    questions, answers = asked_and_answered(data)
    condition = data.draw(conditions(list(questions.values())))
    read = {name: answers[name] for name in reads(condition) if name in answers}
    assert holds(condition, read) is holds(condition, answers)


@given(st.data())
def test_more_answers_never_contradict_fewer(data):
    questions, answers = asked_and_answered(data)
    condition = data.draw(conditions(list(questions.values())))
    fewer = {
        name: answers[name]
        for name in data.draw(st.sets(st.sampled_from(sorted(questions))))
        if name in answers
    }
    assert holds(condition, fewer) in (None, holds(condition, answers))


def test_a_test_is_not_a_test_to_pytest():
    assert Test.__test__ is False
