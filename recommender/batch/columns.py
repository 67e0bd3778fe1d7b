"""Columns to codes: what a column says of a question, as small numbers that tables are read by.

A choice is coded by its place in the column's dictionary, a number by the values that conditions
compare it with, several answers by a bit for each choice. What is odd about a row (an answer that
the pack does not know, a list that repeats itself) is only flagged: such rows are looked at one
by one, by the code that reads project files.
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

    from recommender.condition import Answer
    from recommender.pack import Question

ODD = object()
"""Stands for an answer that cannot be taken as it is."""

MOST_BITS = 20


class Column(NamedTuple):
    """Hold one question's column: codes, to be sliced by rows, and what each code answers.

    `answers` has an entry a code (`None`: unknown), or is the number of choices whose bits the
    codes are; then the code past all sets is unknown and the one after it odd.
    """

    codes: Any
    answers: list[Answer | object | None] | int

    @property
    def size(self) -> int:
        """Count the codes that can come."""
        return (1 << self.answers) + 2 if isinstance(self.answers, int) else len(self.answers)


def coded(question: Question, array: Any, breaks: Sequence[float]) -> Column:
    """Code one column; `breaks` are the numbers that conditions compare the answer with."""
    kind = array.type
    if question.type == "number" and (pa.types.is_floating(kind) or pa.types.is_integer(kind)):
        return _numbers(array, breaks)
    if question.type == "many" and len(question.choices) <= MOST_BITS:
        if pa.types.is_unsigned_integer(kind):
            return _masks(array, len(question.choices))
        if pa.types.is_list(kind) or pa.types.is_large_list(kind):
            return _lists(question, array)
    if pa.types.is_nested(kind):
        return Column(np.zeros(len(array), np.uint8), [ODD])
    if not pa.types.is_dictionary(kind):
        array = pc.dictionary_encode(array)
    answers = [_answer(question, value) for value in array.dictionary.to_pylist()]
    return Column(_Indices(array, len(answers)), [*answers, None])


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


def _answer(question: Question, value: Any) -> Answer | object | None:
    faults: list[Any] = []
    alone = {question.id: written(question, value)}
    known = read_answers(alone, {question.id: question}, "", faults)
    return ODD if faults else known.get(question.id)


class _Indices:
    """Slice a dictionary column's indices, with the code for unknown where there is no answer.

    A slice is made when it is asked for: small arrays are reused by the allocator, large ones are
    fresh memory each time, which costs more than all that is done with them.
    """

    def __init__(self, array: Any, unknown: int) -> None:
        indices = array.indices
        kind = np.dtype(str(indices.type))  # older `to_pandas_dtype` imports pandas
        self._at = indices.offset
        self._held: Any = np.frombuffer(indices.buffers()[1] or b"", kind)
        self._known: Any = None
        if indices.null_count:
            self._known = np.frombuffer(indices.buffers()[0], np.uint8)
        self._unknown = np.array(unknown, kind if unknown <= np.iinfo(kind).max else np.int32)

    def __getitem__(self, rows: slice) -> Any:
        begin, end = self._at + rows.start, self._at + rows.stop
        held = self._held[begin:end]
        if self._known is None:
            return held
        bits = np.unpackbits(self._known[begin // 8 : (end + 7) // 8], bitorder="little")
        known = bits[begin % 8 :][: end - begin]
        if held.itemsize > 1 or self._unknown.itemsize > 1:
            return np.where(known.view(bool), held, self._unknown)
        mask = np.negative(known)  # on bytes, and, or and not beat a choice by far
        return (held.view(np.uint8) & mask) | (~mask & self._unknown.view(np.uint8))


def _numbers(array: Any, breaks: Sequence[float]) -> Column:
    """Tell apart the numbers that conditions compare with, and those between them."""
    values = pc.fill_null(array.cast(pa.float64(), safe=False), float("nan"))
    values = values.to_numpy(zero_copy_only=False)
    edges = np.array(sorted(set(breaks)), np.float64)
    low = np.searchsorted(edges, values, "left")
    codes = low + np.searchsorted(edges, values, "right")
    between = [
        edges[0] - 1 if len(edges) else 0.0,
        *((a + b) / 2 for a, b in itertools.pairwise(edges)),
        *(edges[-1:] + 1),
    ]
    answers: list[Any] = [between[0]]
    for edge, after in zip(edges, between[1:], strict=True):
        answers += [float(edge), float(after)]
    unknown = len(answers)
    codes[~(np.abs(values) <= NUMBER_LIMIT)] = unknown + 1
    codes[array.is_null().to_numpy(zero_copy_only=False)] = unknown
    return Column(codes, [*answers, None, ODD])


def _masks(array: Any, choices: int) -> Column:
    """Take unsigned numbers as they are: bit *i* is the question's *i*-th choice."""
    codes = pc.fill_null(array, 0).to_numpy(zero_copy_only=False).astype(np.int64)
    codes[(codes >> choices) != 0] = (1 << choices) + 1
    if array.null_count:
        codes[array.is_null().to_numpy(zero_copy_only=False)] = 1 << choices
    return Column(codes, choices)


def _lists(question: Question, array: Any) -> Column:
    choices = len(question.choices)
    flat = array.flatten()
    if not pa.types.is_dictionary(flat.type):
        flat = pc.dictionary_encode(flat)
    place = {choice: index for index, choice in enumerate(question.choices)}
    bits: Any = np.zeros(len(flat.dictionary) + 1, np.int64)
    for index, value in enumerate(flat.dictionary.to_pylist()):
        bits[index] = 1 << place[value] if value in place else 0
    bits = bits[_Indices(flat, len(flat.dictionary))[0 : len(flat)]]
    sizes = pc.fill_null(pc.list_value_length(array), 0).to_numpy(zero_copy_only=False)
    ends = np.cumsum(sizes, dtype=np.int64)
    # Sums tell sets apart as long as nothing is listed twice, which a comparison of both shows.
    sums = np.concatenate(([0], np.cumsum(bits)))
    codes = sums[ends] - sums[ends - sizes]
    held = np.flatnonzero(sizes)
    either: Any = np.zeros(len(codes), np.int64)
    if len(held):
        either[held] = np.bitwise_or.reduceat(bits, (ends - sizes)[held])
    strange = np.concatenate(([0], np.cumsum(bits == 0)))
    odd = (either != codes) | (strange[ends] != strange[ends - sizes])
    codes[odd] = (1 << choices) + 1
    codes[array.is_null().to_numpy(zero_copy_only=False)] = 1 << choices
    return Column(codes, choices)
