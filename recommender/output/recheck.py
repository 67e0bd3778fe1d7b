"""The report of `recheck`: whether a recorded decision still stands, and what moved it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from recommender.language import points
from recommender.nouns.errors import RecommenderError

from .document import Item, Paragraph, Report, Section, Span, listed, spans
from .warnings import readings

if TYPE_CHECKING:
    from recommender.language import Language
    from recommender.projects.recheck import Recheck

EXCLUSION_WORDS = {
    "imposed": "{name} is excluded now: {constraints}.",
    "lifted": "{name} is no longer excluded: {constraints}.",
}

PART_WORDS = {
    "project": "what is known of it",
    "rules": "the rules",
    "population": "the reference projects or their calibration",
    "outcome": "how the outcome is told",
}


def as_data(result: Recheck | RecommenderError) -> dict[str, Any]:
    """Return the result for one record, or its faults, for JSON under a schema number."""
    if isinstance(result, RecommenderError):
        return {"kind": "error", "faults": [str(fault) for fault in result.faults]}
    record, now, pack = result.record, result.decision, result.pack
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
            "scores": result.ranking.scores,
            "pack": pack.id,
            "pack_version": pack.version,
            "pack_digest": pack.digest,
            "as_of": result.as_of,
        },
        "first": result.first,
        "rival": result.rival,
        "changed": list(result.changed),
        "moved": result.moves,
        "imposed": result.imposed,
        "lifted": result.lifted,
        "dropped": result.dropped,
        "readings": result.profile.readings,
    }


def told(checked: Recheck, language: Language) -> Report:
    """Return the report: whether the decision still stands, and what moved it."""
    say, record, now = language.phrase, checked.record, checked.decision
    then = language.advice(record.outcome, record.leaders)
    values = {"name": record.name, "then": then, "now": language.advice(now.outcome, now.leaders)}
    if not checked.holds:
        told = Span(say("{name}: no longer so. Recorded: {then}; now: {now}.", **values), "bad")
    elif record.outcome != now.outcome:
        told = Span(say("{name}: still so. Recorded: {then}; now: {now}.", **values), "warn")
    else:
        told = Span(say("{name}: still so: {now}.", **values), "good")
    sections = (_pack(checked, language), _exclusions(checked, language), _moves(checked, language),
                _dropped(checked, language), _readings(checked, language))  # fmt: skip
    return Report(record.name, spans(told), tuple(s for s in sections if s is not None))


def _pack(checked: Recheck, language: Language) -> Section | None:
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
    if checked.changed:
        parts = language.listing(say(PART_WORDS[part]) for part in checked.changed)
        told.append(say("What changed, and bears on this project: {parts}.", parts=parts))
    if not same and not checked.changed:
        told.append(say("Nothing that changed bears on this project."))
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
    return _rows("exclusions", say("Exclusions that changed") if checked.holds else moved, rows)


def _moves(checked: Recheck, language: Language) -> Section | None:
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
    return _rows(
        "moves", say("Rules that give something else now") if checked.holds else moved, rows
    )


def _dropped(checked: Recheck, language: Language) -> Section | None:
    say = language.phrase
    rows = [("!", why) for why in checked.dropped.values()]
    return _rows("dropped", say("Answers that the pack no longer takes"), rows)


def _readings(checked: Recheck, language: Language) -> Section | None:
    rows = [("!", told) for told in readings(language, checked.profile)]
    return _rows("readings", language.phrase("Answers that are read otherwise now"), rows)


def _rows(name: str, title: str, rows: list[tuple[str, str]]) -> Section | None:
    return listed(name, title, (Item(mark, spans(told)) for mark, told in rows))
