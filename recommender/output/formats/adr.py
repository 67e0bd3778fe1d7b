"""Architecture decision records (MADR 4), which `recommender recheck` can read again."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from recommender.engine import RECOMMENDATION_SCHEMA, Recommendation
from recommender.judging.explanation import Reason
from recommender.language import points
from recommender.output import adjustments, plan, provenance, reasons, routes
from recommender.output.answered import unknown
from recommender.output.document import Section, spans
from recommender.output.headline import clarity, headline
from recommender.output.teller import Teller
from recommender.output.warnings import referrals, warnings

from .json import decision, write
from .markdown import block, escape, escape_line, inline, section

RECORD = "decision-record"
"""The `kind` of the JSON block by which `recheck` knows a record."""

ORDINARY = (
    "A Adoption All An And Any As At Bindings Both Branches But By Code Compilers Each "
    "Eagerly Even Every Finding For From Here How If Imported In It Its Language Large Likely "
    "Model Most Neither New No Nothing Of Older On One Only People Platforms Programs "
    "Published Ready-made Research Researchers Running Several Since Some Static Such That "
    "The Their There These They This Those To Training Tried Two Under Users We What When "
    "Where Whether Which Who With Without Working"
)
"""First words that are written small in the middle of a sentence."""

STATUS = {"no-survivor": "rejected", "too-little-known": "draft"}


def render(advice: Recommendation, *, language: str = "en", **_: bool) -> str:
    """Return a recommendation as a Markdown Any Decision Record, version 4."""
    teller = Teller(advice, language)
    say, status = teller.say, STATUS.get(advice.outcome, "proposed")
    parts = [
        f"---\nstatus: {status}\ndate: {advice.provenance.as_of.isoformat()}\n---",
        f"# {inline(headline(teller))}",
        f"## {say('Context and Problem Statement')}",
        *_context(teller),
        # What to ask before any of the options is chosen.
        _told(referrals(teller)),
        f"## {say('Decision Drivers')}",
        _drivers(teller),
        f"## {say('Considered Options')}",
        "\n".join(f"* {escape(teller.name(name))}" for name in advice.ranking.order),
        f"## {say('Decision Outcome')}",
        *_outcome(teller),
        _told(plan.plan(teller)),
        f"### {say('Consequences')}",
        *_consequences(teller),
        f"### {say('Confirmation')}",
        _confirmation(teller),
        f"## {say('Pros and Cons of the Options')}",
        *_options(teller),
        f"## {say('More Information')}",
        *_more(teller),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _context(teller: Teller) -> Iterator[str]:
    profile, say = teller.advice.profile, teller.say
    if profile.notes.strip():
        yield inline(spans(profile.notes.strip()))
    title, name = teller.pack.title, profile.name
    asked = say("{title}: what should this project build on?", title=title)
    if name:
        asked = say("{title}: what should {name} build on?", title=title, name=name)
    yield escape_line(asked)
    rows = [
        f"* {escape_line(teller.language.ask(name))} {escape(teller.language.answer(name, answer))}"
        for name, answer in profile.answers.items()
    ]
    yield "\n".join(rows)


def _told(found: Section | None) -> str:
    return "" if found is None else section(found, 3)


def _drivers(teller: Teller) -> str:
    """Return the criteria on which anything was earned, the weightiest first."""
    matrix, own = teller.advice.matrix, teller.advice.profile.weights
    rows = []
    for weight, name, stake in sorted(
        zip(matrix.weights, matrix.criteria, matrix.stakes, strict=True),
        key=lambda row: (-row[0], row[1]),
    ):
        if stake:
            driver = teller.say(
                "{criterion} (weight {weight} of 10)",
                criterion=teller.language.criterion(name),
                weight=weight,
            )
            if name in own:
                driver = teller.say("{driver}, set by the project", driver=driver)
            rows.append(f"* {escape_line(driver)}")
    return "\n".join(rows) or escape(teller.say("None of the pack's criteria applies."))


def _outcome(teller: Teller) -> Iterator[str]:
    advice, say = teller.advice, teller.say
    chosen = say("No option is chosen ({advice}).", advice=teller.told(advice.decision))
    if advice.best is not None:
        best = teller.name(advice.best)
        chosen = say("Chosen option: “{winner}”, because of the reasons below.", winner=best)
        if not _reasoned(teller):
            chosen = say(
                "Chosen option: “{winner}”, because it suits most projects like this one: nothing "
                "that is known of this one speaks for either.",
                winner=best,
            )
        if advice.outcome == "too-little-known":
            chosen = say("Not chosen yet; the likeliest option is “{winner}”.", winner=best)
    yield escape_line(chosen)
    for each in (clarity(teller), reasons.exclusions(teller)):
        yield from map(block, each.blocks if each else ())


def _reasoned(teller: Teller) -> bool:
    """Tell whether a reason, known or likely, or an exclusion speaks for the best."""
    advice, rivals = teller.advice, teller.advice.rivals()
    return bool(advice.matrix.vetoes or rivals is None or reasons.strongest(teller, *rivals))


def _consequences(teller: Teller) -> Iterator[str]:
    advice, say = teller.advice, teller.say
    rivals = advice.rivals()
    rows = []
    if rivals is not None and advice.best is not None:
        best, rival = rivals
        good = reasons.strongest(teller, best, rival)
        bad = reasons.strongest(teller, rival, best)
        for moved, found in ((1, good), (-1, bad)):
            rows += [_row(teller, each, moved, inline(teller.footnote(each))) for each in found]
    ways = routes.routes(teller)
    if rows or ways is None:
        yield "\n".join(rows) or escape(say("None that the pack knows of."))
    if ways is not None:
        yield from map(block, ways.blocks)


def _row(teller: Teller, reason: Reason, moved: int, note: str) -> str:
    sentence = _carried_on(teller.sentence(reason, teller.advice.explanation.lens))
    return f"* {escape(_lead(teller, reason, moved))} {escape(sentence)} ({note})"


def _lead(teller: Teller, reason: Reason, moved: int) -> str:
    """Say what a reason is for an option, and of an open rule in how many such projects."""
    say = teller.say
    if not moved:
        return say("Neutral, because")
    if reason.state != "unknown":
        return say("Good, because") if moved > 0 else say("Bad, because")
    count = reasons.often(reason)
    if moved > 0:
        return say("Good in about {count} of 100 projects like this one, because", count=count)
    return say("Bad in about {count} of 100 projects like this one, because", count=count)


def _carried_on(sentence: str) -> str:
    """Return a sentence as it reads after "because": small, unless its first word may be a name.

    >>> _carried_on("The model is small."), _carried_on("PyTorch does.")
    ('the model is small.', 'PyTorch does.')
    """
    first, blank, rest = sentence.partition(" ")
    return f"{first.lower()}{blank}{rest}" if first.rstrip(",") in ORDINARY.split() else sentence


def _confirmation(teller: Teller) -> str:
    """Return how the decision can be confirmed: by checks of the probe, and by rechecking."""
    advice, say = teller.advice, teller.say
    checks = {
        check for r in advice.explanation.fired() for check in teller.pack.rules[r.rule].checks
    }
    if advice.observations is None:
        asked = say(
            "Not probed. What recommender probe can confirm or refute on the project's machine:"
        )
        listed = ", ".join(f"`{check}`" for check in sorted(checks))
        none = escape(say("No check of the probe applies."))
        return f"{escape(asked)} {listed}." if checks else none
    rows = []
    for check in sorted(checks):
        for name in advice.matrix.candidates:
            seen = advice.observations.get(check, name)
            if seen is not None:
                told = say(routes.VERDICT_WORDS[seen.verdict])
                why = f" ({escape(seen.because)})" if seen.because else ""
                rows.append(f"* `{check}`, {escape(teller.name(name))}: {escape(told)}{why}")
    return "\n".join(rows) or escape(say("No check of the probe applies."))


def _options(teller: Teller) -> Iterator[str]:
    """Yield every option compared with the first, and the first compared with the second."""
    advice, say = teller.advice, teller.say
    first, *others = advice.ranking.order
    fired = advice.explanation.fired()
    for name in (first, *others):
        yield f"### {escape(teller.name(name))}"
        about = teller.language.about(name)
        if about:
            yield escape_line(about)
        rival = first if name != first else others[0] if others else first
        moved = [(reason.contribution(name, over=rival), reason) for reason in fired]
        # What is good of the first is bad of the others; it is told once, and summed up there.
        told = [(value, r) for value, r in moved if value > 0 or name == first]
        rows = [_weighed(teller, value, reason) for value, reason in told]
        lost = sum(value for value, _ in moved if value < 0)
        if name != first and lost:
            summed = say(
                "Bad, because {first} has what is told of it above", first=teller.name(first)
            )
            rows.append((lost, "", f"* {escape(summed)} ({points(lost)})"))
        yield "\n".join(text for _, _, text in sorted(rows, key=lambda row: (-row[0], row[1])))


def _weighed(teller: Teller, moved: int, reason: Reason) -> tuple[int, str, str]:
    return moved, reason.rule, _row(teller, reason, moved, points(moved, signed=True))


def _more(teller: Teller) -> Iterator[str]:
    say = teller.say
    due = revisit_by(teller.advice)
    if due is not None:
        yield escape_line(say("Revisit by: {date}, when the first review is due.", date=due))
    yield _told(unknown(teller))
    yield _told(adjustments.overlays(teller))
    yield _told(adjustments.retired(teller))
    yield _told(warnings(teller))
    yield _told(provenance.sources(teller))
    yield _told(provenance.provenance(teller))
    yield f"### {escape(say('Record'))}"
    yield escape_line(say("For recommender recheck; leave it as it is."))
    record = {
        "schema": RECOMMENDATION_SCHEMA,
        "kind": RECORD,
        **decision(teller.advice),
        "observations": _seen(teller.advice),
    }
    # A fence longer than any run of backticks that a user's text could hold.
    written = write(record)
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", written)), default=0))
    yield f"{fence}json\n{written}\n{fence}"


def _seen(advice: Recommendation) -> list[dict[str, str]] | None:
    if advice.observations is None:
        return None
    return [
        {"check": seen.check, "candidate": seen.candidate, "verdict": seen.verdict}
        for seen in advice.observations.by_key.values()
    ]


def revisit_by(advice: Recommendation) -> dt.date | None:
    """Return the first day on which a review or route that the advice relies on is due."""
    rules = advice.pack.rules
    reviews = [rules[reason.rule].review for reason in advice.explanation.fired()]
    due = [review.expires for review in reviews if review is not None and review.expires]
    due += [told.route.expires for told in advice.routes if told.route.expires]
    return min(due, default=None)
