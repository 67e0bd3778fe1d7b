"""Tables and files of projects: every form of column, every format, whole output or none."""

import json
import os
import subprocess
import sys
import threading

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
import pytest

from benchmarks.synthetic import pack_of, table_of
from recommender import decide, load_profile, score
from recommender.batch import result_columns, score_table
from recommender.batch.files import Counts, score_file
from recommender.batch.formats import json_lines, parquet_file
from recommender.cli import run
from recommender.nouns.errors import RecommenderError, UsageError
from tests.conftest import ROOT, TOY

ROWS = [
    {"id": 1, "hour": "evening", "sugar": 2, "milk": True},
    {"id": 2, "hour": "morning", "sugar": 5, "milk": None},
    {"id": 3, "hour": "noonish", "sugar": 9, "milk": False},
    {"id": 4, "hour": None, "sugar": None, "milk": None},
]
QUESTIONS = ("hour", "sugar", "milk")


def expected(pack):
    found = []
    for row in ROWS:
        answers = {name: row[name] for name in QUESTIONS if name in pack.questions}
        try:
            told = decide(load_profile({"answers": answers}, pack), pack)
        except RecommenderError as error:
            found.append((row["id"], None, str(error).replace("project: ", "").replace("\n", "; ")))
        else:
            found.append((row["id"], told.outcome, None))
    return found


def seen(rows):
    return [(int(row["id"]), row["outcome"] or None, row["error"] or None) for row in rows]


@pytest.fixture
def written(tmp_path, toy):
    """The same rows in each format."""
    rows = [{k: v for k, v in row.items() if k in toy.questions or k == "id"} for row in ROWS]
    table = pa.Table.from_pylist(rows)
    paths = {kind: tmp_path / f"in.{kind}" for kind in ("parquet", "csv", "jsonl", "arrow")}
    pq.write_table(table, paths["parquet"])
    pa.csv.write_csv(table, paths["csv"])
    paths["jsonl"].write_text("\n".join(json.dumps(row) for row in rows))
    with pa.OSFile(str(paths["arrow"]), "wb") as sink, pa.ipc.new_file(sink, table.schema) as out:
        out.write_table(table)
    return paths


def read(path):
    if path.suffix == ".parquet":
        return pq.read_table(path).to_pylist()
    if path.suffix == ".csv":
        return pa.csv.read_csv(path).to_pylist()
    if path.suffix == ".arrow":
        with pa.ipc.open_file(path) as file:
            return file.read_all().to_pylist()
    return [json.loads(line) for line in path.read_text().splitlines()]


@pytest.mark.parametrize("target", ["parquet", "csv", "jsonl", "arrow"])
@pytest.mark.parametrize("source", ["parquet", "csv", "jsonl", "arrow"])
def test_every_format_into_every_format(written, tmp_path, toy, source, target):
    out = tmp_path / f"out.{target}"
    counts = score_file(written[source], out, toy)
    assert seen(read(out)) == expected(toy)
    assert counts == Counts(4, sum(1 for _, _, error in expected(toy) if error))
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


@pytest.mark.skipif(sys.platform == "win32", reason="no named pipes")
@pytest.mark.parametrize("target", ["parquet", "csv", "jsonl", "arrow"])
def test_a_pipe_is_written_into(written, tmp_path, toy, target):
    pipe, out = tmp_path / f"pipe.{target}", tmp_path / f"out.{target}"
    os.mkfifo(pipe)
    reader = threading.Thread(target=lambda: out.write_bytes(pipe.read_bytes()), daemon=True)
    reader.start()
    score_file(written["parquet"], pipe, toy)
    reader.join(30)
    assert seen(read(out)) == expected(toy)


def test_pieces_make_one_file(written, tmp_path, toy, monkeypatch):
    monkeypatch.setattr(parquet_file, "ROWS", 3)
    monkeypatch.setattr(json_lines, "ROWS", 3)
    shares = []
    for kind in ("parquet", "jsonl"):
        score_file(written[kind], tmp_path / f"out.{kind}", toy, progress=shares.append)
        assert seen(read(tmp_path / f"out.{kind}")) == expected(toy)
    assert shares[-1] == 1


