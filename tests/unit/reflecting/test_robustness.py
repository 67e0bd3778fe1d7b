"""SMAA against closed forms, and against numerical integration where there is none."""

import datetime as dt
from dataclasses import replace

import pytest

from recommender.nouns.condition import ALWAYS, NEVER, Test
from recommender.nouns.errors import Place, UsageError
from recommender.nouns.observation import Observation, Observations
from recommender.nouns.pack import Candidate, Constraint, Criterion, Pack, Review, Rule, Thresholds
from recommender.nouns.profile import Profile
from recommender.nouns.question import Question
from recommender.reflecting import robustness
from recommender.reflecting.packed_columns import UNIT, Lanes
from recommender.reflecting.robustness import sensitivity

PLACE = Place("p.yaml")
NOTHING_KNOWN = Profile({})


def pack_of(*rules, weights=(5, 5), candidates=("a", "b"), questions=(), constraints=(), here=None):
    """Build a pack of rules written as (criterion, favors, when, evidence, ...)."""
    return Pack(
        id="p", version="1", title="P", dated=dt.date(2026, 1, 1), thresholds=Thresholds(),
        questions={q.id: q for q in questions},
        candidates={c: Candidate(c, c, PLACE) for c in candidates},
        criteria={f"c{i}": Criterion(f"c{i}", "", w, PLACE) for i, w in enumerate(weights)},
        constraints={c.id: c for c in constraints},
        rules={
            f"r{i}": Rule(
                id=f"r{i}", criterion=criterion, when=when, favors=favors, weight=10, because="",
                place=PLACE, evidence=evidence, checks=("check",),
            )
            for i, (criterion, favors, when, evidence) in enumerate(rules)
        },
        this_machine=here,
    )  # fmt: skip


def always(criterion, evidence="documented", **favors):
    return criterion, favors, ALWAYS, evidence


def flag(name, when=None):
    return Question(name, f"{name}?", "flag", PLACE, when=when)


@pytest.fixture
def exact_shares(monkeypatch):
    monkeypatch.setattr(robustness, "SPREAD", dict.fromkeys(robustness.SPREAD, 0))


def test_who_is_better_on_every_criterion_always_comes_first():
    pack = pack_of(always("c0", a=90, b=50), always("c1", a=80, b=50))
    told = sensitivity(NOTHING_KNOWN, pack)
    assert told.rank_acceptability == {"a": (1, 0), "b": (0, 1)}
    assert told.pairwise_winning == {"a": {"b": 1}, "b": {"a": 0}}
    assert told.central_weights["b"] is None
    assert told.confidence_factor == {"a": 1, "b": None}
    assert told.uniform.rank_acceptability["a"] == (1, 0)


def test_two_alike_share_the_first_place():
    pack = pack_of(always("c0", a=100, b=0), always("c1", a=0, b=100))
    told = sensitivity(NOTHING_KNOWN, pack, samples=20_000)
    assert told.rank_acceptability["a"][0] == pytest.approx(0.5, abs=4 * told.error)
    assert told.confidence_factor["a"] > 0.5


def test_exact_ties_share_their_ranks_equally(exact_shares):
    pack = pack_of(always("c0", a=50, b=50, c=20), candidates=("a", "b", "c", "d"))
    told = sensitivity(NOTHING_KNOWN, pack, samples=10)
    assert told.rank_acceptability["a"] == pytest.approx((0.5, 0.5, 0, 0))
    assert told.rank_acceptability["c"] == pytest.approx((0, 0, 1, 0))
    assert told.pairwise_winning["a"]["b"] == 0.5
    silent = sensitivity(NOTHING_KNOWN, pack_of(), samples=10)
    assert silent.rank_acceptability == {"a": (0.5, 0.5), "b": (0.5, 0.5)}


@pytest.mark.parametrize("share", [10, 25, 50, 80])
def test_two_criteria_on_the_simplex(exact_shares, share):
    # a earns 1 on the first, b earns s on the second: a is first where w > (1 - w) s.
    pack = pack_of(always("c0", a=100), always("c1", b=share))
    told = sensitivity(NOTHING_KNOWN, pack, samples=20_000)
    assert told.uniform.rank_acceptability["a"][0] == pytest.approx(
        1 / (1 + share / 100), abs=4 * told.error
    )
    # The winning weights of a are uniform on (s / (1 + s), 1): their centre, of a sum of 10.
    edge = share / (100 + share)
    assert told.uniform.central_weights["a"]["c0"] == pytest.approx(5 * (edge + 1), abs=0.1)


