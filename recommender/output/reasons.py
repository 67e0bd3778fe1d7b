"""The sections of reasons: for the winner, against it, who is excluded, contradictions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recommender.judging.outcome import WHOLE
from recommender.language import points, whole_percent
from recommender.nouns.condition import clauses

from .document import Item, Items, Paragraph, Section, Span, Table, item, listed, paragraph, spans
from .teller import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recommender.judging.explanation import Exclusion, Reason

    from .document import Kind, Spans
    from .teller import Teller

STRONGEST = 3
"""How many reasons a reader in a hurry is told."""

USABLE = ("production", "beta", "experimental")


def why(teller: Teller) -> Iterator[Section | None]:
    """Yield the strongest reasons for each leader, and those against a single one."""
    say, advice = teller.say, teller.advice
    rivals = advice.rivals()
    if rivals is None or advice.outcome == "no-survivor":
        return
    best, rival = rivals
    if advice.outcome == "either":
        yield _for(teller, best, rival, f"why-{best}")
        yield _for(teller, rival, best, f"why-{rival}")
        return
    yield _for(teller, best, rival, "why")
    for reason in strongest(teller, rival, best)[:1]:
        told = _reason(teller, reason, best, rival, *_mitigation(teller, reason, best))
        rest = _rest(teller, [reason], rival, best)
        yield Section("against", say("What speaks against it"), (Items((told,)), *rest))


def _for(teller: Teller, candidate: str, other: str, name: str) -> Section | None:
    """Tell the strongest reasons, and the answer to be expected where that turns the advice."""
    told = strongest(teller, candidate, other)
    if not told:
        return None
    items = [_reason(teller, reason, candidate, other) for reason in told]
    names = {"winner": teller.name(candidate), "other": teller.name(other)}
    title = teller.say("Why {winner} rather than {other}", **names)
    rest = _rest(teller, told, candidate, other)
    return Section(name, title, (Items(tuple(items)), *rest))


def _rest(teller: Teller, told: list[Reason], candidate: str, other: str) -> Iterator[Paragraph]:
    """Yield the known reasons that were not told one by one, summed up."""
    known = {each.rule for each in told}
    found = teller.advice.explanation.favoring(candidate, other)
    weaker = [each for each in found if each.rule not in known]
    if weaker:
        added = points(sum(reason.contribution(candidate, other) for reason in weaker))
        values = {"count": len(weaker), "name": teller.name(candidate), "points": added}
        said = teller.say("One weaker reason for {name} adds {points}.", **values)
        if len(weaker) > 1:
            said = teller.say("{count} weaker reasons for {name} add {points}.", **values)
        yield paragraph(said)


def _reason(teller: Teller, reason: Reason, candidate: str, over: str, *notes: Spans) -> Item:
    """Return one rule as an item: its points, its sentence, and where it comes from."""
    moved = reason.moves(candidate, over)
    sentence = teller.sentence(reason, teller.advice.explanation.lens)
    line = (lead(teller, reason), sentence, Span(teller.id(reason.rule), "code"))
    kind: Kind = "good" if moved > 0 else "bad" if moved < 0 else "dim"
    details = [teller.footnote(reason), *notes]
    return item(points(moved, signed=True), *line, details=details, kind=kind)


def strongest(teller: Teller, candidate: str, over: str, most: int = STRONGEST) -> list[Reason]:
    """Return the reasons to tell, those that move most points first: what is known or likely.

    What turns the advice is always among them, and leads only where no other moves more.
    """
    turned = _turning(teller) if candidate == teller.advice.best else None
    found = teller.advice.explanation.moving(candidate, over)
    rest = [each for each in found if turned is None or each.rule != turned.rule]
    told = [*([turned] if turned else []), *rest][:most]
    return sorted(told, key=lambda each: -each.moves(candidate, over))


def _turning(teller: Teller) -> Reason | None:
    """Return what is expected of the open answers most, where that turns who leads by points."""
    advice, leader = teller.advice, teller.advice.ranking.leader
    if advice.best is None or leader in (advice.best, None):
        return None
    return next(iter(advice.explanation.expecting(advice.best, leader)), None)


def lead(teller: Teller, reason: Reason) -> Span:
    """Return what a reason begins with: its criterion, or what is expected of it."""
    criterion = teller.language.criterion(reason.criterion)
    told = expectation(teller, reason) or teller.say("{criterion}: ", criterion=criterion)
    return Span(told, "strong")


def expectation(teller: Teller, reason: Reason) -> str:
    """Say in how many projects like this one an open rule counts, and who leads without it.

    Of a rule that is not open there is nothing to say.
    """
    if reason.state != "unknown":
        return ""
    count, best, ranking = often(reason), teller.advice.best, teller.advice.ranking
    if best is None or ranking.leader in (best, None) or not seldom(reason):
        return teller.say(
            "Likely, as it counts in about {count} of 100 projects like this one: ", count=count
        )
    return teller.say(
        "By what is known alone {other} leads by {points}. Of what is open, this counts most, "
        "in about {count} of 100 projects like this one: ",
        other=teller.name(ranking.leader),
        points=points(ranking.scores[ranking.leader] - ranking.scores[best]),
        count=count,
    )


def seldom(reason: Reason) -> bool:
    """Tell whether an open rule counts in fewer than half of the projects like this one."""
    return reason.state == "unknown" and 2 * reason.likelihood < WHOLE


def often(reason: Reason) -> int:
    """Return in how many of 100 projects like this one a rule counts, no fewer than one."""
    return max(1, whole_percent(reason.likelihood))


def _mitigation(teller: Teller, reason: Reason, candidate: str) -> Iterator[Spans]:
    """Yield the candidate's best route to a target that a reason against it is about."""
    about = {
        value
        for clause in clauses(teller.pack.rules[reason.rule].when)
        for test in clause
        if test.question == teller.pack.targets and not test.negated
        for value in test.values
    }
    ways = [
        told.route
        for told in teller.advice.routes
        if told.route.candidate == candidate
        and told.route.maturity in USABLE
        and told.route.target in about
    ]
    if ways:
        best = min(ways, key=lambda way: USABLE.index(way.maturity))
        said = teller.say(
            "There is a way all the same: {steps} ({maturity}).",
            steps=" → ".join(teller.language.steps(best)),
            maturity=teller.say(best.maturity),
        )
        yield spans(Span(said, "good"))


