"""Show what two versions of a rule pack would advise differently, and which rules move it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from recommender.authoring.diff import AdviceChange, Comparison, as_data, compare, shown
from recommender.loading.full_pack import load_whole
from recommender.nouns.plan import Step

from ._echo import deliver_json, echo
from ._exit_codes import ANSWERED, FOUND
from ._options import examples

if TYPE_CHECKING:
    from recommender.judging.lens import Lens

SHOWN = 20

_folder = click.Path(path_type=Path)


@click.command(epilog=examples("recommender diff rules my-rules --panel 100"))
@click.argument("old", type=_folder)
@click.argument("new", type=_folder)
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text")
@click.option("--lens", type=click.Choice(["document", "today"]), default="today")
@click.option(
    "--panel", type=click.IntRange(0, 100_000), metavar="N",
    help="Random profiles; 500, or fewer for large packs, unless given.",
)  # fmt: skip
@click.option("--seed", default=0, help="Draw other random profiles.")
def command(old: Path, new: Path, format_: str, lens: Lens, panel: int | None, seed: int) -> int:
    """Compare the pack in folder OLD with that in NEW.

    Both judge the examples and the reference projects of either, and a seeded panel of random
    valid profiles. Exits with 1 if any winner, outcome or plan differs.
    """
    packs = load_whole(old).usual, load_whole(new).usual
    found = compare(*packs, panel=panel, seed=seed, lens=lens)
    if format_ == "json":
        deliver_json(as_data(found))
    else:
        echo(_text(found))
    return FOUND if found.changes else ANSWERED


def _text(found: Comparison) -> str:
    scope = (
        f"{found.examples} examples, {found.reference} reference projects and "
        f"{found.panel} random profiles (seed {found.seed})"
    )
    lines = [f"{found.old} -> {found.new}, lens {found.lens}: {scope}"]
    lines += [f"what differs: {', '.join(found.parts)}"] if found.parts else []
    statements = found.statements
    for word, ids in (("added", statements.added), ("removed", statements.removed),
                      ("changed", statements.changed)):  # fmt: skip
        lines += [f"rules and constraints {word}: {', '.join(ids)}"] if ids else []
    lines += [f"not readable by its own pack: {name}" for name in found.skipped]
    lines.append(f"winners changed: {found.count('winner')}")
    lines.append(f"outcomes changed, same winner: {found.count('outcome')}")
    lines.append(f"plans changed, same winner and outcome: {found.count('plan')}")
    lines += [_line(change) for change in found.changes[:SHOWN]]
    if len(found.changes) > SHOWN:
        lines.append(f"... and {len(found.changes) - SHOWN} more (--format json lists all)")
    if found.responsible:
        lines.append("responsible, by the number of changes that each moved:")
        lines += [f"  {count:>4}  {name}" for name, count in found.responsible[:SHOWN]]
    return "\n".join(lines)


def _line(change: AdviceChange) -> str:
    moved = [
        f"{rule} {points / 100:+g}" if points else rule for rule, points in change.rules.items()
    ]
    why = "; ".join([*moved, *change.constraints]) or "no rule moved"
    ways = [" ".join(shown(each)).strip() for each in (change.before, change.after)]
    if change.plans:
        ways = [_route(plan) for plan in change.plans]
        if ways[0] == ways[1]:
            ways = [_code(plan) for plan in change.plans]
    return f"  {change.name}: {' -> '.join(ways)}  [{why}]"


def _code(plan: tuple[Step, ...]) -> str:
    """Name what a plan does with code, where it ships the same."""
    said = [
        " ".join([each.act, each.candidate, *each.libraries])
        for each in plan
        if each.act not in ("convert", "ship")
    ]
    return f"plan {', '.join(said) or 'nothing'}"


def _route(plan: tuple[Step, ...]) -> str:
    """Name how a plan ships: the routes of its steps, or the format where it names none."""
    said = [each.route or each.format or "no route" for each in plan if each.act == "ship"]
    return f"plan {', '.join(dict.fromkeys(said)) or 'without a target'}"
