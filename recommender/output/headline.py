"""The verdict told: the line that says it all, how clear it is, and what each lens says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recommender.judging.lens import LENSES
from recommender.judging.support import WHOLE
from recommender.language import points, share

from .document import Item, Items, Paragraph, Section, Span, Table, spans
from .teller import LENS_WORDS, lone

if TYPE_CHECKING:
    from recommender.engine import Shift

    from .document import Block, Spans
    from .teller import Teller

SHIFT_WORDS = {
    "today": "Since the document was written, “{old}” has become “{new}”, {cause}.",
    "measured": "On this machine “{old}” becomes “{new}”, {cause}.",
}

SURE = 8 * WHOLE // 10
"""From this probability on, a case that is clear by its points is called so."""

KNOWN = 6 * WHOLE // 10
"""From this support on, a candidate is named as likely even where much is still unanswered."""

OPEN = WHOLE // 5
"""Below this share of completions with a deciding reason, the advice is told as a default."""

CLOSER = 3
"""How many ways to break a tie are told."""


def headline(teller: Teller) -> Spans:
    """Say the winner and how clear it is in one line."""
    say, advice = teller.say, teller.advice
    name = advice.profile.name or say("This project")
    lead = spans(Span(name, "strong"), say(": "))
    ranking = advice.ranking
    if ranking.outcome == "no-survivor":
        return spans(*lead, Span(say("no candidate is left; every one is excluded."), "bad"))
    if ranking.outcome == "too-little-known":
        likely = _likely(teller)
        known = max(advice.support.shares) >= KNOWN
        told = (
            say("{likely}.", likely=likely)
            if known
            else say("hard to tell, {likely}.", likely=likely)
        )
        return spans(*lead, Span(told, "warn"), *_first(teller))
    if ranking.outcome == "tie":
        both = say("either will do, {leaders}.", leaders=teller.names(ranking.leaders))
        if len(ranking.leaders) > 2:  # noqa: PLR2004
            both = say("any of these will do: {leaders}.", leaders=teller.names(ranking.leaders))
        return spans(*lead, Span(both, "good"), *_hanging(teller))
    winner = teller.name(ranking.order[0])
    if ranking.hanging:
        return spans(
            *lead,
            Span(say("{winner}, if it is not ruled out.", winner=winner), "warn"),
            *_hanging(teller),
        )
    if lone(advice.matrix):
        told = say("choose {winner}; the others are excluded.", winner=winner)
    elif advice.probability is not None:
        told = _probable(teller, winner, advice.probability)
    elif ranking.outcome == "close":
        told = say("choose {winner}, by a narrow lead.", winner=winner)
    else:
        told = say("choose {winner}; the case is clear.", winner=winner)
    return spans(*lead, Span(told, "good"))


def _probable(teller: Teller, winner: str, probability: int) -> str:
    """Advise the winner with its probability; the words follow that, not the points alone."""
    say, advice, told = teller.say, teller.advice, _percent(probability)
    if advice.support.best != advice.best:
        return say(
            "{winner} by what is known; {likely} once the open answers are completed.",
            winner=winner,
            likely=_likely(teller),
        )
    if probability < SURE:
        return say("choose {winner}, narrowly (probability {share}).", winner=winner, share=told)
    if advice.outcome == "close":
        return say(
            "choose {winner}, by a narrow lead (probability {share}).", winner=winner, share=told
        )
    return say(
        "choose {winner}; the case is clear (probability {share}).", winner=winner, share=told
    )


def _likely(teller: Teller) -> str:
    """Name the candidate with the most support, and how probable or how well supported it is."""
    found, probability = teller.advice.support, teller.advice.probability
    best = teller.name(found.best)
    if probability is not None:
        told = _percent(probability)
        return teller.say("most likely {best} (probability {share})", best=best, share=told)
    told = _percent(max(found.shares))
    return teller.say("most likely {best} (support {share})", best=best, share=told)


def _percent(part: int) -> str:
    """Write ten-thousandths in whole per cent, which is as fine as they can be relied on."""
    return f"{(part + 50) // 100}%"


def _first(teller: Teller) -> Spans:
    """Name the question to answer first: the one on which most points hang."""
    usual = [each for each in teller.advice.explanation.open_questions if not each.rare]
    waiting = sorted(usual, key=lambda each: -each.stake)
    if not waiting:
        return spans(teller.say(" "), teller.say("No rule of this pack speaks about it."))
    ask = teller.language.ask(waiting[0].question)
    return spans(teller.say(" "), teller.say("First answer: {question}", question=ask))


def _hanging(teller: Teller) -> Spans:
    """Name the question on which a possible veto over the leaders hangs."""
    over = {c for name in teller.advice.leaders for c in teller.advice.matrix.hanging_over(name)}
    for waiting in teller.advice.explanation.open_questions:
        if over.intersection(waiting.constraints):
            ask = teller.language.ask(waiting.question)
            return spans(teller.say(" "), teller.say("First answer: {question}", question=ask))
    return ()


def verdict(teller: Teller) -> Section:
    """Say how clear the advice is in numbers, and what to decide an even case by."""
    lead = _lead(teller)
    blocks: list[Block] = [Paragraph(spans(lead))] if lead else []
    if teller.advice.outcome != "no-survivor" and teller.advice.rivals() is not None:
        blocks.append(Paragraph(spans(_supported(teller))))
    if teller.advice.outcome == "tie":
        blocks += _tie_breakers(teller)
    return Section("verdict", teller.say("How clear it is"), tuple(blocks))


def _lead(teller: Teller) -> str:
    say, advice = teller.say, teller.advice
    ranking, rivals = advice.ranking, advice.rivals()
    if rivals is None or ranking.outcome == "no-survivor":
        return ""
    scores = {name: points(ranking.scores[name]) for name in ranking.order}
    first, second = rivals
    if lone(teller.advice.matrix):
        others = [name for name in ranking.order if name != first]
        return say(
            "{winner} is the only candidate left ({score} points); {others} would have {scores}.",
            winner=teller.name(first),
            score=scores[first],
            others=teller.names(others),
            scores=teller.language.listing(scores[name] for name in others),
        )
    if ranking.margin == 0:
        return say(
            "{names} have {score} points each, of {stake} in play.",
            names=teller.names(rivals),
            score=scores[first],
            stake=points(ranking.stake),
        )
    return say(
        "{first} has {a} points and {second} {b}: a lead of {margin}, which is {share} of the "
        "{stake} in play.",
        first=teller.name(first),
        a=scores[first],
        second=teller.name(second),
        b=scores[second],
        margin=points(ranking.margin),
        share=share(ranking.margin, ranking.stake),
        stake=points(ranking.stake),
    )


def _supported(teller: Teller) -> str:
    """Say how probable it is that the advice is right, and what that rests on."""
    say, found = teller.say, teller.advice.support
    best, part = teller.name(found.best), _percent(max(found.shares))
    if teller.advice.explanation.open_questions:
        told = say(
            "With the open answers completed from the projects most like this one, {best} is first "
            "in {share} of the cases.",
            best=best,
            share=part,
        )
    else:
        told = say(
            "Counting how far the ratings may be off, {best} is first in {share} of the cases.",
            best=best,
            share=part,
        )
    if teller.advice.probability is not None:
        told += " " + say(
            "The probability that it is right for such a project is {share}.",
            share=_percent(teller.advice.probability),
        )
    if found.decided < OPEN:
        told += " " + say("Nothing decides between them so far: it is a default.")
    return told


def _tie_breakers(teller: Teller) -> list[Block]:
    """List what would tip an even case: open questions, and the nearest changes of a weight."""
    say = teller.say
    items = [
        Item(
            "-",
            spans(
                say(
                    "Answer “{question}”: {points} points hang on it.",
                    question=teller.language.ask(waiting.question),
                    points=points(waiting.stake),
                )
            ),
        )
        for waiting in teller.advice.explanation.open_questions[:CLOSER]
        if waiting.stake
    ]
    for tipping in teller.advice.tipping_weights[:CLOSER]:
        told = say(
            "If “{criterion}” mattered {weight} instead of {now} (of 10): {winner}.",
            criterion=teller.language.criterion(tipping.criterion),
            weight=tipping.weight,
            now=teller.advice.ranking.weights[tipping.criterion],
            winner=teller.name(tipping.winner),
        )
        items.append(Item("-", spans(told)))
    if not items:
        return [Paragraph(spans(say("Decide by taste: nothing that is open would tip it.")))]
    return [Paragraph(spans(say("Decide by one of these instead:"))), Items(tuple(items))]


def lenses(teller: Teller) -> Section:
    """Set the lenses side by side, and say in a sentence why they disagree."""
    say, advice = teller.say, teller.advice
    excluded = advice.excluded_today
    rows = []
    for lens in LENSES:
        ranking = advice.rankings.get(lens)
        if ranking is None:
            told = spans(Span(say("not probed"), "dim"))
        else:
            told = spans(
                Span(teller.verdict(ranking), "strong" if lens == advice.lens else "plain")
            )
            if lens == "document" and ranking.best in excluded:
                held = teller.language.listing(excluded[ranking.best or ""])
                told += spans(
                    Span(say(" (excluded today by {constraints})", constraints=held), "bad")
                )
        mark = say("this advice") if lens == advice.lens else ""
        rows.append((spans(say(LENS_WORDS[lens])), told, spans(Span(mark, "dim"))))
    head = (say("Lens"), say("Advice"), "")
    shifts = (Paragraph(spans(_shift(teller, shift))) for shift in advice.shifts)
    return Section("lenses", say("Through each lens"), (Table(head, tuple(rows)), *shifts))


def _shift(teller: Teller, shift: Shift) -> str:
    """Say in one plain sentence why two lenses disagree."""
    say, advice = teller.say, teller.advice
    after = advice.rankings[shift.after]
    constraints = teller.language.listing(shift.constraints)
    hanging = teller.language.listing(shift.hanging)
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
        old=teller.verdict(advice.rankings[shift.before]),
        new=teller.verdict(advice.rankings[shift.after]),
        cause=cause,
    )


def _moved(teller: Teller, rule: str) -> str:
    if teller.pack.rules[rule].cites is None:
        note = teller.say("not in the document")
    else:
        note = teller.standing(rule)
    return teller.say("{rule} ({note})", rule=rule, note=note)