def exclusions(teller: Teller) -> Section | None:
    """Return who is excluded, and who may be, depending on open questions."""
    found = teller.advice.explanation.exclusions
    title = teller.say("What could exclude a candidate")
    if any(each.state == "fires" for each in found):
        title = teller.say("Excluded, whatever the points say")
    return listed("exclusions", title, [_exclusion(teller, each) for each in found])


def _exclusion(teller: Teller, exclusion: Exclusion) -> Item:
    say = teller.say
    names = teller.names(exclusion.candidates)
    sentence = teller.language.constraint(exclusion.constraint)
    origin = teller.origin(exclusion.place, exclusion.sources)
    if exclusion.state == "fires":
        lead = Span(say("{names} is out: ", names=names), "strong")
        named = Span(teller.id(exclusion.constraint), "code")
        return item("×", lead, sentence, named, details=[origin], kind="bad")
    open_ = [name for name, answer in exclusion.answers.items() if answer is None]
    asked = teller.language.questions(open_)
    lead = Span(say("{names} might be out: ", names=names), "strong")
    hint = spans(Span(say("It depends on {questions}.", questions=asked), "warn"))
    return item("?", lead, sentence, details=[hint, origin], kind="warn")


def contradictions(teller: Teller) -> Section | None:
    """Return where the pack's document says two different things about this project."""
    items = [_contradiction(teller, group) for group in teller.advice.conflicts()]
    title = teller.say("Where the document contradicts itself on this project")
    return listed("contradictions", title, items)


def _contradiction(teller: Teller, group: tuple[Reason, ...]) -> Item:
    say, criterion = teller.say, teller.language.criterion(group[0].criterion)
    lead, details = say("{criterion}: ", criterion=criterion), []
    for reason in group:
        earner = max(reason.earned, key=lambda name: reason.earned[name])
        told = say(
            "“{quotation}” gives it to {winner} ({standing}).",
            quotation=reason.sentence,
            winner=teller.name(earner),
            standing=teller.standing(reason.rule),
        )
        place = Span(f" {shown(reason.place, teller.pack)}", "dim")
        details.append(spans(told, place))
    return item("!", Span(lead, "strong"), say("it says both."), details=details, kind="warn")


def contributions(teller: Teller) -> Section | None:
    """Return what every rule that fires earns the first over the second, up to the lead."""
    say, rivals = teller.say, teller.advice.rivals()
    moved = contributed(teller)
    if rivals is None or not moved:
        return None
    told = say(
        "What each rule gives {first} (+) or {second} (−), in points; together {margin}.",
        first=teller.name(rivals[0]),
        second=teller.name(rivals[1]),
        margin=points(sum(value for value, _ in moved), signed=True),
    )
    rows = tuple(
        (
            spans(points(value, signed=True)),
            spans(teller.language.criterion(reason.criterion)),
            spans(Span(teller.named(reason), "dim")),
        )
        for value, reason in moved
    )
    head = (say("Points"), say("Criterion"), say("Rule"))
    return Section("contributions", say("Point by point"), (paragraph(told), Table(head, rows)))


def contributed(teller: Teller) -> list[tuple[int, Reason]]:
    """Return the rules that move the first against the second, with their points, in order."""
    rivals = teller.advice.rivals()
    if rivals is None or teller.advice.outcome == "no-survivor":
        return []
    fired = teller.advice.explanation.fired()
    moved = [(reason.contribution(*rivals), reason) for reason in fired]
    found = [(value, reason) for value, reason in moved if value]
    return sorted(found, key=lambda pair: (-pair[0], pair[1].rule))
