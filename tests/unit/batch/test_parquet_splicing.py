"""Parquet to Parquet: kept columns as they lay, results beside them, one footer for all."""

import io
import itertools
import os
import sys
import threading

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from recommender.batch import files, parquet, result_columns, score_table
from recommender.batch.files import score_file
from recommender.batch.parquet import reading
from recommender.batch.parquet.footer import Column, File, Meta, RowGroup, number, read_footer
from recommender.batch.parquet.thrift import I64, Reader, RefusedError, written
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


@pytest.fixture(autouse=True)
def small_groups(monkeypatch):
    monkeypatch.setattr(parquet, "GROUP_ROWS", 1)


WAYS = [
    {}, {"version": "1.0"}, {"data_page_version": "2.0"}, {"use_dictionary": False},
    *({"compression": name} for name in ("none", "gzip", "zstd", "lz4", "brotli")),
    {"row_group_size": 9}, {"row_group_size": 77}, {"store_schema": False},
    {"write_page_index": True}, {"write_statistics": False}, {"use_byte_stream_split": ["id"], "use_dictionary": False},
    {"column_encoding": {"id": "DELTA_BINARY_PACKED"}, "use_dictionary": False},
]  # fmt: skip


@pytest.mark.parametrize("from_row", [-1, 1 << 60], ids=["coded", "plain"])
@pytest.mark.parametrize("how", WAYS, ids=str)
def test_files_of_every_making(tmp_path, toy, monkeypatch, how, from_row):
    monkeypatch.setattr(reading, "CODED_FROM", from_row)
    monkeypatch.setattr(parquet, "ROWS", 190)
    source, target = tmp_path / "in.parquet", tmp_path / "out.parquet"
    pq.write_table(table(), source, **how)
    told = []
    tally = score_file(source, target, toy, progress=told.append)
    found = checked(target, pq.read_table(source), toy)
    assert tally == (1000, 1000 - found["error"].null_count)
    assert tally.errors > 100
    assert told[-1] == 1
    assert told == sorted(told)


def chunks(path):
    data = path.read_bytes()
    footer = read_footer(io.BytesIO(data))
    return [
        [data[chunk.start : chunk.start + chunk.size] for chunk in group.chunks]
        for group in footer.groups
    ], footer


def test_chunks_are_copied_byte_by_byte(tmp_path, toy):
    source, target = tmp_path / "in.parquet", tmp_path / "out.parquet"
    sorting = [pq.SortingColumn(6), pq.SortingColumn(4, descending=True)]
    pq.write_table(
        table(), source, row_group_size=300, sorting_columns=sorting, write_page_index=True
    )
    score_file(source, target, toy)
    before, after = chunks(source)[0], chunks(target)[0]
    assert [group[: len(group) - 5] for group in after] == before
    metadata = pq.read_metadata(target)
    assert metadata.row_group(1).sorting_columns == tuple(sorting)
    assert not metadata.row_group(0).column(4).has_offset_index
    assert metadata.num_rows == 1000
    assert metadata.metadata[b"made"] == b"by hand"


def test_some_columns_are_kept(tmp_path, toy):
    source, target = tmp_path / "in.parquet", tmp_path / "out.parquet"
    sorting = [pq.SortingColumn(4), pq.SortingColumn(0)]
    pq.write_table(table(), source, sorting_columns=sorting)
    for kept, sorted_by in (([], 0), (["more", "id"], 1), (["hour", "id", "raw"], 2)):
        score_file(source, target, toy, keep=kept, force=True)
        names = [name for name in table().column_names if name in kept]
        assert checked(target, table(), toy, kept).column_names[: len(kept)] == names
        assert len(pq.read_metadata(target).row_group(0).sorting_columns) == sorted_by
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
            assert "DELTA_BINARY_PACKED" in column.encodings


def test_pages_of_many_pieces_make_one_chunk(tmp_path, toy, monkeypatch):
    """Among them pieces whose rows are all wrong, or all right."""
    monkeypatch.setattr(parquet, "ROWS", 10)
    rows = pa.table({"hour": ["evening"] * 25 + ["noonish"] * 30 + [None] * 25 + ["morning"] * 9})
    source, target = tmp_path / "in.parquet", tmp_path / "out.parquet"
    pq.write_table(rows, source)
    assert score_file(source, target, toy) == (89, 30)
    checked(target, rows, toy)
    footer = chunks(target)[1]
    for chunk in footer.groups[0].chunks:
        assert number(chunk.meta, Meta.VALUES) == 89
        assert number(chunk.meta, Meta.UNCOMPRESSED) >= chunk.size * 0.5


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


@pytest.mark.skipif(sys.platform == "win32", reason="no named pipes")
def test_a_pipe_is_written_into(tmp_path, toy):
    source, pipe, target = (tmp_path / f"{name}.parquet" for name in ("in", "pipe", "out"))
    pq.write_table(table(), source)
    os.mkfifo(pipe)
    reader = threading.Thread(target=lambda: target.write_bytes(pipe.read_bytes()))
    reader.start()
    score_file(source, pipe, toy)
    reader.join()
    checked(target, table(), toy)


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
    rows = pa.table({"hour": ["evening", "morning", "noon"] * 10})
    pq.write_table(rows, source, compression="none")
    data = source.read_bytes()
    at = data.index(b"\x02\x09")  # two bits, four groups packed
    source.write_bytes(data[: at + 2] + b"\xff" + data[at + 3 :])
    for name in ("spliced", "anew"):
        with pytest.MonkeyPatch.context() as patch:
            if name == "anew":
                patch.setattr(parquet, "original", lambda _: None)
            with pytest.raises(RecommenderError, match="cannot be read"):
                score_file(source, target, toy)