def test_two_criteria_around_the_weights_in_force(exact_shares):
    # w1 and w2 are uniform on (1/2, 2) of the same weight; b needs w2 > 2 w1: one ninth.
    pack = pack_of(always("c0", a=100), always("c1", b=50))
    told = sensitivity(NOTHING_KNOWN, pack, samples=20_000)
    assert told.rank_acceptability["b"][0] == pytest.approx(1 / 9, abs=4 * told.error)


def test_weights_are_uniform_between_their_half_and_their_double(exact_shares):
    # Not only within these bounds: b needs the mean of two weights to be above a third.
    pack = pack_of(always("c0", a=100), always("c1", b=50), always("c2", b=50), weights=(5, 5, 5))
    told = sensitivity(NOTHING_KNOWN, pack, samples=20_000)
    drawn = [0.5 + 1.5 * (i + 0.5) / 48 for i in range(48)]
    wins = sum(one + two > 2 * third for one in drawn for two in drawn for third in drawn)
    assert told.rank_acceptability["b"][0] == pytest.approx(wins / 48**3, abs=4 * told.error)


def test_a_weight_is_drawn_from_its_half_to_its_double(exact_shares):
    # b needs a weight 100 / share times that of the other: 4 at the very most.
    for share, sometimes in ((24, False), (26, True)):
        pack = pack_of(always("c0", a=100), always("c1", b=share))
        told = sensitivity(NOTHING_KNOWN, pack, samples=20_000)
        assert (told.rank_acceptability["b"][0] > 0) == sometimes


@pytest.mark.parametrize(
    ("evidence", "spread"), [("measured", 5), ("documented", 10), ("reported", 20), ("judged", 30)]
)
def test_evidence_says_how_far_a_share_may_be_off(evidence, spread):
    # Two shares that are each off by the spread at most change places only if they are that near.
    for distance, sometimes in ((2 * spread + 1, False), (2 * spread - 1, True)):
        low = 50 - distance // 2
        pack = pack_of(always("c0", evidence, a=low + distance, b=low), weights=(5,))
        told = sensitivity(NOTHING_KNOWN, pack, samples=20_000)
        assert (told.rank_acceptability["b"][0] > 0) == sometimes


def test_spread_shares_agree_with_numerical_integration():
    pack = pack_of(always("c0", "judged", a=20), always("c1", "judged", b=10), weights=(5, 5))
    told = sensitivity(NOTHING_KNOWN, pack, samples=20_000)
    steps = [(i + 0.5) / 24 for i in range(24)]
    first = {low: [abs(low - 0.3 + 0.6 * u) for u in steps] for low in (0.2, 0.1, 0.0)}
    weights = [0.5 + 1.5 * u for u in steps]
    # On each criterion the other candidate's share is 0, spread from 0 to 0.3.
    leads = {
        low: sorted(
            w * (x - y) for w in weights[::2] for x in first[low][::2] for y in first[0.0][::2]
        )
        for low in (0.2, 0.1)
    }
    wins, index = 0, 0
    for lead in leads[0.2]:
        while index < len(leads[0.1]) and leads[0.1][index] < lead:
            index += 1
        wins += index
    expected = wins / len(leads[0.2]) / len(leads[0.1])
    assert told.rank_acceptability["a"][0] == pytest.approx(expected, abs=0.02)


@pytest.mark.parametrize("share", [0, 5, 30, 50, 95, 100])
@pytest.mark.parametrize("evidence", ["measured", "judged"])
def test_a_share_is_spread_and_reflected(share, evidence):
    lanes, spread = Lanes(4000), robustness.SPREAD[evidence]
    chance = next(lanes.chances(robustness.Random(1)))
    spreads = lanes.differences(lanes.spread(share, spread, 1, chance), 0)
    column = [n / UNIT for n in spreads]
    share, spread = share / 100, spread / 100
    assert min(column) >= max(0, share - spread)
    assert max(column) <= min(1, share + spread)
    points = [share - spread + 2 * spread * (i + 0.5) / 1000 for i in range(1000)]
    mean = sum(1 - abs(1 - abs(x)) for x in points) / 1000
    assert sum(column) / 4000 == pytest.approx(mean, abs=0.01)


def test_an_unknown_flag_holds_half_the_time(exact_shares):
    pack = pack_of(
        ("c0", {"a": 100}, Test("x", "one_of", (True,)), "judged"),
        always("c0", b=50),
        questions=[flag("x")],
        weights=(5,),
    )
    told = sensitivity(NOTHING_KNOWN, pack, samples=20_000)
    assert told.rank_acceptability["a"][0] == pytest.approx(0.5, abs=4 * told.error)
    assert sensitivity(Profile({"x": True}), pack).rank_acceptability["a"][0] == 1


