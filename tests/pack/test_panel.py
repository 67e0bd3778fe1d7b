"""The panel: real projects whose choice is on record, and what the pack advises them today.

docs/panel.md tells where the batches come from; its figures are held here.
"""

import re
import statistics
from pathlib import Path

import pytest

from benchmarks import calibration
from benchmarks.interview import interview
from benchmarks.population import cluster_of
from recommender import Profile, load_pack, load_profile
from recommender.judging.case import Case
from recommender.judging.support import support_of

PACK = load_pack()
PANEL = sorted((Path(__file__).parent / "panel").glob("*.yaml"))
HALVES = ("look", "held", "fresh", "last", "independent", "second")
PAGE = (Path(__file__).parents[2] / "docs" / "panel.md").read_text(encoding="utf-8")
KEYS = re.compile(r"^x-(recorded|source|half): \"?([^\"\n]+)\"?$", re.MULTILINE)


def record(path):
    return dict(KEYS.findall(path.read_text(encoding="utf-8")))


def hit(path):
    """Tell whether the advice names what was chosen, the project's own cluster left out."""
    profile = load_profile(str(path), PACK)
    decider = Case.of(profile, PACK).decider
    found = support_of(PACK, profile.answers, decider, without=cluster_of(path.stem))
    return found.best == record(path)["recorded"]


@pytest.mark.parametrize("path", PANEL, ids=lambda path: path.stem)
def test_a_case_says_what_was_chosen_and_where_it_is_recorded(path):
    case = record(path)
    assert case["recorded"] in (*PACK.candidates, "tie")
    assert case["source"].startswith("https://")
    assert case["half"] in HALVES


def test_what_was_described_for_the_old_questions_is_read_with_a_note():
    read = {path.stem: load_profile(str(path), PACK) for path in PANEL}
    told = {
        name: {each.written: each.read for each in case.readings} for name, case in read.items()
    }
    assert told["deepchem"] == {"existing-code: tensorflow-2": "existing-code: [tensorflow-2]"}
    written = re.compile(r"existing-code: (?!none|\[)|team-experience: (?!none|\[)")
    for path in PANEL:
        assert bool(told[path.stem]) == bool(written.search(path.read_text(encoding="utf-8")))


def test_interviews_of_the_population_mostly_ask_as_many_questions_as_is_told():
    asked: list[list[str]] = [[] for _ in PACK.population]
    for project, names in zip(PACK.population, asked, strict=True):
        interview(PACK, Profile(project.answers), names)
    low, _, high = statistics.quantiles([len(each) for each in asked], n=4)
    assert [round(low), round(high)] == pytest.approx(PACK.asked, abs=1)


NOW = {
    "look": (16, 19),
    "held": (17, 17),
    "fresh": (20, 22),
    "last": (14, 15),
    "independent": (38, 44),
    "second": (36, 36),
}


@pytest.mark.parametrize("half", HALVES)
def test_the_advice_agrees_as_often_as_the_document_says(half):
    cases = [path for path in PANEL if record(path)["half"] == half]
    chosen = [path for path in cases if record(path)["recorded"] != "tie"]
    missed = [path.stem for path in chosen if not hit(path)]
    assert (len(chosen) - len(missed), len(chosen)) == NOW[half], f"missed: {', '.join(missed)}"
    row = next(line for line in PAGE.splitlines() if line.startswith(f"| {half} |"))
    assert f"| {len(chosen)} " in row
    assert row.endswith(f"| {NOW[half][0]} |")


def test_nine_in_ten_of_all_that_chose_one_side_agree():
    agree, chosen = (sum(each) for each in zip(*NOW.values(), strict=True))
    assert agree >= 0.9 * chosen


def test_the_probability_keeps_its_word_as_well_as_the_document_says():
    data = calibration.measured()
    support, right = data["support"], data["pytorch"].astype(float)
    pack = {point.support: point.probability for point in PACK.calibration}
    first = abs(support - 0.5) + 0.5
    hits = ((support > 0.5) == (right == 1)).astype(float)
    curve = calibration.fitted(first, hits)
    fresh = {p: calibration.curve(curve, p) for p in calibration.POINTS}
    # The rules may be mended without fitting anew, as long as the curve would hardly move.
    for point, told in fresh.items():
        assert abs(pack[round(1000 * point)] / 1000 - told) < 0.03
    told = calibration.held_out(first, hits, data["clusters"])
    panel = data["batches"] == "panel"
    assert calibration.brier(told[panel], hits[panel]) <= 0.09
    assert calibration.expected_error(told, hits) <= 0.06
