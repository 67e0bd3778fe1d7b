"""Options, described once: click declares them, and a plain command line is read by them.

Those that several commands share are here: which pack, which candidates, which day.
"""

from __future__ import annotations

import datetime as dt
import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

    import click

    from recommender.nouns.pack import Pack

Takes: TypeAlias = Literal["text", "number", "day", "nothing"]


@dataclass(frozen=True, slots=True)
class Option:
    """Describe an option: its names, the parameter that it sets, and what it takes."""

    names: tuple[str, ...]
    parameter: str
    help: str
    metavar: str | None = None
    takes: Takes = "text"
    default: str | int | None = None
    repeated: bool = False

    @property
    def unset(self) -> Any:
        """Give what the parameter is where the option is not named."""
        if self.takes == "nothing":
            return False
        return () if self.repeated else self.default

    def declare(self, command: Callable[..., Any]) -> Callable[..., Any]:
        """Add the option to a command of click's."""
        import click  # noqa: PLC0415  (a plain command line is read without it)

        flag = self.takes == "nothing"
        add = click.option(
            *self.names,
            self.parameter,
            help=self.help,
            metavar=self.metavar,
            type=None if flag else int if self.takes == "number" else str,
            default=self.unset,
            show_default=self.default is not None,
            is_flag=flag,
            multiple=self.repeated,
            callback=_day if self.takes == "day" else None,
        )
        made: Callable[..., Any] = add(command)
        return made


def declared(*options: Option) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Add options to a command of click's; help lists them in this order."""

    def decorated(command: Callable[..., Any]) -> Callable[..., Any]:
        for option in reversed(options):  # as decorators stand one above another
            command = option.declare(command)
        return command

    return decorated


def _day(_: click.Context, __: click.Parameter, value: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(value) if value is not None else None
    except ValueError:
        import click  # noqa: PLC0415

        raise click.BadParameter(f"`{value}` is not a date; write it as 2026-11-23") from None


PACK_OPTIONS = (
    Option(
        names=("--rules",),
        parameter="rules",
        metavar="DIR",
        repeated=True,
        help="A rule pack: one that `extends` another, or has no head, is laid over the shipped "
        "pack; a complete one replaces it.",
    ),
    Option(
        names=("--with",),
        parameter="with_",
        metavar="CANDIDATE",
        repeated=True,
        help="An optional candidate to add.",
    ),
)
AS_OF = Option(
    names=("--as-of",),
    parameter="as_of",
    metavar="DATE",
    takes="day",
    help="Judge reviews and expiry at this day.",
)


def pack_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--rules`, `--with` and give the command a function that loads the pack."""

    @declared(*PACK_OPTIONS)
    @functools.wraps(command)
    def wrapped(*args: Any, rules: tuple[str, ...], with_: tuple[str, ...], **rest: Any) -> Any:
        return command(*args, pack=functools.partial(load, rules, with_), **rest)

    return wrapped


def load(rules: tuple[str, ...], with_: tuple[str, ...]) -> Pack:
    """Load the pack that was asked for."""
    from recommender.loading.cache import load_cached  # noqa: PLC0415  (only when needed)

    return load_cached(rules, with_)


def as_of_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--as-of`."""
    return AS_OF.declare(command)


def pack_argument(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the folder of the pack that a command examines; the shipped one where it is left out."""
    import click  # noqa: PLC0415

    add = click.argument("pack", required=False, metavar="[PACK]", type=click.Path())
    made: Callable[..., Any] = add(command)
    return made
