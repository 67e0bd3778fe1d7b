"""Arrow IPC: types stay, and dictionaries grow from piece to piece."""

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from recommender.batch import result_columns
from recommender.batch.files import score_file
from recommender.batch.formats import parquet_file


def write(path, table, rows=100):
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, table.schema) as out:
        out.write_table(table, max_chunksize=rows)


def read(path):
    with pa.ipc.open_file(path) as file:
        return file.read_all()


KINDS = {
    "string": pa.array(["a", None, "b"]),
    "view": pa.array(["a", None, "a text of more than twelve bytes"], pa.string_view()),
    "dictionary": pa.array(["a", None, "b"]).dictionary_encode().cast(pa.dictionary(pa.int8(), pa.large_string())),
    "ordered": pa.array(["a", None, "b"], pa.dictionary(pa.uint16(), pa.string(), ordered=True)),
    "numbers": pa.array([1, None, 2], pa.int64()).dictionary_encode(),
    "lists": pa.array([["a"], None, []], pa.list_(pa.dictionary(pa.int32(), pa.string()))),
    "interval": pa.array([(1, 2, 3), None, (0, 0, 0)], pa.month_day_nano_interval()),
    "runs": pa.RunEndEncodedArray.from_arrays([2, 3], ["a", "b"]),
    "union": pa.UnionArray.from_sparse(
        pa.array([0, 1, 0], pa.int8()), [pa.array([1, 2, 3]), pa.array(["x", "y", "z"])]
    ),
    "seconds": pa.array([1, None, 2], pa.timestamp("s", tz="Europe/Berlin")),
    "day": pa.array([86_400_000, None, 0], pa.date64()),
    "map": pa.array([[("a", 1)], None, []], pa.map_(pa.string(), pa.int32())),
    "uuid": pa.ExtensionArray.from_storage(pa.uuid(), pa.array([bytes(16)] * 3, pa.binary(16)))
    if hasattr(pa, "uuid") else pa.nulls(3),
}  # fmt: skip


@pytest.mark.parametrize("name", KINDS)
def test_every_type_is_kept(tmp_path, toy, name):
    source, target = tmp_path / "in.arrow", tmp_path / "out.arrow"
    field = pa.field(
        "kept", KINDS[name].type, nullable=KINDS[name].null_count > 0, metadata={"a": "b"}
    )
    schema = pa.schema([field, pa.field("hour", pa.string())], metadata={"made": "by hand"})
    table = pa.table([KINDS[name], pa.array(["evening", None, "x"])], schema=schema)
    write(source, table, rows=2)
    score_file(source, target, toy)
    found = read(target)
    assert found.schema.field("kept").equals(field, check_metadata=True)
    assert found.schema.metadata == schema.metadata
    assert found["kept"].to_pylist() == table["kept"].to_pylist()
    assert found.column_names == ["kept", "hour", *result_columns(toy)]


def test_dictionaries_of_a_parquet_file_grow_into_one(tmp_path, toy, monkeypatch):
    monkeypatch.setattr(parquet_file, "ROWS", 3)
    source, target = tmp_path / "in.parquet", tmp_path / "out.arrow"
    words = [f"w{number // 2}" for number in range(20)]
    table = pa.table({
        "hour": pa.array(["evening", "morning", None, "noonish"] * 5).dictionary_encode(),
        "word": pa.array(words).dictionary_encode(),
    })  # fmt: skip
    pq.write_table(table, source, row_group_size=4)
    score_file(source, target, toy)
    found = read(target)
    for name in ("hour", "word"):
        assert found.schema.field(name).type == table.schema.field(name).type
        assert found[name].to_pylist() == table[name].to_pylist()
    assert (
        found["best"].to_pylist()[:4] == ["tea", None, None, None]
        or found["best"][0].as_py() == "tea"
    )
