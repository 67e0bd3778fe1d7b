"""Parquet to Parquet: what is kept stays as it was, in order, and results stand beside it."""

import decimal
import itertools

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from recommender.batch import result_columns, score_table
from recommender.batch.files import Counts, score_file
from recommender.batch.formats import parquet_file
from recommender.nouns.errors import RecommenderError, UsageError


def table(rows=1000):
    """Answers of the toy pack, right and wrong, and columns of other kinds."""

    def some(*values):
        return list(itertools.islice(itertools.cycle(values), rows))

    return pa.table({
        "hour": some("evening", None, "morning", "noonish", "evening"),
        "sugar": pa.array(some(1, 5, None, 3, 9, 2), pa.int8()),
        "place": pa.array(some(["home"], None, [], ["train", "office"]), pa.list_(pa.string())),
        "milk": some(True, None, False),
        "id": list(range(rows)),
        "more": [{"a": [number], "b": str(number)} for number in range(rows)],
        "raw": pa.array(some(b"\xff", None), pa.binary()),
    }).replace_schema_metadata({"made": "by hand"})  # fmt: skip


def checked(path, source, pack, kept=None):
    """Compare a file of results with the table that it was made of."""
    names = source.column_names if kept is None else kept
    found = pq.read_table(path)
    found.validate(full=True)
    assert found.select(names).equals(source.select(names))
    asked = source.select([name for name in source.column_names if name in pack.questions])
    results = found.select(result_columns(pack))
    wanted = score_table(asked, pack).select(result_columns(pack))
    assert results.equals(wanted.cast(results.schema))  # which older PyArrow reads as int32 indices
    return found


WAYS = [
    {}, {"version": "1.0"}, {"data_page_version": "2.0"}, {"use_dictionary": False},
    *({"compression": name} for name in ("none", "gzip", "zstd", "lz4", "brotli")),
    {"row_group_size": 9}, {"row_group_size": 77}, {"store_schema": False},
    {"write_page_index": True}, {"write_statistics": False}, {"use_byte_stream_split": ["id"], "use_dictionary": False},
    {"column_encoding": {"id": "DELTA_BINARY_PACKED"}, "use_dictionary": False},
]  # fmt: skip


@pytest.mark.parametrize("how", WAYS, ids=str)
def test_files_of_every_making(tmp_path, toy, monkeypatch, how):
    monkeypatch.setattr(parquet_file, "ROWS", 190)
    source, target = tmp_path / "in.parquet", tmp_path / "out.parquet"
    pq.write_table(table(), source, **how)
    told = []
    counts = score_file(source, target, toy, progress=told.append)
    found = checked(target, pq.read_table(source), toy)
    assert counts == Counts(1000, 1000 - found["error"].null_count)
    assert counts.errors > 100
    assert told[-1] == 1
    assert told == sorted(told)


KEPT = {
    "map": pa.array([[("a", 1)], None, []], pa.map_(pa.string(), pa.int32())),
    "decimal128": pa.array([decimal.Decimal("1.10"), None, decimal.Decimal("-2.00")], pa.decimal128(9, 2)),
    "decimal256": pa.array([decimal.Decimal("1.10"), None, decimal.Decimal("-2.00")], pa.decimal256(60, 2)),
    "dictionary": pa.array(["x", None, "y"], pa.dictionary(pa.int32(), pa.string())),
    "ordered": pa.array(["x", None, "y"], pa.dictionary(pa.int32(), pa.string(), ordered=True)),
    "string": pa.array(["x", None, ""], pa.string()),
    "large_string": pa.array(["x", None, ""], pa.large_string()),
    "binary": pa.array([b"\xff", None, b""], pa.binary()),
    "fixed_binary": pa.array([b"ab", None, b"cd"], pa.binary(2)),
    "null": pa.nulls(3),
    "bool": pa.array([True, None, False]),
    "float32": pa.array([float("inf"), None, -0.0], pa.float32()),
    "float64": pa.array([0.1, None, 5e-324], pa.float64()),
    **{f"int{n}": pa.array([-(2 ** (n - 1)), None, 1], f"int{n}") for n in (8, 16, 32, 64)},
    **{f"uint{n}": pa.array([2**n - 1, None, 1], f"uint{n}") for n in (8, 16, 32, 64)},
    **{f"time_{unit}": pa.array([1, None, 2], pa.timestamp(unit)) for unit in ("ms", "us", "ns")},
    "zoned": pa.array([1, None, 2], pa.timestamp("us", tz="Europe/Berlin")),
    "date": pa.array([1, None, 2], pa.date32()),
    "time32": pa.array([1, None, 2], pa.time32("ms")),
    "time64": pa.array([1, None, 2], pa.time64("ns")),
    "duration": pa.array([1, None, 2], pa.duration("ns")),
    "list": pa.array([[1, None], None, []], pa.list_(pa.int64())),
    "large_list": pa.array([["a"], None, []], pa.large_list(pa.string())),
    "fixed_list": pa.array([[1, 2], [5, 6], [3, 4]], pa.list_(pa.int64(), 2)),
    "struct": pa.array([{"a": 1, "b": "x"}, None, {"a": None, "b": "y"}],
        pa.struct([pa.field("a", pa.int32()), pa.field("b", pa.string())])),
    "sure_struct": pa.array([{"a": 1}, {"a": 2}, {"a": 3}], pa.struct([pa.field("a", pa.int8(), nullable=False)])),
    "sure_list": pa.array([[1], [2], [3]], pa.list_(pa.field("element", pa.int32(), nullable=False))),
}  # fmt: skip


