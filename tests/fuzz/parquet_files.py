"""Small Parquet files of every making, and what happens to them on their way."""

from __future__ import annotations

import io

import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.synthetic import pack_of, table_of

PACK = pack_of(questions=4, rules=6, constraints=1)
ROWS = 300
EDGES = (0, 1, 2, 3, 7, 8, 9, 15, 16, 24, 31, 32, 63, 64, 127, 128, 129, 191, 192, 254, 255)
KINDS = (
    {},
    {"compression": "none"},
    {"compression": "zstd", "data_page_version": "2.0"},
    {"compression": "gzip", "data_page_size": 64},
    {"compression": "lz4"},
    {"compression": "none", "data_page_version": "2.0", "row_group_size": 120},
    {"compression": "none", "use_dictionary": False},
    {"compression": "snappy", "version": "1.0", "write_page_index": True},
    {"compression": "none", "dictionary_pagesize_limit": 8, "row_group_size": 100},
    {"write_statistics": False, "store_schema": False},
)


def table(rows=ROWS, seed=0):
    """Answers, among them long runs of one, none, words no question knows; and other columns."""
    found = table_of(PACK, rows, seed=seed)
    found = found.cast(pa.schema([(name, pa.string()) for name in found.column_names]))
    calm = pa.array(["a0"] * (rows - rows // 3) + [None] * (rows // 3))
    sure = pa.array(["a1", "a2", "a1"] * (rows // 3) + ["nonsense"] * (rows % 3), pa.string())
    found = found.set_column(1, pa.field("q1", pa.string()), calm)
    found = found.set_column(2, pa.field("q2", pa.string(), nullable=False), sure)
    found = found.append_column("id", pa.array(range(rows)))
    return found.append_column("tags", pa.array(([["x", None], [], None] * rows)[:rows]))


def seeds():
    """The same table, written in each of the ways."""
    for number, kind in enumerate(KINDS):
        sink = io.BytesIO()
        pq.write_table(table(seed=number), sink, **kind)
        yield sink.getvalue()


def changed(raw, chance, others):
    """Change a few bytes, mostly without a change of length, which would only lose the footer."""
    found = bytearray(raw)
    footer = len(raw) - 8 - int.from_bytes(raw[-8:-4], "little")
    for _ in range(chance.choice((1, 1, 1, 2, 4, 16))):
        begin, end = chance.choice(((4, footer), (footer, len(raw)), (0, len(raw))))
        at = chance.randrange(begin, end)
        kind = chance.randrange(10)
        if kind < 3:
            found[at] ^= 1 << chance.randrange(8)
        elif kind < 6:
            found[at] = chance.choice(EDGES)
        elif kind < 7:
            found[at : at + 4] = chance.randbytes(min(4, len(found) - at))
        elif kind < 8:
            other = chance.choice(others)
            size = chance.choice((1, 4, 16, 100))
            there = chance.randrange(len(other))
            piece = other[there : there + size][: len(found) - at]
            found[at : at + len(piece)] = piece
        elif kind < 9:
            size = min(chance.choice((1, 2, 8, 40)), len(found) - at)
            there = chance.randrange(len(found) - size + 1)
            found[at : at + size] = found[there : there + size]
        elif chance.random() < 0.3:
            del found[at : at + chance.choice((1, 3, 50, len(found)))]
            break
    return bytes(found)
