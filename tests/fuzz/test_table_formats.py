"""Generated tables through all sixteen pairs of formats: what is kept is the same, and so is each score."""

import base64
import json
import math
import random
import re

import pyarrow as pa
import pytest

from recommender import RecommenderError, load_profile
from recommender.batch import result_columns
from recommender.batch.files import score_file
from recommender.batch.formats import csv_file, json_lines, parquet_file
from recommender.judging.case import Case
from recommender.judging.outcome import WHOLE

from .mutations import rounds
from .parquet_files import PACK
from .tables import ODD_LISTS, READ, TYPES, WRITE, rows_of

FORMATS = ("parquet", "csv", "jsonl", "arrow")


@pytest.mark.parametrize("source", FORMATS)
@pytest.mark.parametrize("target", FORMATS)
def test_every_pair_of_formats_keeps_generated_values(tmp_path, monkeypatch, source, target):
    monkeypatch.setattr(parquet_file, "ROWS", 7)
    monkeypatch.setattr(json_lines, "ROWS", 5)
    monkeypatch.setattr(csv_file, "BLOCK", 300)
    chance = random.Random(source + target)
    for number in range(rounds(6)):
        given, made = tmp_path / f"in{number}.{source}", tmp_path / f"out{number}.{target}"
        rows = rows_of(chance, chance.choice((1, 6, 40)))
        if target == "csv" and source != "csv":
            for row in rows:  # which CSV refuses, as the next test has it
                row["raw"] = b"plain"
        WRITE[source](given, rows, chance)
        score_file(given, made, PACK)
        kept = kept_rows(READ[source](given), source)
        found = READ[target](made)
        if isinstance(found, pa.Table):
            check_types(READ[source](given), found, source)
            found = found.to_pylist()
        assert len(found) == len(rows)
        for before, after in zip(kept, found, strict=True):
            check_row(before, after, target)


def kept_rows(read, source):
    """Rows as they are to be kept: what is text in the source is text."""
    if isinstance(read, pa.Table):
        return read.to_pylist()
    if source == "csv":
        return [
            {n: None if n in PACK.questions and v == "" else v for n, v in row.items()}
            for row in read
        ]
    return read


def check_types(before, found, source):
    if source in ("parquet", "arrow"):
        for field in before.schema:
            assert found.schema.field(field.name).equals(field), field
    else:
        assert all(
            found.schema.field(name).type == pa.string()
            for name in found.column_names
            if name not in result_columns(PACK)
        )


def check_row(before, after, target):
    """Compare what is kept, and what is scored, with the same row on its own."""
    answers = {name: without_blanks(before.get(name)) for name in PACK.questions}
    try:
        case = Case.of(load_profile({"answers": answers}, PACK), PACK)
        told = [
            case.decision.outcome,
            case.decision.best,
            case.decision.support / WHOLE,
            None,
            *(case.ranking.scores[n] for n in sorted(PACK.candidates)),
            None,
        ]
    except RecommenderError as error:
        told = [None] * (4 + len(PACK.candidates)) + [
            str(error).replace("\n", "; ").replace("project: ", "")
        ]
    expected = before | dict(zip(result_columns(PACK), told, strict=True))
    if expected["error"]:  # faults come in the order of the columns
        faults = [sorted(re.split("; (?=`q)", row["error"])) for row in (expected, after)]
        assert faults[0] == faults[1]
        del expected["error"]
    for name, value in expected.items():
        assert is_same(after.get(name), value, target), (name, value, after.get(name))
    assert set(after) - set(expected) <= {"error"} or target != "jsonl"
    assert after["id"] == before["id"]


def without_blanks(value):
    """Read a word as tables do, to which the blanks around it are nothing."""
    return value.strip() if isinstance(value, str) else value


def is_same(found, value, target):
    if isinstance(value, float) and math.isnan(value):
        return found == "NaN" if target == "jsonl" else math.isnan(float(found))
    if target == "jsonl":
        if isinstance(value, float) and math.isinf(value):
            return found == ("Infinity" if value > 0 else "-Infinity")
        return found == (base64.b64encode(value).decode() if isinstance(value, bytes) else value)
    if target == "csv":
        return in_csv(found, value)
    if value is None or isinstance(value, str) or found == value:
        return found == value
    return found == json.dumps(value)  # of JSON Lines, kept as text


def in_csv(found, value):
    if isinstance(value, bool):
        return found == str(value).lower()
    if isinstance(value, int | float):
        return type(value)(found) == value
    if isinstance(value, bytes):
        value = value.decode()
    if isinstance(value, list):
        return found in (";".join(value), json.dumps(value))
    text = value or ""
    led = text[:1] in tuple("=+-@\t\r\n") and not re.fullmatch(
        r"[+-]?[0-9., ]+([eE][+-]?[0-9]+)?", text
    )
    return found == ("'" + text if text and led else text)


@pytest.mark.parametrize(("name", "value"), [
    ("tags", ODD_LISTS[0]), ("tags", ODD_LISTS[1]), ("tags", ODD_LISTS[2]), ("raw", b"\xff"),
])  # fmt: skip
@pytest.mark.parametrize("source", ["parquet", "arrow"])
def test_what_csv_cannot_say_is_refused(tmp_path, source, name, value):
    chance = random.Random(0)
    rows = [row | {"raw": None} for row in rows_of(chance, 9)]
    rows[4][name] = value
    assert name in TYPES
    WRITE[source](tmp_path / f"in.{source}", rows, chance)
    with pytest.raises(RecommenderError, match="cannot be written"):
        score_file(tmp_path / f"in.{source}", tmp_path / "out.csv", PACK)
    assert not (tmp_path / "out.csv").exists()
