"""Tables: a pack compiled into look-ups, so that judging rows is adding up what tables hold.

What a rule gives a row depends on few questions only. Conditions that read the same few planes
share a table, which holds for every combination of their bytes what all of them together give:
each candidate's points, the stake, what is unknown, vetoes. These numbers are packed into lanes of
64 bits, so a row is judged by one look-up and one addition for each table and lane.
"""

from __future__ import annotations

import math
from itertools import accumulate
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from .planes import planes_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .planes import Leaf, Node, Planes

LANE = 63
"""Bits of a lane that are used."""

STAKE, UNKNOWN, SPEAKS, MISPLACED, SCORES = range(5)
"""The order of the numbers; scores are followed by what vetoes, and what may veto, a candidate."""


class Steps(NamedTuple):
    """Hold look-ups, each in a table that begins at its base among the entries of all.

    The entry is the sum of stride times byte over the planes from one start to the next.
    """

    starts: Any
    planes: Any
    strides: Any
    bases: Any


class Layout(NamedTuple):
    """Say where numbers are packed: in which lanes, from which bits, and what one stands for."""

    lanes: Any
    shifts: Any
    masks: Any
    scales: Any


class Tables(NamedTuple):
    """Hold all that rows are judged by, as arrays of numbers.

    There are so many `planes`, a spare one included; `lookups` fill those `into` from `bytes`.
    `groups` look up both `sums` and `gains`, which say what unknown rules could yet gain any
    candidate on any other.
    """

    planes: int
    lookups: Steps
    into: Any
    bytes: Any
    groups: Steps
    sums: Any
    layout: Layout
    gains: Any
    gain_layout: Layout


def tables_of(
    planes: Planes,
    nodes: Sequence[Leaf | Node],
    worth: Sequence[tuple[int, ...]],
    vetoes: Sequence[tuple[int, ...]],
    count: int,
) -> Tables:
    """Write the tables of conditions: first those of rules and their worth, then of constraints."""
    nodes = [*nodes, *planes.misplaced]
    holds: Any = np.zeros((len(nodes), SCORES + 3 * count), np.int64)
    may: Any = np.zeros_like(holds)
    gains: Any = np.zeros((len(nodes), count * count), np.int64)
    for index, row in enumerate(worth):
        # Any stake says already that a rule fires, which saves counting those that give points.
        holds[index, : SCORES + count] = (max(row), 0, not any(row), 0, *row)
        may[index, UNKNOWN] = max(row)
        gains[index] = [max(0, other - first) for first in row for other in row]
    for index, columns in enumerate(vetoes, len(worth)):
        for column in columns:
            holds[index, SCORES + count + column] = 1
            may[index, SCORES + 2 * count + column] = 1
    holds[len(worth) + len(vetoes) :, MISPLACED] = 1

    groups = _grouped(planes, [planes_of(node) for node in nodes])
    steps = _steps(planes, [sorted(read) for read, _ in groups])
    entries = sum(planes.extent(read) for read, _ in groups)
    layout, gain_layout = _layout(holds + may), _layout(gains)
    sums: Any = np.zeros((int(layout.lanes.max()) + 1, entries), np.int64)
    open_: Any = np.zeros((int(gain_layout.lanes.max()) + 1, entries), np.int64)
    for (read, members), base in zip(groups, steps.bases, strict=True):
        rows = slice(base, base + planes.extent(read))
        for index in members:
            truth = planes.grid(nodes[index], sorted(read))
            nothing = np.zeros_like(holds[index])
            sums[:, rows] += _packed(layout, [nothing, may[index], holds[index]])[:, truth]
            nothing = np.zeros_like(gains[index])
            open_[:, rows] += _packed(gain_layout, [nothing, gains[index], nothing])[:, truth]
    return Tables(
        planes=planes.spare + 1,
        lookups=_steps(planes, [lookup.planes for lookup in planes.lookups]),
        into=np.array([lookup.into for lookup in planes.lookups], np.int64),
        bytes=np.array([byte for each in planes.lookups for byte in each.table], np.uint8),
        groups=steps,
        sums=sums,
        layout=layout,
        gains=open_,
        gain_layout=gain_layout,
    )


def _grouped(planes: Planes, reads: Sequence[set[int]]) -> list[tuple[set[int], list[int]]]:
    """Put conditions that read the same planes together, as far as their table stays small."""
    groups: list[tuple[set[int], list[int]]] = []
    for index in sorted(range(len(reads)), key=lambda i: -planes.extent(reads[i])):
        growth = [
            (planes.extent(reads[index] - read), place)
            for place, (read, _) in enumerate(groups)
            if planes.fits(read | reads[index])
        ]
        if growth:
            read, members = groups[min(growth)[1]]
            read |= reads[index]
            members.append(index)
        else:
            groups.append((set(reads[index]), [index]))
    return groups


def _steps(planes: Planes, reads: Sequence[Sequence[int]]) -> Steps:
    bases = accumulate((planes.extent(read) for read in reads), initial=0)
    strides = [stride for read in reads for stride in planes.strides(read)]
    return Steps(
        starts=np.array([*accumulate(map(len, reads), initial=0)], np.int64),
        planes=np.array([plane for read in reads for plane in read], np.int64),
        strides=np.array(strides, np.uint16),
        bases=np.array([*bases][:-1], np.int64),
    )


def _layout(rows: Any) -> Layout:
    """Give each number the bits that its greatest sum needs, side by side in lanes.

    >>> _layout(np.array([(100, 3), (250, 4)]))
    Layout(lanes=array([0, 0]), shifts=array([0, 3]), masks=array([7, 7]), scales=array([50,  1]))
    """
    places, lane, used = [], 0, 0
    for column in rows.T.tolist():
        scale = math.gcd(*column) or 1
        bits = (sum(column) // scale).bit_length()
        if used + bits > LANE:
            lane, used = lane + 1, 0
        places.append((lane, used, (1 << bits) - 1, scale))
        used += bits
    return Layout(*np.array(places, np.int64).T.copy())


def _packed(layout: Layout, rows: Sequence[Any]) -> Any:
    """Pack rows of numbers; the result has a row for each lane."""
    lanes: Any = np.zeros((int(layout.lanes.max()) + 1, len(rows)), np.int64)
    for column, row in enumerate(rows):
        np.add.at(lanes[:, column], layout.lanes, row // layout.scales << layout.shifts)
    return lanes