class Fraction(pa.ExtensionType):
    """A type of somebody's own."""

    def __init__(self):
        super().__init__(pa.struct([("over", pa.int64()), ("under", pa.int64())]), "tests.fraction")

    def __arrow_ext_serialize__(self):
        return b""

    @classmethod
    def __arrow_ext_deserialize__(cls, storage, serialized):
        return cls()


@pytest.fixture
def fraction():
    pa.register_extension_type(Fraction())
    yield Fraction()
    pa.unregister_extension_type("tests.fraction")


def kept_types(extension):
    """A table with a column of each type, some of them `not null`, each with metadata."""
    storage = pa.array(
        [{"over": 1, "under": 2}, None, {"over": 3, "under": 4}], extension.storage_type
    )
    arrays = {**KEPT, "extension": pa.ExtensionArray.from_storage(extension, storage)}
    fields = [
        pa.field(name, each.type, nullable=name == "extension" or each.null_count > 0, metadata={"unit": name})
        for name, each in arrays.items()
    ]  # fmt: skip
    schema = pa.schema([*fields, pa.field("hour", pa.string())], metadata={"made": "by hand"})
    return pa.table([*arrays.values(), pa.array(["evening", None, "noonish"])], schema=schema)


@pytest.mark.parametrize("registered", [True, False])
def test_every_type_is_kept_with_nullability_metadata_and_values(
    tmp_path, toy, monkeypatch, fraction, registered
):
    monkeypatch.setattr(parquet_file, "ROWS", 2)
    source, target = tmp_path / "in.parquet", tmp_path / "out.parquet"
    written = kept_types(fraction)
    pq.write_table(written, source)
    if not registered:
        pa.unregister_extension_type("tests.fraction")
    try:
        score_file(source, target, toy)
        before, after = pq.read_table(source), pq.read_table(target)
    finally:
        if not registered:
            pa.register_extension_type(fraction)
    if registered:
        assert before.schema.equals(written.schema)
    assert after.column_names == [*before.column_names, *result_columns(toy)]
    assert after.schema.metadata == before.schema.metadata
    for field in before.schema:
        assert after.schema.field(field.name).equals(field, check_metadata=True)
        assert after[field.name].equals(before[field.name])


@pytest.mark.parametrize("encoding", ["DELTA_BYTE_ARRAY", "DELTA_LENGTH_BYTE_ARRAY"])
def test_answers_in_delta_encodings_are_read(tmp_path, toy, encoding):
    source, target = tmp_path / "in.parquet", tmp_path / "out.parquet"
    rows = table().select(["hour", "id"])
    pq.write_table(rows, source, use_dictionary=False, column_encoding={"hour": encoding})
    assert encoding in pq.read_metadata(source).row_group(0).column(0).encodings
    score_file(source, target, toy)
    checked(target, rows, toy)


def test_a_file_of_the_second_version_by_duckdb_is_read(tmp_path, toy):
    duckdb = pytest.importorskip("duckdb")
    source, target = tmp_path / "in.parquet", tmp_path / "out.parquet"
    with duckdb.connect() as connection:
        connection.sql(
            "copy (select case when i % 3 = 0 then 'evening' else 'nonsense ' || i end as hour, i as id"
            f" from range(5000) t(i)) to '{source}' (format parquet, parquet_version v2)"
        )
    encodings = {
        e for i in range(2) for e in pq.read_metadata(source).row_group(0).column(i).encodings
    }
    assert any(each.startswith("DELTA") for each in encodings)
    score_file(source, target, toy)
    checked(target, pq.read_table(source), toy)


@pytest.mark.parametrize("version", ["1.2.8", "1.4.0", "1.8.0"])
def test_what_an_old_parquet_mr_wrote_is_kept_readable(tmp_path, toy, version):
    source, target = tmp_path / "in.parquet", tmp_path / "out.parquet"
    rows = table().select(["hour", "id", "place"])
    pq.write_table(rows, source, row_group_size=300)
    made = pq.read_metadata(source).created_by.encode()
    claimed = f"parquet-mr version {version}".encode().ljust(len(made))
    source.write_bytes(source.read_bytes().replace(made, claimed))
    assert pq.read_metadata(source).created_by.startswith("parquet-mr")
    score_file(source, target, toy)
    checked(target, rows, toy)


def test_rows_stay_in_order(tmp_path, toy, monkeypatch):
    monkeypatch.setattr(parquet_file, "ROWS", 7)
    source, target = tmp_path / "in.parquet", tmp_path / "out.parquet"
    pq.write_table(table(), source, row_group_size=10)
    score_file(source, target, toy)
    assert pq.read_table(target)["id"].to_pylist() == list(range(1000))


