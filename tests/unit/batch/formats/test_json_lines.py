"""JSON Lines: members in any order or left out, and nothing written that is no JSON."""

import datetime as dt
import decimal
import json

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from recommender.batch import result_columns
from recommender.batch.files import Counts, score_file
from recommender.batch.formats import json_lines
from recommender.batch.formats.pieces import ROWS
from recommender.nouns.errors import RecommenderError, UsageError

FORMS = ("parquet", "csv", "jsonl", "arrow")


def strict(path):
    def refuse(word):
        raise AssertionError(f"{word} is no JSON")

    return [
        json.loads(line, parse_constant=refuse) for line in path.read_text("utf-8").splitlines()
    ]


def scored(folder, toy, text, target="parquet", **how):
    source, out = folder / "in.jsonl", folder / f"out.{target}"
    source.write_text(text, encoding="utf-8")
    score_file(source, out, toy, force=True, **how)
    return strict(out) if target == "jsonl" else pq.read_table(out).to_pylist()


@pytest.mark.parametrize("last", [
    {"note": "other", "id": 7, "hour": "morning"}, {"hour": "morning"}, {"id": 7}, {"new": 1, "hour": None},
])  # fmt: skip
@pytest.mark.parametrize("target", FORMS)
def test_members_of_a_later_piece_may_come_in_another_order_or_not(
    tmp_path, toy, monkeypatch, target, last
):
    count = ROWS if target == "csv" else 100  # the real size once, since it takes seconds
    monkeypatch.setattr(json_lines, "ROWS", count)
    source, out = tmp_path / "in.jsonl", tmp_path / f"out.{target}"
    first = {"hour": "evening", "id": 1, "note": "n"}
    source.write_text((json.dumps(first) + "\n") * count + json.dumps(last) + "\n")
    assert score_file(source, out, toy) == Counts(count + 1, 0)
    names = [*dict.fromkeys([*first, *last]), *result_columns(toy)]
    if target == "parquet":
        table = pq.read_table(out)
    elif target == "arrow":
        with pa.ipc.open_file(out) as file:
            table = file.read_all()
    elif target == "csv":
        rows = out.read_text().splitlines()
        assert rows[0].replace('"', "").split(",") == names
        cells = dict(zip(names, rows[-1].replace('"', "").split(","), strict=True))
        assert [cells[n] for n in first] == [
            "" if last.get(n) is None else str(last[n]) for n in first
        ]
        return
    else:
        *_, before, found = out.read_text().splitlines()
        assert {name: json.loads(found)[name] for name in last} == last
        assert json.loads(before) | first == json.loads(before)
        return
    assert table.column_names == names
    assert table["hour"].to_pylist() == ["evening"] * count + [last.get("hour")]
    for name in {*first, *last} - {"hour"}:
        text = [None if row.get(name) is None else str(row[name]) for row in (first, last)]
        assert table[name].to_pylist() == [text[0]] * count + [text[1]]


def test_a_piece_without_any_answer_is_scored_too(tmp_path, toy, monkeypatch):
    monkeypatch.setattr(json_lines, "ROWS", 2)
    text = '{"id": 1}\n{"id": 2}\n{"id": 3, "hour": "evening"}\n{}\n'
    for target in FORMS[::2]:
        rows = scored(tmp_path, toy, text, target)
        assert [row["outcome"] for row in rows][:2] == [rows[3]["outcome"]] * 2
        assert rows[2]["best"] == "tea"
    with pytest.raises(UsageError, match="no column"):
        scored(tmp_path, toy, '{"id": 1}\n')


