"""Pieces of tables of projects, and how they are written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

import pyarrow as pa

if TYPE_CHECKING:
    from pathlib import Path

ROWS = 1 << 17
"""Rows of a piece, at most."""

BLOCK = 1 << 24
"""Bytes of text that are read at a time, at most: of CSV and of JSON Lines."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some rows of a file, and the share of the file that has been read with them (0 to 1).

    `lines` are the rows as JSON Lines had them, which are written so again. `wrong` says of rows,
    counted from 0, why they cannot be scored.
    """

    table: Any
    share: float
    lines: list[str] | None = None
    wrong: Mapping[int, str] = field(default_factory=dict)


class Writer(Protocol):
    """Writes tables of one schema into a file."""

    def write(self, table: Any, lines: list[str] | None) -> None:
        """Write some rows; `lines` are those as JSON Lines had them."""

    def close(self) -> None:
        """Finish the file."""


class _Pipe:
    """A file in which nobody seeks (a pipe, a device); it counts bytes, as Arrow asks."""

    closed = False

    def __init__(self, path: Path) -> None:
        self._stream = path.open("wb")
        self._written = 0

    def write(self, data: bytes) -> int:
        self._written += self._stream.write(data)
        return len(data)

    def tell(self) -> int:
        return self._written

    def flush(self) -> None:
        self._stream.flush()

    def close(self) -> None:
        self._stream.close()
        self.closed = True


def sink_of(path: Path) -> Any:
    """Return a file for Arrow to write into; it may be a pipe or a device."""
    if path.is_file():
        return pa.OSFile(str(path), "wb")
    return pa.PythonFile(_Pipe(path), "w")
