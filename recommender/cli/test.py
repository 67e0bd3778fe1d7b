"""Run the tests and examples of a rule pack, and see what they would miss."""

from __future__ import annotations

import os
from pathlib import Path

import click

from recommender.authoring.test import Mutation, Trial, mutate, try_pack, update_leads
from recommender.loading.full_pack import WholePack, load_whole
from recommender.nouns.errors import Place

from ._echo import echo
from ._exit_codes import ANSWERED, FOUND
from ._options import examples, pack_argument


@click.command(
    epilog=examples("recommender test my-rules", "recommender test my-rules --mutate --at-least 90")
)
@pack_argument
@click.option("--mutate", "mutating", is_flag=True, help="Also change one thing at a time.")
@click.option(
    "--at-least", "floor", metavar="PERCENT", type=click.IntRange(0, 100), default=0,
    help="With --mutate: fail below this share of changes noticed.",
)  # fmt: skip
@click.option(
    "--update", is_flag=True, help="Write today's `lead` into the examples that state one."
)
def command(pack: str | None, mutating: bool, floor: int, update: bool) -> int:
    """Run the tests beside each rule and every example of PACK (the shipped one by default).

    Every rule and constraint needs a case in which it fires and one in which it is silent, every
    referral three of each. With --mutate, weights, operators and values are changed one at a time
    in memory, and the changes that no test or example notices are listed. Exits with 1 if anything
    fails.
    """
    whole = load_whole(pack)
    if update:
        for file in update_leads(whole):
            echo(f"updated {file}")
        whole = load_whole(pack)
    trial = try_pack(whole)
    _tell(trial, whole)
    passed = trial.passed
    if mutating:
        mutation = mutate(whole)
        _tell_mutation(mutation)
        passed = passed and mutation.share * 100 >= floor
    return ANSWERED if passed else FOUND


def _tell(trial: Trial, whole: WholePack) -> None:
    for verdict in trial.failures:
        echo(f"{_near(verdict.place)}: {verdict.id}: {verdict.failure}")
    for id_ in trial.coverage.untested:
        pack = whole.full
        if id_ in pack.referrals:
            place, count = pack.referrals[id_].place, "three tests"
        else:
            known = pack.rules.get(id_) or pack.constraints.get(id_) or pack.libraries[id_]
            place = known.place
            count = "a test"
        echo(f"{_near(place)}: {id_}: needs {count} each that expect `fires` and `silent`")
    for name, verdicts in (("tests", trial.cases), ("examples", trial.examples)):
        failed = sum(1 for verdict in verdicts if verdict.failure)
        echo(f"{name}: {len(verdicts) - failed} of {len(verdicts)} pass")
    coverage = trial.coverage
    total = coverage.tested + len(coverage.untested)
    echo(f"tested both ways: {coverage.tested} of {total}")
    echo(f"fire in some example: {len(coverage.fired_by_examples)} of {total}")
    for id_ in coverage.unfired_by_examples:
        echo(f"  in none: {id_}")


def _tell_mutation(mutation: Mutation) -> None:
    made = sum(mutation.made.values())
    echo(f"mutants noticed: {mutation.killed()} of {made} ({mutation.share:.1%})")
    for kind, count in mutation.made.items():
        echo(f"  {kind}: {mutation.killed(kind)} of {count}")
    for mutant in mutation.survivors:
        echo(f"survived: {_near(mutant.changed.place)}: {mutant.changed.id}: {mutant.what}")


def _near(place: Place) -> Place:
    """Return a place with its file relative to the working folder, if it is inside."""
    here = f"{Path.cwd()}{os.sep}"
    return place._replace(file=place.file.removeprefix(here))
