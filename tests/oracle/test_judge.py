"""`judge` and `rank` agree with a naive second engine on every profile there is."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender import judge, load_pack, rank
from recommender.nouns.observation import Observation, Observations
from recommender.nouns.profile import Profile
from tests.conftest import TOY
from tests.laws.packs import every_answer, observations, packs, profiles
from tests.oracle import naive

SEEN = {("taste", "tea"): "refuted", ("taste", "coffee"): "confirmed"}
OBSERVATIONS = Observations.of([Observation(c, n, v) for (c, n), v in SEEN.items()])


def agree(pack, profile, lens, seen=None, observations=None):
    """Compare every field of a matrix and a ranking with the naive ones."""
    matrix = judge(profile, pack, lens=lens, observations=observations)
    plain = naive.judge(pack, profile, lens, seen)
    column = {name: index for index, name in enumerate(matrix.candidates)}
    row = {name: index for index, name in enumerate(matrix.criteria)}
    assert dict(matrix.states) == plain["states"]
    assert plain["points"] == {
        name: {c: matrix.points[row[c]][column[name]] for c in row} for name in column
    }
    assert dict(zip(matrix.criteria, matrix.stakes, strict=True)) == plain["stakes"]
    assert dict(zip(matrix.criteria, matrix.weights, strict=True)) == plain["weights"]
    assert {k: set(v) for k, v in matrix.vetoes.items()} == plain["vetoes"]
    assert {k: set(v) for k, v in matrix.possible_vetoes.items()} == plain["possible"]
    assert {
        p.rule: (matrix.criteria[p.criterion], dict(zip(column, p.points, strict=True)))
        for p in matrix.pending
    } == plain["pending"]
    ranking, ranked = rank(matrix), naive.rank(pack, plain)
    assert ranking.leader == ranked["leader"]
    assert dict(ranking.scores) == ranked["scores"]


def every_profile(pack, few):
    """Yield every way to fill the questionnaire in, unknown and incoherent answers included."""
    options = [
        [None, *few.get(question.id, every_answer(question))]
        for question in pack.questions.values()
    ]
    for row in product(*options):
        yield Profile({n: a for n, a in zip(pack.questions, row, strict=True) if a is not None})


@pytest.mark.parametrize("lens", ["document", "today", "measured"])
def test_every_profile_of_a_small_pack_is_judged_as_the_naive_engine_does(lens):
    # Numbers have endless answers, and scales six: one on each side of every bound is enough.
    pack = load_pack(TOY)
    judged = 0
    for profile in every_profile(pack, {"sugar": (3, 4), "cups": (3, 4)}):
        agree(pack, profile, lens, SEEN, OBSERVATIONS if lens == "measured" else None)
        judged += 1
    assert judged == 3 * 9 * 3 * 3 * 3 * 3 * 3 * 3


@given(st.data(), st.sampled_from(["document", "today", "measured"]))
def test_random_packs_are_judged_as_the_naive_engine_does(data, lens):
    pack = data.draw(packs())
    seen = data.draw(observations(pack)) if lens == "measured" else None
    plain = {key: each.verdict for key, each in seen.by_key.items()} if seen else None
    agree(pack, data.draw(profiles(pack)), lens, plain, seen)


@given(st.data())
def test_incoherent_answers_are_judged_alike_too(data):
    # `Profile.answering` can leave an answer to a question that no longer applies.
    pack = data.draw(packs())
    answers = {
        question.id: data.draw(st.sampled_from(every_answer(question)))
        for question in pack.questions.values()
    }
    agree(pack, Profile(answers), "today")
