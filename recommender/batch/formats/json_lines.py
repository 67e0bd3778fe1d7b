"""JSON Lines: an object a line, whose members come in any order or are left out."""

from __future__ import annotations

import base64
import json
import math
from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow as pa

from recommender.batch.answers import columns_of
from recommender.loading.json_limits import refuse_constant, repeated
from recommender.nouns.errors import Fault, Faults, Place, RecommenderError

from .pieces import BLOCK, ROWS, Piece

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from recommender.nouns.pack import Pack
    from recommender.nouns.question import Question

MOST_NAMES = 10_000
"""Names of members in a file: each becomes a column."""

_TWICE = "`{}` is written twice; keep one of the two"


class _Row(NamedTuple):
    """A line with its number and its object, and the names of members that it has twice."""

    number: int
    line: str
    row: dict[str, Any]
    twice: dict[str, None]


def read(source: Path, pack: Pack) -> Iterator[Piece]:
    """Yield the rows of a file, which is read twice: for the names of its members, and for them.

    Answers become text, several answers lists of text; other members become text, as they are or
    as JSON. A row in which a member is written twice is marked as wrong. Raises `RecommenderError`
    with every line that is no JSON object.
    """
    names: dict[str, None] = {}
    faults, known = Faults(RecommenderError), columns_of(pack)
    for number, _, row, _ in _rows(source, faults):
        names |= dict.fromkeys(row)
        within = row.get("answers")
        if isinstance(within, dict) and not known.keys().isdisjoint(within):
            what, remedy = "has its answers under `answers`", "write them a level up"
            faults.append(Fault(Place(str(source), number), what, remedy))
        if len(names) > MOST_NAMES:
            what = f"has more than {MOST_NAMES:,} names of members"
            raise RecommenderError(Fault(Place(str(source), number), what))
    if faults:
        raise RecommenderError(faults)
    size, done, held = max(1, source.stat().st_size), 0, 0
    rows: list[dict[str, Any]] = []
    lines: list[str] = []
    wrong: dict[int, str] = {}
    for _, line, row, twice in _rows(source, faults):
        if twice:
            wrong[len(rows)] = "; ".join(map(_TWICE.format, twice))
        held += len(line)
        rows.append(row)
        lines.append(line)
        if len(rows) == ROWS or held >= BLOCK:
            done += held
            yield Piece(_table(rows, names, pack), min(1.0, done / size), lines, wrong)
            rows, lines, wrong, held = [], [], {}, 0
    if rows:
        yield Piece(_table(rows, names, pack), 1.0, lines, wrong)


def _rows(source: Path, faults: list[Fault]) -> Iterator[_Row]:
    """Yield each line that is not empty as a row, or its fault."""
    number = 0
    with source.open(encoding="utf-8-sig", newline="\n") as stream:
        while line := stream.readline(BLOCK):
            number += 1
            if len(line) == BLOCK:
                raise RecommenderError(Fault(Place(str(source), number), "is longer than 16 MB"))
            if line := line.strip():
                twice: dict[str, None] = {}
                row = _object(line, Place(str(source), number), faults, twice)
                if row is not None:
                    yield _Row(number, line, row, twice)


