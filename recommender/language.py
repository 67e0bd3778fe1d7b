"""Language: the pack's and the report's words in a reader's language, English where none exist."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache, cached_property
from typing import Any

from recommender.nouns.condition import Answer
from recommender.nouns.pack import Pack, Route
from recommender.nouns.question import SCALE

Say = Callable[..., str]
"""What says a phrase in some language: `Language.phrase`, or `in_english`."""

ENGLISH = "en"

OUTCOME_WORDS: dict[str, str] = {
    "clear": "{first}, clearly",
    "close": "{first}, narrowly",
    "either": "either will do, by default {first}",
    "tie": "either will do: {names}",  # in records of the first schema
    "no-survivor": "none is left, all are excluded",
    "too-little-known": "too little is known, most likely {first}",
}


class Language:
    """The words of a pack and of reports, in one language.

    English sentences stand in the pack; English phrases of the report are their own keys. A locale
    of the pack (`locale: zh`) translates both, and what it lacks stays English. Quotations are
    never translated.

    >>> from recommender import load_pack
    >>> english = Language(load_pack("tests/toy/rules"))
    >>> english.phrase("{n} points", n=3), english.answer("hour", "evening")
    ('3 points', 'In the evening')
    """

    def __init__(self, pack: Pack, code: str = ENGLISH) -> None:
        self.pack, self.code = pack, code

    @cached_property
    def spoken(self) -> str:
        """The language in use: English where the pack has no locale for the one asked for."""
        wanted = self.code.replace("_", "-")
        known = (each for each in (wanted, wanted.split("-")[0]) if each in self.pack.locales)
        return next(known, ENGLISH)

    @cached_property
    def _locale(self) -> Mapping[str, Any]:
        return self.pack.locales.get(self.spoken) or {}

    def phrase(self, key: str, **values: object) -> str:
        """Return one phrase of the report, with the values in the place of its braces."""
        phrases: Mapping[str, str] = self._locale.get("phrases", {})
        text = phrases.get(key, key)
        return _filled(text, values) if values else text

    def _said(self, family: str, name: str, field: str, fallback: str) -> str:
        entry = self._locale.get(family, {}).get(name)
        said = entry.get(field) if isinstance(entry, dict) else None
        return said if isinstance(said, str) else fallback

    def ask(self, question: str) -> str:
        """Return a question in words."""
        return self._said("questions", question, "ask", self.pack.questions[question].ask)

    def questions(self, names: Iterable[str]) -> str:
        """Return several questions in words, each in quotation marks, joined as in a sentence."""
        return self.listing(self.phrase("“{question}”", question=self.ask(each)) for each in names)

    def help(self, question: str) -> str:
        """Return the help of a question, or empty text."""
        return self._said("questions", question, "help", self.pack.questions[question].help)

    def none(self, question: str) -> str:
        """Return the words for the empty answer of a `many` question."""
        words = self._said("questions", question, "none", self.pack.questions[question].none)
        return words or self.phrase("none of them")

    def ends(self, question: str) -> tuple[str, str]:
        """Return the words for 0 and 5 of a scale; empty where the pack has none."""
        asked = self.pack.questions[question]
        least = self._said("questions", question, "least", asked.least)
        return least, self._said("questions", question, "most", asked.most)

    def choice(self, question: str, choice: str) -> str:
        """Return one choice of a question in words."""
        entry = self._locale.get("questions", {}).get(question)
        choices = entry.get("choices") if isinstance(entry, dict) else None
        said = choices.get(choice) if isinstance(choices, dict) else None
        labels = self.pack.questions[question].choices
        return said if isinstance(said, str) else labels.get(choice, choice)

    def options(self, question: str) -> list[tuple[str, str]]:
        """Return the choices of a question, as (answer as written in a file, words).

        >>> from recommender import load_pack
        >>> Language(load_pack("tests/toy/rules")).options("milk")
        [('true', 'Yes'), ('false', 'No')]
        """
        asked = self.pack.questions[question]
        if asked.type == "flag":
            return [("true", self.phrase("Yes")), ("false", self.phrase("No"))]
        if asked.type == "scale":
            words = dict(zip((SCALE[0], SCALE[-1]), self.ends(question), strict=True))
            colon = self.phrase(": ")
            return [
                (str(each), f"{each}{colon}{words[each]}" if words.get(each) else str(each))
                for each in SCALE
            ]
        return [(name, self.choice(question, name)) for name in asked.choices]

    def answers(self, question: str) -> list[tuple[str, str]]:
        """Return `options`, and the empty answer of a question that takes many."""
        many = self.pack.questions[question].type == "many"
        return self.options(question) + ([("none", self.none(question))] if many else [])

    def answer(self, question: str, answer: Answer | None) -> str:
        """Return an answer to a question in words; `None` is "not known"."""
        if answer is None:
            return self.phrase("not known")
        if isinstance(answer, bool):
            return self.phrase("yes") if answer else self.phrase("no")
        if isinstance(answer, frozenset):
            chosen = [c for c in self.pack.questions[question].choices if c in answer]
            return self.phrase("; ").join(self.choice(question, c) for c in chosen) or self.none(
                question
            )
        return self.choice(question, answer) if isinstance(answer, str) else str(answer)

    def candidate(self, candidate: str) -> str:
        """Return the title of a candidate."""
        known = self.pack.candidates.get(candidate)
        return self._said("candidates", candidate, "title", known.title if known else candidate)

    def about(self, candidate: str) -> str:
        """Return the description of a candidate, or empty text."""
        return self._said("candidates", candidate, "about", self.pack.candidates[candidate].about)

    def criterion(self, criterion: str) -> str:
        """Return the title of a criterion."""
        return self._said("criteria", criterion, "title", self.pack.criteria[criterion].title)

    def because(self, rule: str) -> str:
        """Return the reason of a rule."""
        return self._said("rules", rule, "because", self.pack.rules[rule].because)

    def review(self, rule: str) -> str:
        """Return what a rule's review found, or empty text."""
        review = self.pack.rules[rule].review
        return self._said("rules", rule, "review", review.because if review else "")

    def constraint(self, constraint: str) -> str:
        """Return the reason of a constraint."""
        known = self.pack.constraints[constraint]
        return self._said("constraints", constraint, "because", known.because)

    def referral(self, referral: str) -> str:
        """Return what a referral says to ask first."""
        known = self.pack.referrals[referral]
        return self._said("referrals", referral, "sentence", known.sentence)

    def stage(self, stage: str) -> tuple[str, str]:
        """Return what a stage of a move is called, and its parity test."""
        known = self.pack.moving.stages[stage]
        return (
            self._said("stages", stage, "title", known.title),
            self._said("stages", stage, "parity", known.parity),
        )

    def counterpart(self, api: str, candidate: str) -> str:
        """Return what is said of the counterpart that an API has in a candidate."""
        known = self.pack.moving.apis[api].counterparts[candidate]
        return self._said("apis", api, candidate, known.because)

    def document(self, document: str) -> str:
        """Return what a document is, in a few words, or empty text."""
        known = self.pack.documents[document]
        return self._said("documents", document, "about", known.about)

    def route(self, route: str, because: str) -> str:
        """Return the remark on a route."""
        return self._said("routes", route, "because", because)

    def steps(self, route: Route) -> list[str]:
        """Return the steps of a route; each is its own English key, as a phrase is."""
        told: Mapping[str, str] = self._locale.get("steps", {})
        return [told.get(each, each) for each in route.steps]

    def stays(self, act: str, because: str) -> str:
        """Return why code in another candidate stays, is frozen, or waits."""
        return self._said("stays", act, "because", because)

    def serves(self, library: str) -> str:
        """Return in a few words what a library is for."""
        return self._said("libraries", library, "serves", self.pack.libraries[library].serves)

    def advice(self, outcome: str, leaders: Iterable[str]) -> str:
        """Say an outcome in a few words; the first of the leaders is the one advised."""
        names = [self.candidate(each) for each in leaders]
        if not names and outcome == "too-little-known":  # in records of the first schema
            return self.phrase("too little is known")
        values = {"first": "".join(names[:1]), "names": self.listing(names)}
        return self.phrase(OUTCOME_WORDS[outcome], **values)

    def listing(self, words: Iterable[str]) -> str:
        """Return words joined as in a sentence: "a, b and c"."""
        words = list(words)
        if not words[1:]:
            return "".join(words)
        head = self.phrase(", ").join(words[:-1])
        return _snug(self.phrase("{head} and {last}", head=head, last=words[-1]))

    def clauses(self, sentences: Iterable[str]) -> str:
        """Return short sentences joined into one: "a first; b second, and c third"."""
        *rest, last = sentences
        head = self.phrase("; ").join(rest)
        return self.phrase("{head}, and {last}", head=head, last=last) if rest else last


