"""Referrals and plans of rows: those of one project, once for rows alike, none for broken ones."""

import pyarrow as pa

from recommender import load_pack, load_profile
from recommender.batch import plans, result_columns, score_table
from recommender.batch.files import score_file
from recommender.judging.case import Case
from recommender.judging.plan import plan_of
from recommender.judging.referrals import referrals_of

PACK = load_pack()
ROWS = {
    "targets": ["ios", "server", "nowhere", "fpga"],
    "model-source": ["hub", "scratch", "hub", None],
    "model-kind": ["vision", "tabular", "vision", None],
    "source-framework": ["pytorch", None, None, None],
}


def test_a_row_is_told_what_one_project_is_told():
    told = score_table(pa.table(ROWS), PACK, plans=True).to_pylist()
    facts = {"targets": ["server"], "model-source": ["scratch"], "model-kind": ["tabular"]}
    case = Case.of(load_profile({"answers": facts}, PACK), PACK)
    assert told[1]["referrals"] == "; ".join(each.id for each in referrals_of(case))
    assert told[1]["referrals"] == "trees-for-tables"
    assert told[1]["plan"] == "; ".join(plans.short(step) for step in plan_of(case))
    assert told[0]["referrals"] == ""
    assert told[0]["plan"].endswith("convert pytorch to coreml; ship to ios as coreml")
    assert told[2]["error"]
    assert told[2]["plan"] is None
    assert told[2]["referrals"] is None


def test_rows_alike_are_planned_once(monkeypatch):
    planned = []
    monkeypatch.setattr(plans, "plan_of", lambda case: planned.append(case) or plan_of(case))
    rows = pa.table({"targets": ["ios"] * 5 + ["server"], "id": list(range(6))})
    told = score_table(rows, PACK, plans=True, scores_only=True)
    assert len(planned) == 2
    assert len(set(told["plan"].to_pylist())) == 2
    assert told.column_names == ["targets", "id", *plans.PLANS, "score.pytorch",
                                 "score.tensorflow", "error"]  # fmt: skip


def test_without_them_nothing_is_added_and_a_column_of_the_name_may_stay():
    assert not set(plans.PLANS) & set(result_columns(PACK))
    told = score_table(pa.table({"targets": ["ios"], "plan": ["mine"]}), PACK, plain=True)
    assert told["plan"].to_pylist() == ["mine"]


def test_a_file_holds_them(tmp_path):
    source, target = tmp_path / "rows.csv", tmp_path / "told.csv"
    source.write_text("id,targets\n1,ios\n", "utf-8")
    score_file(source, target, PACK, plans=True, keep=["id"])
    head, row = target.read_text("utf-8").splitlines()
    assert head.replace('"', "").split(",")[:7] == [
        "id",
        "outcome",
        "best",
        "support",
        "probability",
        *plans.PLANS,
    ]
    assert "ship to ios as coreml" in row
