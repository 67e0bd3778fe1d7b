"""A case is judged once, whoever reads from it."""

import datetime as dt

import pytest

from recommender import explain, judge, load_profile, recommend, score
from recommender.judging import case as judged
from recommender.judging.case import Case
from recommender.judging.explanation import explanation_of
from recommender.judging.program import PackProgram
from recommender.nouns.errors import UsageError
from recommender.nouns.observation import Observation, Observations

SEEN = Observations.of([Observation("tea-is-bitter", "tea", "confirmed")])


def profile(toy, **answers):
    named = {name.replace("_", "-"): answer for name, answer in answers.items()}
    return load_profile({"answers": named}, toy)


def test_a_recommendation_runs_the_program_once_and_judges_each_lens_once(toy, monkeypatch):
    runs, matrices = [], []
    run, matrix = PackProgram.run, judged._matrix

    def counted_run(self, answers):
        runs.append(answers)
        return run(self, answers)

    def counted_matrix(case):
        matrices.append(case.lens)
        return matrix(case)

    monkeypatch.setattr(PackProgram, "run", counted_run)
    monkeypatch.setattr(judged, "_matrix", counted_matrix)
    recommend(profile(toy, hour="evening"), toy, observations=SEEN, samples=20)
    assert runs.count({"hour": "evening"}) == 1  # the others are of counterfactuals that are told
    assert sorted(set(matrices)) == ["document", "measured", "today"]


def test_the_verbs_read_from_a_case(toy):
    asked = profile(toy, hour="evening")
    case = Case.of(asked, toy, lens="document")
    assert case.matrix == judge(asked, toy, lens="document")
    assert case.ranking == score(asked, toy, lens="document")
    assert explanation_of(case) == explain(asked, toy, lens="document")


def test_another_lens_is_another_case_of_the_same_answers(toy):
    case = Case.of(profile(toy, hour="evening"), toy)
    other = case.through("document")
    assert other.lens == "document"
    assert other is case.through("document")
    assert case is other.through("today")
    assert other.truths is case.truths


@pytest.mark.parametrize("lens", ["document", "today", "measured"])
@pytest.mark.parametrize("here", [True, False])
def test_observations_count_under_measured_on_the_projects_own_machine(toy, lens, here):
    asked = profile(toy, my_kitchen=here)
    assert Case.of(asked, toy, lens=lens, observations=SEEN).observed == (
        here and lens == "measured"
    )
    assert not Case.of(asked, toy, lens=lens).observed


def test_the_weights_in_force_are_the_projects_own_where_it_has_any(toy):
    name = min(toy.criteria)
    own = load_profile({"answers": {}, "weights": {name: 9}}, toy)
    case = Case.of(own, toy)
    assert case.weights[0] == 9 == case.matrix.weights[0]
    assert case.weights[1:] == case.view.weights[1:]
    for term, worth in zip(case.view.terms, case.decider.plain.worth, strict=True):
        factor = case.weights[term.criterion] * term.weight
        assert worth == tuple(factor * share for share in term.favors)


def test_a_case_is_of_a_day_and_of_a_lens_that_exist(toy):
    asked = profile(toy)
    assert Case.of(asked, toy).day == toy.dated
    assert Case.of(asked, toy, as_of=dt.datetime(2027, 1, 2, 3)).day == dt.date(2027, 1, 2)  # noqa: DTZ001
    with pytest.raises(UsageError, match=r"datetime\.date"):
        Case.of(asked, toy, as_of="2027-01-02")
    with pytest.raises(UsageError, match="no lens `todai`"):
        Case.of(asked, toy, lens="todai").matrix  # noqa: B018
