"""Parquet files changed at random are scored as PyArrow reads them, or refused: nothing else."""

import random

import pyarrow as pa
import pyarrow.parquet as pq

from recommender import RecommenderError
from recommender.batch import result_columns, score_table
from recommender.batch.files import score_file
from recommender.batch.formats import parquet_file

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
    monkeypatch.setattr(parquet_file, "ROWS", 70)
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
            place = error.faults[0].place  # none where what its columns are named is at fault
            assert place is None or place.file == str(source), "the file read is at fault"
            continue
        scored += 1
        whole += same(source, target)
    assert scored == whole > 100, "what is scored can be read, all of it"


def same(source, target):
    """Compare a file with its results; tell whether all of it can be read."""
    schema = pq.read_schema(source)
    names = schema.names
    results = result_columns(PACK)
    assert pq.read_schema(target).names == [*names, *results]
    kept = [read(source, [name]) for name in names]
    assert [read(target, [name]) for name in names] == kept
    answers = read(source, [name for name in names if name in PACK.questions])
    found = read(target, results)
    assert found is not None
    if answers is not None:
        # A changed schema may make bytes of text, which are no answers.
        columns = {name: pa.array(each, _plain(schema, name)) for name, each in answers.items()}
        table = pa.table(columns)
        assert found == score_table(table, PACK).select(results).to_pydict()
    return all(table is not None for table in kept)


def _plain(schema, name):
    kind = schema.field(name).type
    return kind.value_type if pa.types.is_dictionary(kind) else kind
