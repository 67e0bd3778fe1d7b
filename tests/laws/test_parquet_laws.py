"""A Parquet file copied and one read and written anew say the same."""

import tempfile
from contextlib import ExitStack
from pathlib import Path
from unittest import mock

import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import given
from hypothesis import strategies as st

from recommender.batch import files, parquet, result_columns
from recommender.batch.files import score_file
from recommender.batch.parquet import reading
from tests.laws.packs import packs
from tests.laws.test_batch_laws import tables

WRITERS = st.fixed_dictionaries({
    "compression": st.sampled_from(("none", "snappy", "gzip", "zstd", "lz4", "brotli")),
    "data_page_version": st.sampled_from(("1.0", "2.0")),
    "version": st.sampled_from(("1.0", "2.6")),
    "use_dictionary": st.sampled_from((True, True, False)),
    "row_group_size": st.sampled_from((1, 2, 3, 100)),
    "data_page_size": st.sampled_from((200, 1 << 20)),  # smaller, PyArrow loses lists
    "store_schema": st.booleans(),
    "write_page_index": st.booleans(),
})  # fmt: skip


def writable(column):
    """PyArrow writes no dictionaries with null in them, and reads no lists of dictionary-coded text."""
    kind = column.type
    if pa.types.is_list(kind) or pa.types.is_large_list(kind):
        coded = pa.types.is_dictionary(kind.value_type)
        return pa.array(column.to_pylist(), pa.list_(pa.string())) if coded else column
    coded = pa.types.is_dictionary(kind)
    if coded and any(chunk.dictionary.null_count for chunk in column.chunks):
        return pa.array(column.to_pylist(), kind.value_type)
    return column


@given(st.data())
def test_what_is_copied_and_what_is_written_anew_are_the_same(data):
    pack = data.draw(packs())
    _, table = data.draw(tables(pack))
    if not table.column_names:
        return
    table = pa.table({name: writable(table[name]) for name in table.column_names})
    table = table.append_column("id", pa.array([[number] for number in range(len(table))]))
    table = table.replace_schema_metadata(data.draw(st.sampled_from((None, {"made": "by hand"}))))
    kept = data.draw(st.none() | st.sets(st.sampled_from(table.column_names)))
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        source, copied, anew = (Path(folder, f"{name}.parquet") for name in ("in", "new", "old"))
        pq.write_table(table, source, **data.draw(WRITERS))

        def patch(module, **values):
            stack.enter_context(mock.patch.multiple(module, **values))

        patch(parquet, GROUP_ROWS=1, ROWS=data.draw(st.integers(1, 9)))
        patch(reading, CODED_FROM=data.draw(st.sampled_from((-1, 1 << 60))))
        tally = score_file(source, copied, pack, keep=kept)
        patch(parquet, original=lambda _: None)
        patch(files, ROWS=2)
        assert score_file(source, anew, pack, keep=kept) == tally
        before, found, wanted = map(pq.read_table, (source, copied, anew))
    names = [name for name in before.column_names if kept is None or name in kept]
    results = result_columns(pack)
    assert found.column_names == [*names, *results]
    assert found.select(results).equals(wanted.select(results))
    assert found.select(names).equals(before.select(names), check_metadata=True)
    assert found.schema.metadata == before.schema.metadata == wanted.schema.metadata
    for name in names:  # text of questions comes from the old way dictionary-coded
        assert wanted[name].to_pylist() == found[name].to_pylist()
