"""The advice told: the line that says it all, how clear it is, and what each lens says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recommender.engine import Recommendation
from recommender.judging.lens import LENSES
from recommender.judging.outcome import Decision
from recommender.language import points, share, whole_percent

from . import plan
from .adjustments import titled
from .document import Block, Items, Section, Span, Spans, Table, item, paragraph, spans
from .teller import LENS_WORDS, Teller, lone

if TYPE_CHECKING:
    from recommender.reflecting.shift import Shift


SHIFT_WORDS = {
    "today": "Since the document was written, “{old}” has become “{new}”, {cause}.",
    "measured": "On this machine “{old}” becomes “{new}”, {cause}.",
}

CLOSER = 3
"""How many ways to break a tie are told."""


def headline(teller: Teller) -> Spans:
    """Say in one line what is advised and how surely."""
    say, advice = teller.say, teller.advice
    told, name = advice.decision, advice.profile.name or say("This project")
    lead = (Span(name, "strong"), say(": "))
    if unanswered(advice):
        return spans(*lead, Span(say("nothing is answered yet."), "warn"), _first(teller))
    if told.best is None:
        return spans(*lead, Span(say("no candidate is left; every one is excluded."), "bad"))
    values, missed = {"best": teller.name(told.best), "sure": _sure(teller, told)}, _missed(teller)
    if told.outcome == "too-little-known":
        said = say("hard to tell, most likely {best} ({sure}).", **values)
        return spans(*lead, Span(said, "warn"), *missed, _first(teller))
    if told.outcome == "either":
        return spans(*lead, *_elsewhere(teller), Span(_either(teller, told), "good"))
    if told.hanging:
        said = say("{best}, if it is not ruled out ({sure}).", **values)
        return spans(*lead, Span(said, "warn"), *missed, _hanging(teller))
    if lone(advice.matrix):
        said = say("choose {best}; the others are excluded.", **values)
    else:
        said = plan.lead(teller, values, narrowly=told.outcome == "close")
    return spans(*lead, *_elsewhere(teller), Span(said, "good"), *missed)


def _missed(teller: Teller) -> Spans:
    """Name the targets that the advice has no way to: however clear it is, they come first."""
    names = teller.advice.unreached.get(teller.advice.best or "", ())
    if not names:
        return ()
    quoted = (teller.say("“{quotation}”", quotation=teller.target(each)) for each in names)
    said = teller.say("But no way to {targets} is known.", targets=teller.language.listing(quoted))
    return spans(teller.say(" "), Span(said, "bad"))


def _elsewhere(teller: Teller) -> Spans:
    """Name what outside the candidates to look at first, where there is such."""
    names = [name for each in teller.advice.referrals[:1] for name in each.instead[:2]]
    if not names:
        return ()
    listed = teller.language.listing(names)
    return spans(Span(teller.say("look at {names} first; else ", names=listed), "warn"))


def _either(teller: Teller, told: Decision) -> str:
    """Say that any will do, and which is the default."""
    say, best = teller.say, teller.name(told.leaders[0])
    values = {"best": best, "sure": _sure(teller, told)}
    said = say("either will do, by default {best} ({sure}).", **values)
    if told.probability is not None:
        said = say(
            "either will do, by default {best} ({sure} that it is the better one).", **values
        )
    if told.basis == "users":
        said = say("either will do, since its users choose; by default {best} ({sure}).", **values)
    if len(told.leaders) > 2:  # noqa: PLR2004
        values["leaders"] = teller.names(told.leaders)
        said = say("any of {leaders} will do, by default {best} ({sure}).", **values)
    return said


def _sure(teller: Teller, told: Decision) -> str:
    """Say how probable the advice is, or how well supported where that is not known."""
    if told.probability is None:
        return teller.say("support {share}", share=_percent(told.support))
    return teller.say("probability {share}", share=_percent(told.probability))


def _percent(part: int) -> str:
    return f"{whole_percent(part)}%"


def _first(teller: Teller) -> str:
    """Name the question to answer first, but for one that nobody could answer."""
    name = first_question(teller.advice)
    if name in teller.advice.profile.unknown:
        return ""
    if not name:
        return teller.say(" ") + teller.say("No rule of this pack speaks about it.")
    return _to_answer(teller, name)


def _to_answer(teller: Teller, name: str) -> str:
    ask = teller.language.ask(name)
    return teller.say(" ") + teller.say("First answer: {question}", question=ask)


def unanswered(advice: Recommendation) -> bool:
    """Tell whether too little is known, as nothing is answered, and not all was asked in vain."""
    if advice.profile.answers or advice.outcome != "too-little-known":
        return False
    first = first_question(advice)
    return bool(first) and first not in advice.profile.unknown


def first_question(advice: Recommendation) -> str:
    """Name the question to answer first, or none: the most telling, else the pack's first."""
    if advice.ask_first is not None:
        return advice.ask_first.question
    if advice.profile.answers:
        return ""
    # What hardly any project would answer otherwise is no question to begin with.
    asked = advice.profile.unknown
    begin = (q.id for q in advice.pack.questions.values() if not q.rare and q.id not in asked)
    return next(begin, "")


