"""Options that several commands share: which pack, which candidates, which day, which machine."""

from __future__ import annotations

import datetime as dt
import functools
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Callable

    from recommender.pack import Pack


def _day(_: click.Context, __: click.Parameter, value: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(value) if value is not None else None
    except ValueError:
        raise click.BadParameter(f"`{value}` is not a date; write it as 2026-11-23") from None


def pack_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--rules`, `--with` and give the command a function that loads the pack."""

    @click.option(
        "--rules", "rules", multiple=True, metavar="DIR",
        help="A rule pack: one that `extends` another, or has no head, is laid over the shipped "
        "pack; a complete one replaces it.",
    )  # fmt: skip
    @click.option(
        "--with", "with_", multiple=True, metavar="CANDIDATE", help="An optional candidate to add."
    )
    @functools.wraps(command)
    def wrapped(*args: Any, rules: tuple[str, ...], with_: tuple[str, ...], **rest: Any) -> Any:
        return command(*args, pack=functools.partial(_load, rules, with_), **rest)

    return wrapped


def _load(rules: tuple[str, ...], with_: tuple[str, ...]) -> Pack:
    from recommender.loading.cache import load_cached  # noqa: PLC0415  (only when needed)

    return load_cached(rules, with_)


as_of_option = click.option(
    "--as-of", "as_of", callback=_day, metavar="DATE", help="Judge reviews and expiry at this day."
)

pack_argument = click.argument("pack", required=False, metavar="[PACK]", type=click.Path())
"""The folder of the pack that a command examines; the shipped one where it is left out."""
