"""Options that several commands share: pack, candidates, and day."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable
from typing import Any

import click

from recommender.loading.cache import load_cached

RULES_HELP = (
    "A rule pack: one that `extends` another, or has no head, is laid over the shipped pack; a "
    "complete one replaces it."
)


def examples(*lines: str) -> str:
    r"""Return what a command's help ends with: one or two whole lines to run.

    >>> examples("recommender lint")
    '\x08\nExamples:\n  recommender lint'
    """
    return "\n".join(["\b", "Examples:", *(f"  {line}" for line in lines)])


def pack_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--rules` and `--with`; the command gets a function `pack` that loads what they name."""

    @click.option("--rules", metavar="DIR", multiple=True, help=RULES_HELP)
    @click.option(
        "--with", "with_", metavar="CANDIDATE", multiple=True, help="An optional candidate to add."
    )
    @functools.wraps(command)
    def wrapped(*args: Any, rules: tuple[str, ...], with_: tuple[str, ...], **rest: Any) -> Any:
        return command(*args, pack=functools.partial(load_cached, rules, with_), **rest)

    return wrapped


def _day(_: click.Context, __: click.Parameter, value: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(value) if value is not None else None
    except ValueError:
        raise click.BadParameter(f"`{value}` is not a date; write it as 2026-11-23") from None


as_of_option = click.option(
    "--as-of",
    metavar="DATE",
    callback=_day,
    help="Judge reviews and expiry at this day. [default: the pack's]",
)
"""Adds `--as-of`."""

pack_argument = click.argument("pack", required=False, metavar="[PACK]", type=click.Path())
"""Adds the folder of the pack that a command examines; the shipped one where it is left out."""


unmeasured_lens_option = click.option(
    "--lens", default="today", metavar="LENS", help="document or today.",
    type=click.Choice(["document", "today"]),
)  # fmt: skip
"""Adds `--lens`, without the lens that needs a probe report."""

text_or_json_option = click.option(
    "--format", "format_", default="text", metavar="FORMAT", help="text or json.",
    type=click.Choice(["text", "json"]),
)  # fmt: skip
"""Adds `--format`, for commands with two formats."""

lang_option = click.option("--lang", metavar="CODE", help="Language of the report: en or zh.")
"""Adds `--lang`, for commands with a report."""
