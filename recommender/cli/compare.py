"""Explain why two projects get different advice."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from recommender.language import Language
from recommender.loading.projects import load_profile
from recommender.nouns.errors import UsageError
from recommender.output.compare import as_data, told
from recommender.output.formats.json import write
from recommender.projects.compare import contrast

from ._advice import spoken
from ._echo import deliver
from ._options import (
    as_of_option,
    examples,
    lang_option,
    pack_options,
    text_or_json_option,
    unmeasured_lens_option,
)
from ._screen import draw

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from recommender.judging.lens import Lens
    from recommender.nouns.pack import Pack


@click.command(epilog=examples("recommender compare old.yaml new.yaml"))
@click.argument("one", metavar="A.yaml")
@click.argument("other", metavar="B.yaml")
@pack_options
@as_of_option
@unmeasured_lens_option
@text_or_json_option
@lang_option
def command(
    one: str,
    other: str,
    pack: Callable[[], Pack],
    as_of: dt.date | None,
    lens: Lens,
    format_: str,
    lang: str | None,
) -> None:
    """Name the answers in which A.yaml and B.yaml differ, and the rules that they moved.

    Two projects of one name are called by their files.
    """
    if os.path.realpath(one) == os.path.realpath(other):
        raise UsageError(f"`{other}` is given twice; name two projects to compare")
    loaded = pack()
    first, second = load_profile(one, loaded), load_profile(other, loaded)
    if first.name == second.name:
        first, second = replace(first, name=one), replace(second, name=other)
    found = contrast(first, second, loaded, lens=lens, as_of=as_of)
    language = Language(loaded, lang or spoken())
    if format_ == "json":
        deliver(write(as_data(found, language.spoken)))
    else:
        draw(told(found, language))
