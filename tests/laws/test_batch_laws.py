"""A table's results are those of `score`, row by row."""

from unittest import mock

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from recommender import load_profile, score
from recommender.batch import results, score_table
from recommender.judging.case import decide
from recommender.judging.outcome import WHOLE
from recommender.nouns.errors import ProfileError
from tests.laws.packs import every_answer, packs


def plain(answer):
    return sorted(answer) if isinstance(answer, frozenset) else answer


@st.composite
def tables(draw, pack):
    """Draw rows, valid or not, and a table of them in one of the forms that a column can have."""
    count = draw(st.integers(1, 20))
    columns, rows = {}, [{} for _ in range(count)]
    for question in pack.questions.values():
        if draw(st.integers(0, 5)) == 0:
            continue
        some = [None, *(plain(answer) for answer in every_answer(question))]
        values = draw(st.lists(st.sampled_from(some), min_size=count, max_size=count))
        if question.type == "choice" and draw(st.integers(0, 3)) == 0:
            values[0] = draw(st.sampled_from(("unknown", "nonsense")))
        if question.type == "many" and draw(st.integers(0, 3)) == 0:
            values[0] = draw(st.sampled_from((["none"], ["unknown"], ["c0", "c0"], ["x"], [None])))
        for row, value in zip(rows, values, strict=True):
            row[question.id] = value
        columns[question.id] = column_of(draw, question, values)
    return rows, pa.table(columns)


def words(draw, values):
    """Write words as text or by a dictionary, in any order, with null as an entry or not."""
    if draw(st.booleans()):
        return pa.array(values, pa.string())
    entries = draw(st.permutations(sorted({*values, "unused"} - {None})))
    if None in values and draw(st.booleans()):
        entries.insert(draw(st.integers(0, len(entries))), None)
    places = [entries.index(value) if value in entries else None for value in values]
    kinds = (pa.uint8(), pa.int8(), pa.uint16(), pa.int32(), pa.int64())
    indices = pa.array(places, draw(st.sampled_from(kinds)))
    return pa.DictionaryArray.from_arrays(indices, pa.array(entries, pa.string()))


def column_of(draw, question, values):
    if question.type == "choice":
        return words(draw, values)
    if question.type == "number":
        return pa.array(values, pa.float64())
    if question.type == "many":
        regular = all(
            v is None or (set(v) <= set(question.choices) and len(set(v)) == len(v)) for v in values
        )
        if regular and draw(st.booleans()):
            names = list(question.choices)
            bits = [None if v is None else sum(1 << names.index(c) for c in v) for v in values]
            return pa.array(bits, draw(st.sampled_from((pa.uint8(), pa.uint16(), pa.uint64()))))
        kinds = (pa.string(), pa.large_string(), pa.dictionary(pa.int8(), pa.string()))
        shape = draw(st.sampled_from((pa.list_, pa.large_list)))
        return pa.array(values, shape(draw(st.sampled_from(kinds))))
    return pa.array(values)


@given(st.data())
def test_a_table_is_scored_as_its_rows_are(data):
    pack = data.draw(packs(population=True))
    rows, table = data.draw(tables(pack))
    if not table.column_names:
        return
    lens = data.draw(st.sampled_from(("document", "today")))
    some = data.draw(st.sets(st.sampled_from(sorted(pack.criteria))))
    weights = {name: data.draw(st.integers(1, 10)) for name in sorted(some)}
    with mock.patch.multiple(results, CELLS=1, LEAST_ROWS=data.draw(st.sampled_from((3, 1000)))):
        scored = score_table(table, pack, lens=lens, weights=weights).to_pylist()
    for row, got in zip(rows, scored, strict=True):
        try:
            profile = load_profile({"answers": row, "weights": weights}, pack)
        except ProfileError as error:
            expected = str(error).replace("project: ", "").replace("\n", "; ")
        else:
            expected = None
        assert got["error"] == expected
        if expected is not None:
            assert got["outcome"] is got["best"] is got["support"] is None
            assert all(got[f"score.{name}"] is None for name in pack.candidates)
            continue
        told = decide(profile, pack, lens=lens)
        assert (got["outcome"], got["best"]) == (told.outcome, told.best)
        assert (got["support"], got["probability"]) == (told.support / WHOLE, None)
        scores = score(profile, pack, lens=lens).scores
        assert {name: got[f"score.{name}"] for name in pack.candidates} == scores


@given(st.data())
def test_rows_do_not_see_each_other(data):
    pack = data.draw(packs())
    _, table = data.draw(tables(pack))
    if table.column_names:
        with mock.patch.multiple(
            results, CELLS=1, LEAST_ROWS=data.draw(st.sampled_from((3, 1000)))
        ):
            whole = score_table(table, pack).to_pylist()
            alone = [score_table(table.slice(i, 1), pack).to_pylist()[0] for i in range(len(table))]
        assert whole == alone
