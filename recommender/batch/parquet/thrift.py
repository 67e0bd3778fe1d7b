"""Thrift's compact protocol: a struct's bytes as plain values and back, unknown fields kept.

A struct is `{field id: (type, value)}`. Numbers are whole numbers, a list or set is the type of
its elements and these, a map the types of keys and values and the pairs; what needs no looking
into (binary, double, uuid) stays bytes. Bytes are untrusted: nothing is read past their end, nor
anything repeated or nested that no writer would.

Formats: Thrift compact protocol specification; `parquet.thrift`, whose structs these are.
"""

from __future__ import annotations

from typing import Any

TRUE, FALSE, BYTE, I16, I32, I64, DOUBLE, BINARY, LIST, SET, MAP, STRUCT, UUID = range(1, 14)

DEEPEST = 16
"""Levels of nesting; a footer has six."""

_BITS = {BYTE: 8, I16: 16, I32: 32, I64: 64}
_FIXED = {DOUBLE: 8, UUID: 16}

Struct = dict[int, tuple[int, Any]]


class RefusedError(ValueError):
    """Say that bytes are not what we read or would write; others may think otherwise of them."""


class Reader:
    """Read values from bytes, one after another, from `at` on."""

    def __init__(self, data: bytes, at: int = 0) -> None:
        self.at = at
        self._data = data
        self._depth = 0

    def struct(self) -> Struct:
        """Read a struct."""
        found: Struct = {}
        field = 0
        self._depth += 1
        if self._depth > DEEPEST:
            raise RefusedError("nested too deep")
        while head := self._byte():
            kind = head & 15
            field = field + (head >> 4) if head >> 4 else self._number(16)
            if field in found:
                raise RefusedError("a field twice")
            if kind in (TRUE, FALSE):
                found[field] = (TRUE, kind == TRUE)
            else:
                found[field] = (kind, self._value(kind))
        self._depth -= 1
        return found

    def _byte(self) -> int:
        if self.at >= len(self._data):
            raise RefusedError("broken off")
        self.at += 1
        return self._data[self.at - 1]

    def _varint(self) -> int:
        number = shift = 0
        while shift < 70:  # noqa: PLR2004  (ten bytes of seven bits hold 64)
            byte = self._byte()
            number |= (byte & 127) << shift
            if byte < 128:  # noqa: PLR2004
                return number
            shift += 7
        raise RefusedError("a number of too many bytes")

    def _number(self, bits: int) -> int:
        plain = self._varint()
        number = (plain >> 1) ^ -(plain & 1)
        if not -(1 << (bits - 1)) <= number < 1 << (bits - 1):
            raise RefusedError("a number of too many bits")
        return number

    def _some(self, size: int) -> bytes:
        if size > len(self._data) - self.at:
            raise RefusedError("broken off")
        self.at += size
        return self._data[self.at - size : self.at]

    def _count(self, size: int) -> int:
        if size > len(self._data) - self.at:  # an element takes a byte at least
            raise RefusedError("a list longer than its bytes")
        return size

    def _value(self, kind: int) -> Any:
        if kind == BYTE:
            return self._byte()
        if kind in _BITS:
            return self._number(_BITS[kind])
        if kind == BINARY:
            return self._some(self._varint())
        if kind == STRUCT:
            return self.struct()
        if kind in (LIST, SET):
            head = self._byte()
            size = self._count(head >> 4 if head >> 4 < 15 else self._varint())  # noqa: PLR2004
            return head & 15, [self._element(head & 15) for _ in range(size)]
        if kind == MAP:
            size = self._count(self._varint())
            kinds = self._byte() if size else 0
            key, value = kinds >> 4, kinds & 15
            return key, value, [(self._element(key), self._element(value)) for _ in range(size)]
        if kind in _FIXED:
            return self._some(_FIXED[kind])
        raise RefusedError("a type that there is not")

    def _element(self, kind: int) -> Any:
        if kind in (TRUE, FALSE):
            return self._byte() == TRUE
        if kind in (LIST, SET, MAP):
            raise RefusedError(
                "a list of lists"
            )  # Parquet has none, and they nest without a struct
        return self._value(kind)


def written(struct: Struct) -> bytes:
    """Write a struct; what stands for a struct in a list may be its bytes.

    >>> Reader(written({4: (BINARY, b"hour"), 1: (I32, -6)})).struct()
    {1: (5, -6), 4: (8, b'hour')}
    """
    parts: list[bytes] = []
    _write_struct(struct, parts)
    return b"".join(parts)


def _write_struct(struct: Struct, parts: list[bytes]) -> None:
    before = 0
    for field in sorted(struct):
        kind, value = struct[field]
        head = (TRUE if value else FALSE) if kind == TRUE else kind
        step = field - before
        if 0 < step <= 15:  # noqa: PLR2004
            parts.append(bytes((step << 4 | head,)))
        else:
            parts += (bytes((head,)), _zigzag(field))
        before = field
        if kind != TRUE:
            _write(kind, value, parts)
    parts.append(b"\0")


def _write(kind: int, value: Any, parts: list[bytes]) -> None:
    if isinstance(value, bytes):
        parts += (_varint(len(value)), value) if kind == BINARY else (value,)
    elif kind == BYTE:
        parts.append(bytes((value,)))
    elif kind in (TRUE, FALSE):
        parts.append(bytes((TRUE if value else FALSE,)))
    elif kind in _BITS:
        parts.append(_zigzag(value))
    elif kind == STRUCT:
        _write_struct(value, parts)
    elif kind == MAP:
        key, worth, pairs = value
        parts += (_varint(len(pairs)), bytes((key << 4 | worth,)) if pairs else b"")
        for left, right in pairs:
            _write(key, left, parts)
            _write(worth, right, parts)
    else:
        element, values = value
        short = len(values) < 15  # noqa: PLR2004
        parts += (bytes((len(values) << 4 | element,)),) if short else (
            bytes((0xF0 | element,)), _varint(len(values)),
        )  # fmt: skip
        for each in values:
            _write(element, each, parts)


def _varint(number: int) -> bytes:
    found = bytearray()
    while number > 127:  # noqa: PLR2004
        found.append(number & 127 | 128)
        number >>= 7
    found.append(number)
    return bytes(found)


def _zigzag(number: int) -> bytes:
    return _varint(number << 1 if number >= 0 else (-number << 1) - 1)
