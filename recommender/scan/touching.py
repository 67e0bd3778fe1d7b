"""What a move touches: each line of a repository's Python on which a framework is named.

Code is parsed and never run. A name counts for the API that names most of it; of a chain such as
`torch.nn.Linear` only the whole counts. Methods that an API knows by name count where the file
imports the framework. What cannot be parsed is read by its imports and names, each once.
"""

from __future__ import annotations

import ast
import os
import time
from collections import Counter
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

from recommender.nouns.errors import Fault, Place
from recommender.nouns.moving import Api, Move, Touch

from .bounds import SECONDS
from .folder import ScanError, shortened
from .reading import model_files, notebooks, python_code
from .source_file import SourceFile, Unread
from .tree import Tree

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from recommender.nouns.pack import Pack

SHOWN = 3
MOST_PYTHON = 64_000_000
"""Bytes of Python that are parsed, about half a minute of it."""


def move(
    path: str,
    pack: Pack,
    new: str,
    *,
    old: str = "",
    include: Sequence[str] = (),
    seconds: float = SECONDS,
    progress: Callable[[float], None] = lambda _: None,
) -> Move:
    """Return what moving a repository to the candidate `new` touches.

    `old` is the candidate that it moves from; by default the one that most lines touch. Raises
    `ScanError` where nothing is there to read, or nothing touches another candidate.
    """
    if not os.path.isdir(path):
        raise ScanError(Fault(Place(path), "is no folder", "name the folder of a repository"))
    ends = time.monotonic() + seconds
    tree = Tree(path, include, lambda: time.monotonic() < ends)
    apis = list(pack.moving.apis.values())
    books = {
        name: _Book([api for api in apis if api.candidate == name])
        for name in dict.fromkeys(api.candidate for api in apis)
        if name != new
    }
    reading = _ApiReading(list(books.values()))
    files = list(tree.files())
    late: list[str] = []
    for number, file in enumerate(files, 1):
        if time.monotonic() > ends:
            late = [f"{len(files) - number + 1:,} files are left out, as it took long"]
            break
        reading.one(file, tree)
        progress(number / len(files))
    most = max(books, key=lambda name: books[name].all_lines, default="")
    book = books.get(old or most)
    if book is None or not book.all_lines:
        asked = old or "another candidate"
        what = f"no Python in it touches {asked}"
        raise ScanError(Fault(Place(path), what, "there is nothing to move; look with `scan`"))
    return Move(
        folder=path,
        old=old or most,
        new=new,
        files=len(book.touched),
        lines=book.all_lines,
        all_files=reading.files,
        all_lines=reading.lines,
        touches=book.touches(list(pack.moving.stages)),
        formats={name: tuple(places) for name, places in sorted(reading.formats.items())},
        remarks=(*shortened([*tree.closed, *reading.unread]), *late, *filter(None, [tree.stopped])),
    )


class _Book:
    """What was found of one candidate's APIs."""

    def __init__(self, apis: Sequence[Api]) -> None:
        self.apis = {each.id: each for each in apis}
        self._by_name = {name: each.id for each in apis for name in each.names}
        self.calls = {call: each.id for each in apis for call in each.calls}
        self.heads = {name.partition(".")[0] for name in self._by_name}
        self.touched: set[str] = set()
        self.all_lines = 0
        self._seen: dict[str, list[tuple[Place, int, list[str]]]] = {}

    def api_of(self, name: str) -> str:
        """Return the API that a dotted name belongs to, by the longest of its names."""
        while name:
            if name in self._by_name:
                return self._by_name[name]
            name = name.rpartition(".")[0]
        return ""

    def add(self, path: str, found: Sequence[tuple[str, str, int]]) -> None:
        """Add what one file has of these APIs: which, under what name, and at what line."""
        if not found:
            return
        self.touched.add(path)
        self.all_lines += len({line for _, _, line in found})
        for api in {each[0] for each in found}:
            lines = {line for each, _, line in found if each == api}
            names = [name for each, name, _ in found if each == api]
            self._seen.setdefault(api, []).append((Place(path, min(lines)), len(lines), names))

    def touches(self, stages: Sequence[str]) -> tuple[Touch, ...]:
        """Return what was found, in the order of the stages, what touches most lines first."""
        found = []
        for api, files in self._seen.items():
            places, lines, names = zip(*files, strict=True)
            often = Counter(chain.from_iterable(names)).most_common(SHOWN)
            first = tuple(name for name, _ in often)
            found.append(Touch(api, len(files), sum(lines), places[:SHOWN], first))
        found.sort(
            key=lambda each: (stages.index(self.apis[each.api].stage), -each.lines, each.api)
        )
        return tuple(found)


@dataclass
class _ApiReading:
    """The reading of one folder for several candidates."""

    books: list[_Book]
    files: int = 0
    lines: int = 0
    bytes: int = 0
    unread: list[str] = field(default_factory=list)
    formats: dict[str, list[Place]] = field(default_factory=dict)

    def one(self, file: SourceFile, tree: Tree) -> None:
        """Read one file, if it is code or a model."""
        try:
            if model_files.reads(file.path):
                for seen in model_files.read(file):
                    name = seen.name.removeprefix("named:")
                    self.formats.setdefault(name, []).append(Place(file.path))
            elif python_code.reads(file.path):
                self._code(file, file.text(), tree)
            elif notebooks.reads(file.path):
                self._code(file, notebooks.code_of(file), tree)
        except Unread as error:
            self.unread.append(f"{file.path}: {error}")
        except (RecursionError, MemoryError):
            self.unread.append(f"{file.path}: is nested too deeply")

    def _code(self, file: SourceFile, text: str, tree: Tree) -> None:
        self.bytes += len(text)
        if self.bytes > MOST_PYTHON:
            raise Unread("is left out, as enough was read")
        self.files += 1
        self.lines += text.count("\n") + bool(text and not text.endswith("\n"))
        if not any(head in text for book in self.books for head in book.heads):
            return
        named, called = _names_in(text)
        own = tree.own(file.path)
        for book in self.books:
            found = [
                (api, name, line)
                for name, line in named
                if name.partition(".")[0] not in own and (api := book.api_of(name))
            ]
            if found:
                found += [(book.calls[n], f".{n}()", ln) for n, ln in called if n in book.calls]
            book.add(file.path, found)


def _names_in(text: str) -> tuple[list[tuple[str, int]], list[tuple[str, int]]]:
    r"""Return what code takes of its imports, at every line, and the methods that it calls.

    >>> _names_in("import torch.nn as nn\nnn.Linear(1, 2).backward()")
    ([('torch.nn', 1), ('torch.nn.Linear', 2)], [('backward', 2)])
    """
    tree = python_code.parsed(text)
    if tree is None:
        read = python_code.clues_of(text)
        return [(seen.name, seen.line) for seen in read if seen.kind != "call"], []
    nodes = python_code.walked(tree)
    seen, aliases = python_code.imports_of(nodes)
    inner = {id(node.value) for node in nodes if isinstance(node, ast.Attribute)}
    # Of `from torch import nn`, what counts is torch.nn.
    within = {(each.name.rpartition(".")[0], each.line) for each in seen if each.kind == "use"}
    found = [(each.name, each.line) for each in seen if (each.name, each.line) not in within]
    chains = (
        (python_code.dotted(node, aliases), node.lineno)
        for node in nodes
        if isinstance(node, ast.Attribute | ast.Name) and id(node) not in inner
    )
    called = [
        (node.func.attr, node.func.end_lineno or node.lineno)
        for node in nodes
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and not python_code.dotted(node.func, aliases)
    ]
    return found + [(name, line) for name, line in chains if name], called
