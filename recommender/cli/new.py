"""Begin a rule pack of your own: an overlay over the shipped pack, which lints clean."""

from __future__ import annotations

import datetime as dt
import shlex
from pathlib import Path

import click

from recommender.authoring.new import new_pack
from recommender.loading.packs import load_pack

from ._echo import echo


@click.group(name="new")
def command() -> None:
    """Begin something new from a scaffold."""


@command.command(name="pack")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def pack(folder: Path) -> None:
    """Write an overlay pack into DIR: a head, a question, a criterion and a rule per candidate.

    Nothing that exists is overwritten. docs/writing-rules.md goes on from there.
    """
    base = load_pack()
    dated = max(base.dated, dt.datetime.now(dt.UTC).date())
    for path in new_pack(folder, base, dated=dated):
        echo(f"wrote {path}")
    quoted = shlex.quote(str(folder))
    echo(f"next: recommender lint {quoted} && recommender test {quoted}")
