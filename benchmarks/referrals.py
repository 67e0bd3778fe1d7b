"""How often a referral is told: where none was wanted, and where the project went elsewhere.

    python -m benchmarks.referrals

A referral on a project that chose PyTorch or TensorFlow counts as false, though some such projects
may well have been served by what it names. On those that ended with neither, it is a hit. It names
what a project took where one of its names stands in what is recorded of it (`x-runs` in the panel).
The referrals were written with these projects known, so that nothing here is unseen. Intervals are
Wilson's (95 %).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import yaml

from benchmarks.population import BATCHES, PANEL, described_blind
from benchmarks.unseen import share
from recommender import load_pack, load_profile
from recommender.judging.case import Case
from recommender.judging.referrals import referrals_of
from recommender.nouns.referral import Referral

CANDIDATES = ("pytorch", "tensorflow")
KINDS = ("decided", "even", "hybrid", "neither")


@dataclass(frozen=True, slots=True)
class Told:
    """One project: its batch, how it ended, the referrals told, and whether one names what it took.

    `kind` is `decided`, `even`, `hybrid` or `neither`.
    """

    batch: str
    name: str
    kind: str
    referrals: tuple[str, ...]
    named: bool


def told() -> list[Told]:
    """Judge the referrals of every project of the panel and of the batches described blind."""
    pack = load_pack()
    found = []
    for path in sorted(PANEL.glob("*.yaml")):
        record = yaml.safe_load(path.read_text(encoding="utf-8"))
        fired = referrals_of(Case.of(load_profile(path, pack), pack))
        kind = "decided" if record["x-recorded"] in CANDIDATES else "even"
        found.append(_told("panel", path.stem, kind, fired, record.get("x-runs", "")))
    for batch in BATCHES:
        for profile, ended in described_blind(batch, pack):
            fired = referrals_of(Case.of(profile, pack))
            took = f"{ended['recorded']} {ended['trains_in']} {ended['ships_as']}"
            found.append(_told(batch, ended["name"], ended["kind"], fired, took))
    return found


def _told(batch: str, name: str, kind: str, fired: Sequence[Referral], took: str) -> Told:
    named = any(each.lower() in took.lower() for found in fired for each in found.instead)
    return Told(batch, name, kind, tuple(found.id for found in fired), named)


def lines() -> list[str]:
    """Make the table of docs/panel.md."""
    found = told()
    rows = ["| of | told a referral | one that names what it took |", "|---|---|---|"]
    for batch in ("panel", *BATCHES):
        mine = [each for each in found if each.batch == batch]
        for kind in KINDS:
            same = [each for each in mine if each.kind == kind]
            count, named = sum(bool(each.referrals) for each in same), sum(e.named for e in same)
            hit = share(named, len(same)) if kind == "neither" else named or ""
            if same:
                rows.append(f"| {batch}: {kind} | {share(count, len(same))} | {hit} |")
    often = Counter(name for each in found for name in each.referrals)
    rows += ["", "| referral | told to |", "|---|---|"]
    return [*rows, *(f"| `{name}` | {often[name]} |" for name in load_pack().referrals)]


def main() -> None:
    """Print the tables of docs/panel.md, and the projects behind them."""
    print("\n".join(lines()))
    for each in told():
        if each.referrals or each.kind == "neither":
            names = ", ".join(each.referrals) or "none"
            print(f"{each.batch}, {each.kind}, {each.name}: {names}{' (named)' * each.named}")


if __name__ == "__main__":
    main()
