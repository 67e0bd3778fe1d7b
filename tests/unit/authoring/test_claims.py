"""The audit lists every statement of the document once, with its rules, verdict and sightings."""

import datetime as dt
import json

import pytest

from recommender.authoring.claims import as_data, audit
from recommender.cli import run
from recommender.loading import load_observations, load_pack

REPORT = {
    "schema": 1, "kind": "probe-report", "made": "2026-11-23T12:00:00Z",
    "candidates": {"coffee": {"status": "present", "versions": {"bean": "2.0"}}},
    "observations": [
        {"check": "taste", "candidate": "coffee", "verdict": "confirmed", "because": "It was good."},
        {"check": "taste", "candidate": "tea", "verdict": "refuted", "because": "It was cold."},
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def shipped():
    return load_pack()


def test_every_statement_stands_once_in_the_documents_order(shipped):
    found = audit(shipped)
    text = shipped.documents["pytorch-vs-tensorflow"].text
    places = [text.find(claim.says) for claim in found.claims]
    assert places == sorted(places)
    assert min(places) >= 0
    assert len({claim.id for claim in found.claims}) == len(found.claims) >= 30


def test_every_rule_that_cites_the_document_is_accounted_for(shipped):
    encoded = {rule for claim in audit(shipped).claims for rule in claim.rules}
    assert encoded >= {rule.id for rule in shipped.rules.values() if rule.cites}


def test_a_rule_without_a_fact_is_a_claim_of_its_own(toy):
    verdicts = {claim.id: (claim.kind, claim.verdict) for claim in audit(toy).claims}
    assert verdicts["mornings-want-caffeine"] == ("rule", "weakened")
    assert verdicts["trains-want-a-flask"] == ("rule", "not reviewed")


def test_a_review_of_a_later_day_does_not_count_yet(toy):
    verdicts = {c.id: c.verdict for c in audit(toy, as_of=dt.date(2026, 5, 1)).claims}
    assert verdicts["mornings-want-caffeine"] == "not reviewed"


def test_what_a_probe_saw_stands_beside_it(toy):
    found = audit(toy, observations=load_observations(REPORT))
    (claim,) = [c for c in found.claims if c.id == "mornings-want-caffeine"]
    assert [(s.candidate, s.verdict) for s in claim.seen] == [
        ("coffee", "confirmed"),
        ("tea", "refuted"),
    ]
    assert found.versions["coffee"] == {"bean": "2.0"}


def test_freshness_counts_cells(toy):
    fresh = audit(toy, observations=load_observations(REPORT)).freshness
    assert (fresh.cells, fresh.judged, fresh.measured_here) == (6, 6, 2)
    assert (fresh.read_within_a_year, fresh.expired) == (2, 2)
    late = audit(toy, as_of=dt.date(2027, 6, 2)).freshness
    assert (late.read_within_a_year, late.measured_here) == (0, 0)


def test_an_audit_is_plain_json(toy):
    data = json.loads(json.dumps(as_data(audit(toy))))
    assert (data["schema"], data["kind"], data["as_of"]) == (1, "claims", "2026-11-23")


@pytest.mark.parametrize("form", ["table", "markdown", "json"])
def test_the_audit_as_it_is_read(form, tmp_path, capsys, golden, monkeypatch):
    monkeypatch.setenv("COLUMNS", "120")
    report = tmp_path / "report.json"
    report.write_text(json.dumps(REPORT))
    assert run(["claims", "tests/toy/rules", "--format", form, "--probe", str(report)]) == 0
    golden(f"claims/toy.{form}", capsys.readouterr().out)


def test_the_figures_alone(capsys):
    assert run(["claims", "--stats"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("cells (a candidate on a criterion): ")
    assert "not probed here" in out


@pytest.mark.parametrize("form", ["table", "markdown", "json"])
def test_the_sources_as_they_are_listed(form, capsys, golden, monkeypatch):
    monkeypatch.setenv("COLUMNS", "120")
    assert run(["claims", "tests/toy/rules", "--sources", "--format", form]) == 0
    golden(f"claims/toy-sources.{form}", capsys.readouterr().out)


@pytest.mark.parametrize("also", [["--stats"], ["--as-of", "2026-01-01"], ["--probe", "x.json"]])
def test_what_says_nothing_of_sources_is_refused_with_them(also, capsys):
    assert run(["claims", "--sources", *also]) == 2
    assert "--sources goes with --format alone" in capsys.readouterr().err