def test_a_question_behind_a_gate_counts_only_where_the_gate_opens(exact_shares):
    pack = pack_of(
        ("c0", {"a": 100}, Test("y", "one_of", (True,)), "judged"),
        always("c0", b=50),
        questions=[flag("x"), flag("y", when=Test("x", "one_of", (True,)))],
        weights=(5,),
    )
    told = sensitivity(NOTHING_KNOWN, pack, samples=20_000)
    assert told.rank_acceptability["a"][0] == pytest.approx(0.25, abs=4 * told.error)
    # An answer behind the gate says that the gate is open.
    given = sensitivity(Profile({"y": True}), pack)
    assert given.rank_acceptability["a"][0] == 1


def test_a_number_is_in_each_range_told_apart_with_equal_chance(exact_shares):
    years = Question("years", "?", "number", PLACE)
    pack = pack_of(
        ("c0", {"a": 100}, Test("years", "at_least", (5,)), "judged"),
        ("c0", {"b": 100}, Test("years", "at_least", (10,)), "judged"),
        always("c0", b=50),
        questions=[years],
        weights=(5,),
    )
    told = sensitivity(NOTHING_KNOWN, pack, samples=20_000)
    assert told.rank_acceptability["a"][0] == pytest.approx(1 / 3, abs=4 * told.error)


def test_the_excluded_cannot_win():
    banned = Constraint("no-a", Test("x", "one_of", (True,)), ("a",), "", PLACE)
    pack = pack_of(always("c0", a=100), questions=[flag("x")], constraints=[banned])
    told = sensitivity(Profile({"x": True}), pack)
    assert told.rank_acceptability == {"a": (0, 0), "b": (1, 0)}
    assert told.pairwise_winning["b"]["a"] == 1
    half = sensitivity(NOTHING_KNOWN, pack, samples=20_000)
    assert half.rank_acceptability["a"][0] == pytest.approx(0.5, abs=4 * half.error)


def test_nobody_wins_where_all_are_excluded():
    banned = Constraint("none", ALWAYS, ("a", "b"), "", PLACE)
    told = sensitivity(NOTHING_KNOWN, pack_of(always("c0", a=100), constraints=[banned]))
    assert told.rank_acceptability == {"a": (0, 0), "b": (0, 0)}
    assert told.pairwise_winning["a"]["b"] == 0
    assert told.stability_intervals["c0"].high is None


def test_what_never_holds_counts_in_no_sample():
    pack = pack_of(
        always("c0", b=50),
        ("c0", {"a": 100}, NEVER, "measured"),
        constraints=[Constraint("no-b", NEVER, ("b",), "", PLACE)],
        weights=(5,),
    )
    told = sensitivity(NOTHING_KNOWN, pack, samples=1)
    assert told.rank_acceptability["b"] == (1, 0)
    assert told.excluded == {"a": 0, "b": 0}


def test_one_constraint_that_holds_excludes_whatever_another_says():
    constraints = [
        Constraint(f"no-a-{number}", when, ("a",), "", PLACE)
        for number, when in enumerate((NEVER, ALWAYS, NEVER))
    ]
    told = sensitivity(NOTHING_KNOWN, pack_of(always("c0", a=100), constraints=constraints))
    assert told.excluded == {"a": 1, "b": 0}


def test_a_rule_that_was_overturned_earns_nobody_anything_in_any_sample():
    plain = pack_of(always("c0", "judged", a=100), weights=(5,))
    review = Review(dt.date(2026, 1, 1), "overturned", "", PLACE)
    rules = {name: replace(rule, review=review) for name, rule in plain.rules.items()}
    told = sensitivity(NOTHING_KNOWN, replace(plain, rules=rules), samples=50)
    assert told.rank_acceptability == {"a": (0.5, 0.5), "b": (0.5, 0.5)}


def test_four_candidates_take_the_ranks_that_their_points_give(exact_shares):
    pack = pack_of(
        always("c0", a=50, b=20, c=20),
        ("c0", {"b": 60}, Test("x", "one_of", (True,)), "judged"),
        ("c0", {"c": 60, "d": 100}, Test("y", "one_of", (True,)), "judged"),
        candidates=("a", "b", "c", "d"),
        questions=[flag("x"), flag("y")],
        weights=(5,),
    )
    expected = dict.fromkeys("abcd")
    for name in expected:
        shares = [0.0] * 4
        for x, y in ((0, 0), (0, 1), (1, 0), (1, 1)):
            points = {"a": 50, "b": 20 + 60 * x, "c": 20 + 60 * y, "d": 100 * y}
            ahead = sum(each > points[name] for each in points.values())
            level = sum(each == points[name] for each in points.values())
            for rank_ in range(ahead, ahead + level):
                shares[rank_] += 1 / level / 4
        expected[name] = pytest.approx(shares, abs=0.02)
    told = sensitivity(NOTHING_KNOWN, pack, samples=20_000)
    assert told.rank_acceptability == expected
    assert told.pairwise_winning["c"]["b"] == pytest.approx(0.5, abs=0.02)