def test_a_file_that_exists_is_kept(written, tmp_path, toy):
    out = tmp_path / "out.csv"
    out.write_text("mine")
    with pytest.raises(RecommenderError, match="already exists"):
        score_file(written["csv"], out, toy)
    assert out.read_text() == "mine"
    score_file(written["csv"], out, toy, force=True)
    assert seen(read(out)) == expected(toy)


@pytest.mark.parametrize(("name", "text"), [
    ("bad.parquet", "no"), ("bad.arrow", "no"), ("bad.jsonl", "[1]"), ("bad.jsonl", "{"),
    ("bad.csv", 'hour,sugar\n"evening'), ("bad.csv", "hour\nevening,3\n"), ("bad.jsonl", ""),
])  # fmt: skip
def test_a_bad_file_leaves_no_output(tmp_path, toy, name, text):
    (tmp_path / name).write_text(text)
    with pytest.raises(RecommenderError):
        score_file(tmp_path / name, tmp_path / "out.csv", toy)
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_indices_of_an_arrow_file_are_not_believed(tmp_path, toy):
    indices = pa.array([0, 119], pa.uint8())
    column = pa.DictionaryArray.from_arrays(indices, ["evening"], safe=False)
    table = pa.table({"hour": column})
    path = str(tmp_path / "in.arrow")
    with pa.OSFile(path, "wb") as sink, pa.ipc.new_file(sink, table.schema) as out:
        out.write_table(table)
    with pytest.raises(RecommenderError, match="cannot be read"):
        score_file(tmp_path / "in.arrow", tmp_path / "out.csv", toy)
    assert not (tmp_path / "out.csv").exists()


def test_indices_of_a_parquet_file_are_not_believed(tmp_path, toy):
    source = tmp_path / "in.parquet"
    rows = pa.table({"hour": ["evening", "morning", "noon"] * 10})
    pq.write_table(rows, source, compression="none")
    data = source.read_bytes()
    at = data.index(b"\x02\x09")  # two bits an index, four groups of eight
    source.write_bytes(data[: at + 2] + b"\xff" + data[at + 3 :])
    with pytest.raises(RecommenderError, match="cannot be read"):
        score_file(source, tmp_path / "out.csv", toy)


def test_two_columns_of_one_name_in_a_file_are_refused(tmp_path, toy):
    pq.write_table(pa.table([["a"], ["b"]], names=["hour", "hour"]), tmp_path / "in.parquet")
    with pytest.raises(UsageError, match="two columns"):
        score_file(tmp_path / "in.parquet", tmp_path / "out.parquet", toy)


