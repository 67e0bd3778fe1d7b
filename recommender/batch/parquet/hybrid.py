"""Levels and indices in machine code: from the bytes of data pages to a byte a row.

Both are runs, of one value or of values packed bit by bit. Levels of flat columns are bits: they
say which rows have a value. Of the indices, eight at a time are spread over the bytes of a word,
and moved to where the levels have ones; the other rows get the index that stands for null.

Nothing checks bounds for us in machine code, so that is done here: of a run before it is taken,
of an index before it is believed. What is wrong only makes the answer `False`. All of it is in this
module, since numba, which keeps what it compiled, sees changes of a function's own module alone.

Formats: Parquet format specification, "Data Pages" and "Encodings" (`RLE`, the hybrid of run
lengths and bit-packing, and `RLE_DICTIONARY`). Moving is `expand` of H. S. Warren, "Hacker's
Delight", 7-5, for bytes instead of bits, and counting 5-1.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from recommender.batch.machine import compiled

AT, END, LEFT, PACKED, VALUE = range(5)
"""What runs hold: where the next byte is, where bytes end, and of the run begun what is left."""

INDICES, WIDTH, HELD, STATE = 5, 10, 11, 12
"""A page's state: the runs of its levels, those of its indices, an index's bits, and how many
indices are read but not yet placed."""

BEGIN, SIZE, LEVELS, ROWS, FRESH = range(5)
"""What is said of a page: where its bytes are, how many, how many of them are levels (-1: their
own first four bytes say it), the rows to take, and whether it is a new one."""

WIDEST = 8
"""Bits of an index: as many as fit a byte; columns of more words are read otherwise."""

MARGIN = 8
"""Bytes that may be read, and are not believed, after those of a page."""

BLOCK = 1 << 13
"""Rows whose levels and indices stay in the first cache."""

STEP = 56
"""Levels taken at once: with those at hand, and the bits before them, they fit a word."""

ROOM = BLOCK + 24
"""Bytes for indices: a block's, a group that is longer than needed, and a word after them."""

U = np.uint64


def _moves() -> Any:
    """Give for eight levels three words that say which bytes move, and one that says who is there.

    >>> [hex(word) for word in _moves()[0b11111110]]
    ['0xffffffffffffff00', '0x0', '0x0', '0xffffffffffffff00']
    """
    table: Any = np.zeros((256, 4), np.uint64)
    for levels in range(256):
        left, keep = levels, ~levels << 1 & 255
        found = []
        for step in (1, 2, 4):
            odd = keep
            for shift in (1, 2, 4):
                odd ^= odd << shift & 255
            moved = odd & left
            found.append(moved)
            left = (left ^ moved) | moved >> step
            keep &= ~odd
        for place, bits in enumerate((*found, levels)):
            table[levels, place] = sum(0xFF << 8 * bit for bit in range(8) if bits >> bit & 1)
    return table


_MOVES = _moves()
_ONES: Any = np.array([levels.bit_count() for levels in range(256)], np.int64)


