"""Completion of many rows: what `judging.completion` does with one project, in arrays.

*n* rows and the *d* reference projects of the pack make *n* times *d* completions; where a
reference project weighs nothing for a row, there is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import Any

import numpy as np

from recommender.judging.completion import (
    DIFFERING,
    OPEN,
    UNIFORM,
    AnswerTable,
    answer_tables,
    weight_of,
)
from recommender.nouns.condition import AnyOf, Condition, Test, negate
from recommender.nouns.pack import Pack
from recommender.nouns.question import Question

from .answers import AnswerReader, Answers, answer_of, number_of


@dataclass(frozen=True, slots=True)
class CompletedRows:
    """The *p* completions of *n* rows, those of a row one after another.

    `weights` has *p* whole numbers, and `starts` the first completion of each row. `answers` has
    for each question *p* answers, and `chosen` for each question that some row leaves open the
    place of each answer in `AnswerTable.values`, `OPEN` where the row has answered it.
    """

    weights: Any
    starts: Any
    answers: Mapping[str, Answers]
    chosen: Mapping[str, Any]

    def sums(self, numbers: Any) -> Any:
        """Add up numbers, one a completion, over each row."""
        return np.add.reduceat(numbers, self.starts)

    @property
    def row(self) -> Any:
        """The row of each completion."""
        counts = np.diff(self.starts, append=len(self.weights))
        return np.repeat(np.arange(len(self.starts)), counts)


class Completer:
    """Completes rows from one pack's population."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.tables = answer_tables(pack)
        self.count = len(pack.population) or UNIFORM
        self._deciding = {name for table in self.tables.values() for name in table.deciding}
        self._columns = [
            _Column(question, self.tables[question.id], self.count)
            for question in pack.questions.values()
        ]
        gives = [column.gives for column in self._columns]
        self._gives: Any = np.concatenate(gives, 1)
        self._bounds = np.cumsum([each.shape[1] for each in gives])[:-1]

    def complete(self, answers: Mapping[str, Answers], rows: int) -> CompletedRows:
        """Complete rows, given their answers to each question that has a column."""
        weights, alike = self._likeness(answers, rows)
        counting = np.flatnonzero(weights)
        row: Any = counting // self.count
        starts = np.searchsorted(row, np.arange(rows))
        whole, chosen = {}, {}
        # Sums of weights are far below 2**53, so that floats are exact.
        wider: Any = np.floor(np.sqrt(weights << 16))
        sums = np.split(wider @ self._gives, self._bounds, 1)
        for column, share in zip(self._columns, sums, strict=True):
            question, given = column.question, answers.get(column.question.id)
            open_ = np.ones(rows, bool) if given is None else ~given.known
            if not open_.any():
                values = given.values[row] if given is not None else None
            else:
                barred = self._barred(column, answers, rows)
                telling = column.telling(weights > 0, alike)
                places = column.fill(wider, share, telling, barred).ravel()[counting]
                values = column.numbers[places]
                if given is not None:
                    known = given.known[row]
                    values = np.where(known, given.values[row], values).astype(given.values.dtype)
                    places[known] = OPEN
                chosen[question.id] = places
            whole[question.id] = Answers(question, values, np.True_)
        return CompletedRows(weights.ravel()[counting], starts, whole, chosen)

    def _likeness(self, answers: Mapping[str, Answers], rows: int) -> tuple[Any, dict[str, Any]]:
        """Weigh each reference project by its likeness to each row; tell which share an answer.

        Both by row and project; the latter for each question that decides whether another is asked.
        """
        likeness: Any = np.zeros((rows, self.count), np.int32)
        shared: dict[str, Any] = {}
        for column in self._columns if self.pack.population else ():
            name, given = column.question.id, answers.get(column.question.id)
            if given is None or not given.known.any():
                continue
            numbers, inverse = np.unique(given.values[given.known], return_inverse=True)
            alike = column.likeness(numbers)
            likeness[given.known] += alike[inverse]
            if name in self._deciding:
                shared[name] = np.ones((rows, self.count), bool)
                shared[name][given.known] = ((alike > DIFFERING) & (column.given >= 0))[inverse]
        behind = likeness.max(1, keepdims=True) - likeness
        powers = [weight_of(-each) for each in range(int(behind.max()) + 1)]
        return np.array(powers, np.int64)[behind], shared

    def _barred(self, column: _Column, answers: Mapping[str, Answers], rows: int) -> Any:
        """Tell which answers contradict those that were given, as `judging.completion` does.

        By row and value, or `None` where there is none such.
        """
        table, barred = column.table, None
        wholes = [{**answers, column.question.id: each} for each in column.single()]
        for name, when in table.gates:
            given = answers.get(name)
            if given is not None and given.known.any():
                found: Any = np.stack([~_may(when, each) & given.known for each in wholes], 1)
                barred = found if barred is None else barred | found
        if table.never:
            never = [reduce(and_, [_may(negate(n), each) for n in table.never]) for each in wholes]
            found = np.stack([np.broadcast_to(~each, rows) for each in never], 1)
            found |= False if barred is None else barred
            left = ~found.all(1, keepdims=True)
            barred = np.where(left, found, np.False_ if barred is None else barred)
        return barred


