"""Random rule packs and profiles for the laws: small, of every shape the engine allows.

Packs are built straight from the nouns, so that a law about the engine never depends on reading
YAML. Every word of a condition, every kind of question, gates, reviews, constraints, rules that
always fire and criteria of weight zero come up; questions only look back, as the loader demands.
"""

from __future__ import annotations

import datetime as dt
from itertools import combinations

from hypothesis import strategies as st

from recommender.nouns.condition import ALWAYS, All, AnyOf, Test, holds, negate
from recommender.nouns.errors import Place
from recommender.nouns.observation import VERDICTS, Observation, Observations
from recommender.nouns.pack import (
    Candidate,
    Constraint,
    Criterion,
    Pack,
    ReferenceProject,
    Review,
    Rule,
    Thresholds,
)
from recommender.nouns.plan import Planning, Staying
from recommender.nouns.profile import Profile
from recommender.nouns.question import Question

DATED = dt.date(2026, 11, 23)
PLACE = Place("random.yaml", 1)
KINDS = ("choice", "many", "scale", "number", "flag")
CHECKS = ("taste", "brew")
NUMBERS = (-1, 0, 1, 2.5, 3, 4, 10)
COUNTS = NUMBERS[1:]


@st.composite
def packs(
    draw, *, candidates=(2, 4), questions=(1, 5), rules=(0, 8), constraints=(0, 2),
    population=False,
):  # fmt: skip
    """Draw a pack; each pair bounds how many of a thing it has."""
    names = [f"candidate-{letter}" for letter in "abcd"[: draw(st.integers(*candidates))]]
    asked = _questions(draw, draw(st.integers(*questions)))
    criteria = {
        f"criterion-{i}": Criterion(
            f"criterion-{i}", "", draw(st.integers(0, 10)), PLACE, decides=draw(st.booleans())
        )
        for i in range(draw(st.integers(1, 3)))
    }
    found = [
        _rule(draw, f"rule-{i}", sorted(criteria), names, asked)
        for i in range(draw(st.integers(*rules)))
    ]
    excluding = [
        Constraint(
            id=f"constraint-{i}",
            when=_condition(draw, asked, 2),
            vetoes=_some(draw, names),
            because="",
            place=PLACE,
            refuted=_pick(draw, ("", "", "", *CHECKS)),
        )
        for i in range(draw(st.integers(*constraints)))
    ]
    known = _pick(draw, (0, 600, 900))
    return Pack(
        id="random",
        version="1.0.0",
        title="Random",
        dated=DATED,
        thresholds=Thresholds(
            known=known,
            either=_pick(draw, (0, 800, 1000)),
            decided=_pick(draw, (0, 250, 1000)),
            clear=min(1000, known + _pick(draw, (0, 100, 300))),
        ),
        questions={question.id: question for question in asked},
        candidates={name: Candidate(name, name, PLACE) for name in names},
        criteria=criteria,
        constraints={each.id: each for each in excluding},
        rules={rule.id: rule for rule in found},
        this_machine=draw(st.none() | conditions(asked, 0)),
        users_choose=draw(st.none() | conditions(asked, 0)),
        planning=Planning(portable=draw(st.none() | _portable(asked))),
        never_together=tuple(draw(st.lists(conditions(asked, 1), max_size=2))),
        population=_population(draw, asked) if population else (),
    )


def _portable(asked):
    """Draw code that any candidate runs."""
    return conditions(asked, 1).map(lambda when: Staying("keep", when, "", PLACE))


def _population(draw, asked):
    """Draw reference projects; what they answer need not fit together."""
    return tuple(
        ReferenceProject(
            id=f"project-{i}",
            cluster=f"cluster-{_pick(draw, 'ab')}",
            answers={
                question.id: _pick(draw, every_answer(question))
                for question in asked
                if draw(st.booleans())
            },
            source="",
            place=PLACE,
        )
        for i in range(draw(st.integers(0, 5)))
    )


@st.composite
def profiles(draw, pack, *, complete=False, weights=True):
    """Draw a valid profile: no answer to a question that the other answers rule out.

    `complete` answers every question that applies; otherwise any may be left unknown.
    """
    known, out = {}, set()
    for question in pack.questions.values():
        if question.when is not None and holds(question.when, known, out) is False:
            out.add(question.id)
        elif complete or draw(st.booleans()):
            known[question.id] = _pick(draw, every_answer(question))
    named = [name for name in sorted(pack.criteria) if weights and draw(st.booleans())]
    return Profile(known, weights={name: draw(st.integers(0, 10)) for name in named})


@st.composite
def observations(draw, pack):
    """Draw what a probe saw of a pack's checks."""
    keys = [(check, name) for check in CHECKS for name in sorted(pack.candidates)]
    seen = draw(st.lists(st.sampled_from(keys), unique=True))
    verdict = st.sampled_from(VERDICTS)
    return Observations.of([Observation(check, name, draw(verdict)) for check, name in seen])


