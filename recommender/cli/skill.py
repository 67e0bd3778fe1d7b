"""Show the skill that teaches an agent to use this command, or install it."""

from __future__ import annotations

from pathlib import Path

import click

from recommender.atomic_files import write_atomically

from ._echo import deliver, echo
from ._options import examples

NAME = "framework-recommender"
DEFAULT = Path(".claude", "skills")


def text() -> str:
    """Return the skill, as agents read it: Markdown with a head in YAML."""
    return Path(__file__).with_suffix(".md").read_text("utf-8")


@click.group(epilog=examples("recommender skill show", "recommender skill install .claude/skills"))
def command() -> None:
    """Teach an agent to use this command, by a skill file (https://agentskills.io)."""


@command.command(epilog=examples("recommender skill show"))
def show() -> None:
    """Print the skill."""
    deliver(text().rstrip("\n"))


@command.command(epilog=examples("recommender skill install .claude/skills"))
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Replace the skill if it is there.")
def install(folder: Path | None, force: bool) -> None:
    """Write the skill to DIR/framework-recommender/SKILL.md.

    DIR is .claude/skills where it is left out, which Claude Code reads; other agents read
    .agents/skills, or a folder of their own.
    """
    place = (folder or DEFAULT) / NAME / "SKILL.md"
    place.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(place, text(), force=force)
    echo(f"wrote {place}")
