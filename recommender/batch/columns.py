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
    from collections.abc import Iterable, Sequence

    from recommender.nouns.condition import Answer, Test
    from recommender.nouns.pack import Question

ODD = -1
"""The code of what cannot be taken as it is."""

MEMO_LIMIT = 4096
"""Values of columns whose codes are remembered, question by question."""

WIDEST: Any = np.uint32
"""The widest numbers that indices are kept in."""

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
    """Hold one question's column: indices, bits that say where they hold, the code of each index.

    No bits (`None`) say that all hold. An index beyond the codes has the last.
    """

    held: Any
    bits: Any
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
        return Column(np.zeros(len(array), np.uint8), None, np.array([ODD]))
    if not pa.types.is_dictionary(kind):
        array = pc.dictionary_encode(array)
    codes = coding.of_words(array.dictionary)
    held = _held(array.indices)
    return Column(held, _bits(array.indices), codes if len(codes) else np.zeros(1, np.int64))


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


def _held(array: Any) -> Any:
    """Give whole numbers as they lie in memory, of which what is not valid is anything.

    None is wider than `WIDEST`, and none below 0.
    """
    kind = np.dtype(str(array.type))  # older `to_pandas_dtype` imports pandas
    held: Any = np.frombuffer(array.buffers()[1] or b"", kind)[array.offset :][: len(array)]
    held = held.view(f"u{kind.itemsize}")
    if held.itemsize > WIDEST().itemsize:
        held = np.minimum(held, np.iinfo(WIDEST).max).astype(WIDEST)
    return held


def _bits(array: Any) -> Any:
    """Give an array's bits of validity, from its first value on."""
    if not array.null_count:
        return None
    bits: Any = np.frombuffer(array.buffers()[0], np.uint8)
    begin, end = array.offset, array.offset + len(array)
    bits = bits[begin // 8 : (end + 7) // 8]
    if begin % 8:
        bits = np.packbits(np.unpackbits(bits, bitorder="little")[begin % 8 :], bitorder="little")
    return bits


def _numbers(coding: Coding, array: Any) -> Column:
    """Tell apart the numbers that conditions compare with, and those between them."""
    values = pc.fill_null(array.cast(pa.float64(), safe=False), float("nan"))
    values = values.to_numpy(zero_copy_only=False)
    indices = coding.of_numbers(values).astype(WIDEST)
    indices[~((values >= 0) & (values <= NUMBER_LIMIT))] = coding.size
    indices[array.is_null().to_numpy(zero_copy_only=False)] = 0
    return Column(indices, None, np.append(np.arange(coding.size), ODD))


def _masks(coding: Coding, array: Any) -> Column:
    """Take unsigned numbers as they are: bit *i* is the question's *i*-th choice."""
    every = 1 << len(coding.question.choices)
    return Column(_held(array), _bits(array), np.append(np.arange(1, every + 1), ODD))


def _lists(coding: Coding, array: Any) -> Column:
    """Add up the bits of what each list holds."""
    choices = coding.question.choices
    every = 1 << len(choices)
    flat = _numbered(array.flatten(), choices)
    place = {choice: index for index, choice in enumerate(choices)}
    words = flat.dictionary.to_pylist()
    worth = np.array([*(1 << place[w] if w in place else 0 for w in words), 0], WIDEST)
    bits = worth.take(_held(flat.indices), mode="clip")
    if flat.null_count:
        bits *= flat.is_valid().to_numpy(zero_copy_only=False)
    sizes = pc.fill_null(pc.list_value_length(array), 0).to_numpy(zero_copy_only=False)
    sums: Any = np.append(WIDEST(0), np.cumsum(bits, dtype=WIDEST))
    masks = np.minimum(np.diff(sums[np.cumsum(sizes, dtype=np.int64)], prepend=WIDEST(0)), every)
    # A sum has as many ones as the list has values only where each is a choice, and listed once.
    masks[np.append(_ones(every), 0)[masks] != sizes] = every
    masks[array.is_null().to_numpy(zero_copy_only=False)] = every + 1
    return Column(masks, None, np.append(np.arange(1, every + 1), (ODD, 0)))


def _numbered(words: Any, choices: Iterable[str]) -> Any:
    """Give words numbers by a dictionary, in which text that is no choice is null."""
    if pa.types.is_dictionary(words.type):
        return words
    if not (pa.types.is_string(words.type) or pa.types.is_large_string(words.type)):
        return pc.dictionary_encode(words)
    known = pa.array(choices, words.type)
    return pa.DictionaryArray.from_arrays(pc.index_in(words, value_set=known), known)


def _ones(count: int) -> Any:
    """Count the ones of each number below a power of two.

    >>> _ones(8).tolist()
    [0, 1, 1, 2, 1, 2, 2, 3]
    """
    ones: Any = np.zeros(1, np.uint8)
    while len(ones) < count:
        ones = np.concatenate((ones, ones + 1))
    return ones
