"""Counterfactuals do what they say, are as small as can be, and none is missing."""

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recommender.judging.case import Case, decide
from recommender.judging.lens import LENSES
from recommender.judging.open_answers import alternatives, options
from recommender.nouns.condition import holds
from recommender.reflecting.change_search import ONE, Search
from recommender.reflecting.counterfactual import BOUND, counterfactuals
from tests.laws.packs import observations, packs, profiles


def inapplicable(pack, answers):
    out = set()
    for question in pack.questions.values():
        if question.when is not None and holds(question.when, answers, out) is False:
            out.add(question.id)
    return out


def atoms(pack, answers):
    """List every single change as (question, what changes), by the plain definition."""
    for name, question in pack.questions.items():
        known = answers.get(name)
        if question.type != "many":
            yield from ((name, each) for each in alternatives(pack, name) if each != known)
        elif known is None:
            yield name, frozenset()
            yield from ((name, frozenset({option})) for option in options(pack, name))
        else:
            yield from ((name, option) for option in options(pack, name))


def applied(pack, profile, changes):
    """Apply changes; `None` where they contradict each other or cannot be answered."""
    answers = dict(profile.answers)
    for name, change in changes:
        if pack.questions[name].type == "many" and isinstance(change, str):
            answers[name] = answers[name] ^ {change}
        elif name in dict(c for c in changes if c != (name, change)):
            return None
        else:
            answers[name] = change
    out = inapplicable(pack, answers)
    if any(name in out for name, _ in changes):
        return None
    return profile.answering({**answers, **dict.fromkeys(out)})


def expected_leader(case):
    """Say who leads another project by the score that is expected of this one.

    What fires counts whole, what is open as often as it fires in this one's completions.
    """
    support = case.support
    shares = [each * ONE // support.total for each in support.fired]
    shares = dict(zip(case.pack.rules, shares, strict=True))

    def leader(profile):
        matrix = Case(profile, case.pack, case.lens, case.day, case.observations).matrix
        points = dict.fromkeys(matrix.candidates, 0)
        for weight, row in zip(matrix.weights, matrix.points, strict=True):
            for name, each in zip(points, row, strict=True):
                points[name] += ONE * weight * each
        for entry in matrix.pending:
            for name, each in zip(points, entry.points, strict=True):
                points[name] += shares[entry.rule] * matrix.weights[entry.criterion] * each
        alive = {name: each for name, each in points.items() if name not in matrix.vetoes}
        first = [name for name, each in alive.items() if each == max(alive.values())]
        return first[0] if len(first) == 1 else None

    return leader


def by_hand(profile, pack, judged, most):
    """Try every set of up to so many changes with the expected score."""
    best = judged(profile)
    found = []
    for size in range(1, most + 1):
        if best is None and found:
            break
        hits = []
        for changes in combinations(list(atoms(pack, profile.answers)), size):
            after = applied(pack, profile, changes)
            if after is None or any(set(less) <= set(changes) for less in found):
                continue
            if judged(after) not in (None, best):
                hits.append(changes)
        found += hits
    return {frozenset(changes) for changes in found}


def steps(found):
    return frozenset((s.question, s.added or s.removed or s.after) for s in found.steps)


@given(st.data())
def test_applying_a_counterfactual_changes_who_is_best(data):
    pack = data.draw(packs(population=True))
    profile = data.draw(profiles(pack))
    lens = data.draw(st.sampled_from(LENSES))
    seen = data.draw(observations(pack)) if lens == "measured" else None
    now = decide(profile, pack, lens=lens, observations=seen)
    for found in counterfactuals(profile, pack, lens=lens, observations=seen):
        after = found.applied_to(profile)
        told = decide(after, pack, lens=lens, observations=seen)
        assert found.instead_of == now.best
        assert found.winner != now.best
        assert (found.winner, found.outcome) == (told.best, told.outcome)
        assert not set(after.answers) & inapplicable(pack, after.answers)


@pytest.mark.parametrize(("most", "questions"), [(2, 4), (3, 3)])
@settings(max_examples=60)
@given(st.data())
def test_every_smallest_set_of_changes_is_found(most, questions, data):
    pack = data.draw(packs(questions=(1, questions), candidates=(2, 3), population=True))
    profile = data.draw(profiles(pack))
    lens = data.draw(st.sampled_from(LENSES))
    seen = data.draw(observations(pack)) if lens == "measured" else None
    case = Case.of(profile, pack, lens=lens, observations=seen)
    found = Search(case, BOUND).all_hits(most)
    listed = {steps(each) for each in found}
    assert len(listed) == len(found)
    # Answers that no condition tells apart are one answer: compare by what they lead to.
    expected = by_hand(profile, pack, expected_leader(case), most)
    assert listed == {s for s in expected if told_apart(pack, profile, s)}


@settings(max_examples=60)
@given(st.data())
def test_a_bound_leaves_out_some_and_says_so(data):
    pack = data.draw(packs())
    profile = data.draw(profiles(pack))
    every = [replace(each, complete=False) for each in counterfactuals(profile, pack)]
    some = counterfactuals(profile, pack, bound=data.draw(st.integers(0, 12)))
    told = [replace(each, complete=False) for each in some]
    assert told == [each for each in every if each in told]
    if any(each.complete for each in some):
        assert told == every


def told_apart(pack, profile, changes):
    """Leave out what is no change to any condition, as the search does."""
    from recommender.judging.program import program_of

    program = program_of(pack).program
    return all(
        program.entry(name, after) != program.entry(name, profile.answers.get(name))
        for name, after in _answers_after(pack, profile, changes).items()
    )


def _answers_after(pack, profile, changes):
    after = applied(pack, profile, tuple(changes)).answers
    return {name: after[name] for name, _ in changes}