def answers(question):
    """Draw one admissible answer to a question."""
    if question.type == "many":
        return st.frozensets(st.sampled_from(sorted(question.choices)))
    if question.type == "number":
        return st.sampled_from(COUNTS)
    return st.sampled_from(question.domain)


def every_answer(question):
    """List the answers to a question; for a number, one on each side of every value used."""
    if question.type == "many":
        options = sorted(question.choices)
        sizes = range(len(options) + 1)
        return [frozenset(kept) for size in sizes for kept in combinations(options, size)]
    if question.type == "number":
        return [*COUNTS, max(COUNTS) + 1]
    return list(question.domain)


def completions(pack, known):
    """Yield every admissible way to answer the questions left unknown in `known`."""
    yield from _completions(list(pack.questions.values()), dict(known), frozenset())


def _completions(remaining, known, out):
    if not remaining:
        yield known
        return
    question, *rest = remaining
    applies = question.when is None or holds(question.when, known, out) is not False
    if not applies:
        if question.id not in known:  # an answer that the others rule out is not admissible
            yield from _completions(rest, known, out | {question.id})
    elif question.id in known:
        yield from _completions(rest, known, out)
    else:
        for answer in every_answer(question):
            yield from _completions(rest, {**known, question.id: answer}, out)


@st.composite
def conditions(draw, asked, depth=2):
    """Draw a condition over the given questions, nested at most `depth` deep."""
    return _condition(draw, asked, depth)


# Drawing whole numbers and picking by them is several times faster than building strategies.
def _pick(draw, options):
    return options[draw(st.integers(0, len(options) - 1))]


def _some(draw, options, most=None):
    """Draw a few of the options, at least one, in any order."""
    left = list(options)
    count = draw(st.integers(1, min(len(left), most or len(left))))
    return tuple(left.pop(draw(st.integers(0, len(left) - 1))) for _ in range(count))


def _condition(draw, asked, depth):
    shape = draw(st.integers(0, 4)) if depth else 0
    if shape <= 1:
        return _test(draw, _pick(draw, asked))
    if shape == 2:
        return negate(_condition(draw, asked, depth - 1))
    parts = tuple(_condition(draw, asked, depth - 1) for _ in range(draw(st.integers(1, 3))))
    return All(parts) if shape == 3 else AnyOf(parts)


def _test(draw, question):
    negated = draw(st.booleans())
    if question.type == "many":
        word = _pick(draw, ("includes", "includes_all", "none"))
        options = sorted(question.choices)
        return Test(question.id, word, () if word == "none" else _some(draw, options), negated)
    domain = NUMBERS if question.type == "number" else question.domain
    words = ("one_of", "at_least", "at_most")
    word = _pick(draw, words) if question.type in ("scale", "number") else "one_of"
    values = _some(draw, domain, 2) if word == "one_of" else (_pick(draw, domain),)
    return Test(question.id, word, values, negated)


def _questions(draw, count):
    asked = []
    for index in range(count):
        kind = _pick(draw, KINDS)
        gated = asked and draw(st.integers(0, 2)) == 0
        choices = {f"c{i}": f"C{i}" for i in range(draw(st.integers(1, 3)))}
        chosen = kind in ("choice", "many")
        asked.append(
            Question(
                id=f"question-{index}",
                ask=f"Question {index}?",
                type=kind,
                place=PLACE,
                choices=choices if chosen else {},
                when=_condition(draw, asked, 1) if gated else None,
                rare=_some(draw, sorted(choices)) if chosen and not draw(st.integers(0, 2)) else (),
            )
        )
    return asked


def _shares(draw, candidates):
    return {name: draw(st.integers(0, 100)) for name in candidates if draw(st.booleans())}


def _rule(draw, name, criteria, candidates, asked):
    reviewed = draw(st.integers(0, 3)) == 0
    verdict = _pick(draw, ("stands", "weakened", "overturned")) if reviewed else ""
    return Rule(
        id=name,
        criterion=_pick(draw, criteria),
        when=_condition(draw, asked, 2) if draw(st.integers(0, 9)) else ALWAYS,
        favors=_shares(draw, candidates),
        weight=draw(st.integers(1, 10)),
        because="",
        place=PLACE,
        checks=_pick(draw, ((), (), *((check,) for check in CHECKS))),
        evidence=_pick(draw, ("measured", "documented", "reported", "judged")),
        review=Review(
            on=DATED,
            verdict=verdict,
            because="",
            place=PLACE,
            favors=_shares(draw, candidates) if verdict == "weakened" else None,
        )
        if reviewed
        else None,
    )
