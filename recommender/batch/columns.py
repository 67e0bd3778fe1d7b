"""Columns to codes: what a column says of a question, as small numbers that tables are read by.

A question's answers have codes of their own, the same whatever the table: 0 is unknown, an answer
that can be listed has its place in the list, a number its place among the values that conditions
compare it with, several answers a bit for each choice. What is odd about a row (an answer that the
pack does not know, a list that repeats itself) is only flagged: such rows are looked at one by
one, by the code that reads project files.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from recommender.loading.answers import NUMBER_LIMIT, read_answers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recommender.condition import Answer, Test
    from recommender.pack import Question

ODD = -1
"""The code of what cannot be taken as it is."""

MEMO_LIMIT = 4096
"""Values of columns whose codes are remembered, question by question."""

MOST_BITS = 20
"""Choices of a question with several answers; with more, rows are looked at one by one."""


class Coding:
    """Number the answers to one question; `size` counts the codes, that of unknown included."""

    def __init__(self, question: Question, tests: Sequence[Test]) -> None:
        self.question = question
        self.answers: list[Answer] = []
        self.edges: Any = np.empty(0)
        self._met: dict[tuple[type, Any], int] = {}
        if question.type == "many":
            self.size = (1 << min(MOST_BITS, len(question.choices))) + 1
            return
        if question.type == "number":
            edges = {float(value) for test in tests for value in test.values}
            if question.when is not None:  # 0 says "none", which no condition contradicts
                edges.add(0.0)
            self.edges = np.array(sorted(edges), np.float64)
            self.answers = _spokesmen(self.edges.tolist())
        else:
            self.answers = list(question.domain or ())
        self.size = len(self.answers) + 1
        self._places = {answer: place for place, answer in enumerate(self.answers, 1)}

    def passes(self, test: Test) -> Any:
        """Tell of each code but unknown whether its answer passes a test."""
        if self.question.type != "many":
            return np.array([test.of(answer) for answer in self.answers], bool)
        codes = np.arange(self.size - 1)
        names = list(self.question.choices)
        mask = sum(1 << names.index(str(value)) for value in test.values)
        holds = {
            "includes": (codes & mask) != 0,
            "includes_all": (codes & mask) == mask,
            "none": codes == 0,
        }[test.word]
        return holds != test.negated

    def says_yes(self) -> Any:
        """Tell of each code but unknown whether it is more than "no" or "none"."""
        if self.question.type == "many":
            return np.arange(self.size - 1) != 0
        return np.array([bool(answer) for answer in self.answers], bool)

    def of_words(self, dictionary: Any) -> Any:
        """Give the code of each entry of a column's dictionary."""
        return np.array([self._met_or_new(value) for value in dictionary.to_pylist()], np.int64)

    def _met_or_new(self, value: Any) -> int:
        if not isinstance(value, str | bool | int):
            return self._of(value)
        key = value.__class__, value
        found = self._met.get(key)
        if found is None:
            found = self._of(value)
            if len(self._met) < MEMO_LIMIT:
                self._met[key] = found
        return found

    def _of(self, value: Any) -> int:
        faults: list[Any] = []
        question = self.question
        alone = {question.id: written(question, value)}
        known = read_answers(alone, {question.id: question}, "", faults)
        if faults:
            return ODD
        answer = known.get(question.id)
        if answer is None:
            return 0
        if isinstance(answer, frozenset):
            if len(question.choices) > MOST_BITS:
                return ODD
            return 1 + sum(1 << i for i, name in enumerate(question.choices) if name in answer)
        if question.type == "number":
            return int(self.of_numbers(np.array([answer], np.float64))[0])
        return self._places[answer]

    def of_numbers(self, values: Any) -> Any:
        """Give the codes of numbers."""
        low = np.searchsorted(self.edges, values, "left")
        return 1 + low + np.searchsorted(self.edges, values, "right")


def _spokesmen(edges: list[float]) -> list[Any]:
    """Name a number below, on and between the numbers that conditions compare with.

    >>> _spokesmen([3.0, 4.0])
    [2.0, 3.0, 3.5, 4.0, 5.0]
    """
    if not edges:
        return [0.0]
    found = [edges[0] - 1, edges[0]]
    for low, high in itertools.pairwise(edges):
        found += [(low + high) / 2, high]
    return [*found, edges[-1] + 1]


class Column(NamedTuple):
    """Hold one question's column: indices, to be sliced by rows, and the code of each index.

    A slice gives the indices, and ones where they hold (`None`: everywhere).
    """

    indices: Any
    codes: Any


def coded(coding: Coding, array: Any) -> Column:
    """Code one column."""
    kind, question = array.type, coding.question
    if question.type == "number" and (pa.types.is_floating(kind) or pa.types.is_integer(kind)):
        return _numbers(coding, array)
    if question.type == "many" and len(question.choices) <= MOST_BITS:
        if pa.types.is_unsigned_integer(kind):
            return _masks(coding, array)
        if pa.types.is_list(kind) or pa.types.is_large_list(kind):
            return _lists(coding, array)
    if pa.types.is_nested(kind):
        return Column(_Plain(np.zeros(len(array), np.uint8)), np.array([ODD]))
    if not pa.types.is_dictionary(kind):
        array = pc.dictionary_encode(array)
    codes = coding.of_words(array.dictionary)
    return Column(_Indices(array), codes if len(codes) else np.zeros(1, np.int64))


