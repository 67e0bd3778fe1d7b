"""Questions: from checked text to nouns, each with its condition on those before it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from recommender.nouns.question import Question

from .conditions import RESERVED, ConditionReader
from .definitions import Definitions, Row, built
from .former import answer_under, check_former, former

if TYPE_CHECKING:
    from .models import QuestionText


def questions_of(pack: Definitions) -> dict[str, Question]:
    """Return the questions of all files; each may depend on those that stand before it."""
    found: dict[str, Question] = pack.unite("questions", partial(_question, pack))
    earlier: dict[str, Question] = {}
    for row, text in pack.rows("questions"):
        if text.when is not None and text.id not in earlier:
            raw = row.raw
            later = found.keys() - earlier.keys() - {text.id}
            reader = ConditionReader(earlier, row.file.name, pack.faults, later)
            found[text.id] = replace(found[text.id], when=reader.read(raw["when"], raw, "when"))
        earlier[text.id] = found[text.id]
    check_former(found, pack.faults)
    return found


def _question(pack: Definitions, row: Row, text: QuestionText) -> Question:
    place = row.place()
    if text.id in RESERVED:
        pack.fault(place, f"`{text.id}` is a word of conditions", "rename it")
    if text.type in ("choice", "many"):
        if not text.choices:
            pack.fault(place, f"`{text.id}` has no `choices`")
        for name in _reserved(text) & set(text.choices):
            here = row.place("choices", name)
            what = f"`{name}` is always an answer of `{text.id}`"
            pack.fault(here, what, "leave it out of `choices`")
    elif text.choices:
        what = f"`{text.id}` is a {text.type}, which has no `choices`"
        pack.fault(row.place("choices"), what)
    if text.type != "scale" and (text.least or text.most):
        what = f"`{text.id}` is a {text.type}, whose ends have no words"
        pack.fault(place, what, "leave `least` and `most` to scales")
    for index, name in enumerate(text.rare):
        pack.known(name, "choice", text.choices, row.place("rare", index))
    _check_also(pack, row, text)
    later: dict[str, Any] = {"when": None, "usual": None, "formerly": (), "former_choices": {}}
    also = {choice: frozenset(names) for choice, names in text.also.items()}
    asked = built(Question, text, place=place, also=also, **later)
    raw = row.raw
    if text.formerly is not None:
        asked = former(asked, text.formerly, row, pack.faults)
    if text.usual is None:
        return asked
    usual = answer_under(asked, raw, "usual", row.file.name, pack.faults)
    return replace(asked, usual=usual)


def _reserved(text: QuestionText) -> set[str]:
    """Return the words that are always answers of a question which has choices."""
    return {"unknown", "none"} if text.type == "many" else {"unknown"}


def _check_also(pack: Definitions, row: Row, text: QuestionText) -> None:
    """Refuse other names of what is no choice, and names that are answers themselves."""
    for choice, names in text.also.items():
        place = row.place("also", choice)
        pack.known(choice, "choice", text.choices, place)
        for name in names:
            if name in _reserved(text).union(text.choices):
                what = f"`{name}` is an answer of `{text.id}` itself"
                pack.fault(place, what, "leave it out of `also`")
