"""Recommend a framework for the projects in one or more files."""

from __future__ import annotations

from typing import Any

import click

from ._advice import advice_options
from ._projects import advise_on


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="PROJECT.yaml...")
@advice_options
def command(files: tuple[str, ...], **how: Any) -> int:
    """Recommend a framework for each PROJECT.yaml (`-` reads standard input).

    Exit code: 0 an answer (clear, close or tie), 3 a file that cannot be read or does not
    validate, 4 no candidate survives, 5 too little is known; with several files the highest.
    """
    return advise_on(files, **how)
