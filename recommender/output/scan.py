"""The report of a scan: each answer, where it was read and how sure it is; what stays open."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

from recommender.language import Language
from recommender.nouns.sign import Indication, Inference, Scan

from .document import Item, Report, Section, Span, item, listed, report, spans

SHOWN = 3
"""Places that are named for one answer."""

SURE_WORDS = {"certain": "certain", "likely": "likely", "possible": "possible"}


def as_data(found: Scan, language: Language, *, places: int = SHOWN) -> dict[str, Any]:
    """Return a scan for JSON, under a schema number (docs/json.md), with some places an answer."""
    pack = language.pack
    return {
        "schema": 1,
        "kind": "scan",
        "pack": {"id": pack.id, "version": pack.version},
        "folder": found.folder,
        "seen": found.seen,
        "read": found.read,
        "answers": found.answers,
        "inferences": [_entry(each, places) for each in found.inferences.values()],
        "open": [name for name in pack.questions if name not in found.answers],
        "remarks": list(found.remarks),
    }


def inferred(found: Scan) -> list[dict[str, Any]]:
    """Return the inferences of a scan for the JSON of a recommendation."""
    return [_entry(each, SHOWN) for each in found.inferences.values()]


def _entry(each: Inference, most: int) -> dict[str, Any]:
    return {
        "question": each.question,
        "answer": each.answer,
        "sure": each.sure,
        "contradictory": each.contradictory,
        "read": [
            {
                "answer": one.answer,
                "sure": one.sure,
                "at": str(one.clue.place),
                "kind": one.clue.kind,
                "name": one.clue.name,
                "files": one.clue.files,
                "sign": one.sign,
            }
            for one in _first(each, most)
        ],
    }


def _first(found: Inference, most: int) -> Iterator[Indication]:
    """Yield the surest indications of each answer, and of each place one."""
    told: dict[object, set[str]] = {}
    for one in found.indications:
        places = told.setdefault(one.answer, set())
        if len(places) < most and str(one.clue.place) not in places:
            places.add(str(one.clue.place))
            yield one


def told(found: Scan, language: Language) -> Report:
    """Return the report: answers, contradictions, what is only possible, what was not read."""
    say, folder = language.phrase, found.folder
    if not folder.strip("./\\"):  # the one that the reader stands in, or one above
        folder = os.path.basename(os.path.abspath(folder)) or folder
    answered = sum(each.answer is not None for each in found.inferences.values())
    line = say(
        "{n} of {most} questions are answered by what {folder} says.",
        n=answered, most=len(language.pack.questions), folder=folder,
    )  # fmt: skip
    if not answered:
        line = say("What {folder} says answers no question.", folder=folder)
    read = say("{n} files were read, of {most} that were seen.", n=found.read, most=found.seen)
    unread = [item("·", each) for each in (read, *found.remarks)]
    sections = (*sections_of(found, language), listed("scan-unread", say("What was read"), unread))
    return report("", spans(Span(line, "strong")), sections)


def sections_of(found: Scan, language: Language) -> Iterator[Section | None]:
    """Yield what was read for answers, what disagrees, and what is only possible."""
    say, each = language.phrase, list(found.inferences.values())
    yield listed(
        "scan-answers", say("Read in the repository"),
        [_item(one, language, "✓") for one in each if one.answer is not None],
    )  # fmt: skip
    yield listed(
        "scan-contradictions", say("It contradicts itself, so this stays open"),
        [_item(one, language, "≠") for one in each if one.contradictory],
    )  # fmt: skip
    possible = [one for one in each if one.answer is None and not one.contradictory]
    yield listed(
        "scan-possible", say("Only possible, so this stays open"),
        [_item(one, language, "?") for one in possible],
    )  # fmt: skip


def _item(found: Inference, language: Language, mark: str) -> Item:
    line: list[str | Span] = [language.ask(found.question)]
    if found.answer is not None:
        line += [" ", Span(language.answer(found.question, found.answer), "strong")]
    return item(mark, *line, details=lines(found, language))


def lines(found: Inference, language: Language) -> list[str]:
    """Return a line for each place named: the answer, how sure, where, and what is there."""
    return [_line(found.question, one, language) for one in _first(found, SHOWN)]


def _line(question: str, one: Indication, language: Language) -> str:
    say, clue = language.phrase, one.clue
    values = {
        "answer": language.answer(question, one.answer),
        "sure": say(SURE_WORDS[one.sure]),
        "place": clue.place,
    }
    if str(clue.place).rpartition("/")[2] == _what(one, language):  # a file, by its name alone
        return say("{answer} ({sure}): {place}", **values)
    return say("{answer} ({sure}): {place}, {what}", **values, what=_what(one, language))


def _what(one: Indication, language: Language) -> str:
    name = one.clue.name
    if one.clue.versions:
        name = f"{name} ({', '.join(one.clue.versions)})"
    if one.clue.files > 1:
        return language.phrase("{name}, in {n} files", name=name, n=one.clue.files)
    return name
