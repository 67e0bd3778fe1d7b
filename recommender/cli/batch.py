"""Score a whole table of projects: Parquet, CSV, JSON Lines or Arrow IPC."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from recommender.loading import load_profile
from recommender.nouns.errors import lacks_extra

from ._echo import echo
from ._options import as_of_option, examples, pack_options, unmeasured_lens_option
from ._progress import progress

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator

    from recommender.batch.files import Counts
    from recommender.judging.lens import Lens
    from recommender.nouns.pack import Pack


MOST_CAUSES = 8
"""Causes of errors that are told."""


@click.command(
    epilog=examples(
        "recommender batch projects.csv scored.csv --scores-only",
        "recommender batch projects.parquet advice.parquet --keep id",
    )
)
@click.argument("source", metavar="IN")
@click.argument("target", metavar="OUT")
@pack_options
@as_of_option
@unmeasured_lens_option
@click.option("--weights", metavar="PROJECT", help="Weigh criteria as this project file does.")
@click.option(
    "--keep", multiple=True, metavar="COLUMN", help="Keep this column only, beside the results."
)
@click.option("--scores-only", is_flag=True, help="Leave out the advice: far faster.")
@click.option(
    "--plans", is_flag=True, help="Add `referrals` and `plan`: some hundred rows a second."
)
@click.option("--force", is_flag=True, help="Replace a file that exists.")
def command(
    source: str,
    target: str,
    pack: Callable[[], Pack],
    as_of: dt.date | None,
    lens: Lens,
    weights: str | None,
    keep: tuple[str, ...],
    scores_only: bool,
    plans: bool,
    force: bool,
) -> None:
    """Score every row of IN (.parquet, .csv, .jsonl, .arrow) and write it to OUT.

    A column named as a question holds its answers (in CSV several as `a;b`, empty for unknown);
    other columns are kept, but one that is nearly named so is refused unless --keep names it. OUT
    has `outcome`, `best`, `support`, `probability`, with --plans also `referrals` (what to ask
    about first) and `plan` in short, `score.<candidate>` in hundredths, and `error` besides: a row
    that does not validate is kept with its reason there, and the causes are told at the end.
    """
    try:
        from recommender.batch.files import score_file
    except ImportError:
        raise lacks_extra("scoring tables", "batch") from None

    loaded = pack()
    with progress("Scoring") as show:
        counts = score_file(
            source,
            target,
            loaded,
            weights=None if weights is None else load_profile(weights, loaded).weights,
            lens=lens,
            as_of=as_of,
            keep=keep or None,
            scores_only=scores_only,
            plans=plans,
            force=force,
            progress=show,
        )
    echo(f"{counts.rows:,} rows, {counts.errors:,} with an error; written to {target}", err=True)
    for line in _causes(counts):
        echo(line, err=True)


def _causes(counts: Counts) -> Iterator[str]:
    """Yield what is wrong with how many rows, the most frequent first."""
    causes = sorted(counts.causes.items(), key=lambda cause: (-cause[1][0], cause[1][1]))
    told = 0
    for what, (count, first) in causes[:MOST_CAUSES]:
        rows = f"{count:,} rows, first in row {first:,}" if count > 1 else f"row {first:,}"
        yield f"  {rows}: {what}"
        told += count
    if told < counts.errors:
        yield f"  {counts.errors - told:,} rows for other causes: see the column `error`"
