"""Tell what moving a repository to another framework would touch, and in which stages."""

from __future__ import annotations

from collections.abc import Callable

import click

from recommender.nouns.errors import UsageError, did_you_mean, lacks_extra
from recommender.nouns.pack import Pack
from recommender.output.formats.json import write
from recommender.output.moving import move_as_data, move_told

from ._advice import language_of
from ._echo import deliver
from ._exit_codes import ANSWERED
from ._options import examples, lang_option, pack_options, text_or_json_option
from ._progress import progress
from ._scanning import include_option
from ._screen import draw


@click.command(
    epilog=examples(
        "recommender migrate . --to pytorch",
        "recommender migrate ../shop --to jax --from tensorflow",
    )
)
@click.argument("path", metavar="PATH")
@click.option("--to", "new", required=True, metavar="CANDIDATE", help="Where it would move.")
@click.option("--from", "old", metavar="CANDIDATE", default="",
              help="Where it is; by default what most lines touch.")  # fmt: skip
@include_option
@pack_options
@text_or_json_option
@lang_option
def command(
    path: str,
    new: str,
    old: str,
    include: tuple[str, ...],
    pack: Callable[[], Pack],
    format_: str,
    lang: str | None,
) -> int:
    """Tell what moving the repository in the folder PATH would touch; nothing is changed.

    How many files and lines name the framework, by part of its API; what has a counterpart in
    CANDIDATE and what has none; what stays; and the stages, each with the test that ends it. Code
    is parsed and never run. Exit code 3 where there is nothing to move.
    """
    loaded = pack()
    moving = loaded.moving
    known = sorted({name for api in moving.apis.values() for name in api.counterparts})
    for asked in filter(None, (new, old)):
        if asked not in known:
            what = f"the pack knows no counterparts in `{asked}`"
            raise UsageError(f"{what}; {did_you_mean(asked, known)}")
    if new == old:
        raise UsageError("--from and --to are the same candidate")
    try:
        from recommender.scan.touching import move
    except ImportError:
        raise lacks_extra("reading a repository", "scan") from None
    with progress("Reading") as show:
        found = move(path, loaded, new, old=old, include=include, progress=show)
    language = language_of(loaded, lang, format_)
    if format_ == "json":
        deliver(write(move_as_data(found, language)))
    else:
        draw(move_told(found, language))
    return ANSWERED
