"""Inference: what the clues of a repository answer, by the signs of a pack.

An answer is as sure as its surest clue. What stands aside (in tests, examples, documents) counts a
degree less, and what hardly any file does beside others that most files do is only possible.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase, translate
from functools import lru_cache

from recommender.nouns.condition import Answer
from recommender.nouns.pack import Pack
from recommender.nouns.question import Question
from recommender.nouns.sign import DOTTED, SURENESS, Clue, Indication, Inference, Sign, Sureness

from .program import program_of

FEW = 10
"""Per cent: what fewer of the files do than of those that do what most do is only possible."""


def fires(sign: Sign, clue: Clue) -> bool:
    """Return whether a sign reads something in a clue.

    >>> from recommender.nouns.errors import Place
    >>> from recommender.nouns.sign import Clue, Sign
    >>> torch = Sign("torch", ("import:torch",), {}, "certain", "", Place(""))
    >>> [fires(torch, Clue("import", name, Place(""))) for name in ("torch.nn", "torchvision")]
    [True, False]
    """
    pattern = _patterns(sign.names).get(clue.kind)
    if pattern is None or not pattern.match(clue.name):
        return False
    if sign.within and not (clue.versions and all(_any(sign.within, v) for v in clue.versions)):
        return False
    return not sign.under or _any(sign.under, clue.place.file)


def hits(sign: Sign, clues: Sequence[Clue]) -> list[Clue]:
    """List the clues in which a sign reads something, of all that a repository shows.

    Of a sign that also says what is not there, only the first place is told.
    """
    found = [clue for clue in clues if fires(sign, clue)]
    if sign.if_open:  # a file in examples says little of what a repository is
        found = [clue for clue in found if not (clue.aside and clue.kind == "file")]
    if not found or (sign.beside and not shown(sign.beside, clues)):
        return []
    if sign.without:
        return [] if shown(sign.without, clues) else found[:1]
    return found


def shown(names: tuple[str, ...], clues: Iterable[Clue]) -> bool:
    """Return whether one of the clues has one of the names, spelt as a sign has them."""
    patterns = _patterns(names)
    return any(
        pattern.match(clue.name)
        for clue in clues
        if (pattern := patterns.get(clue.kind)) is not None
    )


def _any(patterns: Iterable[str], text: str) -> bool:
    return any(fnmatchcase(text, pattern) for pattern in patterns)


@lru_cache(maxsize=1024)
def _patterns(names: tuple[str, ...]) -> dict[str, re.Pattern[str]]:
    """Return for each kind of clue what matches the names that a sign reads."""
    found: dict[str, list[str]] = {}
    for name in names:
        kind, _, pattern = name.partition(":")
        parts = [pattern, f"{pattern}.*"] if kind in DOTTED else [pattern]
        found.setdefault(kind, []).extend(map(translate, parts))
    return {kind: re.compile("|".join(each)) for kind, each in found.items()}


def infer(clues: Sequence[Clue], pack: Pack) -> dict[str, Inference]:
    """Return what clues say to each question of the pack, in its order.

    What is inferred for a question that does not apply, as the others were answered, is left out.
    """
    found: dict[str, list[Indication]] = {}
    replaced: dict[tuple[str, bool], set[Answer]] = {}
    for sign in sorted(pack.signs.values(), key=lambda sign: sign.if_open):
        seen = hits(sign, clues)
        for question, answer in sign.says.items() if seen else ():
            if sign.if_open and any(_closes(each) for each in found.get(question, ())):
                continue
            each = answer if isinstance(answer, frozenset) and answer else (answer,)
            found.setdefault(question, []).extend(
                Indication(one, sign.sure, sign.id, clue, sign.because)
                for clue in seen
                for one in each
            )
            if sign.sure != "possible":
                beside = all(clue.aside for clue in seen)
                replaced.setdefault((question, beside), set()).update(sign.instead_of)
    inferred = {
        name: _inference(question, _told(found[name], name, replaced))
        for name, question in pack.questions.items()
        if name in found
    }
    return _applying(inferred, pack)


def _closes(each: Indication) -> bool:
    """Return whether an indication keeps signs that read only what is open from being heard."""
    return each.sure != "possible" and not each.clue.aside


def _applying(found: dict[str, Inference], pack: Pack) -> dict[str, Inference]:
    """Return the inferences whose question applies, or may."""
    answers = {name: each.answer for name, each in found.items() if each.answer is not None}
    out = program_of(pack).run(answers).inapplicable
    if not set(found).intersection(out):
        return found
    return _applying({name: each for name, each in found.items() if name not in out}, pack)


def _told(
    found: list[Indication], name: str, replaced: Mapping[tuple[str, bool], set[Answer]]
) -> list[Indication]:
    """List what no other replaces; what stands aside alone replaces only what does so too."""
    whole, beside = replaced.get((name, False), set()), replaced.get((name, True), set())
    aside = {each.answer for each in found} - {each.answer for each in found if not each.clue.aside}
    return [each for each in found if each.answer not in whole | (beside & aside)]


def _inference(question: Question, told: list[Indication]) -> Inference:
    ranked = sorted(_weighed(told), key=lambda each: -SURENESS.index(each.sure))
    best: dict[Answer, Indication] = {}
    for each in ranked:
        best.setdefault(each.answer, each)
    held = {answer: each for answer, each in best.items() if each.sure != "possible"}
    shown = tuple(ranked)
    if not held:
        return Inference(question.id, None, "possible", shown)
    least = min((each.sure for each in held.values()), key=SURENESS.index)
    nothing = frozenset[str]()
    if question.type == "many":
        if nothing in held and len(held) > 1:
            return Inference(question.id, None, least, shown, contradictory=True)
        chosen = frozenset(answer for answer in held if isinstance(answer, str))
        return Inference(question.id, chosen, least, shown)
    if len(held) == 1:
        return Inference(question.id, next(iter(held)), least, shown)
    sure = [answer for answer, each in held.items() if each.sure == "certain"]
    if len(sure) == 1:  # what is only likely does not stand against it
        return Inference(question.id, sure[0], "certain", shown)
    return Inference(question.id, None, least, shown, contradictory=True)


def _weighed(found: Sequence[Indication]) -> Iterator[Indication]:
    """Yield indications, less sure what stands aside, and only possible what few files show."""
    centre = any(not each.clue.aside for each in found)
    files = _files(found)
    most = max(files.values(), default=0)
    for each in found:
        if each.clue.kind in DOTTED and files[each.answer] * 100 < most * FEW:
            yield each._replace(sure="possible")
        elif each.clue.sample or (centre and each.clue.aside):
            yield each._replace(sure=_lowered(each.sure))
        else:
            yield each


def _files(found: Sequence[Indication]) -> Mapping[Answer, int]:
    """Return for each answer the most files that show one of its imports or uses."""
    files: dict[Answer, int] = {}
    for each in found:
        if each.clue.kind in DOTTED:
            files[each.answer] = max(files.get(each.answer, 0), each.clue.files)
    return files


def _lowered(sure: Sureness) -> Sureness:
    return SURENESS[max(SURENESS.index(sure) - 1, 0)]
