"""The outcome rule for one project and the one for tables are the same rule."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from recommender.judging.outcome import NOBODY, OUTCOMES, outcome_of, outcomes_of
from recommender.nouns.pack import Thresholds

POINTS = st.integers(0, 12)


@st.composite
def projects(draw, count):
    """The numbers of one project: as `outcome_of` takes them, but for what could be gained."""
    masks = st.integers(0, (1 << count) - 1)
    return {
        "scores": draw(st.lists(POINTS, min_size=count, max_size=count)),
        "excluded": draw(masks),
        "hanging": draw(masks),
        "stake": draw(st.integers(0, 40)),
        "unknown": draw(st.integers(0, 40)),
        "speaks": draw(st.booleans()),
        "gains": draw(st.lists(POINTS, min_size=count**2, max_size=count**2)),
    }


@given(st.data())
def test_a_table_is_decided_as_its_rows_are(data):
    count = data.draw(st.integers(1, 4))
    rows = data.draw(st.lists(projects(count), min_size=1, max_size=6))
    limits = Thresholds(*data.draw(st.tuples(*[st.integers(0, 1000)] * 3)))

    def column(name):
        return np.array([row[name] for row in rows])

    def truths(name):
        return [(column(name) >> place & 1).astype(bool) for place in range(count)]

    gains = column("gains").T
    told, best = outcomes_of(
        column("scores").T,
        truths("excluded"),
        truths("hanging"),
        column("stake"),
        column("unknown"),
        column("speaks"),
        lambda heavy: gains[:, heavy],
        limits,
    )

    def alone(row):
        each = row["gains"]
        return outcome_of(
            row["scores"],
            row["excluded"],
            row["hanging"],
            row["stake"],
            row["unknown"],
            row["speaks"],
            lambda first: each[first * count : (first + 1) * count],
            limits,
        )

    found = [(OUTCOMES[outcome], first) for outcome, first in zip(told, best, strict=True)]
    assert found == [alone(row) for row in rows]


@given(st.integers(1, 4).flatmap(projects))
def test_whoever_stands_out_is_no_one_excluded(row):
    limits, gains = Thresholds(), row.pop("gains")
    outcome, best = outcome_of(**row, gains=lambda _: gains, limits=limits)
    assert (best != NOBODY) == (outcome in ("clear", "close"))
    if best != NOBODY:
        assert not row["excluded"] >> best & 1
        left = [s for j, s in enumerate(row["scores"]) if not row["excluded"] >> j & 1]
        assert row["scores"][best] == max(left)
