"""The search for counterfactuals against trying every set of changes, one by one."""

from itertools import combinations, product

import pytest

from benchmarks.synthetic import answers_of, pack_of
from recommender.judging.case import Case
from recommender.nouns.profile import Profile
from recommender.reflecting.change_search import Search
from recommender.reflecting.counterfactual import BOUND
from tests.laws.test_counterfactual_laws import expected_leader


def every_set(pack, profile, most):
    """Yield every set of other answers, by the number of questions that it changes."""
    others = {
        name: [each for each in question.choices if each != profile.answers.get(name)]
        for name, question in pack.questions.items()
    }
    for size in range(1, most + 1):
        for names in combinations(others, size):
            for answers in product(*(others[name] for name in names)):
                yield dict(zip(names, answers, strict=True))


def smallest_sets(pack, profile, most):
    """Find those that make another candidate lead, and of which no part does."""
    judged = expected_leader(Case.of(profile, pack))
    best = judged(profile)
    found = []
    for changes in every_set(pack, profile, most):
        if best is None and found and len(changes) > len(found[0]):
            break  # where nobody is best, whatever makes somebody so is as small as can be
        after = judged(profile.answering({**profile.answers, **changes}))
        if after not in (None, best) and not any(part.items() <= changes.items() for part in found):
            found.append(changes)
    return found


def told_apart(pack, changes, profile):
    """Answers that no condition tells from the one given are no change."""
    from recommender.judging.program import program_of

    entry = program_of(pack).program.entry
    return all(
        entry(name, new) != entry(name, profile.answers.get(name)) for name, new in changes.items()
    )


@pytest.mark.parametrize("seed", range(24))
def test_no_set_is_missed_and_none_is_made_up(seed):
    pack = pack_of(questions=6, rules=12, constraints=seed % 4, candidates=2 + seed % 3, seed=seed)
    for answers in answers_of(pack, 2, seed, unknown=0.2 * (seed % 2)):
        profile = Profile(answers)
        hits = Search(Case.of(profile, pack), BOUND).all_hits(3)
        found = [{step.question: step.after for step in each.steps} for each in hits]
        expected = [s for s in smallest_sets(pack, profile, 3) if told_apart(pack, s, profile)]
        assert sorted(map(sorted, map(dict.items, found))) == sorted(
            map(sorted, map(dict.items, expected))
        )
