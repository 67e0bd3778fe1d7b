"""What surrounds the advice: open questions, routes, own weights, overlays, warnings, sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recommender.language import points, share

from ._document import Item, Items, Paragraph, Section, Span, linked, spans

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from recommender.engine import RouteAdvice
    from recommender.judging.explanation import OpenQuestion, Reason
    from recommender.language import Language
    from recommender.nouns.pack import Overlay
    from recommender.nouns.profile import Profile
    from recommender.nouns.source import Reference

    from ._document import Spans
    from ._teller import Teller

MARKS = {"production": "✓", "beta": "~", "experimental": "~", "retired": "×"}

MATURITY_WORDS = {
    "production": "production",
    "beta": "beta",
    "experimental": "experimental",
    "retired": "retired",
}

STATE_WORDS = {"fires": "applies", "silent": "does not apply", "unknown": "open"}

FAMILY_WORDS = {
    "candidates": "candidates",
    "criteria": "criteria",
    "questions": "questions",
    "rules": "rules",
    "constraints": "exclusions",
    "routes": "routes",
}

VERDICT_WORDS = {
    "confirmed": "confirmed on this machine",
    "refuted": "failed on this machine",
    "unavailable": "could not be checked on this machine",
}


def unknown(teller: Teller) -> Section | None:
    """Return the open questions, each with the points and constraints that wait for it."""
    waiting = teller.advice.explanation.open_questions
    if not waiting:
        return None
    say, ranking = teller.say, teller.advice.ranking
    told = say("Unanswered, they could not change who is first.")
    if ranking.reversible:
        told = say("Unanswered, they could together still change who is first.")
    items = tuple(_question(teller, each) for each in waiting)
    return Section("unknown", say("What is unknown"), (Paragraph(spans(told)), Items(items)))


def _question(teller: Teller, waiting: OpenQuestion) -> Item:
    say = teller.say
    details: tuple[Spans, ...] = ()
    if waiting.constraints:
        held = teller.language.listing(waiting.constraints)
        details = (spans(Span(say("It could exclude a candidate ({rules}).", rules=held), "warn")),)
    stake = say("{points} points", points=points(waiting.stake)) if waiting.stake else "?"
    return Item(stake, spans(teller.language.ask(waiting.question)), details, "warn")


def routes(teller: Teller) -> Section | None:
    """Return the routes from the advised candidate to each deployment target, retired ones last."""
    found = teller.advice.routes
    items = tuple(_route(teller, each) for each in found) + tuple(_dead_ends(teller))
    if not items:
        return None
    return Section("routes", teller.say("How it gets to where it runs"), (Items(items),))


def _dead_ends(teller: Teller) -> Iterator[Item]:
    """Yield the targets that no route in use reaches in a format accepted there."""
    say, language = teller.say, teller.language
    for candidate, targets in teller.advice.unreached.items():
        for target in targets:
            told = say(
                "{name} to “{target}”: no way is known that delivers what is accepted there.",
                name=teller.name(candidate),
                target=language.choice(teller.pack.targets, target),
            )
            yield Item("×", spans(Span(told, "bad")), (), "bad")


def _route(teller: Teller, told: RouteAdvice) -> Item:
    say, route = teller.say, told.route
    target = teller.language.choice(teller.pack.targets, route.target)
    steps = " → ".join(route.steps)
    said = say("{name} to “{target}”: ", name=teller.name(route.candidate), target=target)
    line = spans(Span(said, "plain"), Span(steps, "strong"))
    maturity = say(MATURITY_WORDS[route.maturity])
    if route.maturity == "retired":
        line = spans(Span(said + steps, "dim"), Span(say(" (retired: do not take it)"), "bad"))
    else:
        line += spans(say(" ({maturity})", maturity=maturity))
    notes = [teller.language.route(route.id, route.because)] if route.because else []
    if not told.certain and route.maturity != "retired":
        notes.append(say("Whether it is open depends on an unanswered question."))
    if told.expired:
        notes.append(say("This is to be read again; it may have changed."))
    if told.seen is not None and route.maturity != "retired":
        # A check may reach less far than the route: its own words say what was done here.
        notes.append(
            say(
                "The check {check}: {verdict} ({seen}).",
                check=route.check,
                verdict=say(VERDICT_WORDS[told.seen.verdict]),
                seen=told.seen.because,
            )
        )
    details = [spans(note) for note in notes]
    details.append(teller.origin(route.place, route.sources))
    kind = "dim" if route.maturity == "retired" else "good"
    return Item(MARKS[route.maturity], line, tuple(details), kind)  # type: ignore[arg-type]


def weights(teller: Teller) -> Section | None:
    """Return the criterion weights that the project set itself."""
    own = teller.advice.profile.weights
    if not own:
        return None
    say = teller.say
    items = tuple(
        Item(
            str(weight),
            spans(
                teller.language.criterion(name),
                Span(
                    say(" (the pack says {weight})", weight=teller.pack.criteria[name].weight),
                    "dim",
                ),
            ),
        )
        for name, weight in own.items()
    )
    return Section("weights", say("The project's own weights"), (Items(items),))


def overlays(teller: Teller) -> Section | None:
    """Return what each overlay pack has changed."""
    items = tuple(_overlay(teller, each) for each in teller.pack.overlays)
    if not items:
        return None
    return Section("overlays", teller.say("What the overlays change"), (Items(items),))


def _overlay(teller: Teller, overlay: Overlay) -> Item:
    say, listing = teller.say, teller.language.listing
    told = []
    if overlay.added:
        added = listing(
            say("{family} ({count})", family=say(FAMILY_WORDS[family]), count=count)
            for family, count in overlay.added.items()
        )
        told.append(say("It adds {added}.", added=added))
    if overlay.reweighed:
        weights = listing(
            say(
                "“{criterion}” {weight} instead of {now}",
                criterion=teller.language.criterion(each.criterion),
                weight=each.after,
                now=each.before,
            )
            for each in overlay.reweighed
        )
        told.append(say("It weighs {weights}.", weights=weights))
    if overlay.retired:
        told.append(say("It retires {rules}.", rules=listing(overlay.retired)))
    return Item("+", spans(Span(_titled(overlay), "strong")), tuple(spans(each) for each in told))


def _titled(overlay: Overlay) -> str:
    return f"{overlay.name} {overlay.version}".rstrip()


def retired(teller: Teller) -> Section | None:
    """Return the rules that an overlay pack has retired, each with its reason."""
    items = tuple(
        Item("×", spans(Span(rule, "code"), teller.say(": {because}", because=because)))
        for rule, because in teller.pack.retired.items()
    )
    if not items:
        return None
    return Section(
        "retired", teller.say("Rules that this organisation has retired"), (Items(items),)
    )


def warnings(teller: Teller) -> Section | None:
    """Return the warnings of the recommendation."""
    say = teller.say
    told = []
    expired = [r.rule for r in teller.advice.explanation.fired() if r.expired]
    if expired:
        told.append(
            say("Reviews to be read again: {rules}.", rules=teller.language.listing(expired))
        )
    if teller.advice.observations is not None and not teller.advice.on_probed_machine:
        told.append(
            say(
                "The project does not say that it trains or runs on the probed machine, so what "
                "was observed there is shown and changes no score."
            )
        )
    told += readings(teller.language, teller.advice.profile)
    if not told:
        return None
    items = tuple(Item("!", spans(each), kind="warn") for each in told)
    return Section("warnings", say("Mind"), (Items(items),))


def readings(language: Language, profile: Profile) -> list[str]:
    """Say which of a project's answers were read as what."""
    return [
        language.phrase("“{written}” is read as “{read}”.", written=each.written, read=each.read)
        for each in profile.readings
    ]


