"""CSV: cells are text and stay so, whatever stands in them and wherever a block ends."""

import csv

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from recommender.batch.files import Counts, score_file
from recommender.batch.formats import csv_file
from recommender.batch.formats.pieces import BLOCK
from recommender.nouns.errors import RecommenderError

CELLS = (
    "00701", "1.10", "TRUE", "12345678901234567890", "+4930123", "1e5", "2026-01-02", " x ", "", "null", "NaN", "#N/A",
    "0x10", "-0", "1,5", 'a "b"', "a\nb", "a\r\nb", "\tx", "é", "None", "12:30", "\u200b",
)  # fmt: skip


def write(path, rows, names, **how):
    with path.open("w", encoding="utf-8", newline="") as stream:
        out = csv.writer(stream, **how)
        out.writerow(names)
        out.writerows(rows)


def read(path):
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.parametrize("target", ["csv", "parquet", "arrow"])
def test_cells_are_kept_byte_for_byte(tmp_path, toy, target):
    source, out = tmp_path / "in.csv", tmp_path / f"out.{target}"
    write(source, [("evening", cell, "x") for cell in CELLS], ("hour", "cell", "other"))
    score_file(source, out, toy)
    if target == "csv":
        found = [row["cell"] for row in read(out)]
        assert [c.removeprefix("'") for c in found] == list(CELLS)
    elif target == "parquet":
        assert pq.read_table(out)["cell"].equals(pa.chunked_array([pa.array(CELLS, pa.string())]))
    else:
        with pa.ipc.open_file(out) as file:
            assert file.read_all()["cell"].to_pylist() == list(CELLS)


def test_later_cells_may_be_of_another_kind(tmp_path, toy, monkeypatch):
    monkeypatch.setattr(csv_file, "BLOCK", 1000)
    cells = ["7"] * 500 + ["seven"] + ["2026-01-02"] * 500
    source, out = tmp_path / "in.csv", tmp_path / "out.parquet"
    write(source, [("evening", cell) for cell in cells], ("hour", "cell"))
    score_file(source, out, toy)
    assert pq.read_table(out)["cell"].to_pylist() == cells


def test_line_ends_in_quotes_beyond_a_block(tmp_path, toy):
    """Whatever a note holds, it is no row; with blocks of their real size."""
    source, out = tmp_path / "in.csv", tmp_path / "out.parquet"
    note = 'first\nevening,"forged",forged\n' * 40
    rows = [("evening", str(number), note) for number in range(2 * BLOCK // len(note))]
    write(source, rows, ("hour", "id", "note"))
    assert source.stat().st_size > 1.9 * BLOCK
    assert score_file(source, out, toy) == Counts(len(rows), 0)
    table = pq.read_table(out)
    assert table["id"].to_pylist() == [row[1] for row in rows]
    assert set(table["note"].to_pylist()) == {note}


@pytest.mark.parametrize("size", range(60, 90))
def test_a_block_may_end_anywhere(tmp_path, toy, monkeypatch, size):
    monkeypatch.setattr(csv_file, "BLOCK", size)
    source, out = tmp_path / "in.csv", tmp_path / "out.parquet"
    rows = [("evening", f'{n}\n"\n,{n}\r\n', "") for n in range(40)]
    write(source, rows, ("hour", "note", "end"), lineterminator="\r\n" if size % 2 else "\n")
    score_file(source, out, toy)
    assert pq.read_table(out)["note"].to_pylist() == [row[1] for row in rows]


def test_an_empty_line_is_an_empty_cell_where_there_is_one_column(tmp_path, toy):
    source, out = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text("hour\nevening\n\nmorning\n")
    assert score_file(source, out, toy) == Counts(3, 0)
    assert [row["hour"] for row in read(out)] == ["evening", "", "morning"]


def test_empty_is_unknown_where_it_answers_a_question(tmp_path, toy):
    source, out = tmp_path / "in.csv", tmp_path / "out.parquet"
    source.write_text('\ufeffhour,milk,note\n,"",\nevening,true,""\n', encoding="utf-8")
    score_file(source, out, toy)
    table = pq.read_table(out)
    assert table["hour"].to_pylist() == [None, "evening"]
    assert table["milk"].to_pylist() == [None, "true"]
    assert table["note"].to_pylist() == ["", ""]
    assert table["error"].null_count == 2


@pytest.mark.parametrize("array", [
    pa.array([[("a", 1)]], pa.map_("string", "int64")), pa.array([{"a": 1}]), pa.array([["a;b"]]), pa.array([[""]]),
    pa.array([["a", None]]), pa.array([[["a"]]]), pa.array([b"\xff"]),
])  # fmt: skip
def test_what_csv_has_no_form_for_is_refused(tmp_path, toy, array):
    source, out = tmp_path / "in.parquet", tmp_path / "out.csv"
    pq.write_table(pa.table({"hour": ["evening"], "kept": array}), source)
    with pytest.raises(RecommenderError, match="cannot be written"):
        score_file(source, out, toy)
    assert not out.exists()
    score_file(source, out, toy, keep=["hour"])


def test_every_row_with_another_number_of_cells_is_told_at_once(tmp_path, toy, monkeypatch):
    monkeypatch.setattr(csv_file, "BLOCK", 64)
    source = tmp_path / "in.csv"
    rows = [f'evening,"{number}\n"' + ",3" * (number % 40 == 0) for number in range(1, 100)]
    source.write_text("\n".join(["hour,note", *rows]) + "\n", encoding="utf-8")
    with pytest.raises(RecommenderError) as refused:
        score_file(source, tmp_path / "out.csv", toy)
    assert [fault.what for fault in refused.value.faults] == [
        f"row {number} has 3 cells, not 2" for number in (40, 80)
    ]
