"""The outcome rule for one project and the one for tables are the same rule."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from recommender.judging.outcome import NOBODY, OUTCOMES, WHOLE, outcome_of, outcomes_of
from recommender.nouns.pack import Thresholds

PARTS = st.integers(0, 10).map(lambda tenth: tenth * WHOLE // 10)
NUMBERS = ("decided", "probability")
TRUTHS = ("reached", "liftable")


@st.composite
def projects(draw, count):
    """The numbers of one project, as `outcome_of` takes them."""
    masks = st.integers(0, (1 << count) - 1)
    return {
        "shares": draw(st.lists(PARTS, min_size=count, max_size=count)),
        "excluded": draw(masks),
        "hanging": draw(masks),
        **{name: draw(PARTS) for name in NUMBERS},
        "unanswered": draw(st.booleans()),
        "users_choose": draw(st.booleans()),
        **{name: draw(st.booleans()) for name in TRUTHS},
    }


def alone(row, limits):
    given = {**row, **{name: lambda told=row[name]: told for name in TRUTHS}}
    return outcome_of(**given, limits=limits)


@given(st.data())
def test_a_table_is_decided_as_its_rows_are(data):
    count = data.draw(st.integers(1, 4))
    rows = data.draw(st.lists(projects(count), min_size=1, max_size=6))
    limits = Thresholds(
        *data.draw(st.tuples(*[st.integers(0, 10)] * 4).map(lambda t: [100 * n for n in t]))
    )

    def column(name):
        return np.array([row[name] for row in rows])

    def truths(name):
        return [(column(name) >> place & 1).astype(bool) for place in range(count)]

    told, best = outcomes_of(
        column("shares").T,
        truths("excluded"),
        truths("hanging"),
        *map(column, (*NUMBERS, "unanswered", "users_choose")),
        limits,
        *(lambda some, name=name: column(name)[some] for name in TRUTHS),
    )
    found = [(OUTCOMES[outcome], first) for outcome, first in zip(told, best, strict=True)]
    assert found == [alone(row, limits) for row in rows]


@given(st.integers(1, 4).flatmap(projects))
def test_the_best_is_the_survivor_with_the_greatest_support(row):
    outcome, best = alone(row, Thresholds())
    assert (best == NOBODY) == (outcome == "no-survivor")
    left = [s for j, s in enumerate(row["shares"]) if not row["excluded"] >> j & 1]
    assert (best == NOBODY) == (not left)
    if left:
        assert not row["excluded"] >> best & 1
        assert row["shares"][best] == max(left)