def _object(
    line: str, place: Place, faults: list[Fault], twice: dict[str, None]
) -> dict[str, Any] | None:
    """Return the object of a line, or keep its fault; `twice` gets the names written twice."""
    what, remedy = "is not a JSON object", "write one object with answers a line"
    try:
        row = _loads(line, twice)
        if "\\ud" in line.lower():  # half of a pair, perhaps, which is no text
            json.dumps(row, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        row, what, remedy = None, "holds half of a surrogate pair, which is no text", ""
    except (ValueError, RecursionError):
        row = None
    if not isinstance(row, dict):
        faults.append(Fault(place, what, remedy))
        return None
    return row


def _loads(line: str, twice: dict[str, None]) -> Any:
    """Read JSON; a number beyond what Python holds stays the text that it is written as."""

    def members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            twice.update(dict.fromkeys(repeated(pairs)))
        return found

    return json.loads(
        line,
        object_pairs_hook=members,
        parse_constant=refuse_constant,
        parse_float=_fraction,
        parse_int=_whole,
    )


def _fraction(text: str) -> float | str:
    number = float(text)
    return number if math.isfinite(number) else text


def _whole(text: str) -> int | str:
    try:
        return int(text)
    except ValueError:  # more digits than Python reads
        return text


def _table(rows: list[dict[str, Any]], names: Iterable[str], pack: Pack) -> Any:
    columns: dict[str, Any] = {}
    known = columns_of(pack)
    for name in names:
        values = [row.get(name) for row in rows]
        if name in known:
            columns[name] = _answers(known[name], values)
        else:
            columns[name] = pa.array(map(_text, values), pa.string())
    return pa.table(columns)


def _answers(question: Question, values: list[Any]) -> Any:
    if question.type == "many":
        lists = [v if v is None or isinstance(v, list) else [v] for v in values]
        texts = [None if v is None else [_text(each) for each in v] for v in lists]
        return pa.array(texts, pa.list_(pa.string()))
    singles = [v[0] if isinstance(v, list) and len(v) == 1 else v for v in values]
    return pa.array(map(_text, singles), pa.string())


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)


class JsonLinesWriter:
    """Writes an object a row, with the results last.

    Rows that were JSON Lines stay as they were written. Of others, times and decimals are text,
    binary data is text in base64, and what is no number is `"NaN"`, `"Infinity"` or `"-Infinity"`
    (https://protobuf.dev/programming-guides/json).
    """

    def __init__(
        self, path: Path, _: Any, results: Sequence[str], keep: Sequence[str] | None
    ) -> None:
        self._stream = path.open("w", encoding="utf-8", newline="\n")
        self._results = results
        self._keep = keep

    def write(self, table: Any, lines: list[str] | None) -> None:
        """Write some rows. Raises `ArrowException` for what has no form in JSON."""
        if lines is None:
            self._stream.writelines(_dumped(row) + "\n" for row in _jsonable(table).to_pylist())
            return
        added = table.select(self._results).to_pylist()
        for line, results in zip(lines, added, strict=True):
            self._stream.write(self._joined(line, _dumped(results)) + "\n")

    def _joined(self, line: str, results: str) -> str:
        """Return one object of two; of the first, only the kept members remain."""
        if self._keep is not None:
            row = _loads(line, {})
            line = _dumped({name: value for name, value in row.items() if name in self._keep})
        inner = line[1:-1].strip()
        return f"{{{inner}, {results[1:]}" if inner else results

    def close(self) -> None:
        """Finish the file."""
        self._stream.close()


def _dumped(row: dict[str, Any]) -> str:
    try:
        return json.dumps(row, ensure_ascii=False, allow_nan=False, default=_base64)
    except ValueError:
        return json.dumps(_in_words(row), ensure_ascii=False, allow_nan=False, default=_base64)


def _base64(value: bytes) -> str:
    return base64.b64encode(value).decode()


def _in_words(value: Any) -> Any:
    """Return a value with "NaN" and the like as text."""
    if isinstance(value, dict):
        return {name: _in_words(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_in_words(each) for each in value]
    if not isinstance(value, float) or math.isfinite(value):
        return value
    return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"


def _jsonable(table: Any) -> Any:
    """Return a table cast to types whose values in Python are those of JSON."""
    fields = [field.with_type(_plain(field.type)) for field in table.schema]
    return table.cast(pa.schema(fields))


def _plain(kind: Any) -> Any:
    """Return the Arrow type that represents another in JSON."""
    if isinstance(kind, pa.BaseExtensionType):
        return _plain(kind.storage_type)
    if pa.types.is_dictionary(kind):
        return _plain(kind.value_type)
    if pa.types.is_map(kind):
        return pa.map_(_plain(kind.key_type), _plain(kind.item_type))
    if pa.types.is_struct(kind):
        return pa.struct([each.with_type(_plain(each.type)) for each in kind])
    if pa.types.is_nested(kind):
        return pa.list_(_plain(kind.value_type))
    if pa.types.is_float16(kind):
        return pa.float32()
    return pa.string() if pa.types.is_temporal(kind) or pa.types.is_decimal(kind) else kind
