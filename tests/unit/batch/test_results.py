"""Results: whatever form a table has, and wherever it is cut."""

import re

import pyarrow as pa
import pyarrow.csv
import pyarrow.json
import pytest

from recommender import load_pack
from recommender.batch import score_table
from recommender.batch.files import score_file
from recommender.nouns.errors import ProfileError, UsageError


def test_batches_slices_and_empty_tables_are_tables_too(toy):
    table = pa.table({"hour": pa.array(["evening", "morning", None] * 5).dictionary_encode()})
    whole = score_table(table, toy)["best"].to_pylist()
    chunked = pa.concat_tables([table.slice(0, 4), table.slice(4)])
    assert score_table(chunked, toy)["best"].to_pylist() == whole
    assert score_table(table.slice(7, 3), toy)["best"].to_pylist() == whole[7:10]
    batch = table.to_batches()[0]
    assert score_table(batch, toy).column("best").to_pylist() == whole
    assert len(score_table(table.slice(0, 0), toy)) == 0
    assert len(score_table(batch.slice(0, 0), toy)) == 0


@pytest.mark.parametrize("kind", [pa.float64(), pa.int32(), pa.string()])
def test_a_number_below_0_is_told_in_its_row(kind, toy):
    scored = score_table(pa.table({"cups": pa.array([-3, 0, 4]).cast(kind)}), toy)
    errors = scored["error"].to_pylist()
    assert errors[0].startswith("`cups` takes a number from 0 up, not `-3")
    assert errors[1:] == [None, None]


def test_weights_are_checked_as_in_a_project_file(toy):
    table = pa.table({"hour": ["evening"]})
    with pytest.raises(ProfileError, match="no criterion `tatse`"):
        score_table(table, toy, weights={"tatse": 3})
    with pytest.raises(ProfileError, match="from 0 to 10"):
        score_table(table, toy, weights={next(iter(toy.criteria)): 11})


def test_columns_named_as_questions_were_are_answers_too():
    pack = load_pack(overlays="examples/my-org-rules")
    new = {"harbour-on-call": ["supplier", "vision-group"], "goal": ["hobby", "product"]}
    old = {"harbour-night": ["vendor", "vision-group"], "goal": ["hobby", "product"]}
    then, now = (score_table(pa.table(each), pack) for each in (old, new))
    assert then.column_names[:2] == ["harbour-night", "goal"]
    assert then.select(["best", "score.pytorch", "error"]) == now.select(
        ["best", "score.pytorch", "error"]
    )
    with pytest.raises(UsageError, match="two columns answer `harbour-on-call`"):
        score_table(pa.table({**old, **new}), pack)


def test_a_file_of_the_old_questions_is_read(tmp_path):
    pack = load_pack(overlays="examples/my-org-rules")
    table = tmp_path / "old.csv"
    table.write_text("harbour-night,goal\nvendor,hobby\n,product\n", "utf-8")
    lines = tmp_path / "old.jsonl"
    lines.write_text('{"harbour-night": "vendor", "goal": "hobby"}\n{"goal": "product"}\n', "utf-8")
    read = {".csv": pa.csv.read_csv, ".jsonl": pa.json.read_json}
    found = []
    for source in (table, lines):
        scored = source.with_name(f"scored{source.suffix}")
        score_file(source, scored, pack)
        found.append(read[source.suffix](scored)["best"].to_pylist())
    now = {"harbour-on-call": ["supplier", None], "goal": ["hobby", "product"]}
    assert found == [score_table(pa.table(now), pack)["best"].to_pylist()] * 2


def test_the_error_of_a_row_names_no_file(toy):
    table = pa.table({"hour": ["noon"], "place": [["moon"]], "sugar": [2]})
    (told,) = score_table(table, toy)["error"].to_pylist()
    assert re.sub("; (did|one) .*?(?=; `|$)", "", told) == (
        "`hour` has no answer `noon`; `place` has no answer `moon`"
    )
