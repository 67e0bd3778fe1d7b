"""Ask the package indexes anew, and list the claims of a rule pack that no longer hold."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from recommender.authoring.resolving import write_beside_pack
from recommender.authoring.review import as_data, packages_of, review
from recommender.index.asking import asked_anew
from recommender.index.snapshot import PYTHONS, Snapshot, path_of, read_snapshot, text_of
from recommender.loading.full_pack import load_whole

from ._echo import deliver_json, echo
from ._exit_codes import ANSWERED, FOUND
from ._options import examples, pack_argument
from ._progress import counted, progress
from ._signals import one_interrupt

if TYPE_CHECKING:
    from pathlib import Path

    from recommender.authoring.review import Claiming, ClaimReview, FallenClaim


@click.command(epilog=examples("recommender refresh --dry-run"))
@pack_argument
@click.option("--dry-run", is_flag=True, help="Ask and compare, and write nothing.")
@click.option("--python", default="", metavar="PATH", help="The interpreter whose pip is asked.")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text")
def command(pack: Path | None, dry_run: bool, python: str, format_: str) -> int:
    """Ask the indexes about the packages that PACK names (the shipped one by default).

    They are asked through your own pip and npm, as you configured them. The snapshot in the pack's
    `index/` is replaced whole, or not at all; no rule is changed. A claim that holds gets the day's
    date; one that does not is listed, those first that would change the advice of most projects.
    Exits with 1 if there are any.
    """
    whole = load_whole(pack)

    def mine(statement: Claiming) -> bool:
        return whole.owns(statement.place.file)

    own = read_snapshot([whole.folder])
    before = read_snapshot(whole.full.folders)
    named, pins = packages_of(whole.full, mine=mine)
    cited = {source.package for source in whole.full.sources.values()
             if source.package and whole.owns(source.place.file)}  # fmt: skip
    names = sorted({*own.packages, *named, *cited})
    day = dt.datetime.now(tz=dt.UTC).date()
    with one_interrupt(), progress("Asking", len(names)) as show:
        asked = asked_anew(
            names, before.packages, day, pins=pins, python=python, told=counted(show)
        )
    after = replace(before, packages={**before.packages, **asked})
    found = review(whole.full, before, after, day, mine=mine)
    if not dry_run:
        text = text_of(Snapshot(asked, {}, found.confirmed))
        write_beside_pack(path_of(whole.folder), text)
    if format_ == "json":
        deliver_json(as_data(found, whole.full, written=not dry_run))
    else:
        echo(_text(found, len(names), written=not dry_run))
    return FOUND if found.items else ANSWERED


def _text(found: ClaimReview, packages: int, *, written: bool) -> str:
    kept = "" if written else " (nothing was written)"
    lines = [f"{packages} packages as of {found.day}{kept}"]
    lines += [f"  {name}: {old} -> {new}" for name, (old, new) in sorted(found.newer.items())]
    lines += [
        f"there are wheels for Python {each}: when it is out, add its day to index/{PYTHONS}"
        for each in found.unlisted
    ]
    lines.append(f"claims that hold: {len(found.holding)}; to review: {len(found.items)}")
    lines += [line for item in found.items for line in _lines(item, found.projects)]
    return "\n".join(lines)


def _lines(item: FallenClaim, projects: int) -> list[str]:
    held = f"last held on {item.held}" if item.held else "not known to have held"
    return [
        f"{item.place}: the {item.kind} `{item.id}` says `{item.claim}` ({held})",
        f"  before: {item.before}",
        f"  now:    {item.now}",
        f"  without it {item.projects} of {projects} projects would be advised otherwise",
    ]
