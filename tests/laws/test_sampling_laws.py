"""Laws of sampling on random packs: what is worked out for all samples at once holds in each."""

from functools import reduce
from itertools import compress, repeat
from operator import and_
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from recommender.judging.case import Case
from recommender.judging.open_answers import alternatives, options
from recommender.reflecting.sampling import Samples
from tests.laws.packs import packs, profiles


def entries_of(drawn, pack, name):
    """Return, sample by sample, the program's entry for the answer that was drawn to a question."""
    many = pack.questions[name].type == "many"
    known = (options if many else alternatives)(pack, name)
    columns = [drawn.flags.bytes(column) for column in drawn.columns[name]]
    rows = zip(*columns, strict=True) if columns else repeat((), drawn.flags.count)
    chosen = [list(compress(known, row)) for row in rows]
    return [drawn.program.entry(name, frozenset(each) if many else each[0]) for each in chosen]


@given(st.data())
def test_each_sample_is_concluded_as_if_it_were_the_only_one(data):
    pack = data.draw(packs(constraints=(0, 2)))
    profile = data.draw(profiles(pack))
    drawn = Samples(Case.of(profile, pack), Random(0), 20)
    fires = {index: drawn.flags.bytes(column) for index, column in drawn.fires.items()}
    entries = [entries_of(drawn, pack, name) for name in drawn.open]
    for sample in range(20):
        state = reduce(and_, (column[sample] for column in entries), drawn.known)
        concluded, possible, usual = drawn.program.conclude(state)
        assert concluded == possible == usual, "no answer is unknown"
        assert concluded == sum(column[sample] << index for index, column in fires.items())