class _Column:
    """What the reference projects answer to one question, as arrays."""

    def __init__(self, question: Question, table: AnswerTable, count: int) -> None:
        self.question, self.table = question, table
        self.numbers: Any = np.array(
            [number_of(question, each) for each in table.values], AnswerReader(question).type
        )
        given = table.given or [OPEN] * count
        self.given: Any = np.array(given, np.min_scalar_type(-len(table.values)))
        at: Any = np.array(table.drawn[:count])
        self._before: Any = np.searchsorted(np.sort(at), np.arange(65537))
        self._order: Any = np.argsort(np.argsort(at, kind="stable"), kind="stable")
        places = np.arange(len(table.values))
        self.gives = (self.given[:, None] == places).astype(np.float64)

    def single(self) -> Iterator[Answers]:
        """Yield each value as the answer of a single row."""
        for number in self.numbers:
            yield Answers(self.question, np.array([number]), np.True_)

    def likeness(self, numbers: Any) -> Any:
        """Return what this question adds to the likeness of each project to each answer."""
        rows = [self.table.likeness(answer_of(self.question, number)) for number in numbers]
        return np.array(rows, np.int32)

    def telling(self, counting: Any, alike: Mapping[str, Any]) -> Any:
        """Tell which reference projects can tell how each row would answer.

        By row and project, as `judging.completion` does with one project; `None` where all can.
        """
        if not self.table.asked or not self.table.deciding:
            return None
        telling = _narrowed(counting, np.array(self.table.asked))
        for name in self.table.deciding:
            if name in alike:
                telling = _narrowed(telling, alike[name])
        return telling

    def fill(self, weights: Any, shares: Any, telling: Any, barred: Any) -> Any:
        """Choose an answer for each row and project, as `AnswerTable.fill` does; return its place.

        `shares` has the weight of those that give each answer, where all projects tell. What is
        chosen for a project that weighs nothing counts nothing.
        """
        own = self.given
        if telling is not None:
            weights = weights * telling
            shares = weights @ self.gives
            own = np.where(telling, own, OPEN).astype(own.dtype)
        shares, total = shares.astype(np.int64), weights.sum(1).astype(np.int64)
        if barred is not None:
            shares[barred] = 0
            # The last column is for those that have given no answer: nothing bars that.
            wide = np.append(barred, np.zeros((len(barred), 1), bool), 1)
            own = np.where(wide[:, self.given], OPEN, own).astype(self.given.dtype)
        answered = shares.sum(1)
        allowed = np.ones_like(shares) if barred is None else (~barred).astype(np.int64)
        lacking = answered == 0
        if self.table.usual is not None:
            free = allowed[:, self.table.usual] > 0
            shares[free, self.table.usual] += (total - answered)[free]
            lacking &= ~free
        shares[lacking] = allowed[lacking]
        shares[~shares.any(1)] = 1
        # A project chooses by its place between the cuts; in the order of places, each answer is
        # chosen by so many projects one after another.
        cuts = shares.cumsum(1)
        upto = self._before[-(-(cuts << 16) // cuts[:, -1:])]
        counts = np.diff(upto, prepend=0)
        places = np.tile(np.arange(len(self.table.values), dtype=own.dtype), len(cuts))
        chosen = np.repeat(places, counts.ravel()).reshape(weights.shape)[:, self._order]
        return np.where(own >= 0, own, chosen)


def _narrowed(one: Any, other: Any) -> Any:
    """Keep of each row what the other has too, or all of it where that is nothing."""
    both = one & other
    return np.where(both.any(1, keepdims=True), both, one)


def _may(condition: Condition, answers: Mapping[str, Answers]) -> Any:
    """Tell where a condition may hold, whether or not the questions that it reads apply."""
    if isinstance(condition, Test):
        given = answers.get(condition.question)
        return np.True_ if given is None else given.passes(condition) | ~given.known
    parts = [_may(part, answers) for part in condition.parts]
    if isinstance(condition, AnyOf):
        return reduce(or_, parts, np.False_)
    return reduce(and_, parts, np.True_)
