"""A probe report in: observations, or one message that says what is wrong with it."""

from __future__ import annotations

import json

import pytest

from recommender import load_observations
from recommender.nouns.errors import ObservationError

HEAD = {"schema": 1, "kind": "probe-report"}
ROW = {"check": "taste", "candidate": "tea", "verdict": "refuted"}


def report(*rows, **more):
    return {**HEAD, "observations": list(rows), **more}


def test_what_a_report_says_is_kept(toy):
    seen = load_observations(
        report(
            {**ROW, "because": "bitter", "figures": {"seconds": 3}},
            made="2026-11-23T12:00:00Z",
            machine={"os": "Linux"},
            candidates={"tea": {"status": "present", "versions": {"leaves": 2}}, "coffee": None},
        ),
        toy,
    )
    assert seen.refutes("taste", "tea")
    assert seen.get("taste", "tea").figures == {"seconds": 3}
    assert (seen.made, seen.machine, seen.versions) == (
        "2026-11-23T12:00:00Z", {"os": "Linux"}, {"tea": {"leaves": "2"}},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({}, "is not a probe report; make one with `recommender probe`"),
        ({"answers": {}}, "is not a probe report; make one with `recommender probe`"),
        ({"schema": 1, "kind": "recommendation"}, "is not a probe report; make one with"),
        ({**HEAD, "schema": 2}, "has report schema 2; this version reads 1; make it again"),
        ({**HEAD, "schema": True}, "has report schema True; this version reads 1"),
        ({"kind": "probe-report"}, "has report schema None; this version reads 1"),
        (HEAD, "has no list of `observations`"),
        ({**HEAD, "observations": {}}, "has no list of `observations`"),
        (report("x"), "observations[0] is not a mapping"),
        (report({**ROW, "check": None}), "observations[0] has no `check`"),
        (report(ROW, {"check": "taste"}), "observations[1] has no `candidate`"),
        (report({**ROW, "verdict": "refutes"}), "observations[0] has the verdict `refutes`; did you mean `refuted`?"),
        (report({**ROW, "candidate": "coffe"}), "observations[0] names no candidate of this pack: `coffe`; did you mean `coffee`?"),
        (report(candidates={"mate": {}}), "candidates names no candidate of this pack: `mate`; one of: coffee, tea"),
    ],
)  # fmt: skip
def test_a_report_that_does_not_fit_is_told_with_the_remedy(toy, data, says):
    with pytest.raises(ObservationError) as caught:
        load_observations(data, toy)
    assert str(caught.value).startswith(f"report: {says}")


def test_all_rows_that_do_not_fit_are_told_at_once(toy):
    with pytest.raises(ObservationError) as caught:
        load_observations(
            report("x", ROW, {**ROW, "verdict": "no"}, {**ROW, "candidate": "mate"}), toy
        )
    assert len(caught.value.faults) == 3


WHOLE = json.dumps(report(ROW), indent=1)


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"", "is empty; make it again"),
        (b" \n", "is empty; make it again"),
        (WHOLE[: len(WHOLE) // 2].encode(), "is not whole JSON; was it cut off?; make it again"),
        (WHOLE[:-2].encode(), "is not whole JSON; was it cut off?; make it again"),
        (b"answers: {hour: morning}", "is not whole JSON; was it cut off?; make it again"),
        (b"[" * 200_000, "is not whole JSON; was it cut off?; make it again"),
        (b'{"a": ' + b"9" * 5000 + b"}", "is not whole JSON; was it cut off?; make it again"),
        (b"\xff\xfe\x00\xd8", "is not whole JSON; was it cut off?; make it again"),
        (b"[]", "is not a probe report; make it again"),
        (b'"text"', "is not a probe report; make it again"),
        (b" " * 10_000_001, "is larger than 10,000,000 bytes"),
    ],
)
def test_a_file_that_is_no_report_is_one_fault(toy, tmp_path, raw, says):
    path = tmp_path / "report.json"
    path.write_bytes(raw)
    with pytest.raises(ObservationError) as caught:
        load_observations(path, toy)
    (fault,) = caught.value.faults
    assert f"{fault.what}; {fault.remedy}".startswith(says)
    assert fault.place.file == str(path)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("", "is a folder"),
        ("missing.json", "cannot be read: No such file"),
        ("a\0b", "cannot be read: "),
    ],
)
def test_a_path_that_is_no_file_is_one_fault(toy, tmp_path, name, says):
    with pytest.raises(ObservationError, match=says):
        load_observations(f"{tmp_path}/{name}", toy)


def test_encodings_that_shells_write_are_read(toy, tmp_path):
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        path = tmp_path / f"{encoding}.json"
        path.write_text(WHOLE, encoding=encoding)
        assert load_observations(path, toy).refutes("taste", "tea")
    assert load_observations(path, toy).digest == load_observations(str(path)).digest != ""


def test_without_a_pack_any_candidate_is_taken():
    assert load_observations(report({**ROW, "candidate": "mate"})).refutes("taste", "mate")
