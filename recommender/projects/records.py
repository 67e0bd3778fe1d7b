"""Decision records, read again from what `score --format adr` or `--format json` wrote."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

from recommender.engine import RECOMMENDATION_SCHEMA
from recommender.judging.lens import LENSES, Lens
from recommender.judging.outcome import OUTCOMES
from recommender.nouns.errors import Fault, Place, RecommenderError, did_you_mean
from recommender.nouns.observation import VERDICTS, Observation, Observations

SCHEMAS = (1, RECOMMENDATION_SCHEMA)
KINDS = ("decision-record", "recommendation")
LARGEST = 16 * 1024 * 1024
_BEGUN = re.compile(r"\A\s*(?=(\[\s*)?\{)|^`{3,}json\s+", re.MULTILINE)
_BLOCK = re.compile(
    r"^(?P<fence>`{3,})json\n(?P<text>.*?)(?:\n(?P=fence)\s*$|\Z)", re.MULTILINE | re.DOTALL
)
BROKEN = object()
"""What stands for a block that names a kind of record and is no JSON."""


class RecordError(RecommenderError):
    """A decision record cannot be read."""


@dataclass(frozen=True, slots=True)
class Record:
    """A decision as it was recorded: the answers, the advice and what each rule gave.

    `outcome` is one of `OUTCOMES`, or `tie` in a record of the first schema.
    """

    name: str
    lens: Lens
    outcome: str
    best: str | None
    leaders: tuple[str, ...]
    scores: Mapping[str, int]
    answers: Mapping[str, Any]
    weights: Mapping[str, Any]
    points: Mapping[str, Mapping[str, int]]
    vetoes: Mapping[str, tuple[str, ...]]
    pack: str
    pack_version: str
    pack_digest: str
    as_of: str
    observations: Observations | None
    support: Mapping[str, float]
    probability: float | None
    population_digest: str
    thresholds: Mapping[str, int]
    overlays: tuple[str, ...] = ()
    source: str = ""


def load_records(path: str | Path) -> list[Record | RecordError]:
    """Return the decision records of a file, as `read_records` does; raises `RecordError`."""
    try:
        with Path(path).open("rb") as file:
            return parse_records(file, str(path))
    except OSError as error:
        what = f"cannot be read: {error.strerror or error}"
        raise RecordError(Fault(Place(str(path)), what)) from None


def parse_records(file: BinaryIO, name: str) -> list[Record | RecordError]:
    """Return the decision records of an open file or of standard input; raises `RecordError`."""
    raw = file.read(LARGEST + 1)
    if len(raw) > LARGEST:
        raise RecordError(Fault(Place(name), "is too large for a decision record"))
    try:
        return read_records(raw.decode().replace("\r\n", "\n"), name)
    except UnicodeDecodeError:
        raise RecordError(Fault(Place(name), "is not UTF-8 text")) from None


def read_records(text: str, name: str) -> list[Record | RecordError]:
    """Return the decision records of a list in JSON, or of the blocks of a Markdown file.

    That is how `score` writes several. In the place of one that cannot be read stands its error;
    raises `RecordError` where there is none at all.
    """
    found = list(_candidates(text))
    listed = found[0] if found and isinstance(found[0], list) else []
    if not any(isinstance(each, dict) for each in listed):
        listed = [each for each in found if each is BROKEN or _is_record(each)]
        if len(listed) < 2:  # noqa: PLR2004
            return [read_record(text, name)]
    return [_entry(each, f"{name} (entry {number})") for number, each in enumerate(listed, 1)]


def _is_record(data: Any) -> bool:
    return isinstance(data, dict) and data.get("kind") in KINDS


def _entry(data: Any, name: str) -> Record | RecordError:
    if data is BROKEN:
        return RecordError(Fault(Place(name), "is not whole JSON; was it cut off?"))
    if not _is_record(data):
        return RecordError(Fault(Place(name), "is no decision record"))
    try:
        return _record(data, Place(name))
    except RecordError as error:
        return error


def read_record(text: str, name: str) -> Record:
    """Return a decision record, from JSON or Markdown with a JSON block; raises `RecordError`.

    So it does where there are several. `name` is used in messages.

    >>> read_record("{}", "choice.json")
    Traceback (most recent call last):
    recommender.projects.records.RecordError: choice.json: holds no decision record; write one \
