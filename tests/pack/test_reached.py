"""Nobody is advised what does not reach a target of theirs where the other candidate reaches all."""

from pathlib import Path

import pytest

from benchmarks.everyday import SETS, cases
from benchmarks.population import BATCHES, described_blind
from recommender import load_pack, load_profile
from recommender.judging.case import Case
from recommender.judging.routes import unreached

PACK = load_pack()
PANEL = Path(__file__).parent / "panel"

GROUPS = {
    "panel": [load_profile(path, PACK) for path in sorted(PANEL.glob("*.yaml"))],
    **{name: [profile for profile, _ in described_blind(name, PACK)] for name in BATCHES},
    **{name: [advice.profile for _, advice in cases(name)] for name in SETS},
}


@pytest.mark.parametrize("name", GROUPS)
def test_no_advised_candidate_leaves_a_gap_that_the_other_would_not(name):
    cases_ = {profile.name: Case.of(profile, PACK) for profile in GROUPS[name]}
    gaps = {
        project: unreached(PACK, case.profile, case.truths)
        for project, case in cases_.items()
        if case.decision.best is not None
    }
    assert any(gaps.values()) or name != "panel"  # there are gaps to be told from
    assert [
        project
        for project, found in gaps.items()
        if cases_[project].decision.best in found and len(found) < len(PACK.candidates)
    ] == []
