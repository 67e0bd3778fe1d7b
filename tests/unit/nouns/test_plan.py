"""The steps of a plan."""

import pytest

from recommender.nouns.plan import Step


@pytest.mark.parametrize(
    ("step", "gap"),
    [
        (Step("ship", "tea", "train"), True),
        (Step("ship", "tea", "train", "tea-by-thermos"), False),
        (Step("build", "tea"), False),
    ],
)
def test_only_what_ships_by_no_route_is_a_gap(step, gap):
    assert step.gap is gap
