"""What a reader gets who is to judge statements afresh: `python -m benchmarks.reading COMMIT`.

Forty rules are drawn by a seed that is the commit's hash, so that nobody chooses them. Of each the
sheet has what it says, for whom, how strongly and how it is graded, what of it the package index
holds, and the excerpts that it cites with their addresses, but no verdict of an earlier reader.
With `--least 10` it has instead all rules that can part the two candidates by ten points or more.
The verdicts go into docs/audit.yaml, those of the second kind beside each rule (`checked: {…,
second: …}`).
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from recommender import load_pack
from recommender.judging.lens import view

if TYPE_CHECKING:
    from recommender.nouns.pack import Pack, Rule

COUNT = 40


def drawn(ids: Iterable[str], commit: str, count: int = COUNT) -> list[str]:
    """Return the ids that a commit's hash draws, in the order drawn.

    >>> drawn(["a", "b", "c", "d"], "2f", 2) == drawn(["d", "c", "b", "a"], "2f", 2)
    True
    """
    listed = sorted(ids)
    return random.Random(commit).sample(listed, min(count, len(listed)))


def shares(pack: Pack, rule: Rule) -> dict[str, int]:
    """Return what a rule gives each candidate as it is judged today, in hundredths."""
    today = view(pack)
    term = next(each for each in today.terms if each.rule == rule.id)
    return dict(zip(today.candidates, term.favors, strict=True))


def points(pack: Pack, rule: Rule) -> float:
    """Return by how many points a rule can part two candidates as it is judged today."""
    given = shares(pack, rule).values()
    apart = max(given, default=0) - min(given, default=0)
    return pack.criteria[rule.criterion].weight * rule.weight * apart / 100


def sheet(pack: Pack, ids: Iterable[str]) -> Iterator[str]:
    """Yield the lines of the sheet: statements and excerpts, and no verdict."""
    for id_ in ids:
        rule = pack.rules[id_]
        review = rule.review
        given = shares(pack, rule).items()
        sides = ", ".join(f"{name} {share / 100:g}" for name, share in given if share)
        yield f"## {id_} ({rule.evidence}; {points(pack, rule):g} points; {sides or 'none'})"
        yield f"Statement: {rule.because}"
        if review:
            yield f"Today ({review.verdict}): {review.because}"
        if rule.holds:
            yield f"Checked by the snapshot of the package index: {'; '.join(rule.holds)}"
        cited = (*rule.sources, *(review.sources if review else ()))
        for each in dict.fromkeys(cited):
            told = pack.reference(each)
            said = " ".join(f"{told.before} «{told.says}» {told.after}".split())
            yield f"- {told.title}, {told.url}: {said}"
        yield ""


def main() -> None:
    """Print a sheet."""
    asked = argparse.ArgumentParser(description="Print what a fresh reader of rules gets.")
    asked.add_argument("commit", help="the hash that the draw is seeded with")
    asked.add_argument("--least", type=float, help="all rules of at least so many points instead")
    told = asked.parse_args()
    pack = load_pack()
    if told.least is None:
        chosen = drawn(pack.rules, told.commit)
    else:
        chosen = [id_ for id_, rule in pack.rules.items() if points(pack, rule) >= told.least]
    print("\n".join(sheet(pack, chosen)))


if __name__ == "__main__":
    main()
