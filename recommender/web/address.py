"""What an address of the page says: the answers so far, and nothing that is kept elsewhere.

Answers stand under the ids of their questions, in the order in which they were given, as a project
file writes them: `?goal=product&targets=android&targets=ios&hardware=unknown`. A criterion's weight
is `weight.ID`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from recommender.loading import load_profile
from recommender.loading.answers import NONE, UNKNOWN, read_answers, ruled_out, spelled
from recommender.loading.projects import HEAVIEST
from recommender.nouns.errors import Fault, ProfileError
from recommender.nouns.pack import Pack
from recommender.nouns.profile import Profile
from recommender.nouns.question import Question

OWN = ("name", "lang", "ask", "asked", "then")
"""Keys of the page itself; a question that is called so has `q.` before its id."""

WEIGHT = "weight."
Pairs = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Address:
    """The query of an address, as it was written.

    `ask` names the question to show, `asked` the one that a form showed, `then` the page to go to
    after it. `strays` are keys that mean nothing here.
    """

    written: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    weights: Mapping[str, str] = field(default_factory=dict)
    name: str = ""
    lang: str = ""
    ask: str = ""
    asked: str = ""
    then: str = ""
    strays: tuple[str, ...] = ()

    @classmethod
    def read(cls, query: Iterable[tuple[str, str]], pack: Pack) -> Address:
        """Read the pairs of a query; what is empty says nothing.

        >>> from recommender import load_pack
        >>> toy = load_pack("tests/toy/rules")
        >>> Address.read([("hour", "evening"), ("sugar", ""), ("tee", "1")], toy)
        ... # doctest: +ELLIPSIS
        Address(written={'hour': ('evening',)}, ... strays=('tee',))
        """
        keys = {key(name): name for name in pack.questions}
        keys |= {
            old: q.id for q in pack.questions.values() for old in q.formerly if old not in keys
        }
        written: dict[str, tuple[str, ...]] = {}
        weights: dict[str, str] = {}
        own: dict[str, str] = {}
        strays: dict[str, None] = {}
        for each, value in query:
            name = keys.get(each)
            criterion = each.removeprefix(WEIGHT)
            if name is not None:
                if value.strip():
                    written[name] = (*written.get(name, ()), value.strip())
            elif each in OWN:
                own[each] = value
            elif criterion != each and criterion in pack.criteria:
                weights[criterion] = value.strip()
            else:
                strays[each] = None
        tidy = {name: _once(values) for name, values in written.items()}
        return cls(written=tidy, weights=weights, strays=tuple(strays), **own)

    def pairs(self) -> Pairs:
        """Return the query as pairs, from which the same address is read."""
        found = [(key(name), value) for name, values in self.written.items() for value in values]
        found += [(WEIGHT + name, value) for name, value in self.weights.items()]
        return found + [(each, getattr(self, each)) for each in OWN if getattr(self, each)]

    def query(self, **changes: Any) -> str:
        """Return the query as text with its question mark, after some changes."""
        text = urlencode((replace(self, **changes) if changes else self).pairs())
        return f"?{text}" if text else ""

    def answering(self, question: str, *values: str) -> Address:
        """Return a copy with another answer, in the place of the one before."""
        return replace(self, written={**self.written, question: values})

    def quiet(self) -> Address:
        """Return a copy that says only what is known of the project."""
        return replace(self, ask="", asked="", then="", strays=())


def _once(values: tuple[str, ...]) -> tuple[str, ...]:
    """Return each value once; an answer counts before "unknown", which a form may hold too."""
    found = tuple(dict.fromkeys(values))
    return tuple(each for each in found if each != UNKNOWN) or found


def key(question: str) -> str:
    """Return the key of a question in an address.

    >>> key("hour"), key("name")
    ('hour', 'q.name')
    """
    return f"q.{question}" if question in OWN else question


@dataclass(frozen=True, slots=True)
class Known:
    """What an address says of a project.

    `faults` say by question (or `weight.ID`, or `weights`) what kind of fault there is; the profile
    holds the rest. `address` is how the same would be written by the page itself. `dropped` names
    answers to questions that other answers rule out, and `applying` the questions that may apply.
    """

    profile: Profile
    address: Address
    faults: Mapping[str, str]
    dropped: tuple[str, ...]
    applying: tuple[str, ...]

    def open(self) -> list[str]:
        """Return the questions that apply, or may, and were not asked, in the pack's order."""
        return [name for name in self.applying if name not in self.address.written]


def understand(address: Address, pack: Pack) -> Known:
    """Read the answers in an address one by one, so that a wrong one takes no other with it."""
    answers: dict[str, Any] = {}
    faults: dict[str, str] = {}
    for name, values in address.written.items():
        question = pack.questions[name]
        wrong: list[Fault] = []
        answer = read_answers({name: _value(question, values)}, {name: question}, "", wrong)
        if wrong:
            faults[name] = _kind(question, values)
        else:
            answers[name] = answer.get(name, UNKNOWN)
    known = {name: answer for name, answer in answers.items() if answer is not UNKNOWN}
    out = ruled_out(known, pack.questions)
    dropped = tuple(name for name in known if name in out and known[name])
    answers = {name: answer for name, answer in answers.items() if name not in out}
    weights = _weights(address, pack, faults)
    project = {"name": address.name, "answers": answers, "weights": weights}
    try:
        profile = load_profile(project, pack)
    except ProfileError:  # each answer was read before: it is the weights together
        faults["weights"] = "weights"
        profile = load_profile({**project, "weights": {}}, pack)
    written = {
        name: spelled(pack.questions[name], answers[name]) if name in answers else values
        for name, values in address.written.items()
        if name in answers or name in faults
    }
    tidy = {
        name: str(weights[name]) if name in weights else value
        for name, value in address.weights.items()
        if name in weights or WEIGHT + name in faults
    }
    return Known(
        profile=profile,
        address=replace(address, written=written, weights=tidy, strays=()),
        faults=faults,
        dropped=dropped,
        applying=tuple(name for name in pack.questions if name not in out),
    )


def _value(question: Question, values: tuple[str, ...]) -> Any:
    """Return what was written as a project file would hold it."""
    if question.type == "many" or len(values) > 1:
        return list(values)
    (text,) = values
    if question.type == "flag":
        return {"true": True, "false": False}.get(text, text)
    return _number(text) if question.type in ("scale", "number") else text


def _number(text: str) -> int | float | str:
    try:
        return int(text) if text.lstrip("-").isdecimal() else float(text)
    except ValueError:
        return text


def _kind(question: Question, values: tuple[str, ...]) -> str:
    """Return what kind of fault an answer has, for the page to word."""
    if question.type == "many":
        return "none" if NONE in values and len(values) > 1 else "choice"
    if len(values) > 1:
        return "several"
    return "number" if question.type == "number" else "choice"


def _weights(address: Address, pack: Pack, faults: dict[str, str]) -> dict[str, int]:
    """Return the weights that are not the pack's own."""
    found: dict[str, int] = {}
    for name, text in address.weights.items():
        weight = _number(text)
        if not isinstance(weight, int) or not 0 <= weight <= HEAVIEST:
            faults[WEIGHT + name] = "weight"
        elif weight != pack.criteria[name].weight:
            found[name] = weight
    return found
