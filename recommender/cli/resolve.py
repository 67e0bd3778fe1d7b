"""Resolve which packages of routes and libraries install together, and list what no longer does."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import click

from recommender.authoring.resolving import (
    lost,
    needing,
    resolve_entries,
    sets_of,
    write_resolutions,
)
from recommender.index.snapshot import read_snapshot
from recommender.loading.full_pack import load_whole

from ._echo import echo
from ._exit_codes import ANSWERED, FOUND
from ._options import examples, pack_argument
from ._progress import counted, progress
from ._signals import one_interrupt

if TYPE_CHECKING:
    from pathlib import Path

    from recommender.nouns.resolution import Resolution


@click.command(
    epilog=examples(
        "recommender resolve my-rules", "recommender resolve --day 2026-06-30 --dry-run"
    )
)
@pack_argument
@click.option("--dry-run", is_flag=True, help="Resolve and compare, and write nothing.")
@click.option(
    "--day", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE",
    help="Count what was published by the end of this day; yesterday by default.",
)  # fmt: skip
def command(pack: Path | None, dry_run: bool, day: dt.datetime | None) -> int:
    """Ask uv whether the packages of each route and library of PACK fit together.

    PACK is the shipped one by default. It reads the metadata of the index that uv is configured
    for, and installs nothing. What is found replaces the files in the pack's `index/resolved/`, all
    of them or none. Exits with 1 if packages no longer install where they did.
    """
    whole = load_whole(pack)
    at = day.date() if day else dt.datetime.now(tz=dt.UTC).date() - dt.timedelta(days=1)
    entries = [each for each in needing(whole.full) if whole.owns(each.place.file)]
    snapshot = read_snapshot(whole.full.folders)
    with one_interrupt(), progress("Resolving", sum(map(len, sets_of(entries).values()))) as show:
        found = resolve_entries(entries, snapshot, at, told=counted(show))
    if not dry_run:
        write_resolutions(whole.folder, found, "recommender resolve")
    resolved = [each for several in found.values() for each in several]
    gone = list(lost(whole.full.resolutions, resolved))
    kept = " (nothing was written)" if dry_run else ""
    echo(f"{len(resolved)} sets of packages as of {at}{kept}")
    for each in resolved:
        echo(_line(each))
    for packages, end in gone:
        echo(f"no longer: {', '.join(packages)} on {', '.join(end.where)}: {end.because}")
    return FOUND if gone else ANSWERED


def _line(found: Resolution) -> str:
    """Say on how many Pythons of each platform packages install together."""
    places = (
        f"{name} {len(found.pythons(name))}/{len(found.pythons(name, pinned=False))}"
        for name in found.platforms
    )
    return f"  {', '.join(found.packages)}: {', '.join(places)}"