def trace(teller: Teller) -> Section:
    """Return every rule under the lens with its state, the answers it read and what it earned."""
    order = {"fires": 0, "unknown": 1, "silent": 2}
    reasons = sorted(teller.advice.explanation.reasons, key=lambda r: order[r.state])
    items = tuple(_traced(teller, reason) for reason in reasons)
    return Section("trace", teller.say("Every rule"), (Items(items),))


def _traced(teller: Teller, reason: Reason) -> Item:
    marks = {"fires": "✓", "unknown": "?", "silent": "·"}
    earned = teller.language.listing(
        teller.say("{name} {points}", name=teller.name(name), points=points(value))
        for name, value in reason.earned.items()
    )
    state = teller.say(STATE_WORDS[reason.state])
    line = spans(
        Span(reason.rule, "strong"), teller.say(": {state}; {earned}", state=state, earned=earned)
    )
    details = [spans(teller.sentence(reason, teller.advice.explanation.lens))]
    if reason.answers:
        details.append(spans(Span(teller.answers(reason.answers), "dim")))
    details.append(teller.footnote(reason))
    return Item(
        marks[reason.state], line, tuple(details), "dim" if reason.state == "silent" else "plain"
    )


def sources(teller: Teller) -> Section | None:
    """Return the sources cited in the report, by number; to be called last."""
    cited = {teller.pack.reference(each): number for each, number in teller.sources.items()}
    if not cited:
        return None
    items = tuple(Item(f"[{number}]", _source(teller, each)) for each, number in cited.items())
    oldest = _oldest(teller, cited)
    blocks = (Paragraph(spans(oldest)), Items(items)) if oldest else (Items(items),)
    return Section("sources", teller.say("Sources"), blocks)


