"""Say whether a recorded decision is still what the rules recommend."""

from __future__ import annotations

import datetime as dt
import os
import sys
from collections.abc import Callable

import click

from recommender.language import Language
from recommender.loading.reports import load_observations
from recommender.nouns.errors import RecommenderError, UsageError
from recommender.nouns.pack import Pack
from recommender.output.formats.json import error_as_data, write, write_all
from recommender.output.recheck import as_data, told
from recommender.projects.recheck import Recheck, recheck
from recommender.projects.records import Record, RecordError, load_records, parse_records

from ._advice import STDIN, spoken
from ._echo import deliver, echo
from ._exit_codes import ANSWERED, FOUND, UNREADABLE
from ._options import as_of_option, examples, lang_option, pack_options, text_or_json_option
from ._screen import draw


@click.command(
    epilog=examples(
        "recommender recheck decisions/*.md", "recommender recheck decision.md --as-of 2027-06-01"
    )
)
@click.argument("records", nargs=-1, required=True, metavar="RECORD...")
@pack_options
@as_of_option
@click.option("--probe", metavar="REPORT", help="A newer probe report for a measured decision.")
@text_or_json_option
@lang_option
def command(
    records: tuple[str, ...],
    pack: Callable[[], Pack],
    as_of: dt.date | None,
    probe: str | None,
    format_: str,
    lang: str | None,
) -> int:
    """Judge each RECORD again (an ADR or JSON that `score` wrote), and name what moved it.

    `-` reads standard input. Exit code: 0 all would be decided the same, 1 one would differ, 3 a
    record that cannot be read; with several records the highest.
    """
    _refuse_repeats(records)
    loaded = pack()
    seen = load_observations(probe, loaded) if probe else None
    language = Language(loaded, lang or spoken())
    results: list[Recheck | RecommenderError] = []
    for record in (each for name in records for each in _read(name)):
        try:
            if isinstance(record, RecommenderError):
                raise record
            results.append(recheck(record, loaded, as_of=as_of, observations=seen))
        except RecommenderError as error:
            results.append(error)
            for fault in error.faults:
                echo(f"error: {fault}", err=True)
    if format_ == "json":
        deliver(_json(results))
    else:
        checked = [each for each in results if not isinstance(each, RecommenderError)]
        draw(*(told(each, language) for each in checked))
    return max(map(_code, results))


def _refuse_repeats(records: tuple[str, ...]) -> None:
    if len({name if name == STDIN else os.path.realpath(name) for name in records}) < len(records):
        raise UsageError("a record is given twice; name each once")
    if STDIN in records and sys.stdin.isatty():
        raise UsageError("standard input is a terminal; pipe a record into it, or name one")


def _read(name: str) -> list[Record | RecordError]:
    try:
        if name == STDIN:
            return parse_records(sys.stdin.buffer, "<stdin>")
        return load_records(name)
    except RecordError as error:
        return [error]


def _code(result: Recheck | RecommenderError) -> int:
    if isinstance(result, RecommenderError):
        return UNREADABLE
    return ANSWERED if result.holds else FOUND


def _json(results: list[Recheck | RecommenderError]) -> str:
    entries = [
        error_as_data(each) if isinstance(each, RecommenderError) else as_data(each)
        for each in results
    ]
    return write(entries[0]) if len(entries) == 1 else write_all(entries)