with `recommender score --format adr` or `--format json`
    """
    place = Place(name)
    found = [each for each in _candidates(text) if _is_record(each)]
    if len(found) > 1:
        raise RecordError(Fault(place, f"holds {len(found)} decision records", "give one of them"))
    if found:
        return _record(found[0], place)
    remedy = "write one with `recommender score --format adr` or `--format json`"
    what = "is not whole JSON; was it cut off?" if _cut_off(text) else "holds no decision record"
    raise RecordError(Fault(place, what, remedy))


def _cut_off(text: str) -> bool:
    """Return whether a text begins a JSON object that does not end."""
    for begun in _BEGUN.finditer(text):
        try:
            json.JSONDecoder().raw_decode(text, begun.end())
        except json.JSONDecodeError:
            return True
        except (ValueError, RecursionError):
            continue
    return False


def _candidates(text: str) -> Iterator[Any]:
    """Yield what a text holds as JSON, the whole of it first, then each block of Markdown."""
    for piece in (text, *(found["text"] for found in _BLOCK.finditer(text))):
        try:
            yield json.loads(piece)
        except (ValueError, RecursionError):
            if piece is not text and any(f'"{kind}"' in piece for kind in KINDS):
                yield BROKEN


def _record(data: dict[str, Any], place: Place) -> Record:
    if data.get("schema") not in SCHEMAS:
        what = f"is a record of schema {data.get('schema')!r}; this version reads schema"
        raise RecordError(Fault(place, f"{what} {SCHEMAS[0]} and {SCHEMAS[-1]}"))
    outcomes = (*OUTCOMES, "tie") if data["schema"] == 1 else OUTCOMES
    reader = _KeyReader(data, place)
    made, support = reader.get("provenance", dict), _mapping(data.get("support"))
    probability = support.get("probability")
    record = Record(
        name=reader.get("name", str),
        lens=cast("Lens", reader.one_of("lens", LENSES)),
        outcome=reader.one_of("outcome", outcomes),
        best=data["best"] if isinstance(data.get("best"), str) else None,
        leaders=tuple(map(str, reader.get("leaders", list))),
        scores=_numbers(reader.get("scores", dict)),
        answers=reader.get("answers", dict),
        weights=reader.get("weights", dict),
        points={
            str(rule): _numbers(each)
            for rule, each in reader.get("points", dict).items()
            if isinstance(each, dict)
        },
        vetoes={
            str(name): tuple(map(str, each))
            for name, each in reader.get("vetoes", dict).items()
            if isinstance(each, list)
        },
        pack=str(made.get("pack", "")),
        pack_version=str(made.get("pack_version", "")),
        pack_digest=str(made.get("pack_digest", "")),
        as_of=str(made.get("as_of", "")),
        observations=_observations(data.get("observations")),
        support={
            str(name): share
            for name, share in _mapping(support.get("shares")).items()
            if isinstance(share, int | float)
        },
        probability=probability if isinstance(probability, int | float) else None,
        population_digest=str(made.get("population_digest", "")),
        thresholds=_numbers(_mapping(made.get("thresholds"))),
        overlays=_names(data.get("overlays")),
        source=place.file,
    )
    if not reader.faults and not _agrees(record):
        what = f"`best` ({record.best}) does not agree with its `outcome` and `leaders`"
        reader.faults.append(Fault(place, what, "record the decision again"))
    if reader.faults:
        raise RecordError(reader.faults)
    return record


def _agrees(record: Record) -> bool:
    """Tell whether the best is the first of the leaders, as it is wherever somebody is best."""
    if record.best is None:
        return record.outcome in ("tie", "too-little-known", "no-survivor")
    return record.leaders[:1] == (record.best,)


class _KeyReader:
    """A reader of typed keys of a record, which keeps every fault."""

    def __init__(self, data: dict[str, Any], place: Place) -> None:
        self.data, self.place = data, place
        self.faults: list[Fault] = []

    def get(self, key: str, kind: type) -> Any:
        value = self.data.get(key)
        if isinstance(value, kind):
            return value
        words: Mapping[type, str] = {str: "a text", list: "a list", dict: "a mapping"}
        what = f"has no `{key}`" if value is None else f"`{key}` is not {words[kind]}"
        self.faults.append(Fault(self.place, what, "record the decision again"))
        return kind()

    def one_of(self, key: str, known: tuple[str, ...]) -> str:
        value: str = self.get(key, str)
        if value and value not in known:
            what = f"`{value}` is no {key}"
            self.faults.append(Fault(self.place, what, did_you_mean(value, known)))
        return value


def _numbers(data: Mapping[str, Any]) -> dict[str, int]:
    return {str(key): value for key, value in data.items() if type(value) is int}


def _names(data: Any) -> tuple[str, ...]:
    """Return the names of a list of entries; of anything else, none."""
    rows = data if isinstance(data, list) else []
    return tuple(each["name"] for each in rows if isinstance(_mapping(each).get("name"), str))


def _mapping(data: Any) -> dict[str, Any]:
    """Return a mapping as it is; anything else counts as an empty one."""
    return data if isinstance(data, dict) else {}


def _observations(data: Any) -> Observations | None:
    """Return what was observed when the decision was made; anything else counts as nothing."""
    rows = data.get("seen") if isinstance(data, dict) else data
    if not isinstance(rows, list):
        return None
    return Observations.of(
        [
            Observation(str(row["check"]), str(row["candidate"]), row["verdict"])
            for row in rows
            if isinstance(row, dict)
            and {"check", "candidate", "verdict"} <= row.keys()
            and row["verdict"] in VERDICTS
        ]
    )