def _hanging(teller: Teller) -> str:
    """Name the question on which a possible exclusion of the best hangs."""
    for waiting in teller.advice.explanation.open_questions:
        if set(teller.advice.decision.hanging).intersection(waiting.constraints):
            return _to_answer(teller, waiting.question)
    return ""


def clarity(teller: Teller) -> Section:
    """Say how clear the advice is in numbers, and what to decide an even case by."""
    advice, rivals = teller.advice, teller.advice.rivals()
    blocks: list[Block] = []
    if advice.outcome != "no-survivor" and rivals is not None:
        first, second = rivals
        if advice.ranking.leader not in (first, None):
            second = advice.ranking.leader
        blocks = [paragraph(_lead(teller, first, second)), paragraph(_supported(teller))]
    if advice.outcome == "either":
        blocks += _tie_breakers(teller)
    return Section("clarity", teller.say("How clear it is"), tuple(blocks))


def _lead(teller: Teller, first: str, second: str) -> str:
    say, ranking = teller.say, teller.advice.ranking
    scores = {name: points(ranking.scores[name]) for name in ranking.order}
    if lone(teller.advice.matrix):
        others = [name for name in ranking.order if name != first]
        return say(
            "{winner} is the only candidate left ({score} points); {others} would have {scores}.",
            winner=teller.name(first),
            score=scores[first],
            others=teller.names(others),
            scores=teller.language.listing(scores[name] for name in others),
        )
    margin, stake = ranking.scores[first] - ranking.scores[second], points(ranking.stake)
    if margin == 0 and not ranking.scores[first]:
        return say("Nothing that is known gives anybody a point: it is level.")
    if margin == 0:
        names = teller.names((first, second))
        values = {"names": names, "score": scores[first], "stake": stake}
        return say("{names} have {score} points each, of {stake} in play.", **values)
    values = {
        "first": teller.name(first), "a": scores[first],
        "second": teller.name(second), "b": scores[second],
    }  # fmt: skip
    if margin < 0:
        return say(
            "By what is known, {second} has {b} points and {first} {a}; the answers to be expected "
            "turn that.",
            **values,
        )
    return say(
        "{first} has {a} points and {second} {b}: a lead of {margin}, which is {share} of the "
        "{stake} in play.",
        **values,
        margin=points(margin),
        share=share(margin, ranking.stake),
        stake=stake,
    )


def in_cases(teller: Teller) -> str:
    """Say in what share of the cases the candidate with the most support is first."""
    say, found = teller.say, teller.advice.support
    values = {"best": teller.name(found.best), "share": _percent(max(found.shares))}
    if teller.advice.explanation.open_questions:
        return say(
            "With the open answers completed from the projects most like this one, {best} is first "
            "in {share} of the cases.",
            **values,
        )
    return say(
        "Counting how far the ratings may be off, {best} is first in {share} of the cases.",
        **values,
    )


def _supported(teller: Teller) -> str:
    """Say how probable it is that the advice is right, and what that rests on."""
    say, told = teller.say, in_cases(teller)
    if teller.advice.probability is not None:
        told += " " + say(
            "The probability that it is right for such a project is {share}.",
            share=_percent(teller.advice.probability),
        )
    decision = teller.advice.decision
    if decision.outcome == "either" and decision.basis == "default":
        told += " " + say("Nothing decides between them so far: it is a default.")
    return told


