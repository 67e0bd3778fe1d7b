"""Signs: from checked text to nouns, with the clues and answers that they name checked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from recommender.nouns.errors import Place
from recommender.nouns.sign import CLUES, Clue, Sign, SignTest

from .answers import read_answers
from .definitions import Definitions, Row, built

if TYPE_CHECKING:
    from .sign_models import SignTestText, SignText


def sign_of(pack: Definitions, row: Row, text: SignText) -> Sign:
    """Return one sign."""
    for key, names in (("names", text.names), ("beside", text.beside), ("without", text.without)):
        for kind in names:
            pack.known(kind, "kind of clue", CLUES, row.place(key, kind))
    says = read_answers(row.raw["says"], pack.questions, row.file.name, pack.faults)
    for index, answer in enumerate(text.instead_of):
        choices = {each for name in says for each in pack.questions[name].choices}
        pack.known(answer, "answer", choices, row.place("instead-of", index))
    return built(
        Sign,
        text,
        names=_spelled(text.names),
        says=says,
        place=row.place(),
        beside=_spelled(text.beside),
        without=_spelled(text.without),
        tests=tuple(
            test
            for index, each in enumerate(text.tests)
            if (test := _test(pack, row.at("tests", index), each)) is not None
        ),
    )


def _spelled(names: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(f"{kind}:{name}" for kind, each in names.items() for name in each)


def _test(pack: Definitions, row: Row, text: SignTestText) -> SignTest | None:
    place = row.place()
    given = dict(text.clue)
    where = given.pop("in", "")
    if len(given) != 1:
        remedy = "write one kind of clue and its name, and `in:` for its file if that counts"
        pack.fault(place, "`clue` is not one clue", remedy)
        return None
    kind, name = next(iter(given.items()))
    if not pack.known(kind, "kind of clue", CLUES, place):
        return None
    clue = Clue(kind, name, Place(where or name), text.versions)
    seen = tuple(
        Clue(kind, name, Place(name)) for kind, names in text.seen.items() for name in names
    )
    return SignTest(clue, text.expect == "fires", place, seen)
