"""The laws of judging and ranking hold on random packs (docs/architecture.md, "The arithmetic")."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from types import MappingProxyType

from hypothesis import assume, given
from hypothesis import strategies as st

from recommender import judge, rank, score
from recommender.judging.case import Case
from recommender.judging.completion import answer_tables
from recommender.judging.lens import LENSES
from recommender.nouns.condition import ALWAYS, holds
from recommender.nouns.observation import VERDICTS, Observation, Observations
from recommender.nouns.pack import Candidate, Constraint, Rule
from tests.laws.packs import DATED, PLACE, conditions, observations, packs, profiles

lenses = st.sampled_from(LENSES)


def drawn(data, **shape):
    pack = data.draw(packs(**shape))
    return pack, data.draw(profiles(pack))


def shuffled(data, entries):
    return dict(data.draw(st.permutations(list(entries.items()))))


@given(st.data(), lenses)
def test_the_order_of_rules_constraints_criteria_and_candidates_never_matters(data, lens):
    pack, profile = drawn(data)
    other = replace(
        pack,
        rules=shuffled(data, pack.rules),
        constraints=shuffled(data, pack.constraints),
        criteria=shuffled(data, pack.criteria),
        candidates=shuffled(data, pack.candidates),
    )
    before, after = (judge(profile, each, lens=lens) for each in (pack, other))
    assert {p.rule: p for p in before.pending} == {p.rule: p for p in after.pending}
    assert replace(before, pending=()) == replace(after, pending=())
    assert rank(before) == rank(after)


@given(st.data(), st.integers(2, 50), lenses)
def test_scaling_all_criterion_weights_never_matters(data, factor, lens):
    pack, profile = drawn(data)
    matrix = judge(profile, pack, lens=lens)
    before = rank(matrix)
    after = rank(matrix, {c: w * factor for c, w in before.weights.items()})
    assert (after.order, after.leaders, after.reversible) == (
        before.order, before.leaders, before.reversible
    )  # fmt: skip
    assert after.scores == {name: factor * each for name, each in before.scores.items()}


@given(st.data())
def test_a_rule_that_favors_one_at_least_as_much_never_lowers_its_margin(data):
    pack, profile = drawn(data)
    one, two = sorted(pack.candidates)[:2]
    favors = {name: data.draw(st.integers(0, 100)) for name in pack.candidates}
    assume(favors[one] >= favors[two])
    criterion = data.draw(st.sampled_from(sorted(pack.criteria)))
    when = data.draw(conditions(list(pack.questions.values())))
    rule = Rule("added", criterion, when, favors, data.draw(st.integers(1, 10)), "", PLACE)
    before = score(profile, pack).scores
    after = score(profile, replace(pack, rules={**pack.rules, "added": rule})).scores
    assert after[one] - after[two] >= before[one] - before[two]


@given(st.data(), lenses)
def test_a_newcomer_never_reorders_the_rest_whatever_its_file_says(data, lens):
    pack, profile = drawn(data)
    asked = list(pack.questions.values())
    share = st.integers(0, 100)
    # All that a candidate's file may hold: its rates, rules that favor it, constraints on it.
    rates = data.draw(st.dictionaries(st.sampled_from([*pack.rules, "own"]), share))
    own = Rule(
        "own", data.draw(st.sampled_from(sorted(pack.criteria))), data.draw(conditions(asked)),
        {"newcomer": data.draw(share)}, 10, "", PLACE,
    )  # fmt: skip
    veto = Constraint("own-veto", data.draw(conditions(asked)), ("newcomer",), "", PLACE)
    rules = {
        name: replace(rule, rates={"newcomer": rates[name]}) if name in rates else rule
        for name, rule in {**pack.rules, "own": own}.items()
    }
    joined = replace(
        pack,
        candidates={"newcomer": Candidate("newcomer", "", PLACE), **pack.candidates},
        rules=rules,
        constraints={**pack.constraints, "own-veto": veto},
    )
    before, after = score(profile, pack, lens=lens), score(profile, joined, lens=lens)
    assert tuple(name for name in after.order if name != "newcomer") == before.order
    assert {**before.scores, "newcomer": after.scores["newcomer"]} == after.scores


@given(st.data(), lenses)
def test_a_veto_is_final_within_a_lens(data, lens):
    pack, profile = drawn(data)
    matrix = judge(profile, pack, lens=lens)
    ranking = rank(matrix)
    alive = [name for name in ranking.order if name not in matrix.vetoes]
    assert ranking.order[: len(alive)] == tuple(alive)
    assert not set(matrix.vetoes) & {ranking.leader, *ranking.leaders}
    assert bool(ranking.leaders) == bool(alive)
    for name in matrix.vetoes:  # no score and no weight brings it back
        column = matrix.candidates.index(name)
        rich = tuple(
            tuple(each + 10**9 * (i == column) for i, each in enumerate(row))
            for row in matrix.points
        )
        assert rank(replace(matrix, points=rich)).leader != name


@given(st.data())
def test_an_observation_never_lifts_a_veto_and_never_adds_a_point(data):
    pack, profile = drawn(data)
    checks = ("one", "two")
    pack = replace(
        pack,
        rules={
            name: replace(rule, checks=data.draw(st.sampled_from([(), ("one",), checks])))
            for name, rule in pack.rules.items()
        },
        constraints={
            **pack.constraints,
            "here": Constraint(
                "here", ALWAYS, tuple(sorted(pack.candidates)), "", PLACE, refuted="two"
            ),
        },
        this_machine=ALWAYS,
    )
    seen = [
        Observation(check, name, data.draw(st.sampled_from(VERDICTS)))
        for check in checks
        for name in pack.candidates
    ]
    bare = judge(profile, pack, lens="today")
    probed = judge(profile, pack, lens="measured", observations=Observations.of(seen))
    for name, ids in bare.vetoes.items():
        assert set(ids) <= set(probed.vetoes[name])
    for before, after in zip(bare.points, probed.points, strict=True):
        assert all(less <= more for less, more in zip(after, before, strict=True))
    refuted = {each.candidate for each in seen if each.check == "two" and each.verdict == "refuted"}
    assert {name for name, ids in probed.vetoes.items() if "here" in ids} == refuted


@given(st.data())
def test_measured_without_observations_is_today(data):
    pack, profile = drawn(data)
    here = replace(pack, this_machine=ALWAYS)
    today = judge(profile, here)
    measured = judge(profile, here, lens="measured")
    assert replace(measured, lens="today") == today
    elsewhere = replace(pack, this_machine=None)
    refuting = Observations.of([Observation("one", name, "refuted") for name in pack.candidates])
    assert judge(profile, elsewhere, lens="today", observations=refuting) == judge(
        profile, elsewhere
    )
    unmoved = judge(profile, elsewhere, lens="measured", observations=refuting)
    assert replace(unmoved, lens="today") == judge(profile, elsewhere)


@given(st.data(), lenses)
def test_what_is_unknown_earns_nothing(data, lens):
    pack, profile = drawn(data)
    matrix = judge(profile, pack, lens=lens)
    known = {n: r for n, r in pack.rules.items() if matrix.states.get(n) != "unknown"}
    assert rank(matrix).scores == score(profile, replace(pack, rules=known), lens=lens).scores
    assert {p.rule for p in matrix.pending} == {
        name for name, state in matrix.states.items() if state == "unknown"
    }


@given(st.data(), lenses)
def test_another_answer_moves_a_rule_out_of_unknown_only(data, lens):
    """More knowledge never contradicts less: what fired or was silent stays so (Kleene)."""
    pack = data.draw(packs())
    whole = data.draw(profiles(pack, complete=True))
    kept = data.draw(st.sets(st.sampled_from(sorted(whole.answers)))) if whole.answers else set()
    partial = replace(whole, answers=MappingProxyType({n: whole.answers[n] for n in kept}))
    less, more = (judge(each, pack, lens=lens) for each in (partial, whole))
    assert "unknown" not in more.states.values()
    for rule, state in less.states.items():
        assert state in ("unknown", more.states[rule])
    for name, ids in less.vetoes.items():
        assert set(ids) <= set(more.vetoes[name])
    for name, ids in more.vetoes.items():
        assert set(ids) <= {*less.vetoes.get(name, ()), *less.possible_vetoes.get(name, ())}


@given(st.data(), lenses)
def test_with_all_answered_the_best_is_who_leads(data, lens):
    pack = data.draw(packs(population=True))
    case = Case.of(data.draw(profiles(pack, complete=True)), pack, lens=lens)
    ranking, told = case.ranking, case.decision
    assert told.best in (ranking.leaders or (None,))
    assert (told.outcome == "no-survivor") == (not ranking.leaders)
    assert set(told.leaders) <= set(ranking.order) - set(case.matrix.vetoes)
    assert told.leaders[:1] == ((told.best,) if told.best else ())
    assert (len(told.leaders) > 1) <= (told.outcome == "either")


@given(st.data(), lenses)
def test_known_and_expected_contributions_add_up_to_the_expected_margin(data, lens):
    pack = data.draw(packs(population=True))
    case = Case.of(data.draw(profiles(pack)), pack, lens=lens)
    found, worth, count = case.support, case.decider.plain.worth, len(case.decider.candidates)
    expected = [0] * count
    for weight, state in zip(found.completions.weights, found.completions.states, strict=True):
        totals = case.decider.plain.totals(case.decider.program.conclude(state)[0])
        expected = [each + weight * more for each, more in zip(expected, totals, strict=False)]
    active = [i for i in range(len(worth)) if case.view.active >> i & 1]
    for j in range(count):
        assert expected[j] == sum(found.fired[i] * worth[i][j] for i in active)
    known = {list(pack.rules).index(r) for r, s in case.matrix.states.items() if s == "fires"}
    if not _unavoidable(case):
        assert all(found.fired[i] == found.total for i in known)


def _unavoidable(case):
    """Tell whether each answer that is known of some open question contradicts what is given."""
    answers, questions = case.profile.answers, case.pack.questions
    asked = [questions[name].when for name in answers if questions[name].when is not None]
    return any(
        all(
            any(holds(when, {**answers, name: value}) is False for when in asked)
            for value in table.values
        )
        for name, table in answer_tables(case.pack).items()
        if name not in answers
    )


@given(st.data())
def test_a_hanging_constraint_over_the_best_caps_the_outcome_at_close(data):
    """Where nothing is answered at all, it is one thing more that an answer would tell."""
    pack, profile = drawn(data)
    case = Case.of(profile, pack)
    before = case.decision
    assume(before.best is not None)
    hanging = Case.of(profile, pack)
    vars(hanging)["matrix"] = replace(case.matrix, possible_vetoes={before.best: ("maybe",)})
    after = hanging.decision
    capped = "close" if before.outcome == "clear" else before.outcome
    assert after.outcome == (capped if profile.answers else "too-little-known")
    assert after.hanging == ("maybe",)


@given(st.data(), lenses)
def test_points_never_exceed_the_stake(data, lens):
    pack, profile = drawn(data)
    matrix = judge(profile, pack, lens=lens)
    for row, stake in zip(matrix.points, matrix.stakes, strict=True):
        assert all(0 <= each <= stake for each in row)
    ranking = rank(matrix)
    assert 0 <= ranking.margin <= ranking.stake


@given(st.data(), lenses, st.sampled_from((None, DATED, DATED - timedelta(days=1))))
def test_a_score_is_the_ranking_of_the_matrix(data, lens, as_of):
    pack, profile = drawn(data, rules=(3, 8))
    given = {"lens": lens, "as_of": as_of, "observations": data.draw(observations(pack))}
    assert score(profile, pack, **given) == rank(judge(profile, pack, **given))