def test_a_broken_off_run_leaves_no_output(written, tmp_path, toy):
    def stop(_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        score_file(written["csv"], tmp_path / "out.csv", toy, progress=stop)
    assert not [path for path in tmp_path.iterdir() if "out" in path.name]


def test_what_cannot_be_scored_is_refused(tmp_path, toy):
    for table, words in (
        (pa.table({"colour": ["red"]}), "no column"),
        (pa.table({"hour": ["evening"], "best": ["x"]}), "already"),
        (pa.table([["a"], ["b"]], names=["hour", "hour"]), "two columns"),
    ):
        with pytest.raises(UsageError, match=words):
            score_table(table, toy)
    with pytest.raises(UsageError, match="must end with"):
        score_file("a.xlsx", tmp_path / "b.csv", toy)
    with pytest.raises(RecommenderError, match="no such file"):
        score_file(tmp_path / "a.csv", tmp_path / "b.csv", toy)


def test_the_command(written, tmp_path, capsys):
    out = tmp_path / "out.csv"
    assert run(["batch", str(written["csv"]), str(out), "--rules", str(TOY)]) == 0
    assert "4 rows, 1 with an error" in capsys.readouterr().err
    assert run(["batch", str(written["csv"]), str(out), "--rules", str(TOY)]) == 3
    assert run(["batch", str(written["csv"]), "x.csv", "--lens", "todya"]) == 2


def test_only_some_columns_may_be_kept(written, tmp_path, toy):
    for source in ("parquet", "jsonl"):
        for target in ("parquet", "csv", "jsonl"):
            out = tmp_path / f"{source}.{target}"
            score_file(written[source], out, toy, keep=["id"])
            assert seen(read(out)) == expected(toy)
            assert list(read(out)[0]) == ["id", *result_columns(toy)]
    score_file(written["csv"], tmp_path / "none.csv", toy, keep=[])
    assert list(read(tmp_path / "none.csv")[0]) == result_columns(toy)
    with pytest.raises(UsageError, match="no column `di` to keep"):
        score_file(written["csv"], tmp_path / "x.csv", toy, keep=["di"])
    assert not (tmp_path / "x.csv").exists()


def test_the_command_weighs_as_a_project_does_and_keeps_what_it_is_told(written, tmp_path, toy):
    project, out = tmp_path / "project.yaml", tmp_path / "out.jsonl"
    weights = dict.fromkeys(toy.criteria, 0) | {min(toy.criteria): 3}
    project.write_text(json.dumps({"answers": {}, "weights": weights}))
    call = ["batch", str(written["jsonl"]), str(out), "--rules", str(TOY), "--keep", "id"]
    assert run([*call, "--weights", str(project)]) == 0
    first = read(out)[0]
    answers = {name: ROWS[0][name] for name in QUESTIONS if name in toy.questions}
    ranking = score(load_profile({"answers": answers, "weights": weights}, toy), toy)
    assert {name: first[f"score.{name}"] for name in toy.candidates} == ranking.scores
    assert set(first) == {"id", *result_columns(toy)}


def test_a_spreadsheet_calculates_neither_cells_nor_headings(tmp_path, toy):
    table = pa.table({
        "hour": ["evening"], "=1+1": ["=2+2"], "@sum": [-3], "code": pa.array([b"+cmd|x"]),
        "tags": [["=a", "b"]], "phone": ["+1 555 0100"],
    })  # fmt: skip
    pq.write_table(table, tmp_path / "in.parquet")
    score_file(tmp_path / "in.parquet", tmp_path / "out.csv", toy)
    row = read(tmp_path / "out.csv")[0]
    assert row["'=1+1"] == "'=2+2"
    assert (row["'@sum"], row["code"], row["tags"]) == (-3, "'+cmd|x", "'=a;b")
    assert row["phone"] == "+1 555 0100"


def some_rows(kind, rows, path):
    """Write a table of text answers; read whole, a million rows are 150 MiB and more."""
    text = {name: pa.string() for name in pack_of().questions}
    table = table_of(pack_of(), rows).cast(pa.schema(list(text.items())))
    if kind == "parquet":
        pq.write_table(table, path, row_group_size=1 << 14)
    elif kind == "arrow":
        with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, table.schema) as out:
            out.write_table(table, max_chunksize=1 << 14)
    elif kind == "csv":
        pa.csv.write_csv(table, path)
    else:
        with path.open("w") as out:
            for batch in table.to_batches(1 << 14):
                out.writelines(json.dumps(row) + "\n" for row in batch.to_pylist())


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="peak memory is read from `/proc`")
@pytest.mark.parametrize(
    ("kind", "rows"),
    [("parquet", 40_000), ("arrow", 40_000), ("csv", 40_000), ("jsonl", 30_000)],
)
def test_memory_does_not_grow_with_ten_times_the_rows(tmp_path, kind, rows):
    code = """if True:
        import re, sys
        from benchmarks.synthetic import pack_of
        from recommender.batch import files
        from recommender.batch.formats import csv_file, json_lines, parquet_file
        parquet_file.ROWS, json_lines.ROWS = 1 << 14, 1 << 12
        csv_file.BLOCK = 1 << 17
        print(files.score_file(sys.argv[1], sys.argv[2], pack_of()).rows)
        print(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1])
    """
    peaks = []
    for count in (rows, 10 * rows):
        source, target = tmp_path / f"{count}.{kind}", tmp_path / f"{count}-out.{kind}"
        some_rows(kind, count, source)
        told = subprocess.run(
            [sys.executable, "-c", code, source, target],
            cwd=ROOT, capture_output=True, text=True, check=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        scored, peak = map(int, told.stdout.split())
        assert scored == count
        peaks.append(peak / 1024)
    assert peaks[1] < peaks[0] + 35  # MiB


@pytest.mark.parametrize("column", ["hours", "Hour", "no_kettle", "No Kettle"])
def test_a_column_that_is_nearly_a_question_is_refused_unless_it_is_kept(column, tmp_path, toy):
    source, out = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text(f"{column},sugar\nevening,2\n", encoding="utf-8")
    near = "hour" if column.strip().lower().startswith("h") else "no-kettle"
    with pytest.raises(UsageError, match=f"is nearly the question `{near}`; rename it, or keep it"):
        score_file(source, out, toy)
    assert not out.exists()
    assert score_file(source, out, toy, keep=[column]).rows == 1


def test_a_column_beside_the_question_that_it_is_like_is_kept(tmp_path, toy):
    source, out = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text("hour,hours,id,name\nevening,7,1,x\n", encoding="utf-8")
    assert score_file(source, out, toy) == Counts(1, 0)


@pytest.mark.parametrize("ending", ["csv", "jsonl"])
def test_case_and_yes_and_no_are_taken(ending, tmp_path, toy):
    plain, loose = tmp_path / f"plain.{ending}", tmp_path / f"loose.{ending}"
    rows = [
        ({"hour": "evening", "milk": "true", "place": "home;train"}, {"hour": "Evening", "milk": "Yes", "place": "Home;TRAIN"}),
        ({"hour": "morning", "milk": "false", "place": "none"}, {"hour": "MORNING", "milk": "no", "place": "None"}),
        ({"hour": "unknown", "milk": "unknown", "place": "unknown"}, {"hour": "Unknown", "milk": "UNKNOWN", "place": "Unknown"}),
    ]  # fmt: skip
    for path, which in ((plain, 0), (loose, 1)):
        if ending == "csv":
            lines = [",".join(rows[0][which]), *(",".join(row[which].values()) for row in rows)]
        else:
            lines = [
                json.dumps({**row[which], "place": row[which]["place"].split(";")}) for row in rows
            ]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    scored = []
    for path in (plain, loose):
        out = tmp_path / f"{path.stem}.out.parquet"
        assert score_file(path, out, toy, keep=[]) == Counts(3, 0)
        scored.append(pq.read_table(out).to_pylist())
    assert scored[0] == scored[1]


def test_lists_of_words_in_another_case_are_taken(toy):
    table = pa.table({"place": [["home"], ["Home", "TRAIN"], ["home", "train"]]})
    scored = score_table(table, toy)
    assert scored["error"].null_count == 3
    assert scored["best"].to_pylist()[1:2] == scored["best"].to_pylist()[2:]


def test_the_end_tells_how_many_rows_failed_for_which_cause(tmp_path, capsys, toy):
    source, out = tmp_path / "in.csv", tmp_path / "out.csv"
    rows = ["evening,2", "noonish,1", "morning,9", "noonish,2", "evening,3"]
    source.write_text("\n".join(["hour,sugar", *rows]) + "\n", encoding="utf-8")
    assert run(["batch", str(source), str(out), "--rules", str(TOY)]) == 0
    told = capsys.readouterr().err.splitlines()
    assert told[-3].startswith("5 rows, 3 with an error; written to ")
    assert told[-2].startswith("  2 rows, first in row 2: `hour` has no answer `noonish`; ")
    assert told[-1].startswith("  row 3: `sugar` takes a whole number from 0 to 5, not `9`")


def test_causes_without_end_are_counted_together(tmp_path, capsys, toy):
    source, out = tmp_path / "in.csv", tmp_path / "out.csv"
    lines = "".join(f"word{number}\n" for number in range(2000))
    source.write_text(f"hour\n{lines}", encoding="utf-8")
    assert run(["batch", str(source), str(out), "--rules", str(TOY)]) == 0
    told = capsys.readouterr().err.splitlines()
    assert told[-1] == "  1,992 rows for other causes: see the column `error`"
    assert told[-9].startswith("  row 1: ")
