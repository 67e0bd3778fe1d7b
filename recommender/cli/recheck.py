"""Say whether a recorded decision is still what the rules recommend."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

import click

from recommender.nouns.errors import RecommenderError, UsageError, did_you_mean

from ._advice import spoken
from ._echo import deliver, echo
from ._exit_codes import ANSWERED, FOUND, UNREADABLE
from ._options import as_of_option, pack_options

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from recommender.language import Language
    from recommender.nouns.pack import Pack
    from recommender.output._document import Document, Section
    from recommender.projects.recheck import Recheck, Record, RecordError

EXCLUSION_WORDS = {
    "imposed": "{name} is excluded now: {constraints}.",
    "lifted": "{name} is no longer excluded: {constraints}.",
}

STDIN = "-"


@click.command()
@click.argument("records", nargs=-1, required=True, metavar="RECORD...")
@pack_options
@as_of_option
@click.option("--probe", metavar="REPORT", help="A newer probe report for a measured decision.")
@click.option("--format", "format_", default="text", metavar="FORMAT", help="text or json.")
@click.option("--lang", metavar="CODE", help="Language of the report: en or zh.")
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
    if format_ not in ("text", "json"):
        raise UsageError(f"there is no format `{format_}` here; "
                         f"{did_you_mean(format_, ('text', 'json'))}")  # fmt: skip
    _refuse_repeats(records)
    from recommender.language import Language  # noqa: PLC0415  (a command loads what it needs)
    from recommender.loading import load_observations  # noqa: PLC0415
    from recommender.projects.recheck import recheck  # noqa: PLC0415

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
        _show([each for each in results if not isinstance(each, RecommenderError)], language)
    return max(map(_code, results))


def _refuse_repeats(records: tuple[str, ...]) -> None:
    if len({name if name == STDIN else os.path.realpath(name) for name in records}) < len(records):
        raise UsageError("a record is given twice; name each once")
    if STDIN in records and sys.stdin.isatty():
        raise UsageError("standard input is a terminal; pipe a record into it, or name one")


def _read(name: str) -> list[Record | RecordError]:
    from recommender.projects.recheck import RecordError, load_records, parse_records  # noqa: PLC0415

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
    from recommender.output.json import write, write_all  # noqa: PLC0415

    entries = [_entry(result) for result in results]
    return write(entries[0]) if len(entries) == 1 else write_all(entries)


def _entry(result: Recheck | RecommenderError) -> dict[str, Any]:
    if isinstance(result, RecommenderError):
        return {"kind": "error", "faults": [str(fault) for fault in result.faults]}
    record, now, pack = result.record, result.ranking, result.pack
    return {
        "schema": 1,
        "kind": "recheck",
        "name": record.name,
        "source": record.source,
        "lens": record.lens,
        "same": result.holds,
        "recorded": {
            "outcome": record.outcome,
            "best": record.best,
            "leaders": list(record.leaders),
            "scores": record.scores,
            "pack": record.pack,
            "pack_version": record.pack_version,
            "pack_digest": record.pack_digest,
            "as_of": record.as_of,
        },
        "now": {
            "outcome": now.outcome,
            "best": now.best,
            "leaders": list(now.leaders),
            "scores": now.scores,
            "pack": pack.id,
            "pack_version": pack.version,
            "pack_digest": pack.digest,
            "as_of": result.as_of,
        },
        "first": result.first,
        "rival": result.rival,
        "moved": result.moves,
        "imposed": result.imposed,
        "lifted": result.lifted,
        "dropped": result.dropped,
        "readings": result.profile.readings,
    }


def _show(checked: list[Recheck], language: Language) -> None:
    from ._screen import draw  # noqa: PLC0415

    for number, each in enumerate(checked):
        if number:
            echo()
        draw(_told(each, language))


def _told(checked: Recheck, language: Language) -> Document:
    from recommender.output._document import Document, Span, spans  # noqa: PLC0415

    say, record, now = language.phrase, checked.record, checked.ranking
    then = language.verdict(record.outcome, record.leaders)
    values = {"name": record.name, "then": then, "now": language.verdict(now.outcome, now.leaders)}
    if not checked.holds:
        told = Span(say("{name}: no longer so. Recorded: {then}; now: {now}.", **values), "bad")
    elif record.outcome != now.outcome:
        told = Span(say("{name}: still so. Recorded: {then}; now: {now}.", **values), "warn")
    else:
        told = Span(say("{name}: still so: {now}.", **values), "good")
    sections = (_pack(checked, language), _exclusions(checked, language), _moves(checked, language),
                _dropped(checked, language), _readings(checked, language))  # fmt: skip
    return Document(record.name, spans(told), tuple(s for s in sections if s is not None))


def _pack(checked: Recheck, language: Language) -> Section | None:
    from recommender.output._document import Paragraph, Section, spans  # noqa: PLC0415

    say, record, pack = language.phrase, checked.record, language.pack
    same, told = record.pack_digest == pack.digest, []
    if record.as_of and record.as_of != str(checked.as_of):
        day = say(
            "The day changed: judged at {then} when it was recorded, at {now} now.",
            then=record.as_of,
            now=checked.as_of,
        )
        told.append(day)
    elif same:
        used = say("The pack is the one that was used: {pack} {version}.",
                   pack=pack.id, version=pack.version)  # fmt: skip
        told.append(used)
    if not same:
        other = say(
            "Recorded with {then} {then_version} ({then_digest}); judged now by {now} "
            "{now_version} ({now_digest}).",
            then=record.pack,
            then_version=record.pack_version,
            then_digest=record.pack_digest[:12],
            now=pack.id,
            now_version=pack.version,
            now_digest=pack.digest[:12],
        )
        told.append(other)
    return Section("pack", say("The rules"), tuple(Paragraph(spans(each)) for each in told))


def _exclusions(checked: Recheck, language: Language) -> Section | None:
    say = language.phrase
    rows: list[tuple[str, str]] = []
    for kind, names in (("imposed", checked.imposed), ("lifted", checked.lifted)):
        for name, held in names.items():
            told = say(
                EXCLUSION_WORDS[kind],
                name=language.candidate(name),
                constraints=language.listing(held),
            )
            rows.append(("!", told))
    moved = say("Exclusions that moved it")
    return _items("exclusions", say("Exclusions that changed") if checked.holds else moved, rows)


def _moves(checked: Recheck, language: Language) -> Section | None:
    from recommender.language import points  # noqa: PLC0415

    say = language.phrase
    rows = []
    for move in checked.moves:
        told = say(
            "{rule}: gave {first} {before} over {rival}, gives {after} now.",
            rule=move.rule,
            first=language.candidate(checked.first),
            rival=language.candidate(checked.rival),
            before=points(move.before, signed=True),
            after=points(move.after, signed=True),
        )
        if move.rule not in language.pack.rules:
            told += " " + say("The rule is gone.")
        rows.append((points(move.by, signed=True), told))
    moved = say("Rules that moved it")
    return _items(
        "moves", say("Rules that give something else now") if checked.holds else moved, rows
    )


def _dropped(checked: Recheck, language: Language) -> Section | None:
    say = language.phrase
    rows = [("!", why) for why in checked.dropped.values()]
    return _items("dropped", say("Answers that the pack no longer takes"), rows)


def _readings(checked: Recheck, language: Language) -> Section | None:
    from recommender.output._outlook import readings  # noqa: PLC0415

    rows = [("!", told) for told in readings(language, checked.profile)]
    return _items("readings", language.phrase("Answers that are read otherwise now"), rows)


def _items(name: str, title: str, rows: list[tuple[str, Any]]) -> Section | None:
    from recommender.output._document import Item, Items, Section, spans  # noqa: PLC0415

    items = tuple(Item(mark, spans(told)) for mark, told in rows)
    return Section(name, title, (Items(items),)) if items else None
