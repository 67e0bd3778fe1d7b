"""Laws of the sensitivity analysis on random packs."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from recommender.judging.case import judge
from recommender.judging.lens import LENSES
from recommender.judging.scoring import rank
from recommender.reflecting.robustness import sensitivity
from recommender.reflecting.stability import stability_intervals
from tests.laws.packs import completions, observations, packs, profiles


@given(st.data())
def test_acceptabilities_are_shares(data):
    pack = data.draw(packs())
    profile = data.draw(profiles(pack))
    told = sensitivity(profile, pack, samples=40)
    for ranks in (told.rank_acceptability, told.uniform.rank_acceptability):
        for place in zip(*ranks.values(), strict=True):
            assert -1e-9 <= sum(place) <= 1 + 1e-9
        assert all(sum(shares) <= 1 + 1e-9 for shares in ranks.values())
        if not pack.constraints:
            assert sum(shares[0] for shares in ranks.values()) == pytest.approx(1)
    for name, ranks in told.rank_acceptability.items():
        assert (told.central_weights[name] is None) == (ranks[0] == 0)
        for rival, share in told.pairwise_winning[name].items():
            assert share + told.pairwise_winning[rival][name] <= 1 + 1e-9


@given(st.data())
def test_the_excluded_take_no_rank(data):
    pack = data.draw(packs(constraints=(1, 2)))
    profile = data.draw(profiles(pack))
    # An answer to a question that every other answer rules out belongs to no project at all.
    assume(next(completions(pack, profile.answers), None) is not None)
    told = sensitivity(profile, pack, samples=20)
    for name in judge(profile, pack).vetoes:
        assert not any(told.rank_acceptability[name])


@given(st.data())
def test_the_first_stays_first_inside_its_interval_and_nowhere_else(data):
    pack = data.draw(packs())
    profile = data.draw(profiles(pack))
    matrix = judge(profile, pack)
    ranking = rank(matrix)
    survivors = [name for name in ranking.order if name not in matrix.vetoes]
    if not survivors:
        return
    for criterion, interval in stability_intervals(matrix, ranking).items():
        low, high = interval.low, interval.high
        for weight in range(11):
            scores = rank(matrix, {criterion: weight}).scores
            ahead = scores[survivors[0]] == max(scores[name] for name in survivors)
            assert low is None or low >= 0
            inside = (low is None or low <= weight) and (high is None or weight <= high)
            assert ahead == inside


@given(st.data())
def test_the_intervals_are_those_of_the_ranking_that_is_shown(data):
    pack = data.draw(packs(rules=(2, 8)))
    profile = data.draw(profiles(pack))
    given = {
        "lens": data.draw(st.sampled_from(LENSES)),
        "observations": data.draw(observations(pack)),
    }
    matrix = judge(profile, pack, **given)
    told = sensitivity(profile, pack, samples=1, **given)
    assert told.stability_intervals == stability_intervals(matrix, rank(matrix))