@pytest.mark.parametrize(("line", "words"), [
    ('{"id": NaN}', "is not a JSON object"), ('{"id": [-Infinity]}', "is not a JSON object"),
    ("[1]", "is not a JSON object"), ("{", "is not a JSON object"),
    ('{"id": ' + "[" * 100_000, "is not a JSON object"), ('{"id": "\\ud800"}', "half of a surrogate pair"),
    ('{"hour": "\\uDFFF"}', "half of a surrogate pair"), ('{"\\uD83D": 1}', "half of a surrogate pair"),
    ('{"hour": ["\\ude00\\ud83d"]}', "half of a surrogate pair"),
])  # fmt: skip
@pytest.mark.parametrize("target", FORMS)
def test_what_is_no_json_or_no_text_is_refused_with_its_line(tmp_path, toy, target, line, words):
    with pytest.raises(RecommenderError, match=words) as refused:
        scored(tmp_path, toy, '{"hour": "evening"}\n\n' + line + "\n", target)
    assert refused.value.faults[0].place.line == 3
    assert not (tmp_path / f"out.{target}").exists()


@pytest.mark.parametrize("target", FORMS[::2])
def test_a_member_that_is_written_twice_is_an_error_of_its_row(tmp_path, toy, monkeypatch, target):
    monkeypatch.setattr(json_lines, "ROWS", 2)
    lines = [
        '{"hour": "evening"}',
        '{"id": 23, "hour": "morning", "hour": "evening"}',
        '{"hour": "noon", "hour": "noon", "id": 1, "\\u0069d": 1}',
        '{"hour": "evening", "note": {"a": 1, "a": 2}}',
    ]
    right, *wrong = scored(tmp_path, toy, "\n".join(lines), target)
    hour, id_, note = (f"`{n}` is written twice; keep one of the two" for n in ("hour", "id", "a"))
    assert (right["error"], right["best"]) == (None, "tea")
    assert [row["error"] for row in wrong] == [hour, f"{hour}; {id_}", note]
    names = [name for name in result_columns(toy) if name != "error"]
    assert {row[name] for row in wrong for name in names} == {None}
    alone = scored(tmp_path, toy, lines[1], target, scores_only=True)
    assert (alone[0]["error"], alone[0]["score.tea"]) == (hour, None)


@pytest.mark.parametrize("number", ["1e400", "-1e400", "9" * 5000])
@pytest.mark.parametrize("target", FORMS[::2])
def test_a_number_beyond_all_others_is_too_large_and_stays_as_it_is(tmp_path, toy, target, number):
    text = f'{{"hour": "evening", "id": {number}, "cups": {number}}}\n{{"id": {number}}}'
    wrong, right = scored(tmp_path, toy, text, target, keep=["id"])
    assert (wrong["error"], wrong["best"]) == ("`cups` is too large; is the unit right?", None)
    assert (right["error"], right["id"]) == (None, number)


def test_every_line_that_is_no_object_is_told_at_once(tmp_path, toy):
    lines = ['{"hour": "evening"}', "{", '{"hour": "morning"}', "[]", '{"hour": "\\ud800"}']
    with pytest.raises(RecommenderError) as refused:
        scored(tmp_path, toy, "\n".join(lines) + "\n")
    assert [fault.place.line for fault in refused.value.faults] == [2, 4, 5]


def test_a_project_file_on_a_line_is_told_where_its_answers_go(tmp_path, toy):
    nested = '{"name": "a", "answers": {"hour": "evening"}}'
    with pytest.raises(RecommenderError, match="write them a level up") as refused:
        scored(tmp_path, toy, '{"hour": "evening", "answers": {"note": 1}}\n' + nested)
    assert [fault.place.line for fault in refused.value.faults] == [2]


def test_whole_pairs_and_what_looks_like_half_of_one_are_text(tmp_path, toy):
    text = r'{"hour": "evening", "note": "\ud83d\ude00 \\ud800"}'
    assert scored(tmp_path, toy, text)[0]["note"] == "\U0001f600 \\ud800"
    assert scored(tmp_path, toy, text, "jsonl")[0]["note"] == "\U0001f600 \\ud800"


