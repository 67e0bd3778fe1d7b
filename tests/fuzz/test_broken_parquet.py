"""Parquet files changed at random are scored as PyArrow reads them, or refused: nothing else."""

import random

import pyarrow as pa
import pyarrow.parquet as pq

from recommender import RecommenderError
from recommender.batch import parquet, result_columns, score_table
from recommender.batch.files import score_file
from recommender.batch.parquet import reading

from .mutations import rounds
from .parquet_files import PACK, changed, seeds


def read(path, names):
    """Read columns as PyArrow does; None where it cannot."""
    try:
        table = pq.ParquetFile(path).read(columns=names)
        table.validate(full=True)
        return table.select(names).to_pydict()
    except (pa.ArrowException, OSError, UnicodeDecodeError):
        return None


def test_parquet_files_changed_at_random(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "CODED_FROM", -1)
    monkeypatch.setattr(parquet, "ROWS", 70)
    monkeypatch.setattr(parquet, "GROUP_ROWS", 1)
    originals = list(seeds())
    chance = random.Random(6)
    source, target = tmp_path / "in.parquet", tmp_path / "out.parquet"
    scored = whole = 0
    for _ in range(rounds(500)):
        source.write_bytes(changed(chance.choice(originals), chance, originals))
        try:
            score_file(source, target, PACK, force=True)
        except RecommenderError as error:
            assert error.faults
            assert str(error.faults[0].place).startswith(str(source)), "the file read is at fault"
            continue
        scored += 1
        whole += same(source, target)
    assert scored > whole > 100, "some changes leave a file"


def same(source, target):
    """Compare a file with its results; tell whether all of it can be read."""
    names = pq.read_schema(source).names
    results = result_columns(PACK)
    assert pq.read_schema(target).names == [*names, *results]
    kept = [read(source, [name]) for name in names]
    assert [read(target, [name]) for name in names] == kept, "copied, for better or worse"
    answers = read(source, [name for name in names if name in PACK.questions])
    found = read(target, results)
    assert found is not None
    if answers is not None:
        table = pa.table({name: pa.array(column, pa.string()) for name, column in answers.items()})
        assert found == score_table(table, PACK).select(results).to_pydict()
    return all(table is not None for table in kept)
