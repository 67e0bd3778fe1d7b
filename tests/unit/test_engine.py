"""One call from a profile to a recommendation: what it takes, and what it refuses."""

import datetime as dt

import pytest

from recommender import load_pack, load_profile, recommend
from recommender.engine import Recommendation
from recommender.nouns.errors import UsageError

PACK = load_pack("tests/toy/rules")
PROFILE = load_profile({"name": "cup", "answers": {"hour": "evening"}}, PACK)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (({"answers": {}}, PACK), "`profile` must be a Profile; make one with load_profile(…, pack)"),
        ((PROFILE, "tests/toy/rules"), "`pack` must be a Pack; make one with load_pack()"),
    ],
)  # fmt: skip
def test_what_is_no_profile_or_pack_is_refused_with_the_remedy(arguments, says):
    with pytest.raises(UsageError) as told:
        recommend(*arguments)
    assert says in str(told.value)


@pytest.mark.parametrize("samples", [-1, 2.5, True, "200"])
def test_samples_are_a_whole_number(samples):
    with pytest.raises(UsageError, match="whole number from 0"):
        recommend(PROFILE, PACK, samples=samples)


def test_a_moment_counts_as_its_day():
    moment, day = dt.datetime(2027, 6, 1, 12, 30, tzinfo=dt.UTC), dt.date(2027, 6, 1)
    told = recommend(PROFILE, PACK, as_of=moment, samples=0)
    assert isinstance(told, Recommendation)
    assert told == recommend(PROFILE, PACK, as_of=day, samples=0)
    assert told.provenance.as_of == day