def _oldest(teller: Teller, cited: Mapping[Reference, int]) -> str:
    """Return the day of the oldest page cited, and the earliest day of reading, in words."""
    read = min((each.read for each in cited if each.read), default=None)
    dated = [(each.published, number) for each, number in cited.items() if each.published]
    if read is None:
        return ""
    told = teller.say("Each was read on {date} or later.", date=read.isoformat())
    if not dated:
        return told
    published, number = min(dated)
    oldest = teller.say(
        "The oldest of them is of {date}: [{number}].", date=published.isoformat(), number=number
    )
    return f"{oldest} {told}"


def _source(teller: Teller, told: Reference) -> Spans:
    say = teller.say
    words = " ".join(filter(None, (told.before, told.says, told.after)))
    quotation = say("“{quotation}”", quotation=words) if words else ""
    if told.cite:
        return spans(say("{quotation} in: {title}", quotation=quotation, title=told.title))
    web = told.url if linked(told.url) else ""
    about = [told.publisher]
    about += [say("an interested party")] if told.interested else []
    about += [say("version {version}", version=told.version)] if told.version else []
    about += [say("of {date}", date=told.published.isoformat())] if told.published else []
    about += [say("read {date}", date=told.read.isoformat())] if told.read else []
    return spans(
        Span(told.title, "plain", web),
        Span(f" ({told.url})" if not web else "", "dim"),
        Span(f" ({say('; ').join(about)})", "dim"),
        f" {quotation}" if quotation else "",
    )


def provenance(teller: Teller) -> Section:
    """Return what the advice was made with, so that it can be made again."""
    made, say = teller.advice.provenance, teller.say
    told = say(
        "recommender {version}; pack {pack} {pack_version} ({digest}), judged as of {as_of}; seed "
        "{seed}, {samples} samples.",
        version=made.version,
        pack=made.pack,
        pack_version=made.pack_version,
        digest=made.pack_digest[:12],
        as_of=made.as_of.isoformat(),
        seed=made.seed,
        samples=made.samples,
    )
    if teller.pack.overlays:
        named = teller.language.listing(map(_titled, teller.pack.overlays))
        told += " " + say("Overlays: {overlays}.", overlays=named)
    if made.report_digest:
        told += " " + say("Probe report {digest}.", digest=made.report_digest[:12])
    judged = _thresholds(teller)
    blocks = (Paragraph(spans(Span(judged, "dim"))), Paragraph(spans(Span(told, "dim"))))
    return Section("provenance", say("How this was judged"), blocks)


def _thresholds(teller: Teller) -> str:
    limits = teller.pack.thresholds
    return teller.say(
        "Up to {tie} of the points in play counts as even, up to {close} as a narrow lead; too "
        "little is known when open questions could reverse the result and hold more than "
        "{unknown} of all points.",
        tie=share(limits.tie, 1000),
        close=share(limits.close, 1000),
        unknown=share(limits.unknown, 1000),
    )
