"""Forms of columns: however a table writes its answers, and in whichever way it is judged."""

import random

import numpy as np
import pyarrow as pa
import pytest

from benchmarks.synthetic import answers_of, pack_of, table_of
from recommender.batch import results, score_table
from recommender.judging.case import Case
from recommender.nouns.profile import Profile

CHOICES = ("a0", "a1", "a2")


def told(pack, rows):
    """Judge rows one by one."""
    known = ({k: v for k, v in row.items() if v is not None} for row in rows)
    cases = [Case.of(Profile(answers), pack) for answers in known]
    return [
        (
            each.decision.outcome,
            each.decision.best,
            *map(each.ranking.scores.get, each.matrix.candidates),
        )
        for each in cases
    ]


def scored(pack, table):
    """Judge rows as a table."""
    names = ["outcome", "best", *(f"score.{name}" for name in sorted(pack.candidates))]
    found = score_table(table, pack)
    assert found["error"].null_count == len(found)
    return list(zip(*(found[name].to_pylist() for name in names), strict=True))


@pytest.mark.parametrize("count", [1, 7, 99, 100, 101, 1000])
def test_any_number_of_rows(count, monkeypatch):
    monkeypatch.setattr(results, "CELLS", 1)
    monkeypatch.setattr(results, "LEAST_ROWS", 100)
    pack = pack_of(questions=6, rules=9)
    rows = answers_of(pack, count, unknown=0.4)
    table = pa.Table.from_pylist(rows, pa.schema([(name, pa.string()) for name in pack.questions]))
    assert scored(pack, table) == told(pack, rows)


@pytest.mark.parametrize("many", [0, 4])
def test_slices_begin_anywhere_in_a_byte_of_validity(many):
    pack = pack_of(questions=6, rules=9, many=many)
    table = table_of(pack, 100)
    whole = scored(pack, table)
    for begin in range(18):
        assert scored(pack, table.slice(begin, 33)) == whole[begin : begin + 33]


@pytest.mark.parametrize("kind", ["uint8", "int8", "uint16", "int16", "uint32", "int32", "int64"])
@pytest.mark.parametrize("null", ["bits", "entry", "both"])
@pytest.mark.parametrize("unused", [0, 90])
def test_dictionaries_in_any_order(kind, null, unused):
    pack, rng = pack_of(questions=6, rules=9), random.Random(kind + null)
    rows = answers_of(pack, 200, unknown=0.4)
    columns = {}
    for name, question in pack.questions.items():
        entries = [*question.choices, *(f"unused-{i}" for i in range(unused))]
        entries += [None] * (null != "bits")
        rng.shuffle(entries)
        words = [row.get(name) for row in rows]
        places = [entries.index(word) if word in entries else 127 for word in words]
        if null == "both":
            places = [
                127 if w is None and rng.random() < 0.5 else p
                for w, p in zip(words, places, strict=True)
            ]
        kept = np.array(places, kind)
        # What lies beneath a null is anything, an index beyond the dictionary too.
        bits = np.packbits([place < 127 for place in places], bitorder="little")
        validity = None if null == "entry" else pa.py_buffer(bits)
        buffers = [validity, pa.py_buffer(kept)]
        indices = pa.Array.from_buffers(pa.from_numpy_dtype(kept.dtype), len(kept), buffers)
        columns[name] = pa.DictionaryArray.from_arrays(indices, pa.array(entries), safe=False)
    assert scored(pack, pa.table(columns)) == told(pack, rows)


def test_a_dictionary_may_have_more_entries_than_bytes_tell_apart():
    pack = pack_of(questions=3, rules=5)
    entries = [f"nonsense-{i}" for i in range(70_000)]
    entries[300:303] = CHOICES
    indices = pa.array([300, 301, 302, None, 299], pa.uint16())
    column = pa.DictionaryArray.from_arrays(indices, entries)
    found = score_table(pa.table({"q0": column}), pack)
    rows = [{"q0": word} for word in (*CHOICES, None)]
    assert scored(pack, pa.table({"q0": column.slice(0, 4)})) == told(pack, rows)
    assert found["error"].to_pylist()[:4] == [None] * 4
    assert "no answer `nonsense-299`" in found["error"].to_pylist()[4]


def test_nothing_known_is_told_as_such_whatever_says_so():
    pack = pack_of(questions=3, rules=5)
    none = pa.nulls(20, pa.string())
    indices = pa.nulls(20, pa.uint8())
    entry = pa.DictionaryArray.from_arrays(
        pa.array([0] * 20, pa.uint8()), pa.array([None], "string")
    )
    empty = pa.DictionaryArray.from_arrays(indices, pa.array([], pa.string()))
    for column in (none, empty, entry):
        assert scored(pack, pa.table({"q0": column})) == told(pack, [{}] * 20)


def test_masks_of_any_width_are_sets_of_choices():
    pack = pack_of(questions=4, rules=9, many=4)
    for kind in ("uint8", "uint16", "uint32", "uint64"):
        masks = [0, 1, 5, 7, None]
        table = pa.table({"q0": pa.array(masks, kind), "q1": pa.array(masks[::-1], kind)})
        names = [list(pack.questions[name].choices) for name in ("q0", "q1")]
        rows = [
            {
                name: None
                if mask is None
                else frozenset(c for i, c in enumerate(n) if mask >> i & 1)
                for name, n, mask in zip(("q0", "q1"), names, pair, strict=True)
            }
            for pair in zip(masks, masks[::-1], strict=True)
        ]
        assert scored(pack, table) == told(pack, rows)
        most = np.iinfo(kind).max
        found = score_table(pa.table({"q0": pa.array([int(most), 1], kind)}), pack)
        assert [error is None for error in found["error"].to_pylist()] == [False, True]


def test_lists_that_repeat_themselves_or_say_more_are_looked_at_one_by_one():
    pack = pack_of(questions=4, rules=9, many=4)
    lists = [["a0", "a1"], ["a0", "a0"], ["a0"] * 4, ["a1", None], ["x"], [], None, ["a1"]]
    faulty = [False, True, True, True, True, False, False, False]
    for kind in (pa.string(), pa.large_string(), pa.dictionary(pa.int32(), pa.string())):
        table = pa.table({"q0": pa.array(lists, pa.list_(kind))})
        assert [e is not None for e in score_table(table, pack)["error"].to_pylist()] == faulty
        right = table.filter(pa.array([not each for each in faulty]))
        rows = [{"q0": None if one is None else frozenset(one)} for one in right["q0"].to_pylist()]
        assert scored(pack, right) == told(pack, rows)


def test_more_candidates_than_a_lane_has_room_for():
    pack = pack_of(questions=8, rules=60, candidates=12, constraints=24)
    rows = answers_of(pack, 700, unknown=0.3)
    table = pa.Table.from_pylist(rows, pa.schema([(name, pa.string()) for name in pack.questions]))
    assert scored(pack, table) == told(pack, rows)
