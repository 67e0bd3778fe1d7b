"""Print the JSON Schema of a rule pack's files, of a project file or of a probe report."""

from __future__ import annotations

import json
from collections.abc import Callable

import click

from recommender.atomic_files import write_atomically
from recommender.authoring.schema import pack_schema, project_schema, report_schema
from recommender.nouns.pack import Pack

from ._echo import deliver
from ._options import examples, pack_options


@click.command(epilog=examples("recommender schema project --output project.schema.json"))
@click.argument("what", type=click.Choice(["pack", "project", "report"]))
@click.option("--output", metavar="FILE", help="Write it to this file instead.")
@click.option("--force", is_flag=True, help="Replace the file if it exists.")
@pack_options
def command(what: str, output: str | None, force: bool, pack: Callable[[], Pack]) -> None:
    """Print the JSON Schema of `pack` files, `project` files or a probe `report`.

    A project's knows the pack's questions. Editors with a YAML language server complete and check
    a file that begins with `# yaml-language-server: $schema=project.schema.json`.
    """
    if what == "project":
        schema = project_schema(pack())
    else:
        schema = pack_schema() if what == "pack" else report_schema()
    text = json.dumps(schema, ensure_ascii=False, indent=2)
    if output is None:
        deliver(text)
        return

    write_atomically(output, text + "\n", force=force)
