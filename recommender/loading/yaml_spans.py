"""Spans: where each part of a YAML file begins and ends, so that one part can be changed alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeAlias

import yaml

# The same parser as yaml_text's: the two of PyYAML disagree on `{ask: Cold?, type: flag}`.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Path: TypeAlias = tuple[str | int, ...]


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """A replacement of the characters `start` to `end` of a file by other text."""

    file: str
    start: int
    end: int
    text: str


class Spans:
    """The parts of one YAML text, by path.

    >>> text = "a: {b: [1, 22]}  # kept"
    >>> Spans(text).cut(("a", "b", 1))
    '22'
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._root: Any = yaml.compose(text, Loader=_LOADER)

    def value(self, path: Path) -> tuple[int, int] | None:
        """Return the start and end of the value at a path, or `None`."""
        node = self._root
        for step in path:
            node = _child(node, step)
            if node is None:
                return None
        return node.start_mark.index, _end(self.text, node)

    def cut(self, path: Path) -> str:
        """Return the text of the value at a path, or empty text."""
        found = self.value(path)
        return self.text[slice(*found)] if found else ""


def _child(node: Any, step: str | int) -> Any:
    if isinstance(node, yaml.MappingNode):
        return next((v for k, v in node.value if getattr(k, "value", None) == step), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step]
    return None


def _end(text: str, node: Any) -> int:
    """Return the end of a value without the white space that a block value includes."""
    start: int = node.start_mark.index
    return start + len(text[start : node.end_mark.index].rstrip())


def edited(text: str, edits: Iterable[Edit]) -> str:
    """Return a text with edits applied; an edit that overlaps another is left out.

    >>> edited("tea, milk", [Edit("f", 5, 9, "sugar"), Edit("f", 0, 3, "coffee")])
    'coffee, sugar'
    """
    untouched = len(text)
    for edit in sorted(set(edits), reverse=True):
        if edit.end <= untouched:
            text = text[: edit.start] + edit.text + text[edit.end :]
            untouched = edit.start
    return text