def test_a_file_that_becomes_shorter_is_told(tmp_path, toy, monkeypatch):
    source, target = tmp_path / "in.parquet", tmp_path / "out.parquet"
    pq.write_table(table(), source)
    opened = parquet.original(str(source))
    footer = opened.footer
    chunk = footer.groups[0].chunks[-1]
    footer.groups[0].chunks[-1] = chunk._replace(size=chunk.size + (1 << 20))
    monkeypatch.setattr(parquet, "original", lambda _: opened)
    with pytest.raises(RecommenderError, match="became shorter"):
        score_file(source, target, toy)
    assert not target.exists()


def with_footer(data, change):
    """Write a file's footer anew, once its first row group's chunks have been changed."""
    begin = len(data) - 8 - int.from_bytes(data[-8:-4], "little")
    struct = Reader(data, begin).struct()
    (group,) = struct[File.GROUPS][1][1]
    change([column[Column.META][1] for column in group[RowGroup.COLUMNS][1][1]], begin)
    packed = written(struct)
    return data[:begin] + packed + len(packed).to_bytes(4, "little") + b"PAR1"


@pytest.fixture
def two_columns():
    sink = io.BytesIO()
    pq.write_table(pa.table({"hour": ["evening"] * 40, "id": range(40)}), sink)
    data = sink.getvalue()
    assert with_footer(data, lambda *_: None) == data
    return data


def test_a_small_file_is_not_copied_many_times_over(two_columns):
    """Chunks may not lie over one another: each would be copied by itself."""

    def change(chunks, end):
        place = {Meta.DATA: (I64, 4), Meta.DICTIONARY: (I64, 4), Meta.COMPRESSED: (I64, end - 4)}
        chunks[1] |= place

    with pytest.raises(RefusedError, match="overlap"):
        read_footer(io.BytesIO(with_footer(two_columns, change)))


def test_columns_must_be_equally_long(two_columns):
    """What one chunk says otherwise misleads some readers about the other columns, too."""

    def change(chunks, _):
        chunks[1][Meta.VALUES] = (I64, 39)

    with pytest.raises(RefusedError, match="equally long"):
        read_footer(io.BytesIO(with_footer(two_columns, change)))


@pytest.mark.parametrize(("field", "value"), [
    (Meta.DATA, 3), (Meta.DATA, 1 << 40), (Meta.DATA, -1), (Meta.COMPRESSED, -1),
    (Meta.COMPRESSED, 1 << 40), (Meta.DICTIONARY, 1), (Meta.INDEX, -1), (Meta.VALUES, -1),
    (Meta.UNCOMPRESSED, 1 << 62),
])  # fmt: skip
def test_chunks_lie_in_the_file(two_columns, field, value):
    def change(chunks, _):
        chunks[0][field] = (I64, value)

    with pytest.raises(RefusedError, match=r"outside|no chunk has"):
        read_footer(io.BytesIO(with_footer(two_columns, change)))


def test_other_engines_read_and_write_such_files(tmp_path, toy):
    polars, duckdb = pytest.importorskip("polars"), pytest.importorskip("duckdb")
    rows = table().select(["hour", "sugar", "id"])
    paths = {name: tmp_path / f"{name}.parquet" for name in ("pyarrow", "polars", "duckdb")}
    pq.write_table(rows, paths["pyarrow"], row_group_size=300)
    polars.from_arrow(rows).write_parquet(paths["polars"])
    with duckdb.connect() as connection:
        connection.register("projects", rows)
        connection.sql("from projects").write_parquet(str(paths["duckdb"]))
        for from_row, (name, path) in itertools.product((-1, 1 << 60), paths.items()):
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(reading, "CODED_FROM", from_row)
                patch.setattr(parquet, "ROWS", 190)
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


def test_files_that_cannot_be_copied_are_written_anew(tmp_path, toy, monkeypatch):
    source, target = tmp_path / "in.parquet", tmp_path / "out.parquet"
    pq.write_table(table(), source)
    monkeypatch.setattr(parquet.footer, "LARGEST", 100)
    assert parquet.original(str(source)) is None
    monkeypatch.setattr(parquet.footer, "LARGEST", 1 << 20)
    pq.write_table(table(), source, row_group_size=100)
    monkeypatch.setattr(parquet, "GROUP_ROWS", 101)
    assert parquet.original(str(source)) is None
    monkeypatch.setattr(files, "ROWS", 300)
    assert score_file(source, target, toy, force=True).rows == 1000
    assert pq.read_table(target)["more"].equals(table()["more"])


def test_columns_refused_in_the_midst_are_read_by_pyarrow(tmp_path, toy, monkeypatch):
    pytest.importorskip("numba")
    from recommender.batch.parquet.codes import Codes

    monkeypatch.setattr(reading, "CODED_FROM", -1)
    monkeypatch.setattr(parquet, "ROWS", 90)
    source, target = tmp_path / "in.parquet", tmp_path / "out.parquet"
    pq.write_table(table(), source, row_group_size=400)
    taken = []
    real = Codes.take

    def take(self, rows):
        taken.append(rows)
        if len(taken) in (3, 6):
            raise RefusedError("so")
        return real(self, rows)

    monkeypatch.setattr(Codes, "take", take)
    score_file(source, target, toy)
    checked(target, table(), toy)
    assert taken == [90, 90, 90, 90, 90, 90, 90, 90, 20]
