"""Pages to codes: as PyArrow reads them, whatever the runs, and refused where it is not sure."""

import io
import random

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

pytest.importorskip("numba")

from recommender.batch.parquet import headers, hybrid, pages
from recommender.batch.parquet.codes import Codes
from recommender.batch.parquet.footer import Meta, read_footer
from recommender.batch.parquet.thrift import I32, RefusedError

WAYS = [
    {},
    {"data_page_version": "2.0"},
    {"data_page_size": 100},
    {"data_page_size": 100, "data_page_version": "2.0", "compression": "zstd"},
    {"compression": "none"},
    {"compression": "none", "data_page_version": "2.0"},
    {"compression": "gzip"},
    {"compression": "zstd"},
    {"compression": "lz4"},
    {"compression": "lz4", "data_page_version": "2.0"},
]


def chunk_of(values, *, nullable=True, **how):
    """Write one column; give its chunk, and what is said of it."""
    table = pa.table(
        [pa.array(values, pa.string())],
        schema=pa.schema([pa.field("q", pa.string(), nullable=nullable)]),
    )
    sink = io.BytesIO()
    pq.write_table(table, sink, **how)
    (group,) = read_footer(sink).groups
    (chunk,) = group.chunks
    return sink.getvalue()[chunk.start : chunk.start + chunk.size], chunk


def decoded(values, step=None, *, nullable=True, **how):
    data, chunk = chunk_of(values, nullable=nullable, **how)
    column = Codes(data, chunk, len(values), int(nullable))
    step = step or len(values)
    parts = [column.take(min(step, len(values) - at)) for at in range(0, len(values), step)]
    for part in parts:
        assert part.indices.null_count == 0
        assert part.indices.type == pa.uint8()
        part.validate(full=True)
    return [value for part in parts for value in part.to_pylist()]


def column(chance, rows, words, nulls):
    """Draw values in runs of all lengths, and singly."""
    names = [f"word {index}" for index in range(words)]
    found = []
    while len(found) < rows:
        length = chance.choice((1, 1, 2, 7, 8, 9, 30, 300))
        if chance.random() < 0.5:
            value = None if chance.random() < nulls else chance.choice(names)
            found += [value] * length
        else:
            found += [
                None if chance.random() < nulls else chance.choice(names) for _ in range(length)
            ]
    return found[:rows]


