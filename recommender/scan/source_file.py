"""One file of a repository: opened for reading, never through a link, and only up to a bound."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, NamedTuple, TypeAlias

from .bounds import LARGEST_TEXT

_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)


class Seen(NamedTuple):
    """One clue as a reader finds it in a file: its line, and what versions it allows.

    What is `idle` is imported only where it is installed, and nothing is taken of it.
    """

    kind: str
    name: str
    line: int = 0
    versions: tuple[str, ...] = ()
    aside: bool = False
    idle: bool = False


Clues: TypeAlias = Iterable[Seen]
"""What a reader yields of a file."""


class Unread(Exception):  # noqa: N818  (a message for the result, not an error of ours)
    """A file cannot be read as what it should be; the message says why."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to be read: where it is, its path in the repository (with `/`), and its size."""

    where: str
    path: str
    size: int

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.path.rpartition("/")[2]

    def open(self) -> BinaryIO:
        """Open the file for reading; raises `Unread` where it is no plain file any more."""
        try:
            handle = os.open(self.where, _FLAGS)
        except OSError as error:
            raise Unread(f"cannot be read: {error.strerror or error}") from None
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            os.close(handle)
            raise Unread("is no plain file")
        return os.fdopen(handle, "rb")

    def beginning(self, most: int) -> bytes:
        """Return the first bytes."""
        try:
            with self.open() as stream:
                return stream.read(most)
        except OSError as error:
            raise Unread(f"cannot be read: {error.strerror or error}") from None

    def text(self, most: int = LARGEST_TEXT) -> str:
        """Return the file as text, or its first bytes; what is not UTF-8 is replaced."""
        raw = self.beginning(most)
        if b"\0" in raw[:4096]:
            if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
                return raw.decode("utf-16", "replace")
            raise Unread("is no text")
        return raw.decode("utf-8-sig", "replace")

    def lines(self, most: int = LARGEST_TEXT) -> Iterator[tuple[int, str]]:
        """Yield the lines with their numbers; the rest of a very long line is left out."""
        for number, line in enumerate(self.text(most).splitlines(), 1):
            yield number, line[:2000]
