"""`rank` adds up as another implementation of the weighted sum does."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from pymcdm.methods import WSM

from recommender import DecisionMatrix, rank

counts = st.integers(2, 6)


@st.composite
def matrices(draw):
    width, height = draw(counts), draw(st.integers(1, 8))
    names = tuple(f"c{i}" for i in range(width))
    row = st.lists(st.integers(0, 6000), min_size=width, max_size=width).map(tuple)
    weights = st.lists(st.integers(0, 10), min_size=height, max_size=height).filter(any)
    points = tuple(draw(st.lists(row, min_size=height, max_size=height)))
    return DecisionMatrix(
        candidates=names,
        criteria=tuple(f"x{i}" for i in range(height)),
        weights=tuple(draw(weights)),
        points=points,
        stakes=tuple(max(each) for each in points),
    )


@given(matrices())
def test_scores_and_order_equal_those_of_pymcdm(matrix):
    # No normalisation, every criterion a profit, weights as they are: what is left is the sum.
    wsm = WSM(normalization_function=lambda column, cost: column)
    points = np.array(matrix.points, dtype=float).T
    weights = np.array(matrix.weights, dtype=float)
    theirs = wsm(
        points, weights, np.ones(len(weights)), validation=False
    )  # it wants weights of sum 1
    ours = rank(matrix)
    assert list(theirs) == [ours.scores[name] for name in matrix.candidates]
    assert list(ours.order) == sorted(ours.scores, key=lambda n: (-ours.scores[n], n))
    assert ours.margin == float(np.diff(np.sort(theirs))[-1])
