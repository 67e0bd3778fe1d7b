"""Where pieces are written: into a file, or a pipe, which Arrow cannot seek in."""

import os
import sys
import threading

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from recommender.batch.formats.pieces import sink_of


@pytest.mark.parametrize("piped", [False, True])
def test_a_sink_takes_what_arrow_writes(tmp_path, piped):
    path, copy = tmp_path / "out.parquet", tmp_path / "copy.parquet"
    if piped and sys.platform == "win32":
        pytest.skip("no named pipes")
    os.mkfifo(path) if piped else path.touch()
    reader = threading.Thread(target=lambda: copy.write_bytes(path.read_bytes()), daemon=True)
    if piped:
        reader.start()
    table = pa.table({"a": list(range(1000))})
    with sink_of(path) as sink:
        pq.write_table(table, sink)
    if piped:
        reader.join(30)
    assert pq.read_table(copy if piped else path).equals(table)
