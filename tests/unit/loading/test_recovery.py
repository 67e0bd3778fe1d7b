"""All faults of a rule file come at once: of its entries, and of how the sound ones fit together."""

from __future__ import annotations

import pytest

from recommender.loading.packs import load_pack
from recommender.nouns.errors import PackError

FILE = """\
criteria:
  - {id: cost, title: Cost, weight: 11}
rules:
  - {id: r1, criterion: cost, when: {hour: morning}, favors: {tea: 2}, weight: 3, because: x}
  - {id: r2, criterion: cost, when: {huor: morning}, favors: {tea: 1}, weight: 3, because: x}
  - {id: r3, criterion: comfrot, when: {hour: morning}, favors: {tee: 1}, weight: 3, because: x}
retire: {r9: gone, r1: gone}
"""


def test_broken_entries_do_not_hide_the_faults_of_the_others(tmp_path):
    (tmp_path / "a.yaml").write_text(FILE)
    with pytest.raises(PackError) as error:
        load_pack("tests/toy/rules", overlays=[tmp_path])
    told = [(fault.place.line, fault.what) for fault in error.value.faults]
    assert told == [
        (2, "`weight` must be at most 10, not `11`"),
        (4, "`tea` must be at most 1, not `2`"),
        (5, "no question `huor`"),
        (6, "no criterion `comfrot`"),
        (6, "no candidate `tee`"),
        (7, "no rule `r9`"),
    ]
