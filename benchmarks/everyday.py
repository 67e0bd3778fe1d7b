"""How the advice does on everyday cases, beside what a consultant would have said.

    python -m benchmarks.everyday        # of each set, one line a case and the counts

A case is met where the headline is one that the consultant would sign, bad where it is one that the
consultant calls wrong, and weak otherwise. "Neither" is said where a referral stands before the
advice. Beside it stand the rule of one line and "always PyTorch", which have no other headlines.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import yaml

from benchmarks.calibration import SMALL
from recommender import load_pack, load_profile, recommend

PACK = Path(__file__).parents[1] / "tests" / "pack"
SETS = ("everyday", "everyday-second", "everyday-third")


def headlines(advice):
    """Return the names that the headline of an advice may go by."""
    told = {"neither"} if advice.referrals or advice.best is None else set()
    if advice.outcome == "either":
        return told | {"either", f"either-{advice.best}"}
    return told | {advice.best}


def judge(told, expect):
    """Return `met`, `weak` or `bad`."""
    named = told - {"neither"} or told
    if named & set(expect["acceptable"]) or expect["acceptable"][0] in told:
        return "met"
    return "bad" if named & set(expect["wrong"]) else "weak"


def projects(name, pack):
    """Yield each case of a set with its profile."""
    for case in yaml.safe_load((PACK / f"{name}.yaml").read_text("utf-8"))["cases"]:
        yield case, load_profile({"name": case["name"], "answers": case["answers"]}, pack)


def cases(name):
    """Yield each case of a set with its advice."""
    pack = load_pack()
    for case, profile in projects(name, pack):
        yield case, recommend(profile, pack)


def told_of(name):
    """Print the cases of a set and the counts."""
    ours, one_line, always, referrals = Counter(), Counter(), Counter(), Counter()
    for case, advice in cases(name):
        expect = case["expect"]
        found = judge(headlines(advice), expect)
        small = advice.profile.named("targets") & SMALL
        ours[found] += 1
        one_line[judge({"tensorflow" if small else "pytorch"}, expect)] += 1
        always[judge({"pytorch"}, expect)] += 1
        referrals["in vain"] += bool(advice.referrals and expect.get("no_refer"))
        referrals["missed"] += bool(expect.get("refer") and not advice.referrals)
        chance = f"{advice.probability / 100:.0f}%" if advice.probability else "-"
        print(
            f"{found:5}{case['name']:36}{advice.outcome:18}{advice.best or '-':12}{chance:5}"
            f"{'|'.join(expect['acceptable']):40}{expect['sure']:7}"
            f"{', '.join(each.id for each in advice.referrals)}"
        )
    for way, counts in (("advice", ours), ("rule of one line", one_line), ("always", always)):
        print(way, dict(counts))
    print("referrals", dict(referrals))


def main():
    """Print every set."""
    for name in SETS:
        print(name)
        told_of(name)


if __name__ == "__main__":
    main()
