"""The advice on one screen: what, how sure, why, what you said, what could change it, how to go on.

`MOST_LINES` holds by trying: where texts are long, less of them is told, step by step (`ROOMS`).
The whole account has all of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from recommender.language import whole_percent

from . import plan
from .answered import LEAST, answered
from .document import (
    Item,
    Items,
    Report,
    Section,
    Span,
    clean,
    item,
    listed,
    paragraph,
    report,
    spans,
    words,
)  # fmt: skip
from .headline import first_question, headline, in_cases, then_and_now, unanswered
from .layout import lines
from .reasons import STRONGEST, USABLE, contributed, lead, strongest
from .robustness import realistic
from .routes import MATURITY_WORDS, dead_end, fails, partly
from .teller import Teller, lone
from .warnings import ask_first, warned
from .wrap import brought_to, cell_len

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recommender.engine import Recommendation
    from recommender.judging.explanation import Reason

    from .document import Kind, Spans

MOST_LINES = 45
"""Lines of 80 columns: what a terminal shows at once, or little more."""

WARNINGS = 2
"""How many warnings there is room for."""

STEPS = 4
"""How many steps of the plan there is room for."""

LEAST_CELLS = 50
"""Terminal cells of a sentence that are told however long its lead is."""

ALMOST = 9950
"""The probability from which "almost all" is said, since "100 of 100" would be too much."""


class Room(NamedTuple):
    """How much is told: terminal cells of a reason, and how many entries of each list."""

    reason: int
    answers: int
    completed: int
    changes: int
    routes: int


ROOMS = (
    Room(290, 8, 3, 3, 4),
    Room(215, 7, 3, 3, 3),
    Room(215, 5, 2, 2, 3),
    Room(144, 5, 2, 2, 2),
    Room(144, 4, 2, 1, 2),
    Room(144, 3, 1, 1, 1),
    Room(72, 3, 1, 1, 1),
    Room(72, 2, 1, 1, 1),
    Room(72, 1, 1, 1, 1),
)


def screen(teller: Teller, *, folded: bool = False) -> Report:
    """Return the advice as a document of at most `MOST_LINES` lines.

    `folded` says that the whole account stands below it, and needs no option.
    """
    for room in ROOMS:
        document = _document(teller, room, folded=folded)
        if sum(1 for _ in lines(document)) <= MOST_LINES:
            break
    return document


def why_told(advice: Recommendation, language: str = "en") -> list[str]:
    """Return what is excluded and the strongest reasons for the best, a line each."""
    teller = Teller(advice, language)
    section = _why(teller, list(_told(teller, ROOMS[0].reason)), ROOMS[0])
    blocks = section.blocks if section else ()
    return [
        words(each.line) for block in blocks if isinstance(block, Items) for each in block.items
    ]


def _document(teller: Teller, room: Room, *, folded: bool) -> Report:
    if unanswered(teller.advice):
        found: list[Section | None] = [_first(teller)]
    else:
        told = list(_told(teller, room.reason))
        found = [
            _sure(teller),
            _referrals(teller),
            _plan(teller, room),
            _why(teller, told, room),
            _against(teller, room),
            answered(teller, [each for each, _ in told], room.answers, room.completed),
            _changes(teller, room),
            then_and_now(teller),
            _mind(teller),
            None if folded else _more(teller),
        ]
    return report(clean(teller.advice.profile.name), headline(teller), found)


def account_title(teller: Teller) -> str:
    """Return the title of the whole account where it stands below the screen."""
    return teller.say("The whole account, with every reason and source")


def _first(teller: Teller) -> Section:
    """Ask the first question, with its answers."""
    name = first_question(teller.advice)
    asked, language = teller.pack.questions[name], teller.language
    blocks = [paragraph(Span(language.ask(name), "strong"))]
    if language.help(name):
        blocks.append(paragraph(Span(brought_to(language.help(name), 215), "dim")))
    choices = tuple(item("-", language.choice(name, each)) for each in asked.choices)
    told = teller.say("To be asked one question after another: recommender ask")
    last = paragraph(Span(told, "dim"))
    rows = [Items(choices)] if choices else []
    return Section("first", teller.say("The first question"), (*blocks, *rows, last))


def _sure(teller: Teller) -> Section:
    """Say in plain words how sure the advice is, and on what it rests."""
    say, advice, told = teller.say, teller.advice, teller.advice.decision
    parts = []
    if told.best is not None and not lone(advice.matrix) and advice.rivals() is not None:
        sure = told.support if told.probability is None else told.probability
        values = {"best": teller.name(told.best), "count": whole_percent(sure)}
        if told.probability is None:
            parts = [in_cases(teller), say("No calibration says how often that is right.")]
        elif advice.outcome == "too-little-known":
            pass  # the headline says how unsure it is
        elif sure >= ALMOST:
            parts = [say("{best} is right for almost all projects like this one.", **values)]
        else:
            parts = [
                say("{best} is right for about {count} of 100 projects like this one.", **values)
            ]
        if not advice.profile.answers:
            parts.append(say("Nothing is answered: so much holds of any project."))
        elif not contributed(teller):
            parts.append(
                say(
                    "What is known speaks for neither; the rest is taken from projects like this "
                    "one."
                )
            )
        elif told.outcome == "either" and told.basis == "default":
            parts.append(say("Nothing that is known decides between them: it is a default."))
    return Section("sure", "", (paragraph(say(" ").join(parts)),) if parts else ())


def _referrals(teller: Teller) -> Section | None:
    """Tell what outside the candidates to ask about first."""
    told = teller.advice.referrals[:WARNINGS]
    items = [item("?", ask_first(teller, each), kind="warn") for each in told]
    return listed("referrals", teller.say("Before you choose"), items)


def _plan(teller: Teller, room: Room) -> Section | None:
    """Tell the first steps of the plan, and the ways to where the model runs."""
    steps = [each for each in plan.shown(teller) if each.act != "ship"]
    items = [item("-", plan.told(teller, each), kind="good") for each in steps[:STEPS]]
    ways = _ways(teller)
    told = [each for each, _ in ways[: room.routes]]
    if left := [name for _, name in ways[room.routes :] if name]:
        named = (teller.say("“{quotation}”", quotation=teller.target(each)) for each in left)
        targets = teller.language.listing(dict.fromkeys(named))
        told.append(item("→", teller.say("Not shown here: {targets}.", targets=targets)))
    return listed("plan", teller.say("The plan"), [*items, *told])


def _told(teller: Teller, cells: int) -> Iterator[tuple[Reason, Spans]]:
    """Yield the reasons for the best, the strongest first, with their words."""
    advice, rivals = teller.advice, teller.advice.rivals()
    if rivals is None or advice.best is None:
        return
    for number, reason in enumerate(strongest(teller, *rivals)):
        if not number or reason.moves(*rivals) >= LEAST:
            yield reason, _reason(teller, reason, cells)


def _reason(teller: Teller, reason: Reason, cells: int) -> Spans:
    begun = lead(teller, reason)
    said = teller.sentence(reason, teller.advice.lens, short=True)
    if reason.standing == "weakened" and cell_len(said) + cell_len(begun.text) > cells:
        # Where there is no room for both, what holds today is told, and not what held once.
        said = teller.language.review(reason.rule)
    return spans(begun, said)


def _why(teller: Teller, told: list[tuple[Reason, Spans]], room: Room) -> Section | None:
    """Tell who is out, and the strongest reasons for the best."""
    say, advice = teller.say, teller.advice
    items: list[Item] = []
    for each in advice.explanation.exclusions:
        if each.state == "fires" and len(items) < STRONGEST:
            out = say("{names} is out: ", names=teller.names(each.candidates))
            items.append(_excluded(teller, "×", out, each.constraint, room))
    for reason, line in told[: STRONGEST - len(items)]:
        items.append(_within(teller, "+", line, reason.rule, room, "good"))
    if advice.best is None:
        return listed("why", say("Excluded, whatever the points say"), items)
    return listed("why", say("Why {winner}", winner=teller.name(advice.best)), items)


def _against(teller: Teller, room: Room) -> Section | None:
    """Tell what could exclude the best, or else the strongest reason against it."""
    say, advice, rivals = teller.say, teller.advice, teller.advice.rivals()
    if rivals is None or advice.best is None:
        return None
    title = say("What speaks against it")
    hanging = set(advice.decision.hanging)
    for each in advice.explanation.exclusions:
        if each.constraint in hanging:
            out = say("{names} might be out: ", names=teller.names(each.candidates))
            return listed("against", title, [_excluded(teller, "?", out, each.constraint, room)])
    best, rival = rivals
    against = strongest(teller, rival, best)
    if lone(advice.matrix) or not against or against[0].moves(rival, best) < LEAST:
        return None
    line = _reason(teller, against[0], room.reason)
    return listed("against", title, [_within(teller, "−", line, against[0].rule, room, "bad")])


def _excluded(teller: Teller, mark: str, out: str, constraint: str, room: Room) -> Item:
    """Tell who is out (×), or might be (?), and why."""
    line = spans(Span(out, "strong"), teller.language.constraint(constraint))
    return _within(teller, mark, line, constraint, room, "bad" if mark == "×" else "warn")


def _within(teller: Teller, mark: str, line: Spans, name: str, room: Room, kind: Kind) -> Item:
    """Shorten what a line says after its lead, and add the id where ids are asked for."""
    *before, said = line
    used = sum(cell_len(span.text) for span in before)
    short = brought_to(said.text, max(room.reason - used, LEAST_CELLS))
    return item(mark, *before, Span(short, said.kind), Span(teller.id(name), "code"), kind=kind)


def _changes(teller: Teller, room: Room) -> Section | None:
    """Tell which changes that a project can make would change the advice, the likeliest first."""
    say, advice = teller.say, teller.advice
    if advice.best is None:
        return None
    items = [item("-", each) for each in realistic(teller)[: room.changes]]
    if advice.ask_first is not None:
        ask = teller.language.ask(advice.ask_first.question)
        said = say("The answer that would tell most: {question}", question=ask)
        items.insert(0, item("?", said, kind="warn"))
    title = say("What could change it")
    if not items:
        told = say("No change that a project like this one can well make.")
        return Section("changes", title, (paragraph(told),))
    return listed("changes", title, items)


def _ways(teller: Teller) -> list[tuple[Item, str]]:
    """Tell the way of the plan to each place where the model is to run, or else the best one."""
    say, advice = teller.say, teller.advice
    ways = {each.id: each for each in teller.pack.routes}
    shipped = {step.target: step for step in advice.plan if step.act == "ship" and step.route}
    best = {target: ways[step.route] for target, step in shipped.items()}
    finished = {target: plan.as_it_is(teller, step) for target, step in shipped.items()}
    for told in advice.routes:
        if told.route.candidate == advice.best and told.route.maturity in USABLE:
            best.setdefault(told.route.target, told.route)
    found = {told.route.id: told.installing for told in advice.routes}
    items = [
        (
            item(
                "→",
                say("{target}: ", target=teller.target(target)),
                Span(" → ".join(teller.language.steps(way)), "strong"),
                say(" ({maturity})", maturity=say(MATURITY_WORDS[way.maturity])),
                details=[*filter(None, [finished.get(target), partly(teller, found.get(way.id))])],
                kind="good",
            ),
            target,
        )
        for target, way in best.items()
    ]
    name = advice.best or ""
    # After the ways, as the headline names these targets.
    items += [(dead_end(teller, name, each), each) for each in advice.unreached.get(name, ())]
    failing = [] if plan.waits(teller) else [(each, "") for each in _uninstallable(teller)]
    return [*failing, *items]


def _uninstallable(teller: Teller) -> Iterator[Item]:
    """Yield the ways of the plan whose packages cannot be installed together there."""
    shipped = dict.fromkeys(each.route for each in teller.advice.plan if each.act == "ship")
    told: set[str] = set()
    for each in teller.advice.routes:
        found = each.installing
        if each.route.id in shipped and found is not None and found.fails:
            said = brought_to(fails(teller, found), 215)
            if said not in told:
                told.add(said)
                yield item("×", Span(said, "bad"), kind="bad")


def _mind(teller: Teller) -> Section | None:
    """Tell the warnings, such as an answer that was read as another."""
    told = [brought_to(clean(each), 144) for each in warned(teller)[:WARNINGS]]
    return listed("mind", teller.say("Mind"), [item("!", each, kind="warn") for each in told])


def _more(teller: Teller) -> Section:
    told = teller.say("Every reason, source and figure: --full; a record to keep: --format adr.")
    return Section("more", "", (paragraph(Span(told, "dim")),))
