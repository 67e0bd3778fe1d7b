"""The sections that let advice be checked: every rule, the sources, and how it was made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from recommender.judging.explanation import Reason
from recommender.language import points, share
from recommender.nouns.source import Reference

from .adjustments import titled
from .document import Item, Items, Section, Span, Spans, item, linked, listed, paragraph, spans

if TYPE_CHECKING:
    from .teller import Teller

STATE_WORDS = {"fires": "applies", "silent": "does not apply", "unknown": "open"}


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
    sentence = teller.sentence(reason, teller.advice.explanation.lens)
    read = [spans(Span(teller.answers(reason.answers), "dim"))] if reason.answers else []
    return item(
        marks[reason.state],
        Span(teller.language.criterion(reason.criterion), "strong"),
        Span(teller.id(reason.rule), "code"),
        teller.say(": {state}; {earned}", state=state, earned=earned),
        details=[sentence, *read, teller.footnote(reason)],
        kind="dim" if reason.state == "silent" else "plain",
    )


def sources(teller: Teller) -> Section | None:
    """Return the sources cited in the report, by number; to be called last."""
    cited = {teller.pack.reference(each): number for each, number in teller.sources.items()}
    items = [item(f"[{number}]", *_source(teller, each)) for each, number in cited.items()]
    oldest = _oldest(teller, cited)
    before = [paragraph(oldest)] if oldest else []
    return listed("sources", teller.say("Sources"), items, *before)


def _oldest(teller: Teller, cited: Mapping[Reference, int]) -> str:
    """Return the day of the oldest page cited, and the earliest day of reading, in words."""
    read = min((each.read for each in cited if each.read), default=None)
    dated = [(each.published, number) for each, number in cited.items() if each.published]
    if read is None:
        return ""
    told = teller.say("Each was read on {date} or later.", date=read)
    if not dated:
        return told
    published, number = min(dated)
    values = {"date": published, "number": number}
    return f"{teller.say('The oldest of them is of {date}: [{number}].', **values)} {told}"


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
    about += [say("of {date}", date=told.published)] if told.published else []
    about += [say("read {date}", date=told.read)] if told.read else []
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
        as_of=made.as_of,
        seed=made.seed,
        samples=made.samples,
    )
    if teller.pack.overlays:
        named = teller.language.listing(map(titled, teller.pack.overlays))
        told += " " + say("Overlays: {overlays}.", overlays=named)
    if made.report_digest:
        told += " " + say("Probe report {digest}.", digest=made.report_digest[:12])
    limits = teller.pack.thresholds
    judged = say(
        "Too little is known where nobody is first in {known} of the completions and an answer "
        "could change that; either will do where something decides in less than {decided} of them "
        "and nobody is first in {either}; a probability of {clear} or more is called clear.",
        known=share(limits.known, 1000),
        decided=share(limits.decided, 1000),
        either=share(limits.either, 1000),
        clear=share(limits.clear, 1000),
    )
    blocks = (paragraph(Span(judged, "dim")), paragraph(Span(told, "dim")))
    return Section("provenance", say("How this was judged"), blocks)