def test_observations_count_in_the_samples_that_run_here(exact_shares):
    pack = pack_of(
        always("c0", a=100, b=50), questions=[flag("x")], here=Test("x", "one_of", (True,))
    )
    seen = Observations.of([Observation("check", "a", "refuted")])
    known = sensitivity(Profile({"x": True}), pack, lens="measured", observations=seen)
    assert known.rank_acceptability["a"] == (0, 1)
    assert known.stability_intervals["c0"].below == "a"  # who comes second, with what was observed
    half = sensitivity(NOTHING_KNOWN, pack, lens="measured", observations=seen, samples=20_000)
    assert half.rank_acceptability["a"][0] == pytest.approx(0.5, abs=4 * half.error)


def test_the_seed_and_nothing_else_decides_the_draw():
    pack = pack_of(always("c0", a=60), always("c1", b=50))
    assert sensitivity(NOTHING_KNOWN, pack, seed=3) == sensitivity(NOTHING_KNOWN, pack, seed=3)
    assert sensitivity(NOTHING_KNOWN, pack, seed=3) != sensitivity(NOTHING_KNOWN, pack, seed=4)
    told = sensitivity(NOTHING_KNOWN, pack)
    assert told == sensitivity(NOTHING_KNOWN, pack, seed=0, samples=2000)
    assert (told.seed, told.samples) == (0, 2000)
    for samples in (0, True, 1.5):
        with pytest.raises(UsageError, match="at least 1"):
            sensitivity(NOTHING_KNOWN, pack, samples=samples)
    with pytest.raises(UsageError, match="whole number"):
        sensitivity(NOTHING_KNOWN, pack, seed="tea")


def test_the_error_is_the_largest_standard_error_that_a_share_can_have():
    told = sensitivity(NOTHING_KNOWN, pack_of(always("c0", a=60)), samples=100)
    assert told.error == pytest.approx((0.5 * 0.5 / 100) ** 0.5)


def test_reviews_count_in_the_samples_from_their_day_on(exact_shares):
    plain = pack_of(always("c0", a=100, b=50))
    review = Review(dt.date(2026, 1, 1), "weakened", "", PLACE, favors={"a": 0, "b": 100})
    rules = {name: replace(rule, review=review) for name, rule in plain.rules.items()}
    pack = replace(plain, rules=rules)
    assert sensitivity(NOTHING_KNOWN, pack, samples=5).rank_acceptability["b"] == (1, 0)
    before = sensitivity(NOTHING_KNOWN, pack, as_of=dt.date(2025, 12, 31), samples=5)
    assert before.rank_acceptability["a"] == (1, 0)
    assert before == sensitivity(NOTHING_KNOWN, plain, samples=5)


def test_an_answer_that_is_rare_is_seldom_drawn():
    def share(**rare):
        asked = Question("q", "?", "many", PLACE, choices={"x": "X", "y": "Y", "z": "Z"}, **rare)
        choice = Question("c", "?", "choice", PLACE, choices={"x": "X", "y": "Y"}, **rare)
        pack = pack_of(
            always("c0", a=100),
            questions=[asked, choice],
            constraints=[
                Constraint("v", Test("q", "includes", ("x",)), ("a",), "", PLACE),
                Constraint("w", Test("c", "one_of", ("x",)), ("b",), "", PLACE),
            ],
            weights=(5,),
        )
        return sensitivity(NOTHING_KNOWN, pack, samples=20_000).excluded

    assert share() == pytest.approx({"a": 0.5, "b": 0.5}, abs=0.02)
    assert share(rare=("x",)) == pytest.approx({"a": 0.01, "b": 0.01}, abs=0.004)


def test_central_weights_come_from_samples_in_which_the_weights_decide(exact_shares):
    # b is first by points where w2 > 2 w1, and wherever a is excluded, which says nothing of weights.
    out = Constraint("v", Test("x", "one_of", (True,)), ("a",), "", PLACE)
    rules = always("c0", a=100), always("c1", b=50)
    told, open_ = (
        sensitivity(NOTHING_KNOWN, pack_of(*rules, questions=[flag("x")], constraints=vetoes), samples=20_000)
        for vetoes in ([], [out])
    )  # fmt: skip
    assert open_.excluded == pytest.approx({"a": 0.5, "b": 0}, abs=0.02)
    assert open_.central_weights["b"] == pytest.approx(told.central_weights["b"], abs=0.15)
