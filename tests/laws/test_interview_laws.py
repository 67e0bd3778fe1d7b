"""The interview stops where support is enough, or where no joint completion changes who leads."""

from itertools import combinations, islice

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from recommender import load_pack
from recommender.judging.case import Case
from recommender.judging.lens import LENSES
from recommender.nouns.profile import Profile
from recommender.reflecting.interview import enough, next_question
from recommender.reflecting.proof import settled
from tests.laws.packs import completions, observations, packs, profiles

MOST = 1500


def every_end(pack, profile, decider):
    """Say who leads in every admissible completion, or give up where there are too many."""
    found = list(islice(completions(pack, profile.answers), MOST))
    assume(len(found) < MOST)
    return {decider.answers(answers) for answers in found}


def check(pack, profile, lens, seen):
    decider = Case.of(profile, pack, lens=lens, observations=seen).decider
    ends = every_end(pack, profile, decider)
    now = decider.answers(profile.answers)
    proof = settled(profile, pack, lens=lens, observations=seen)
    assert proof.leader == now
    if proof.settled:
        assert ends <= {now}
    if proof.counterexample is not None:
        assert not proof.settled
        assert decider.answers({**profile.answers, **proof.counterexample}) in ends - {now}


@settings(max_examples=150)
@given(st.data())
def test_what_is_settled_stays_whatever_is_answered(data):
    pack = data.draw(packs(questions=(1, 4), candidates=(2, 3)))
    profile = data.draw(profiles(pack))
    lens = data.draw(st.sampled_from(LENSES))
    seen = data.draw(observations(pack)) if lens == "measured" else None
    check(pack, profile, lens, seen)


@settings(max_examples=25)
@given(st.data())
def test_an_interview_ends_where_the_whole_questionnaire_does(data):
    pack = data.draw(packs(population=True))
    truth = data.draw(profiles(pack, complete=True))
    decider = Case.of(truth, pack).decider
    known = Profile(weights=truth.weights)
    while (inquiry := next_question(known, pack)) is not None:
        assert inquiry.question not in known.answers
        known = known.answering({inquiry.question: truth.answers[inquiry.question]})
    if not enough(Case.of(known, pack)):
        assert decider.answers(known.answers) == decider.answers(truth.answers)


def test_every_profile_of_the_toy_pack_is_proved_rightly():
    pack = load_pack("tests/toy/rules", with_=["cocoa"])
    whole = {
        "hour": "evening", "place": frozenset({"home"}), "sugar": 5, "cups": 3,
        "milk": True, "oat-milk": True, "no-kettle": False, "my-kitchen": False,
    }  # fmt: skip
    proved = same = 0
    for size in (4, 5, 6, 7):
        for names in combinations(whole, size):
            answers = {name: whole[name] for name in names}
            profile = Profile(answers)
            decider = Case.of(profile, pack).decider
            ends = {decider.answers(end) for end in completions(pack, answers)}
            proof = settled(profile, pack)
            now = {decider.answers(answers)}
            assert not proof.settled or ends == now
            proved, same = proved + proof.settled, same + (ends == now)
    # A sound bound may miss some; here it misses none.
    assert proved == same > 10