def test_lines_and_names_without_end_are_refused(tmp_path, toy, monkeypatch):
    monkeypatch.setattr(json_lines, "BLOCK", 100)
    with pytest.raises(RecommenderError, match="longer than"):
        scored(tmp_path, toy, json.dumps({"hour": "evening", "note": "x" * 100}))
    monkeypatch.setattr(json_lines, "MOST_NAMES", 10)
    rows = [json.dumps({"hour": "evening", f"n{i}": 1}) + "\n" for i in range(10)]
    with pytest.raises(RecommenderError, match="names of members"):
        scored(tmp_path, toy, "".join(rows))


def test_rows_are_written_again_as_they_were(tmp_path, toy):
    line = '{"price": 1.10,  "big": 12345678901234567890.123, "hour":"evening", "x": {"b": 1, "a": [1.0]}}'
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text("\ufeff" + line + "\r\n  " + line + "\n{}")
    score_file(source, out, toy)
    written = out.read_text().splitlines()
    assert [each.startswith(line[:-1] + ', "outcome": ') for each in written] == [True, True, False]
    assert written[2].startswith('{"outcome": ')
    score_file(source, out, toy, keep=["x"], force=True)
    assert [list(row)[:1] for row in strict(out)] == [["x"], ["x"], ["outcome"]]


KEPT = {
    "nan": (pa.array([float("nan"), float("inf"), float("-inf"), 0.5]), ["NaN", "Infinity", "-Infinity", 0.5]),
    "half": (pa.array(np.array([1.5, 0, float("nan"), 0], np.float16), mask=np.arange(4) == 1), [1.5, None, "NaN", 0]),
    "bytes": (pa.array([b"a", b"\xff\xfe", b"", None]), ["YQ==", "//4=", "", None]),
    "nested": (pa.array([{"a": [float("nan")], "b": b"\xff"}] * 4), [{"a": ["NaN"], "b": "/w=="}] * 4),
    "map": (pa.array([[("k", float("inf"))], [], None, []], pa.map_("string", "double")), [[["k", "Infinity"]], [], None, []]),
    "decimal": (pa.array([decimal.Decimal("1.10")] * 4), ["1.10"] * 4),
    "time": (pa.array([1] * 4, pa.timestamp("ns")), ["1970-01-01 00:00:00.000000001"] * 4),
    "day": (pa.array([dt.date(2026, 1, 2)] * 4), ["2026-01-02"] * 4),
    "days": (pa.array([[dt.date(2026, 1, 2)], None, [], [None]]), [["2026-01-02"], None, [], [None]]),
    "word": (pa.array(["a", None, "b", "a"]).dictionary_encode(), ["a", None, "b", "a"]),
    "long": (pa.array([2**63 - 1, -(2**63), None, 2**53 + 1]), [2**63 - 1, -(2**63), None, 2**53 + 1]),
    "text": (pa.array(["\u2028", "\x00", '"', "\U0001f600"]), ["\u2028", "\x00", '"', "\U0001f600"]),
}  # fmt: skip


@pytest.mark.parametrize("name", KEPT)
def test_every_type_becomes_json(tmp_path, toy, name):
    array, expected = KEPT[name]
    source, out = tmp_path / "in.arrow", tmp_path / "out.jsonl"
    table = pa.table({"hour": ["evening"] * 4, name: array})
    with pa.OSFile(str(source), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)
    score_file(source, out, toy)
    with out.open(encoding="utf-8") as stream:
        rows = [json.loads(line, parse_constant=pytest.fail) for line in stream]
    assert [row[name] for row in rows] == expected


def test_what_has_no_form_in_json_is_refused(tmp_path, toy):
    source, out = tmp_path / "in.arrow", tmp_path / "out.jsonl"
    table = pa.table(
        {"hour": ["evening"], "lapse": pa.array([(1, 2, 3)], pa.month_day_nano_interval())}
    )
    with pa.OSFile(str(source), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)
    with pytest.raises(RecommenderError, match="cannot be written"):
        score_file(source, out, toy)
    assert not out.exists()
