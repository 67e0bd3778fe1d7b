"""Generated tables of projects, written by other hands than ours, and read back by them."""

from __future__ import annotations

import csv
import json

import pyarrow as pa
import pyarrow.parquet as pq

from tests.fuzz.parquet_files import PACK

TEXTS = (
    "", " ", "plain", "00701", "1.10", "TRUE", "12345678901234567890", "+4930123", "-5", "1e5", "NaN", "null", "None",
    "=1+1", "@x", "-cmd|x", "a,b", 'say "so"', "two\nlines", "two\r\nlines", "\tx", "é", "\U0001f600", "a;b", "'", "\\", "\\N",
    "{}", "[1]", "x" * 70, "\u2028", "\x7f", "unknown", "evening\n",
)  # fmt: skip
ANSWERS = ("a0", "a1", "a2", "unknown", "nonsense", "A0", "a0 ", None, None)
NUMBERS = (0, 1, -1, 2**53 + 1, -(2**63), 2**63 - 1, None)
FLOATS = (0.1, -0.0, 1e300, 5e-324, float("nan"), float("inf"), float("-inf"), None)
BYTES = (b"plain", b"\xff\x00", b"", None)
LISTS = ([], ["a"], ["a", "b"], None)
ODD_LISTS = (["a;b"], [""], ["a", None])


def rows_of(chance, count):
    """Rows of Python values: answers, and columns of each kind to keep."""
    names = list(PACK.questions)
    return [
        {
            "id": str(number),
            **{name: chance.choice(ANSWERS) for name in names},
            "note": chance.choice(TEXTS),
            "word": chance.choice((*TEXTS[:9], None)),
            "code": chance.choice(TEXTS[:6]),
            "count": chance.choice(NUMBERS),
            "ratio": chance.choice(FLOATS),
            "sure": chance.choice((True, False, None)),
            "raw": chance.choice(BYTES),
            "tags": chance.choice(LISTS),
        }
        for number in range(count)
    ]


TYPES = {
    "word": pa.dictionary(pa.int32(), pa.string()), "count": pa.int64(), "ratio": pa.float64(), "sure": pa.bool_(),
    "raw": pa.binary(), "tags": pa.list_(pa.string()),
}  # fmt: skip


def table_of_rows(rows):
    schema = pa.schema([(name, TYPES.get(name, pa.string())) for name in rows[0]])
    return pa.Table.from_pylist(rows, schema)


def write_parquet(path, rows, chance):
    how = {
        "compression": chance.choice(("none", "zstd", "snappy")),
        "row_group_size": chance.choice((1, 5, 100)),
    }
    pq.write_table(table_of_rows(rows), path, **how)  # fmt: skip


def write_arrow(path, rows, chance):
    table = table_of_rows(rows)
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, table.schema) as out:
        out.write_table(table, max_chunksize=chance.choice((3, 100)))


def write_csv(path, rows, chance):
    """Write the columns that are text, as Python does."""
    names = [name for name in rows[0] if name not in TYPES]
    chance.shuffle(names)
    quoting = chance.choice((csv.QUOTE_MINIMAL, csv.QUOTE_ALL))
    end = chance.choice(("\n", "\r\n"))
    with path.open("w", encoding="utf-8", newline="") as stream:
        out = csv.DictWriter(
            stream, names, extrasaction="ignore", quoting=quoting, lineterminator=end
        )
        out.writeheader()
        out.writerows(rows)


def write_jsonl(path, rows, chance):
    """Write members in any order, and leave some out."""
    lines = []
    for row in rows:
        some = [
            n for n in row if n not in ("raw", "ratio") and (n == "id" or chance.random() < 0.8)
        ]
        chance.shuffle(some)
        plain = chance.random() < 0.5
        lines.append(json.dumps({name: row[name] for name in some}, ensure_ascii=plain))
    path.write_text("\n".join(lines) + chance.choice(("", "\n", "\n\n")), encoding="utf-8")


def read_csv(path):
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def read_jsonl(path):
    def refuse(word):
        raise AssertionError(f"{word} is no JSON")

    text = path.read_bytes().decode("utf-8")
    return [json.loads(line, parse_constant=refuse) for line in text.split("\n") if line.strip()]


def read_arrow(path):
    with pa.ipc.open_file(path) as file:
        return file.read_all()


WRITE = {"parquet": write_parquet, "arrow": write_arrow, "csv": write_csv, "jsonl": write_jsonl}
READ = {"parquet": pq.read_table, "arrow": read_arrow, "csv": read_csv, "jsonl": read_jsonl}
