"""A table's results are those of `score`, row by row."""

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from recommender import load_profile, score
from recommender.batch import score_table
from recommender.errors import ProfileError
from tests.laws.packs import every_answer, packs


def plain(answer):
    return sorted(answer) if isinstance(answer, frozenset) else answer


@st.composite
def tables(draw, pack):
    """Draw rows, valid or not, and a table of them in one of the forms that a column can have."""
    count = draw(st.integers(1, 6))
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


def column_of(draw, question, values):
    if question.type == "choice":
        array = pa.array(values, pa.string())
        return array.dictionary_encode() if draw(st.booleans()) else array
    if question.type == "number":
        return pa.array(values, pa.float64())
    if question.type == "many":
        regular = all(
            v is None or (set(v) <= set(question.choices) and len(set(v)) == len(v)) for v in values
        )
        if regular and draw(st.booleans()):
            names = list(question.choices)
            bits = [None if v is None else sum(1 << names.index(c) for c in v) for v in values]
            return pa.array(bits, pa.uint16())
        return pa.array(values, pa.list_(pa.string()))
    return pa.array(values)


@given(st.data())
def test_a_table_is_scored_as_its_rows_are(data):
    pack = data.draw(packs())
    rows, table = data.draw(tables(pack))
    if not table.column_names:
        return
    lens = data.draw(st.sampled_from(("document", "today")))
    scored = score_table(table, pack, lens=lens).to_pylist()
    for row, got in zip(rows, scored, strict=True):
        try:
            profile = load_profile({"answers": row}, pack)
        except ProfileError as error:
            expected = str(error).replace("\n", "; ")
        else:
            expected = None
        assert got["error"] == expected
        if expected is not None:
            assert got["outcome"] is got["best"] is None
            assert all(got[f"score.{name}"] is None for name in pack.candidates)
            continue
        ranking = score(profile, pack, lens=lens)
        assert (got["outcome"], got["best"]) == (ranking.outcome, ranking.best)
        assert {name: got[f"score.{name}"] for name in pack.candidates} == ranking.scores


@given(st.data())
def test_rows_do_not_see_each_other(data):
    pack = data.draw(packs())
    _, table = data.draw(tables(pack))
    if table.column_names:
        whole = score_table(table, pack).to_pylist()
        alone = [score_table(table.slice(i, 1), pack).to_pylist()[0] for i in range(len(table))]
        assert whole == alone
