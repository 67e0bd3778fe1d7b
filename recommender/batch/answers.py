"""Answers in arrays: an Arrow column of one question as a numpy array with one value per row.

A value that an array cannot hold (an answer that the pack does not know, a list with a word twice)
marks its row as odd. Odd rows are read one by one, as a project file is.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from recommender.loading.answers import NUMBER_LIMIT, read_answers
from recommender.loading.answers import UNKNOWN as UNKNOWN_WORD
from recommender.nouns.condition import Answer, Test
from recommender.nouns.pack import Pack
from recommender.nouns.question import Question

MOST_CHOICES = 48
"""Choices of a `many` question whose sets are kept as bits; with more, every row is odd."""

MEMO_LIMIT = 4096
"""Values of columns that are remembered with what they mean, question by question."""

UNKNOWN = 0
"""The value of an unknown answer, but for numbers, where it is NaN."""

ODD = -1
"""The meaning of a value of a column that marks its row as odd."""


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers of *n* rows to one question, as arrays of *n* values.

    `values` are places in the question's domain, from 1; of a `number` question the number itself;
    of a `many` question the set of choices as bits, bit *i* for the *i*-th choice from 1, with bit
    0 set if the answer is known. `known` is true where the answer is known, `odd` where it could
    not be read; `None` says that no row is odd.
    """

    question: Question
    values: Any
    known: Any
    odd: Any = None

    def of(self, rows: Any) -> Answers:
        """Take the answers of some rows, by their numbers."""
        odd = None if self.odd is None else self.odd[rows]
        return Answers(self.question, self.values[rows], self.known[rows], odd)

    def passes(self, test: Test) -> Any:
        """Return whether the answer passes a test, one bool per row; valid where it is known."""
        values = self.values
        if self.question.type == "many":
            names = list(self.question.choices)
            wanted = values.dtype.type(sum(2 << names.index(str(value)) for value in test.values))
            if test.word == "includes":
                passes = (values & wanted) != 0
            elif test.word == "includes_all":
                passes = (values & wanted) == wanted
            else:
                passes = values == 1
            return ~passes if test.negated else passes
        if self.question.type == "number":
            if test.word == "at_least":
                passes = values >= test.values[0]
            elif test.word == "at_most":
                passes = values <= test.values[0]
            else:
                passes = _among(values, test.values)
            return ~passes if test.negated else passes
        return _among(values, [i for i, each in _numbered(self.question) if test.of(each)])

    def says_yes(self) -> Any:
        """Return whether the answer is known and not "no", "none" or 0, one bool per row."""
        if self.question.type == "many":
            return self.values > 1
        if self.question.type == "number":
            return self.values > 0
        return _among(self.values, [place for place, each in _numbered(self.question) if each])


def _numbered(question: Question) -> list[tuple[int, Any]]:
    """Return the answers of a question's domain, each with the number that arrays have for it."""
    return list(enumerate(question.domain or (), 1))


def _among(values: Any, wanted: Any) -> Any:
    """Return whether a value is one of a few, one bool per row; for a few, faster than `isin`."""
    found = [values == each for each in wanted]
    return reduce(or_, found) if found else np.zeros(len(values), bool)


def number_of(question: Question, answer: Answer) -> Any:
    """Return what stands for a known answer in an array."""
    if isinstance(answer, frozenset):
        return 1 + sum(2 << i for i, name in enumerate(question.choices) if name in answer)
    return answer if question.domain is None else 1 + question.domain.index(answer)


def answer_of(question: Question, number: Any) -> Answer:
    """Return the answer that a number in an array stands for."""
    if question.type == "many":
        bits = int(number) >> 1
        return frozenset(name for i, name in enumerate(question.choices) if bits >> i & 1)
    if question.domain is None:
        return float(number)
    return question.domain[int(number) - 1]