@pytest.mark.parametrize("how", WAYS, ids=str)
@pytest.mark.parametrize("words", [1, 2, 3, 5, 16, 17, 100, 255])
def test_columns_are_read_as_they_were_written(how, words):
    chance = random.Random(words)
    for nulls in (0, 0.1, 0.9):
        for rows in (1, 7, 8, 1000, 20_000):
            values = column(chance, rows, words, nulls)
            assert decoded(values, **how) == values
            assert decoded(values, chance.choice((rows, 1 + rows // 3, 777)), **how) == values


def test_columns_that_must_have_values():
    values = column(random.Random(1), 20_000, 6, 0)
    for how in WAYS:
        assert decoded(values, 3000, nullable=False, **how) == values


def test_columns_of_nulls_alone():
    for how in WAYS:
        assert decoded([None] * 1000, 300, **how) == [None] * 1000


def test_many_words_plain_pages_and_what_is_no_text_are_refused():
    many = [f"word {index}" for index in range(256)] * 2
    for values, how in (
        (many, {}), (["a", "b"], {"use_dictionary": False}),
        (many[:200], {"dictionary_pagesize_limit": 100, "data_page_size": 100, "write_batch_size": 10}),
        (["a"] * 9, {"compression": "brotli"}),
    ):  # fmt: skip
        with pytest.raises(RefusedError):
            decoded(values, **how)
    data, chunk = chunk_of(["ab", "cd"], compression="none")
    with pytest.raises(RefusedError, match="no text"):
        Codes(data.replace(b"ab", b"\xff\xff"), chunk, 2, 1)


def test_numbers_that_do_not_agree_are_refused():
    data, chunk = chunk_of(["a", None, "b"] * 100, compression="none")
    for broken in (
        (data, chunk, 299, 1),
        (data, chunk._replace(meta=chunk.meta | {Meta.TYPE: (I32, 7)}), 300, 1),
        (data, chunk._replace(meta=chunk.meta | {Meta.CODEC: (I32, 77)}), 300, 1),
        (data[:-1], chunk, 300, 1),
        (data + b"\x15", chunk, 300, 1),
        (b"", chunk, 300, 1),
    ):
        with pytest.raises(RefusedError):
            Codes(*broken)


def page(kind, size, packed, inner, section=0x2C):
    """Write a page header; all numbers up to 63."""
    from recommender.batch.parquet.thrift import STRUCT, written

    fields = {number: (I32, value) for number, value in enumerate(inner, 1)}
    return written({
        1: (I32, kind), 2: (I32, size), 3: (I32, packed), section: (STRUCT, fields),
    })  # fmt: skip


def chunk_of_bytes(levels_and_indices, *, rows, words=3, codec=0, size=None):
    """Make a chunk by hand: a dictionary, and one data page."""
    dictionary = b"".join(b"\x01\0\0\0" + bytes([97 + index]) for index in range(words))
    body = levels_and_indices
    data = (
        page(2, len(dictionary), len(dictionary), (words, 0), 7) + dictionary
        + page(0, len(body) if size is None else size, len(body), (rows, 8, 3, 3), 5) + body
    )  # fmt: skip
    from recommender.batch.parquet.footer import Chunk

    return data, Chunk(4, len(data), {Meta.CODEC: (I32, codec), Meta.TYPE: (I32, 6)})


def levels(runs):
    return len(runs).to_bytes(4, "little") + runs


@pytest.mark.parametrize(("body", "rows"), [
    (levels(b"\x10\x01") + b"\x02\x10\x03", 8),        # an index past the dictionary
    (levels(b"\x10\x01") + b"\x02\x03\xff\xff", 8),    # packed
    (levels(b"\x10\x01") + b"\x02\x10\x04", 8),        # more than its bits
    (levels(b"\x10\x02") + b"\x02\x10\x00", 8),        # a level of 2
    (levels(b"\x10\x01") + b"\x09\x10\x00", 8),        # nine bits
    (levels(b"\x10\x01") + b"\xff\x10\x00", 8),
    (levels(b"\x10\x01") + b"\x02\x0e\x00", 8),        # seven indices for eight rows
    (levels(b"\x0e\x01") + b"\x02\x10\x00", 8),        # seven levels
    (levels(b"\x10\x01") + b"\x02\x03\x00", 8),        # a packed run broken off
    (levels(b"\x10\x01") + b"\x02\xff\xff\xff\xff\x0f\x00", 8),  # of 2 G groups
    (levels(b"\x10\x01") + b"\x02\xff\xff\xff\xff\xff\x0f", 8),  # a head of six bytes
    (levels(b"\x10\x01") + b"\x02\x00\x00", 8),        # a run of nothing
    (levels(b"\x10\x01") + b"\x02", 8),
    (levels(b"\x10\x01"), 8),
    (levels(b"\x03"), 8),
    (b"\xff\xff\xff\x7f\x10\x01\x02\x10\x00", 8),      # levels of 2 GB
    (b"\xff\xff\xff\xff\x10\x01\x02\x10\x00", 8),
    (b"\x02\x00", 8),
    (b"", 8),
])  # fmt: skip
def test_runs_are_not_believed(body, rows):
    data, chunk = chunk_of_bytes(body, rows=rows)
    with pytest.raises(RefusedError):
        Codes(data, chunk, rows, 1).take(rows)


def test_runs_by_hand():
    body = levels(b"\x03\x7d\x04\x01\x02\x00") + b"\x02\x03\x24\x81\x0a\x02"
    data, chunk = chunk_of_bytes(body, rows=11)
    found = Codes(data, chunk, 11, 1).take(11).to_pylist()
    assert found == ["a", None, "b", "c", "a", "b", "a", None, "a", "c", None]


def test_sizes_are_not_believed():
    small = levels(b"\x10\x01") + b"\x02\x10\x00"
    for size in (0, 1, len(small) - 1, len(small) + 1, 1 << 20, 2**31 - 1, -1):
        for codec, name in pages.CODECS.items():
            packed = pa.compress(small, name, asbytes=True) if name else small
            data, chunk = chunk_of_bytes(packed, rows=8, codec=codec, size=size)
            with pytest.raises(RefusedError):
                Codes(data, chunk, 8, 1).take(8)
    huge = levels(b"\x10\x01") + b"\x02\x10\x00" + bytes(50_000_000)
    data, chunk = chunk_of_bytes(
        pa.compress(huge, "zstd", asbytes=True), rows=8, codec=6, size=len(huge)
    )
    with pytest.raises(RefusedError, match="bear out"):
        Codes(data, chunk, 8, 1)


def test_garbage_is_read_or_refused():
    """Any bytes after the levels and the width: a value of the dictionary in each row, or none."""
    chance = random.Random(2)
    read = 0
    for _ in range(4000):
        rows = chance.choice((1, 8, 9, 63, 64, 100))
        runs = bytes(chance.choice((chance.randrange(256), 3, 0x10, 0x40)) for _ in range(12))
        body = levels(chance.choice((runs, b"\x40\x01" * 4))) + bytes([chance.randrange(10)])
        body += bytes(chance.choice((chance.randrange(256), 3, 0x10)) for _ in range(40))
        data, chunk = chunk_of_bytes(body, rows=rows)
        column = Codes(data, chunk, rows, 1)
        try:
            half = [*column.take(1 + rows // 2).to_pylist()]
            half += column.take(rows - len(half)).to_pylist() if rows > len(half) else []
        except RefusedError:
            continue
        assert set(half) <= {"a", "b", "c", None}
        assert Codes(data, chunk, rows, 1).take(rows).to_pylist() == half
        read += 1
    assert read > 100


def test_pages_without_end_are_refused(monkeypatch):
    monkeypatch.setattr(pages, "MOST", 5)
    with pytest.raises(RefusedError, match="too many"):
        decoded(column(random.Random(3), 5000, 5, 0.1), data_page_size=100)


def test_blocks_do_not_show():
    values = column(random.Random(4), hybrid.BLOCK * 2 + 5, 3, 0.3)
    assert decoded(values) == values


def test_headers_are_passed_over_whatever_they_hold():
    chance = random.Random(5)
    rows = np.empty((4, headers.WIDTH), np.int64)
    for _ in range(20_000):
        data = bytes(chance.choice((chance.randrange(256), 0x15, 0x18, 0x1C, 0)) for _ in range(30))
        assert headers.walk(np.frombuffer(data, np.uint8), rows) >= -1