def _tie_breakers(teller: Teller) -> list[Block]:
    """List what would tip an even case: open questions, and the nearest changes of a weight."""
    say = teller.say
    told = [
        say(
            "Answer “{question}”: {points} points hang on it.",
            question=teller.language.ask(waiting.question),
            points=points(waiting.stake),
        )
        for waiting in teller.advice.explanation.open_questions[:CLOSER]
        if waiting.stake
    ]
    told += [
        say(
            "If “{criterion}” mattered {weight} instead of {now} (of 10): {winner}.",
            criterion=teller.language.criterion(tipping.criterion),
            weight=tipping.weight,
            now=teller.advice.ranking.weights[tipping.criterion],
            winner=teller.name(tipping.winner),
        )
        for tipping in teller.advice.tipping_weights[:CLOSER]
    ]
    if not told:
        return [paragraph(say("Decide by taste: nothing that is open would tip it."))]
    items = tuple(item("-", each) for each in told)
    return [paragraph(say("Decide by one of these instead:")), Items(items)]


def lenses(teller: Teller) -> Section:
    """Set the lenses side by side, and say in a sentence why they disagree."""
    say, advice = teller.say, teller.advice
    excluded = advice.excluded_today
    rows = []
    for lens in LENSES:
        decision = advice.decisions.get(lens)
        if decision is None:
            told = spans(Span(say("not probed"), "dim"))
        else:
            told = spans(Span(teller.told(decision), "strong" if lens == advice.lens else "plain"))
            if lens == "measured" and (why := teller.unmeasured()):
                told += spans(say(" "), Span(why, "dim"))
            if lens == "document" and decision.best in excluded:
                held = teller.constraints(excluded[decision.best or ""])
                out = say(" (excluded today by {constraints})", constraints=held)
                told += spans(Span(out, "bad"))
        mark = say("this advice") if lens == advice.lens else ""
        rows.append((spans(say(LENS_WORDS[lens])), told, spans(Span(mark, "dim"))))
    head = (say("Lens"), say("Advice"), "")
    shifts = [paragraph(_shift(teller, shift)) for shift in advice.shifts]
    introduced = [
        say("The document is {document}; these rules began with it.", document=each)
        for each in map(teller.introduced, teller.pack.documents)
    ]
    table = Table(head, tuple(rows))
    documents = [paragraph(each) for each in introduced]
    return Section("lenses", say("Through each lens"), (*documents, table, *shifts))


def then_and_now(teller: Teller) -> Section:
    """Say in a line what the founding document said, what holds today, what was measured here."""
    say = teller.say
    told = {lens: teller.told(each) for lens, each in teller.advice.decisions.items()}
    parts = [
        say("{document} said: {advice}.", document=teller.introduced(name), advice=told["document"])
        for name in [*teller.pack.documents][:1]
    ]
    parts.append(say("Today: {advice}.", advice=told["today"]))
    measured = say("As measured on this machine: {advice}.", advice=told.get("measured", ""))
    parts.append(teller.unmeasured() or measured)
    if teller.pack.overlays:
        named = teller.language.listing(map(titled, teller.pack.overlays))
        parts.append(say("Overlays: {overlays}.", overlays=named))
    return Section("lenses", say("Then, now and here"), (paragraph(say(" ").join(parts)),))


def _shift(teller: Teller, shift: Shift) -> str:
    """Say in one plain sentence why two lenses disagree."""
    say, advice = teller.say, teller.advice
    after = advice.decisions[shift.after]
    constraints = teller.constraints(shift.constraints)
    hanging = teller.constraints(shift.hanging)
    rules = teller.language.listing(_moved(teller, rule) for rule in shift.rules)
    if after.outcome == "too-little-known":
        cause = say("because too much of what counts is unanswered")
    elif hanging:
        cause = say("because of the possible exclusion {constraints}", constraints=hanging)
    elif constraints and rules and not shift.unmoved:
        cause = say(
            "because of the exclusion {constraints} and through {rules}",
            constraints=constraints,
            rules=rules,
        )
    elif constraints:
        cause = say("because of the exclusion {constraints}", constraints=constraints)
    else:
        cause = say("mainly through {rules}", rules=rules)
    return say(
        SHIFT_WORDS[shift.after],
        old=teller.told(advice.decisions[shift.before]),
        new=teller.told(after),
        cause=cause,
    )


def _moved(teller: Teller, rule: str) -> str:
    if teller.pack.rules[rule].cites is None:
        note = teller.say("not in the document")
    else:
        note = teller.standing(rule)
    return teller.say("{rule} ({note})", rule=teller.rule(rule), note=note)