def written(question: Question, value: Any) -> Any:
    """Turn one value of a column into what a project file would say.

    Text stands for `true`, `3` or, where several answers are allowed, `a;b`, as in CSV.
    """
    if isinstance(value, str) and question.type != "choice":
        return _spelt(question, value)
    if question.type == "many" and isinstance(value, int) and not value >> len(question.choices):
        return [name for bit, name in enumerate(question.choices) if value >> bit & 1]
    return value


def _spelt(question: Question, text: str) -> Any:
    if question.type == "many":
        parts = [part.strip() for part in text.split(";")]
        return parts if len(parts) > 1 else parts[0]
    if question.type == "flag":
        return {"true": True, "false": False}.get(text.lower(), text)
    try:
        number = float(text)
    except ValueError:
        return text
    return int(number) if number.is_integer() else number


class _Plain:
    """Slice an array of indices that all hold."""

    def __init__(self, indices: Any) -> None:
        self._indices = indices

    def __getitem__(self, rows: slice) -> tuple[Any, Any]:
        return self._indices[rows], None


class _Indices:
    """Slice a dictionary column's indices without a copy, and the ones of its validity bits."""

    def __init__(self, array: Any) -> None:
        indices = array.indices
        kind = np.dtype(str(indices.type))  # older `to_pandas_dtype` imports pandas
        self._at = indices.offset
        self._held: Any = np.frombuffer(indices.buffers()[1] or b"", kind)
        self._known: Any = None
        if indices.null_count:
            self._known = np.frombuffer(indices.buffers()[0], np.uint8)

    def __getitem__(self, rows: slice) -> tuple[Any, Any]:
        begin, end = self._at + rows.start, self._at + rows.stop
        held = self._held[begin:end]
        if self._known is None:
            return held, None
        bits = np.unpackbits(self._known[begin // 8 : (end + 7) // 8], bitorder="little")
        return held, bits[begin % 8 :][: end - begin]


def _numbers(coding: Coding, array: Any) -> Column:
    """Tell apart the numbers that conditions compare with, and those between them."""
    values = pc.fill_null(array.cast(pa.float64(), safe=False), float("nan"))
    values = values.to_numpy(zero_copy_only=False)
    indices = coding.of_numbers(values)
    indices[~((values >= 0) & (values <= NUMBER_LIMIT))] = coding.size
    indices[array.is_null().to_numpy(zero_copy_only=False)] = 0
    return Column(_Plain(indices), np.append(np.arange(coding.size), ODD))


def _masks(coding: Coding, array: Any) -> Column:
    """Take unsigned numbers as they are: bit *i* is the question's *i*-th choice."""
    masks = pc.fill_null(array, 0).to_numpy(zero_copy_only=False)
    every = 1 << len(coding.question.choices)
    indices = np.minimum(masks.astype(np.promote_types(masks.dtype, np.uint32)), every)
    if array.null_count:
        indices[array.is_null().to_numpy(zero_copy_only=False)] = every + 1
    return Column(_Plain(indices), np.append(np.arange(1, every + 1), (ODD, 0)))


def _lists(coding: Coding, array: Any) -> Column:
    choices = coding.question.choices
    flat = array.flatten()
    if not pa.types.is_dictionary(flat.type):
        flat = pc.dictionary_encode(flat)
    place = {choice: index for index, choice in enumerate(choices)}
    words = flat.dictionary.to_pylist()
    worth = [1 << place[word] if word in place else 0 for word in words]
    held, known = _Indices(flat)[0 : len(flat)]
    bits = np.array([*worth, 0], np.int64).take(held, mode="clip")
    if known is not None:
        bits *= known
    sizes = pc.fill_null(pc.list_value_length(array), 0).to_numpy(zero_copy_only=False)
    ends = np.cumsum(sizes, dtype=np.int64)
    # Sums tell sets apart as long as nothing is listed twice, which a comparison of both shows.
    sums = np.concatenate(([0], np.cumsum(bits)))
    masks = sums[ends] - sums[ends - sizes]
    filled = np.flatnonzero(sizes)
    either: Any = np.zeros(len(masks), np.int64)
    if len(filled):
        either[filled] = np.bitwise_or.reduceat(bits, (ends - sizes)[filled])
    strange = np.concatenate(([0], np.cumsum(bits == 0)))
    odd = (either != masks) | (strange[ends] != strange[ends - sizes])
    every = 1 << len(choices)
    masks[odd] = every
    masks[array.is_null().to_numpy(zero_copy_only=False)] = every + 1
    return Column(_Plain(masks), np.append(np.arange(1, every + 1), (ODD, 0)))