def test_some_columns_are_kept(tmp_path, toy):
    source, target = tmp_path / "in.parquet", tmp_path / "out.parquet"
    pq.write_table(table(), source)
    for kept in ([], ["more", "id"], ["hour", "id", "raw"]):
        score_file(source, target, toy, keep=kept, force=True)
        names = [name for name in table().column_names if name in kept]
        assert checked(target, table(), toy, kept).column_names[: len(kept)] == names
    with pytest.raises(UsageError, match="no column `di` to keep"):
        score_file(source, target, toy, keep=["di"], force=True)


def test_results_have_statistics(tmp_path, toy):
    source, target = tmp_path / "in.parquet", tmp_path / "out.parquet"
    pq.write_table(table(), source)
    score_file(source, target, toy)
    scored = pq.read_table(target)
    group = pq.read_metadata(target).row_group(0)
    for index in range(group.num_columns):
        column = group.column(index)
        if (name := column.path_in_schema) not in result_columns(toy):
            continue
        assert column.statistics.null_count == scored[name].null_count
        if name.startswith("score."):
            numbers = [value for value in scored[name].to_pylist() if value is not None]
            assert (column.statistics.min, column.statistics.max) == (min(numbers), max(numbers))


def test_empty_row_groups_and_empty_files(tmp_path, toy):
    source, target = tmp_path / "in.parquet", tmp_path / "out.parquet"
    with pq.ParquetWriter(source, table().schema) as writer:
        for rows in (0, 3, 0, 5, 0):
            writer.write_table(table(rows) if rows else table().slice(0, 0))
    assert score_file(source, target, toy).rows == 8
    checked(target, pa.concat_tables([table(3), table(5)]), toy)
    for empty in (table().slice(0, 0), None):
        with pq.ParquetWriter(source, table().schema) as writer:
            if empty is not None:
                writer.write_table(empty)
        with pytest.raises(RecommenderError, match="holds no rows"):
            score_file(source, target, toy, force=True)


def test_a_file_may_be_written_over_itself(tmp_path, toy):
    path = tmp_path / "in.parquet"
    pq.write_table(table(), path)
    score_file(path, path, toy, force=True)
    checked(path, table(), toy)
    with pytest.raises(UsageError, match="already"):
        score_file(path, path, toy, force=True)


def test_names_are_checked_as_in_a_table(tmp_path, toy):
    source = tmp_path / "in.parquet"
    for bad, words in (
        (pa.table({"colour": ["red"]}), "no column"),
        (pa.table({"hour": ["evening"], "best": ["x"]}), "already"),
        (pa.table([["a"], ["b"]], names=["hour", "hour"]), "two columns"),
        (pa.table([["a"], ["b"], ["c"]], names=["hour", "x", "x"]), "two columns"),
    ):
        pq.write_table(bad, source)
        with pytest.raises(UsageError, match=words):
            score_file(source, tmp_path / "out.parquet", toy)
        assert not (tmp_path / "out.parquet").exists()


def test_an_index_past_its_dictionary_is_told(tmp_path, toy):
    source, target = tmp_path / "in.parquet", tmp_path / "out.parquet"
    rows = pa.table({"hour": pa.array(["evening", "morning", "noon"] * 10).dictionary_encode()})
    pq.write_table(rows, source, compression="none")
    data = source.read_bytes()
    at = data.index(b"\x02\x09")  # two bits, four groups packed
    source.write_bytes(data[: at + 2] + b"\xff" + data[at + 3 :])
    with pytest.raises(RecommenderError, match="cannot be read"):
        score_file(source, target, toy)
    assert not target.exists()


def test_other_engines_read_and_write_such_files(tmp_path, toy, monkeypatch):
    monkeypatch.setattr(parquet_file, "ROWS", 190)
    polars, duckdb = pytest.importorskip("polars"), pytest.importorskip("duckdb")
    rows = table().select(["hour", "sugar", "id"])
    paths = {name: tmp_path / f"{name}.parquet" for name in ("pyarrow", "polars", "duckdb")}
    pq.write_table(rows, paths["pyarrow"], row_group_size=300)
    polars.from_arrow(rows).write_parquet(paths["polars"])
    with duckdb.connect() as connection:
        connection.register("projects", rows)
        connection.sql("from projects").write_parquet(str(paths["duckdb"]))
        for name, path in paths.items():
            score_file(path, tmp_path / "out.parquet", toy, force=True)
            found = pq.read_table(tmp_path / "out.parquet")
            wanted = found.to_pylist()
            values = pq.read_table(path).to_pylist()
            assert [{k: row[k] for k in rows.column_names} for row in wanted] == values, name
            out = str(tmp_path / "out.parquet")
            assert polars.read_parquet(out).to_dicts() == wanted
            read = connection.sql(f"from '{out}'").to_arrow_table().to_pylist()
            assert read == wanted
            few = connection.sql(f"select id from '{out}' where error is not null")
            assert len(few.to_arrow_table()) == sum(1 for row in wanted if row["error"])