def _snug(text: str) -> str:
    """Return text without blanks between Chinese characters and marks.

    >>> _snug("微分方程） 和 另外 2 个"), _snug("PyTorch 和 TensorFlow")
    ('微分方程）和另外 2 个', 'PyTorch 和 TensorFlow')
    """
    return re.sub(r"(?<=[^ -~]) (?=和)|(?<=和) (?=[^ -~])", "", text)


@cache
def _parts(phrase: str) -> tuple[str, ...]:
    """Split a phrase at its braces: words, a name, words, a name, words."""
    first, *others = phrase.split("{")
    parts = [first]
    for other in others:
        name, closed, words = other.partition("}")
        if closed:
            parts += [name, words]
        else:
            parts[-1] += "{" + other
    return tuple(parts)


def in_english(key: str, **values: object) -> str:
    """Return a phrase as it stands in the code, with the values in the place of its braces.

    >>> in_english("{n} points", n=3)
    '3 points'
    """
    return _filled(key, values)


def _filled(phrase: str, values: Mapping[str, object]) -> str:
    """Return a phrase with plain names filled in; unlike `str.format`, it reads no attributes."""
    parts = list(_parts(phrase))
    for place in range(1, len(parts), 2):
        name = parts[place]
        parts[place] = str(values[name]) if name in values else f"{{{name}}}"
    return "".join(parts)


def points(hundredths: int, *, signed: bool = False) -> str:
    """Return hundredths as points, exactly.

    >>> points(1150), points(-15, signed=True), points(300, signed=True)
    ('11.5', '−0.15', '+3')
    """
    text = f"{abs(hundredths) / 100:.2f}".rstrip("0").rstrip(".")
    sign = "−" if hundredths < 0 else "+" if signed and hundredths else ""
    return f"{sign}{text}"


def whole_percent(part: int) -> int:
    """Return ten-thousandths of a probability or share in whole per cent, cut and never rounded up.

    So what falls short of a bound reads so too: 79.6 % is not clear, and never told as 80 %.

    >>> whole_percent(7960), whole_percent(8000), whole_percent(9999)
    (79, 80, 99)
    """
    return part // 100


def share(part: int, whole: int) -> str:
    """Return a share in per cent, exact to a tenth.

    >>> share(1150, 10340), share(1, 0)
    ('11.1%', '0%')
    """
    value = f"{100 * part / whole:.1f}" if whole else "0"
    return f"{value.removesuffix('.0')}%"
