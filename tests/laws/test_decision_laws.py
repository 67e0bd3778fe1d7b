"""The fast decider and the ranking that people see are one arithmetic."""

from hypothesis import given
from hypothesis import strategies as st

from recommender.judging.case import Case, judge, score
from recommender.judging.lens import LENSES
from recommender.judging.program import bits, program_of
from recommender.nouns.profile import Profile
from tests.laws.packs import observations, packs, profiles


@given(st.data())
def test_a_decider_agrees_with_the_ranking(data):
    pack = data.draw(packs())
    lens = data.draw(st.sampled_from(LENSES))
    seen = data.draw(observations(pack)) if lens == "measured" else None
    first = data.draw(profiles(pack))
    decider = Case.of(first, pack, lens=lens, observations=seen).decider
    other = Profile(data.draw(profiles(pack, weights=False)).answers, weights=first.weights)
    for profile in (first, other):
        ranking = score(profile, pack, lens=lens, observations=seen)
        assert decider.answers(profile.answers) == ranking.leader


@given(st.data())
def test_a_state_put_together_from_entries_is_the_state_of_a_run(data):
    pack = data.draw(packs())
    answers = data.draw(profiles(pack)).answers
    program = program_of(pack).program
    state = program.start
    for name in pack.questions:
        state &= program.entry(name, answers.get(name))
    assert program.conclude(state) == program.run(answers)


@given(st.data())
def test_half_an_answer_leaves_open_what_its_rest_decides(data):
    pack = data.draw(packs())
    program = program_of(pack).program
    for question in pack.questions.values():
        if question.type == "many":
            others = program.start
            for name in pack.questions:
                if name != question.id:
                    others &= program.entry(name, None)
            options = st.frozensets(st.sampled_from(sorted(question.choices)))
            whole = data.draw(options)
            decided = data.draw(options)
            halfway = program.halfway(
                question.id, whole & decided, frozenset(question.choices) - decided
            )
            sure, possible, _ = program.conclude(others & halfway)
            fires, *_ = program.conclude(others & program.entry(question.id, whole))
            assert sure & ~fires == 0
            assert fires & ~possible == 0


@given(st.data())
def test_scores_are_those_of_the_ranking(data):
    pack = data.draw(packs())
    lens = data.draw(st.sampled_from(LENSES))
    seen = data.draw(observations(pack)) if lens == "measured" else None
    profile = data.draw(profiles(pack))
    decider = Case.of(profile, pack, lens=lens, observations=seen).decider
    fires, possible, _ = decider.program.run(profile.answers)
    figures = decider.figures(fires)
    *scores, _ = figures.totals(fires)
    earning, open_ = fires & figures.active, possible & ~fires & figures.active
    ranking = score(profile, pack, lens=lens, observations=seen)
    states = judge(profile, pack, lens=lens, observations=seen).states
    assert decider.leader(fires) == ranking.leader
    assert dict(zip(decider.candidates, scores, strict=True)) == ranking.scores
    rules = list(pack.rules)
    assert {rules[i] for i in bits(earning)} == {r for r, s in states.items() if s == "fires"}
    assert {rules[i] for i in bits(open_)} == {r for r, s in states.items() if s == "unknown"}
    earned = [figures.worth[i] for i in bits(earning)]
    assert [sum(each) for each in zip(*earned, strict=True)] == (scores if earned else [])