class AnswerReader:
    """A reader of the columns of one question, which remembers the meaning of their values."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self._met: dict[tuple[type, Any], Any] = {}
        self.type: Any = np.dtype(np.float64)
        if question.type == "many":
            self.type = np.min_scalar_type((2 << min(len(question.choices), MOST_CHOICES)) - 1)
        elif question.type != "number":
            self.type = np.min_scalar_type(len(question.domain or ()))

    def read(self, array: Any) -> Answers:
        """Read an Arrow array, of any type that an answer can have."""
        kind, question = array.type, self.question
        if question.type == "number" and (pa.types.is_floating(kind) or pa.types.is_integer(kind)):
            return self._read_numbers(array)
        if question.type == "many" and len(question.choices) <= MOST_CHOICES:
            if pa.types.is_unsigned_integer(kind):
                return self._read_masks(array)
            if pa.types.is_list(kind) or pa.types.is_large_list(kind):
                return self._read_lists(array)
        if pa.types.is_nested(kind):
            none = np.zeros(len(array), self.type)
            return Answers(question, none, none != UNKNOWN, none == UNKNOWN)
        return self._read_words(array)

    def _read_words(self, array: Any) -> Answers:
        """Read a column through its dictionary, each value of which is looked up once."""
        if not pa.types.is_dictionary(array.type):
            array = pc.dictionary_encode(array)
        elif len(array.dictionary) > len(array):  # most of it stands in other rows
            array = pc.dictionary_encode(array.dictionary_decode())
        meanings = [self._meaning(value) for value in array.dictionary.to_pylist()]
        places = _places(array.indices, len(meanings))
        odd: Any = np.array([*(each is ODD for each in meanings), False])
        unknown = float("nan") if self.question.type == "number" else UNKNOWN
        table = [unknown if each is ODD else each for each in meanings]
        values: Any = np.take(np.array([*table, unknown], self.type), places, mode="clip")
        known = ~np.isnan(values) if self.question.type == "number" else values != UNKNOWN
        return Answers(self.question, values, known, odd[places] if odd.any() else None)

    def _meaning(self, value: Any) -> Any:
        """Return what one value of a column is in the array, or `ODD`."""
        if not isinstance(value, str | bool | int):
            return self._looked_up(value)
        key = value.__class__, value
        if key not in self._met:
            if len(self._met) >= MEMO_LIMIT:
                return self._looked_up(value)
            self._met[key] = self._looked_up(value)
        return self._met[key]

    def _looked_up(self, value: Any) -> Any:
        faults: list[Any] = []
        question = self.question
        alone = {question.id: as_in_project(question, value)}
        answer = read_answers(alone, {question.id: question}, "", faults).get(question.id)
        if faults or (question.type == "many" and len(question.choices) > MOST_CHOICES):
            return ODD
        if answer is None:
            return float("nan") if question.type == "number" else UNKNOWN
        return number_of(question, answer)

    def _read_numbers(self, array: Any) -> Answers:
        values = pc.fill_null(array.cast(pa.float64(), safe=False), float("nan"))
        values = values.to_numpy(zero_copy_only=False)
        known = (values >= 0) & (values <= NUMBER_LIMIT)
        return Answers(self.question, values, known, ~known & _valid(array))

    def _read_masks(self, array: Any) -> Answers:
        """Read unsigned numbers as sets: bit *i* is the question's *i*-th choice."""
        masks = pc.fill_null(array, 0).to_numpy(zero_copy_only=False).astype(np.uint64)
        odd = masks >> np.uint64(len(self.question.choices)) != 0
        return self._sets(masks, _valid(array), odd)

    def _read_lists(self, array: Any) -> Answers:
        """Read lists of words as sets; a list with a word twice, or with no choice, is odd."""
        choices = list(self.question.choices)
        sizes = pc.fill_null(pc.list_value_length(array), 0).to_numpy(zero_copy_only=False)
        places = _places(_found(array.flatten(), choices), len(choices))
        bits: Any = np.append(1 << np.arange(len(choices), dtype=np.uint64), np.uint64(0))[places]
        # Of numbers with one bit each, sum and union are the same only if no two are.
        filled = np.flatnonzero(sizes)
        starts = (np.cumsum(sizes) - sizes)[filled]
        union: Any = np.zeros(len(array), np.uint64)
        total: Any = np.zeros_like(union)
        if len(filled):
            union[filled] = np.bitwise_or.reduceat(bits, starts)
            total[filled] = np.add.reduceat(bits, starts)
        odd = (union != total) | (sizes > len(choices))
        odd[np.repeat(np.arange(len(array)), sizes)[bits == 0]] = True
        return self._sets(union, _valid(array), odd)

    def _sets(self, masks: Any, valid: Any, odd: Any) -> Answers:
        known = valid & ~odd
        values = (masks << np.uint64(1) | np.uint64(1)).astype(self.type) * known
        return Answers(self.question, values, known, odd)


def _found(words: Any, choices: list[str]) -> Any:
    """Return the place of each word among the choices as an Arrow array, null for other words."""
    if pa.types.is_dictionary(words.type):
        words = words.dictionary_decode()
    if not (pa.types.is_string(words.type) or pa.types.is_large_string(words.type)):
        return pa.nulls(len(words), pa.int32())
    return pc.index_in(words, value_set=pa.array(choices, words.type))


def _places(indices: Any, missing: int) -> Any:
    """Return indices as a numpy array, `missing` where they are null."""
    if indices.null_count and missing > np.iinfo(str(indices.type)).max:
        indices = indices.cast(pa.int64())
    return pc.fill_null(indices, missing).to_numpy(zero_copy_only=False)


def _valid(array: Any) -> Any:
    return array.is_valid().to_numpy(zero_copy_only=False)


def columns_of(pack: Pack) -> dict[str, Question]:
    """Return the question of each column that a table may have: its id, or one that it had."""
    former = {old: each for each in pack.questions.values() for old in each.formerly}
    return {**former, **pack.questions}


def as_in_project(question: Question, value: Any) -> Any:
    """Return what a project file would say instead of one value of a column.

    Text stands for `true` (or `yes`), `3` or, where several answers are allowed, `a;b`, as in CSV.
    """
    if isinstance(value, str):
        return _parsed(question, value)
    if question.type == "many" and isinstance(value, int) and not value >> len(question.choices):
        return [name for bit, name in enumerate(question.choices) if value >> bit & 1]
    return value


def _parsed(question: Question, text: str) -> Any:
    if question.type == "choice":
        return text.strip()
    if question.type == "many":
        parts = [part.strip() for part in text.split(";")]
        return parts if len(parts) > 1 else parts[0]
    word = text.strip().lower()
    if word == UNKNOWN_WORD:
        return UNKNOWN_WORD
    if question.type == "flag":
        return {"true": True, "yes": True, "false": False, "no": False}.get(word, text)
    try:
        number = float(text)
    except ValueError:
        return text
    return int(number) if number.is_integer() else number
