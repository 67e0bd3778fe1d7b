"""The same function on existing engines: docs/scale.md, run for real."""

import sys

import pyarrow as pa
import pytest

from benchmarks.synthetic import answers_of, pack_of
from recommender.batch import result_schema, score_table
from tests.conftest import ROOT

pytestmark = [
    pytest.mark.engines, pytest.mark.slow, pytest.mark.filterwarnings("ignore"),
]  # fmt: skip


@pytest.fixture(scope="module")
def pack():
    return pack_of()


@pytest.fixture(scope="module")
def table(pack):
    schema = pa.schema([*((name, pa.string()) for name in pack.questions), ("id", pa.int64())])
    rows = [{**row, "id": number} for number, row in enumerate(answers_of(pack, 2000))]
    rows[5]["q0"] = "nonsense"
    return pa.Table.from_pylist(rows, schema)


@pytest.fixture(scope="module")
def expected(table, pack):
    return score_table(table, pack, plain=True).to_pylist()


def ordered(rows):
    return sorted(rows, key=lambda row: row["id"])


def test_polars(table, pack, expected):
    polars = pytest.importorskip("polars")
    frame = polars.from_arrow(table)
    assert polars.from_arrow(score_table(frame.to_arrow(), pack)).to_dicts() == expected


def test_duckdb(table, pack, expected):
    duckdb = pytest.importorskip("duckdb")
    with duckdb.connect() as connection:
        connection.register("projects", table)
        found = connection.sql("from projects").to_arrow_table()
        scored = score_table(found, pack)
        assert ordered(connection.from_arrow(scored).to_arrow_table().to_pylist()) == expected


def test_dask(table, pack, expected):
    dask = pytest.importorskip("dask")
    parts = [table.slice(at, 500) for at in range(0, 2000, 500)]
    scored = dask.compute(*(dask.delayed(score_table)(part, pack, plain=True) for part in parts))
    assert pa.concat_tables(scored).to_pylist() == expected


def test_ray(table, pack, expected):
    ray = pytest.importorskip("ray")
    data = pytest.importorskip("ray.data")
    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, object_store_memory=2**28)
    try:
        dataset = data.from_arrow(table).repartition(4)
        scored = dataset.map_batches(
            lambda part: score_table(part, pack, plain=True), batch_format="pyarrow"
        )
        assert ordered(scored.take_all()) == expected
    finally:
        ray.shutdown()


def test_spark(table, pack, expected, monkeypatch):
    sql = pytest.importorskip("pyspark.sql")
    from pyspark.sql.pandas.types import from_arrow_schema

    monkeypatch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))  # where its workers find all this
    spark = sql.SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    session = spark.getOrCreate()

    def score(batches):
        for batch in batches:
            yield score_table(batch, pack, plain=True)

    try:
        frame = session.createDataFrame(
            [tuple(row.values()) for row in table.to_pylist()], from_arrow_schema(table.schema)
        )
        schema = pa.schema([*table.schema, *result_schema(pack, plain=True)])
        scored = frame.mapInArrow(score, from_arrow_schema(schema)).collect()
        assert ordered(row.asDict() for row in scored) == expected
    finally:
        session.stop()
