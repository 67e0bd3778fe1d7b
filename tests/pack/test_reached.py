"""Nobody is advised what does not reach a target of theirs where the other candidate reaches all."""

from pathlib import Path

import pytest

from benchmarks.everyday import SETS, projects
from benchmarks.population import BATCHES, described_blind
from recommender import load_pack, load_profile
from recommender.judging.case import Case
from recommender.judging.routes import unreached

PACK = load_pack()
PANEL = Path(__file__).parent / "panel"

GROUPS = {
    "panel": [load_profile(path, PACK) for path in sorted(PANEL.glob("*.yaml"))],
    **{name: [profile for profile, _ in described_blind(name, PACK)] for name in BATCHES},
    **{name: [profile for _, profile in projects(name, PACK)] for name in SETS},
}


@pytest.mark.parametrize("name", GROUPS)
def test_no_advised_candidate_leaves_a_gap_that_the_other_would_not(name):
    found = []
    for profile in GROUPS[name]:
        case = Case.of(profile, PACK)
        gaps = unreached(PACK, case.profile, case.truths)
        if gaps and len(gaps) < len(PACK.candidates):
            found.append((profile.name, case.decision.best in gaps))
    assert found or name not in {"panel", *SETS}  # there are gaps to be told from
    assert [project for project, advised in found if advised] == []
