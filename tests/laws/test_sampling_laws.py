"""Laws of sampling on random packs: what is worked out for all samples at once holds in each."""

from functools import reduce
from operator import and_
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from recommender.judging.case import Case
from recommender.reflecting.sampling import Samples
from tests.laws.packs import packs, profiles


@given(st.data())
def test_each_sample_is_concluded_as_if_it_were_the_only_one(data):
    pack = data.draw(packs(constraints=(0, 2)))
    profile = data.draw(profiles(pack))
    drawn = Samples(Case.of(profile, pack), Random(0), 20)
    fires = {index: drawn.flags.bytes(column) for index, column in drawn.fires.items()}
    entries = [drawn.entries(name) for name in drawn.open]
    for sample in range(20):
        state = reduce(and_, (column[sample] for column in entries), drawn.known)
        concluded, possible, usual = drawn.program.conclude(state)
        assert concluded == possible == usual, "no answer is unknown"
        assert concluded == sum(column[sample] << index for index, column in fires.items())
