"""The report of `recheck`: whether a recorded decision still stands, and what moved it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from recommender.language import Language, points

from .document import Report, Section, Span, item, listed, paragraph, report, spans
from .warnings import readings

if TYPE_CHECKING:
    from recommender.projects.recheck import Recheck

EXCLUSION_WORDS = {
    "imposed": "{name} is excluded now: {constraints}.",
    "lifted": "{name} is no longer excluded: {constraints}.",
}

RECORDED = (
    "outcome", "best", "leaders", "scores", "pack", "pack_version", "pack_digest", "as_of",
)  # fmt: skip

PART_WORDS = {
    "project": "what is known of it",
    "rules": "the rules",
    "population": "the reference projects or their calibration",
    "outcome": "how the outcome is told",
}


def as_data(result: Recheck) -> dict[str, Any]:
    """Return the result for one record, for JSON under a schema number."""
    record, now, pack = result.record, result.decision, result.pack
    return {
        "schema": 1,
        "kind": "recheck",
        "name": record.name,
        "source": record.source,
        "lens": record.lens,
        "same": result.holds,
        "recorded": {name: getattr(record, name) for name in RECORDED},
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
        line = Span(say("{name}: no longer so. Recorded: {then}; now: {now}.", **values), "bad")
    elif record.outcome != now.outcome:
        line = Span(say("{name}: still so. Recorded: {then}; now: {now}.", **values), "warn")
    else:
        line = Span(say("{name}: still so: {now}.", **values), "good")
    dropped = [item("!", why) for why in checked.dropped.values()]
    read = [item("!", told) for told in readings(language, checked.profile)]
    sections = (
        _pack(checked, language),
        _exclusions(checked, language),
        _moves(checked, language),
        listed("dropped", say("Answers that the pack no longer takes"), dropped),
        listed("readings", say("Answers that are read otherwise now"), read),
    )
    return report(record.name, spans(line), sections)


def _pack(checked: Recheck, language: Language) -> Section | None:
    say, record, pack = language.phrase, checked.record, language.pack
    same, told = record.pack_digest == pack.digest, []
    if record.as_of and record.as_of != str(checked.as_of):
        told.append(
            say(
                "The day changed: judged at {then} when it was recorded, at {now} now.",
                then=record.as_of,
                now=checked.as_of,
            )
        )
    elif same:
        values = {"pack": pack.id, "version": pack.version}
        told.append(say("The pack is the one that was used: {pack} {version}.", **values))
    if not same:
        told.append(
            say(
                "Recorded with {then} {then_version} ({then_digest}); judged now by {now} "
                "{now_version} ({now_digest}).",
                then=record.pack,
                then_version=record.pack_version,
                then_digest=record.pack_digest[:12],
                now=pack.id,
                now_version=pack.version,
                now_digest=pack.digest[:12],
            )
        )
    if same and record.as_of == str(checked.as_of) and "rules" in checked.changed:
        told.append(
            say(
                "By the same rules its answers give other points than it holds: it was edited, or "
                "judged by another version of this program."
            )
        )
    elif checked.changed:
        parts = language.listing(say(PART_WORDS[part]) for part in checked.changed)
        told.append(say("What changed, and bears on this project: {parts}.", parts=parts))
    if not same and not checked.changed:
        told.append(say("Nothing that changed bears on this project."))
    return Section("pack", say("The rules"), tuple(map(paragraph, told)))


def _exclusions(checked: Recheck, language: Language) -> Section | None:
    say = language.phrase
    items = [
        item("!", say(words, name=language.candidate(name), constraints=language.listing(held)))
        for kind, words in EXCLUSION_WORDS.items()
        for name, held in getattr(checked, kind).items()
    ]
    title = say("Exclusions that changed") if checked.holds else say("Exclusions that moved it")
    return listed("exclusions", title, items)


def _moves(checked: Recheck, language: Language) -> Section | None:
    say = language.phrase
    items = []
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
        items.append(item(points(move.by, signed=True), told))
    title = say("Rules that moved it")
    if checked.holds:
        title = say("Rules that give something else now")
    return listed("moves", title, items)
