"""The panel: real projects whose choice is on record, and what the pack advises them today.

Some (`look`) were looked at while the rules were written; `held` was scored only once they stood.
`fresh` came later still, and taught something: 16 of its 22 agreed at first, and four reasons were
weighed anew. `last` was scored once after that. A rule bent for one case shows as others lost.

`independent` was written by somebody who had not seen the rules. Of the 44 that chose one framework
38 agreed, and no rule was bent for the other six: in two the pack calls it a tie or too little
known, in two its lead is narrow. Five keep both frameworks, mostly through Keras 3 (`tie`), which
no answer says, so the pack picks one for them.
"""

import re
from pathlib import Path

import pytest

from recommender import load_pack, load_profile, score

PACK = load_pack()
PANEL = sorted((Path(__file__).parent / "panel").glob("*.yaml"))
HALVES = ("look", "held", "fresh", "last", "independent")
KEYS = re.compile(r"^x-(recorded|source|half): \"?([^\"\n]+)\"?$", re.MULTILINE)


def record(path):
    return dict(KEYS.findall(path.read_text(encoding="utf-8")))


def hit(path):
    return score(load_profile(str(path), PACK), PACK).best == record(path)["recorded"]


@pytest.mark.parametrize("path", PANEL, ids=lambda path: path.stem)
def test_a_case_says_what_was_chosen_and_where_it_is_recorded(path):
    case = record(path)
    assert case["recorded"] in (*PACK.candidates, "tie")
    assert case["source"].startswith("https://")
    assert case["half"] in HALVES


@pytest.mark.parametrize("half", ["look", "held", "fresh", "last"])
def test_the_advice_agrees_with_nine_in_ten(half):
    cases = [path for path in PANEL if record(path)["half"] == half]
    missed = [path.stem for path in cases if not hit(path)]
    assert len(missed) <= len(cases) // 10, f"missed: {', '.join(missed)}"


def test_of_the_independent_cases_as_many_agree_as_at_first():
    cases = [path for path in PANEL if record(path)["half"] == "independent"]
    chosen = [path for path in cases if record(path)["recorded"] != "tie"]
    assert (len(chosen), len(cases)) == (44, 49)
    assert sum(map(hit, chosen)) >= 38
