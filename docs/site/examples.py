"""Live examples: a project on which an entry of the pack fires, and what the command says of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from recommender import load_pack, load_profile, recommend
from recommender.nouns.condition import Answer
from recommender.nouns.pack import Pack
from recommender.output.document import Items, Report, Section, words
from recommender.output.layout import lines
from recommender.output.report import tell


@dataclass(frozen=True, slots=True)
class Example:
    """A command that reads a project from standard input, and the part of its answer to show."""

    command: str
    project: str
    shown: str

    def markdown(self) -> str:
        """Return the example as it stands in a page."""
        return (
            f"```sh\n{self.command} <<'END'\n{self.project}END\n```\n\n"
            f"It says, among other things:\n\n```text\n{self.shown}```"
        )


@cache
def pack_with(optional: tuple[str, ...]) -> Pack:
    """Return the shipped pack with some of its optional candidates."""
    return load_pack(with_=list(optional))


def plain(answer: Answer) -> Any:
    """Return an answer as a project file has it."""
    if isinstance(answer, frozenset):
        return sorted(answer) or "none"
    return answer


def project_of(answers: Mapping[str, Answer]) -> str:
    """Return a project file with some answers."""
    written = {name: plain(answer) for name, answer in answers.items()}
    return yaml.safe_dump(
        {"schema": 1, "name": "example", "answers": written}, sort_keys=False, allow_unicode=True,
        default_flow_style=None, width=200,
    )  # fmt: skip


def example(
    answers: Mapping[str, Answer], section: str, name: str = "", *, optional: tuple[str, ...] = ()
) -> Example:
    """Make the example of an entry: its headline, and a section of it, of one entry if named."""
    project = project_of(answers)
    document = _told(project, optional)
    parts = [part for part in document.sections if part.id == section]
    if name:
        parts = [_only(part, lambda line: f"[{name}]" in line) for part in parts]
    shown = Report(document.title, document.headline, tuple(parts))
    text = "".join(f"{words(line)}\n" for line in lines(shown))
    if not parts or (name and name not in text.replace("\n", "").replace(" ", "")):
        raise SystemExit(f"the example of {name or section} does not show it")
    extra = "".join(f" --with {each}" for each in optional)
    return Example(f"recommender score --full -v{extra} -", project, text)


@cache
def _told(project: str, optional: tuple[str, ...]) -> Report:
    pack = pack_with(optional)
    # No samples: what they say is in no part that a page shows, and they take most of the time.
    advice = recommend(load_profile(yaml.safe_load(project), pack), pack, samples=0)
    return tell(advice, full=True, verbose=True)


def _only(section: Section, wanted: Callable[[str], bool]) -> Section:
    """Leave the items of a section that are wanted."""
    blocks = [
        block._replace(items=tuple(i for i in block.items if wanted(words(i.line))))
        for block in section.blocks
        if isinstance(block, Items)
    ]
    return section._replace(blocks=tuple(blocks))