@compiled
def fill(
    data: Any, pages: Any, state: Any, optional: bool, null: int, dense: Any, out: Any
) -> bool:
    """Give each row its index, or where it has none `null`, which is the size of the dictionary.

    `state` and `dense` are kept from call to call for a page that is not finished.
    """
    mask: Any = np.empty(BLOCK // 8 + 16, np.uint8)
    at = 0
    for number in range(len(pages)):
        page, size = pages[number], pages[number, SIZE]
        here = data[page[BEGIN] : page[BEGIN] + size + MARGIN]
        if page[FRESH] and not open_page(here, size, page[LEVELS], optional, state):
            return False
        for start in range(0, page[ROWS], BLOCK):
            rows = min(BLOCK, page[ROWS] - start)
            into = out[at : at + rows]
            if not fill_block(here, state, optional, null, mask, dense, into):
                return False
            at += rows
    return True


@compiled
def open_page(page: Any, size: int, levels: int, optional: bool, state: Any) -> bool:
    """Find where a page's levels and indices are."""
    state[:] = 0
    if optional and levels < 0:
        if size < 4:  # noqa: PLR2004
            return False
        state[AT] = 4
        told: Any = np.int64(take(page, 0) & U(0xFFFFFFFF))
        levels = told
    levels = max(levels, 0)
    if levels > size - state[AT]:
        return False
    state[END] = at = state[AT] + levels
    if at < size:  # a page of nulls may end here
        state[WIDTH] = page[at]
        at += 1
    state[INDICES + AT], state[INDICES + END] = at, size
    return bool(state[WIDTH] <= WIDEST)


@compiled
def fill_block(
    page: Any, state: Any, optional: bool, null: int, mask: Any, dense: Any, into: Any
) -> bool:
    """Take as many rows as there is room for."""
    rows = len(into)
    need = rows
    if optional:
        if not read_levels(page, state[:INDICES], rows, mask):
            return False
        need = ones(mask, (rows + 63) // 64 * 8)
    have = read_indices(page, state[INDICES:WIDTH], state[WIDTH], state[HELD], need, dense)
    if have < need:
        return False
    most = np.uint8(0)
    for place in range(need):
        most = max(most, dense[place])
    if need and most >= null:
        return False
    if need == rows:
        into[:] = dense[:rows]
    else:
        move(mask, dense, null, into)
        # Fewer than eight rows are left at the end of a page.
        at = need
        for row in range(rows - 1, (rows & ~7) - 1, -1):
            there = mask[row >> 3] >> (row & 7) & 1
            at -= there
            into[row] = dense[at] if there else null
    for place in range(have - need):
        dense[place] = dense[need + place]
    state[HELD] = have - need
    return True


@compiled
def begin_run(page: Any, runs: Any, width: int) -> bool:
    """Read the head of a run, and see that all its bytes are there."""
    at, end = runs[AT], runs[END]
    head = shift = 0
    while True:
        if at >= end or shift > 28:  # noqa: PLR2004  (five bytes of seven bits)
            return False
        byte = int(page[at])
        at += 1
        head |= (byte & 127) << shift
        shift += 7
        if byte < 128:  # noqa: PLR2004
            break
    count = head >> 1
    packed = head & 1
    needed = count * width if packed else (width + 7) >> 3
    if count == 0 or head >> 32 or needed > end - at:
        return False
    runs[PACKED] = packed
    runs[LEFT] = count * 8 if packed else count
    runs[VALUE] = 0
    if not packed and width:
        runs[VALUE] = page[at]
        at += 1
        if runs[VALUE] >> width:
            return False
    runs[AT] = at
    return True


@compiled
def read_levels(page: Any, runs: Any, rows: int, mask: Any) -> bool:
    """Write the levels of some rows as bits, and zeros after them."""
    held = U(0)
    count = into = 0
    left = rows
    while left:
        if runs[LEFT] == 0 and not begin_run(page, runs, 1):
            return False
        here = min(left, runs[LEFT])
        left -= here
        runs[LEFT] -= here
        # Of packed levels the value is the bit at which the next one is.
        bit, at = runs[VALUE], runs[AT]
        packed = runs[PACKED]
        while here:
            some = min(STEP, here)
            bits = take(page, at) >> U(bit) if packed else U(0) - U(bit)
            held |= (bits & ((U(1) << U(some)) - U(1))) << U(count)
            count += some
            here -= some
            put(mask, into, held)
            into += count >> 3
            held >>= U(count & ~7)
            count &= 7
            if packed:
                bit += some
                at += bit >> 3
                bit &= 7
        runs[VALUE], runs[AT] = bit, at
    put(mask, into, held)
    put(mask, into + 8, U(0))
    return True


@compiled
def read_indices(page: Any, runs: Any, width: int, have: int, need: int, dense: Any) -> int:
    """Add indices to those at hand until there are enough, packed ones by whole groups."""
    while have < need:
        if runs[LEFT] == 0 and not begin_run(page, runs, width):
            return -1
        if runs[PACKED]:
            groups = min((need - have + 7) >> 3, runs[LEFT] >> 3)
            spread(page, runs[AT], groups, width, dense, have)
            runs[AT] += groups * width
            some = groups * 8
        else:
            some = min(need - have, runs[LEFT])
            dense[have : have + some] = runs[VALUE]
        runs[LEFT] -= some
        have += some
    return have


# Spelt out, and with places that cannot be negative, a compiler makes one instruction of each.
@compiled
def take(data: Any, place: int) -> Any:
    """Read a word, the lowest byte first."""
    at = U(place)
    return (
        U(data[at]) | U(data[at + U(1)]) << U(8)
        | U(data[at + U(2)]) << U(16) | U(data[at + U(3)]) << U(24)
        | U(data[at + U(4)]) << U(32) | U(data[at + U(5)]) << U(40)
        | U(data[at + U(6)]) << U(48) | U(data[at + U(7)]) << U(56)
    )  # fmt: skip


@compiled
def put(into: Any, place: int, word: Any) -> None:
    """Write a word, the lowest byte first."""
    at = U(place)
    into[at] = np.uint8(word)
    into[at + U(1)] = np.uint8(word >> U(8))
    into[at + U(2)] = np.uint8(word >> U(16))
    into[at + U(3)] = np.uint8(word >> U(24))
    into[at + U(4)] = np.uint8(word >> U(32))
    into[at + U(5)] = np.uint8(word >> U(40))
    into[at + U(6)] = np.uint8(word >> U(48))
    into[at + U(7)] = np.uint8(word >> U(56))


@compiled
def spread(data: Any, place: int, groups: int, width: int, into: Any, at: int) -> None:
    """Give each of eight packed numbers a byte, group by group."""
    bits = U(width)
    every = ~U(0) >> (U(64) - U(8) * bits) if width else U(0)
    low, pair, four = (U(1) << bits) - U(1), U(2) * bits, U(4) * bits
    halves = (U(1) << four) - U(1)
    quarters = ((U(1) << pair) - U(1)) * U(0x100000001)
    eighths = low * U(0x1000100010001)
    to_half, to_quarter, to_eighth = U(32) - four, U(16) - pair, U(8) - bits
    for group in range(groups):
        word = take(data, place + group * width) & every
        word = (word & halves) | (word & ~halves) << to_half
        word = (word & quarters) | (word & ~quarters) << to_quarter
        word = (word & eighths) | (word & ~eighths) << to_eighth
        put(into, at + group * 8, word)


@compiled
def move(mask: Any, dense: Any, null: int, into: Any) -> None:
    """Move bytes to where the mask has ones; the others become `null`, which has room to spare."""
    nulls = U(0x101010101010101) * U(null)
    at = 0
    for group in range(len(into) >> 3):
        levels = mask[group]
        word = take(dense, at)
        at += _ONES[levels]
        moving = _MOVES[levels, 2]
        word = (word & ~moving) | (word << U(32) & moving)
        moving = _MOVES[levels, 1]
        word = (word & ~moving) | (word << U(16) & moving)
        moving = _MOVES[levels, 0]
        word = (word & ~moving) | (word << U(8) & moving)
        there = _MOVES[levels, 3]
        put(into, group * 8, (word & there) | (nulls & ~there))


@compiled
def ones(mask: Any, size: int) -> int:
    """Count the ones of so many bytes, whose number is a multiple of eight."""
    found = 0
    for place in range(0, size, 8):
        word = take(mask, place)
        word -= word >> U(1) & U(0x5555555555555555)
        word = (word & U(0x3333333333333333)) + (word >> U(2) & U(0x3333333333333333))
        word = (word + (word >> U(4))) & U(0x0F0F0F0F0F0F0F0F)
        count: Any = np.int64(word * U(0x0101010101010101) >> U(56))
        found += count
    return found
