"""The scan of a folder: its files are read in order of what they tell, and answers are inferred."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from recommender.judging.inference import infer
from recommender.nouns.errors import Fault, Place, RecommenderError, listing
from recommender.nouns.sign import Scan

from .bounds import MOST_CODE, MOST_TEXT, SECONDS
from .clue_book import ClueBook, aside
from .materials import clues_of_materials
from .reading import CODE, READERS, python_code
from .source_file import SourceFile, Unread
from .tree import Tree

if TYPE_CHECKING:
    from types import ModuleType

    from recommender.nouns.pack import Pack

MOST_REMARKS = 12
"""Files that are named of those that could not be read."""


def shortened(lines: list[str]) -> list[str]:
    """Return the first of the lines about what could not be read, and how many there are besides.

    >>> shortened(["a: is empty"] * 14)[11:]
    ['a: is empty', '2 more could not be read']
    """
    more = len(lines) - MOST_REMARKS
    return [*lines[:MOST_REMARKS], *([f"{more:,} more could not be read"] if more > 0 else [])]


class ScanError(RecommenderError):
    """A repository cannot be read, or there is nothing in it to read."""


def scan(
    path: str,
    pack: Pack,
    *,
    include: Sequence[str] = (),
    seconds: float = SECONDS,
    progress: Callable[[float], None] = lambda _: None,
) -> Scan:
    """Return what a folder, or a bill of materials (CycloneDX, JSON), says about a project.

    `include` are patterns as in .gitignore of what is read although it is ignored or foreign.
    Raises `ScanError` where nothing could be read.
    """
    place = Place(path)
    if not os.path.lexists(path):
        raise ScanError(Fault(place, "does not exist", "name a folder, or a CycloneDX file"))
    book = ClueBook(pack)
    if os.path.isfile(path):
        _materials(path, book)
        return Scan(path, infer(book.clues(), pack), book.clues(), 1, 1)
    if not os.path.isdir(path):
        raise ScanError(Fault(place, "is neither a folder nor a file"))
    ends = time.monotonic() + seconds
    reading = _Reading(book, lambda: time.monotonic() < ends)
    tree = Tree(path, include, reading.timely)
    queue = _sorted(tree, book)
    if not tree.seen:
        told = tree.closed[0].partition(": ")[2] if tree.closed else "is empty"
        raise ScanError(Fault(place, told, "name a folder with files in it"))
    whole = sum(map(len, queue.values())) or 1
    for reader, files in queue.items():
        for file in files:
            reading.one(reader, file, tree)
            progress(reading.tried / whole)
    clues = book.clues()
    inferred = infer(clues, pack)
    if not reading.read and not inferred:
        why = "; ".join(reading.remarks(tree)[:3])
        what = f"nothing in it could be read{f' ({why})' if why else ''}"
        remedy = "name the folder of the code, or --include what is left out"
        raise ScanError(Fault(place, what, remedy))
    return Scan(path, inferred, clues, tree.seen, reading.read, reading.remarks(tree))


def _sorted(tree: Tree, book: ClueBook) -> dict[ModuleType, list[SourceFile]]:
    """Return the files that each reader reads."""
    queue: dict[ModuleType, list[SourceFile]] = {reader: [] for reader in READERS}
    for file in tree.files():
        book.see_file(file.path)
        reader = next((each for each in READERS if each.reads(file.path)), None)
        if reader is not None:
            queue[reader].append(file)
    for reader in CODE:
        queue[reader].sort(key=lambda file: aside(file.path))
    for folder in tree.modules:
        if folder:
            book.see_file(folder)
    return queue


def _materials(path: str, book: ClueBook) -> None:
    file = SourceFile(path, os.path.basename(path), os.path.getsize(path))
    try:
        book.see(file.name, clues_of_materials(file))
    except Unread as error:
        raise ScanError(Fault(Place(path), str(error), "name a folder, or such a file")) from None


@dataclass
class _Reading:
    """The reading of one folder: what was read, and what could not be."""

    book: ClueBook
    timely: Callable[[], bool]
    read: int = 0
    tried: int = 0
    code: int = 0
    texts: int = 0
    unread: list[str] = field(default_factory=list)
    beyond: int = 0
    late: int = 0

    def one(self, reader: ModuleType, file: SourceFile, tree: Tree) -> None:
        """Read one file, if there is still room and time."""
        self.tried += 1
        if not self.timely():
            self.late += 1
            return
        is_code = reader in CODE
        if (self.code if is_code else self.texts) > (MOST_CODE if is_code else MOST_TEXT):
            self.beyond += 1
            return
        try:
            if reader is python_code and not self.book.words.search(file.beginning(1_000_000)):
                self.read += 1  # it names nothing that a sign reads, and need not be parsed
                return
            found = list(reader.read(file))
        except Unread as error:
            self.unread.append(f"{file.path}: {error}")
            return
        except (RecursionError, MemoryError):
            self.unread.append(f"{file.path}: is nested too deeply")
            return
        if is_code:
            self.code += file.size
        else:
            self.texts += min(file.size, 1_000_000)
        self.read += 1
        self.book.see(file.path, found, tree.own(file.path) if is_code else frozenset())

    def remarks(self, tree: Tree) -> tuple[str, ...]:
        """Return what was left out, and why, in one line each."""
        found = shortened([*tree.closed, *self.unread])
        if tree.links:
            found.append(f"{tree.links:,} links are not followed")
        if tree.foreign:
            found.append(f"left out as foreign or generated: {listing(sorted(tree.foreign), 6)}")
        if tree.ignored:
            found.append(f"left out by .gitignore: {tree.ignored:,}")
        if self.beyond:
            found.append(f"{self.beyond:,} files are left out, as enough was read")
        if self.late:
            found.append(f"{self.late:,} files are left out, as it took too long")
        if self.book.full:
            found.append("there was more to see than is kept")
        return (*found, *([tree.stopped] if tree.stopped else ()))
