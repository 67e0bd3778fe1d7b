"""The report of a move: what it touches, what takes its place, what stays, and in which stages."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median
from typing import Any

from recommender.language import Language
from recommender.nouns.moving import Migration, Move, Touch, Way

from .document import Item, Report, Section, Span, Spans, item, listed, paragraph, report, spans


def move_as_data(found: Move, language: Language) -> dict[str, Any]:
    """Return a move for JSON, under a schema number (docs/json.md)."""
    pack = language.pack
    return {
        "schema": 1,
        "kind": "move",
        "pack": {"id": pack.id, "version": pack.version},
        "folder": found.folder,
        "from": found.old,
        "to": found.new,
        "files": found.files,
        "lines": found.lines,
        "all-files": found.all_files,
        "all-lines": found.all_lines,
        "apis": [_entry(each, found, language) for each in found.touches],
        "stays": {name: [str(at) for at in places] for name, places in found.formats.items()},
        "plan": [
            {"stage": each, "parity": language.stage(each)[1]} for each in _stages(found, language)
        ],
        "elapsed": [
            {
                "repository": each.repository,
                "from": each.old,
                "to": each.new,
                "began": {"commit": each.began, "day": each.began_on.isoformat()},
                "ended": {"commit": each.ended, "day": each.ended_on.isoformat()},
                "days": each.days,
            }
            for each in _made(found, language)
        ],
        "remarks": list(found.remarks),
    }


def _entry(touch: Touch, found: Move, language: Language) -> dict[str, Any]:
    api = language.pack.moving.apis[touch.api]
    known = api.counterparts.get(found.new)
    entry: dict[str, Any] = {
        "api": touch.api,
        "stage": api.stage,
        "files": touch.files,
        "lines": touch.lines,
        "names": list(touch.names),
        "read": [str(place) for place in touch.places],
        "way": known.way if known else None,
    }
    if known is not None:
        cited = [language.pack.reference(each) for each in known.sources]
        entry["instead"] = known.instead
        entry["because"] = language.counterpart(touch.api, found.new)
        entry["sources"] = [{"title": each.title, "url": each.url} for each in cited]
    return entry


def _stages(found: Move, language: Language) -> list[str]:
    moving = language.pack.moving
    touched = {moving.apis[each.api].stage for each in found.touches}
    return [each for each in moving.stages if each in touched]


def move_told(found: Move, language: Language) -> Report:
    """Return the report: what is touched, what stays, the stages, and how long others took."""
    say = language.phrase
    old, new = _title(language, found.old), _title(language, found.new)
    headline = say(
        "{files} of {most} Python files touch {old}, on {lines} of their {all} lines.",
        files=found.files, most=found.all_files, old=old, lines=f"{found.lines:,}",
        all=f"{found.all_lines:,}",
    )  # fmt: skip
    sections = (
        listed(
            "move-parts", say("What would move to {new}", new=new),
            [_part(each, found, language) for each in found.touches],
        ),
        listed("move-stays", say("What stays"), list(_staying(found, language))),
        listed(
            "move-plan", say("The stages, each with the test that ends it"),
            [
                item(f"{number}.", Span(stage, "strong"), details=[parity])
                for number, (stage, parity) in enumerate(_planned(found, language), 1)
            ],
        ),
        _elapsed(found, language),
        listed(
            "move-unread", say("What was not read"), [item("·", each) for each in found.remarks]
        ),
    )  # fmt: skip
    return report("", spans(Span(headline, "strong")), sections)


def _planned(found: Move, language: Language) -> list[tuple[str, str]]:
    """Return the stages and their tests, the last of which is what is left to take out."""
    say, old = language.phrase, _title(language, found.old)
    gone = say("No file imports it any more, and no requirement names it.")
    stages = [language.stage(each) for each in _stages(found, language)]
    return [*stages, (say("Take {old} out", old=old), gone)]


_MARKS: dict[Way | None, str] = {"direct": "=", "rewrite": "~", "none": "✗", None: "?"}
FATE_WORDS: dict[Way | None, str] = {
    "direct": "has a direct counterpart",
    "rewrite": "is written anew",
    "none": "has no counterpart",
    None: "is not in the pack",
}


def _title(language: Language, candidate: str) -> str:
    known = language.pack.candidates
    return language.candidate(candidate) if candidate in known else candidate


def _part(touch: Touch, found: Move, language: Language) -> Item:
    say = language.phrase
    api = language.pack.moving.apis[touch.api]
    known = api.counterparts.get(found.new)
    way = known.way if known else None
    fate = say(FATE_WORDS[way])
    amount = say(
        "{title}: {files} files, {lines} lines",
        title=language.stage(api.stage)[0], files=touch.files, lines=f"{touch.lines:,}",
    )  # fmt: skip
    details: list[str | Spans] = [f"{', '.join(touch.names)} ({touch.places[0]})", fate]
    if known is not None:
        details[1] = f"{fate}: {known.instead}" if known.instead else fate
        pages = [language.pack.reference(each) for each in known.sources]
        shown = dict.fromkeys((page.title, page.url) for page in pages)
        details.append(language.counterpart(touch.api, found.new))
        details += [spans(Span(page, "dim", url)) for page, url in shown]
    return item(_MARKS[way], Span(amount, "strong"), details=details)


def _staying(found: Move, language: Language) -> Iterator[Item]:
    say = language.phrase
    for name, places in found.formats.items():
        line = say(
            "{format}: {n} files, first {place}", format=name, n=len(places), place=places[0]
        )
        why = say(
            "It stays, with the runtime that loads it, until its successor has passed the tests."
        )
        yield item("·", line, details=[why])
    if not found.formats:
        none = say("No model file lies here; what is in the field stays until it is replaced.")
        yield item("·", none)


MADE_WORDS = {
    "none": "None of the {n} finished moves known from public histories went from {old} to {new}.",
    "one": "One finished move from {old} to {new} in a public history took {least} days.",
    "many": "{n} finished moves from {old} to {new} in public histories took {least} to {most} "
    "days, the median {middle}.",
}


def _made(found: Move, language: Language) -> list[Migration]:
    """Return the finished moves of others in the same direction."""
    known = language.pack.moving.migrations.values()
    return [each for each in known if (each.old, each.new) == (found.old, found.new)]


def _elapsed(found: Move, language: Language) -> Section | None:
    known = language.pack.moving.migrations
    if not known:
        return None
    say, days = language.phrase, sorted(each.days for each in _made(found, language))
    values: dict[str, Any] = {"n": len(days) or len(known)}
    values |= {"old": _title(language, found.old), "new": _title(language, found.new)}
    if days:
        middle = f"{round(median(days)):,}"
        values |= {"least": f"{days[0]:,}", "most": f"{days[-1]:,}", "middle": middle}
    line = say(MADE_WORDS["many" if days[1:] else "one" if days else "none"], **values)
    blocks = [paragraph(line)]
    if days:
        ends = say("From the first commit with the new framework to the last without the old one:")
        means = say("time that went by, no measure of work.")
        blocks.append(paragraph(f"{ends} {means}"))
    return Section("move-elapsed", say("How long others took"), tuple(blocks))
