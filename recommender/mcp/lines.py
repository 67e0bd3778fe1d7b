"""What a client sends, line by line, within what the protocol's own parser has an answer to."""

from __future__ import annotations

import io
import json
import re
from typing import BinaryIO

from recommender.loading.files import SIZE_LIMIT
from recommender.loading.json_limits import doubled, excess
from recommender.nouns.errors import clean

_ESCAPES = re.compile(rb"\\(?:u[dD][89abAB]..\\u[dD][c-fC-F]..|(u[dD][89a-fA-F]..)|.)")
_ID = rb"\"id\"\s*:\s*(-?\d{1,18}|\"[\w-]{1,80}\")\s*"
_FIRST = re.compile(rb"\s*\{\s*(?:\"jsonrpc\"\s*:\s*\"2\.0\"\s*,\s*)?" + _ID)
_LAST = re.compile(_ID + rb"\}\s*$")
_END = 200
"""Bytes at the end of a line in which the id of a request is looked for."""


class Lines(io.BufferedIOBase):
    """The lines of a client that the server's parser answers: it leaves others without an answer.

    The escape of half a surrogate pair becomes that of U+FFFD. In place of a request that is too
    long or too deep, or has a key twice, stands one that the server refuses, under the same id.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def readable(self) -> bool:
        """Say that it can be read from, as a text stream over it asks."""
        return True

    def read1(self, _: int = -1) -> bytes:
        """Return the next line."""
        line = end = more = self._stream.readline(SIZE_LIMIT + 1)
        while more and not more.endswith(b"\n"):
            more = self._stream.readline(SIZE_LIMIT)
            end = (end + more)[-_END:]
        found = _FIRST.match(line) or _LAST.search(end[-_END:])
        refused = excess(line)
        if found and not refused and (key := doubled(line)):
            refused = json.dumps(f"`{clean(key[:80])}` is written twice")[1:-1]
        if not refused:
            return _ESCAPES.sub(lambda m: rb"\ufffd" if m[1] else m[0], line)
        if found is None:
            return b"\n"
        return b'{"jsonrpc": "2.0", "id": %s, "method": "%s"}\n' % (found[1], refused.encode())
