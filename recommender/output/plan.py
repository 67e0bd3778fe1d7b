"""The plan in words: what stays, what to build in, and how it gets to each target."""

from __future__ import annotations

from collections.abc import Iterator

from recommender.engine import Recommendation
from recommender.judging.installing import unpackaged
from recommender.nouns.plan import Step

from .document import Item, Section, Span, Spans, item, listed
from .routes import VERDICT_WORDS, dead_end, no_way, partly
from .teller import Teller

MOST_FORMATS = 3
"""How many formats the headline names."""
MOST_LIBRARIES = 4
"""How many libraries a sentence names."""

STEP_WORDS = {
    "keep": "Keep what runs in {name}.",
    "wait": "Leave the code in {name} until it is rewritten anyway.",
    "port": "Port the code in {name} to {best}.",
    "port-or-leave": "Port the code in {name} to {best}, or leave it as it is: that depends on "
    "{questions}.",
    "rewrite": "Rewrite the code in {name}, as is due anyway.",
    "build": "Write what is new in {name}.",
    "build-and-train": "Build and train in {name}.",
    "train": "Train in {name}.",
    "run": "Run the model in {name}.",
}
CHOSEN_WORDS = {
    True: "choose {best}, narrowly ({sure}).",
    False: "choose {best}; the case is clear ({sure}).",
}
TRAINED_WORDS = {
    True: "train in {best}, ship as {formats}; narrowly ({sure}).",
    False: "train in {best}, ship as {formats}; the case is clear ({sure}).",
}
SHIPPED_WORDS = {
    True: "take {best} models, ship as {formats}; narrowly ({sure}).",
    False: "take {best} models, ship as {formats}; the case is clear ({sure}).",
}
"""What leads where it is close, and where it is clear."""


def plan(teller: Teller) -> Section | None:
    """Return the steps of the plan, or nothing where all candidates are excluded."""
    return listed("plan", teller.say("The plan"), [_item(teller, step) for step in shown(teller)])


def shown(teller: Teller) -> list[Step]:
    """Return the steps that are told: not those that the line of another one tells too."""
    untold = {"convert", "train"} if _at_once(teller) else {"convert"}
    return [step for step in teller.advice.plan if step.act not in untold]


def waits(teller: Teller) -> bool:
    """Tell whether the plan says that the candidate advised has no packages yet."""
    best = teller.advice.best
    return any(step.act == "wait" and step.candidate == best for step in teller.advice.plan)


def _at_once(teller: Teller) -> bool:
    """Tell whether all is built anew and trained, which one line says."""
    advice = teller.advice
    acts = {step.act for step in advice.plan if step.candidate == advice.best}
    return {"build", "train"} <= acts and all(each.candidate == advice.best for each in advice.plan)


def plan_told(advice: Recommendation, language: str = "en") -> list[str]:
    """Return the plan, a sentence a step."""
    teller = Teller(advice, language)
    return [told(teller, step) for step in shown(teller)]


def _shipped_as(teller: Teller) -> tuple[str, ...]:
    """Name the formats that what is advised is converted to, each once, few enough for a line.

    None is named where something is also shipped in a format of the candidate's own: then there is
    more to say than a line holds.
    """
    steps = teller.advice.plan
    found = dict.fromkeys(step.format for step in steps if step.act == "convert")
    shipped = {step.format for step in steps if step.act == "ship" and step.format}
    names = tuple(teller.language.choice(teller.pack.formats, each) for each in found)
    return names if shipped <= found.keys() and len(names) <= MOST_FORMATS else ()


def _item(teller: Teller, step: Step) -> Item:
    if step.gap:
        return dead_end(teller, step.candidate, step.target)
    details: list[str | Spans] = [*_notes(teller, step), *_backed(teller, step)]
    return item("-", told(teller, step), details=details, kind="good")


def _backed(teller: Teller, step: Step) -> Iterator[Spans]:
    """Yield of each library of a step what says so, and the use that the sentence left out."""
    for number, name in enumerate(step.libraries):
        library = teller.pack.libraries[name]
        named = library.name if number < MOST_LIBRARIES else _used(teller, name)
        lead = Span(teller.say("{name}: ", name=named))
        yield (lead, *teller.origin(library.place, library.sources))


def told(teller: Teller, step: Step) -> str:
    """Say a step in one sentence."""
    say, name = teller.say, teller.name(step.candidate)
    if step.candidate in ("", teller.advice.best) and step.act in ("keep", "wait"):
        return _own(teller, step)
    act: str = "build-and-train" if step.act == "build" and _at_once(teller) else step.act
    if act == "port" and step.open:
        act = "port-or-leave"
    if act in STEP_WORDS:
        best, asked = teller.name(teller.advice.best or ""), teller.language.questions(step.open)
        said = say(STEP_WORDS[act], name=name, best=best, questions=asked)
        return _with(teller, step, said) if step.libraries else said
    if step.act == "freeze":
        return say(
            "Freeze the models of {name} as {format}.", name=name, format=_format(teller, step)
        )
    return _shipping(teller, step)


def _with(teller: Teller, step: Step, said: str) -> str:
    """Add to a sentence the libraries to build with, each with what it is for, or how many more."""
    say, rest = teller.say, len(step.libraries) - MOST_LIBRARIES
    named = [_used(teller, each) for each in step.libraries[:MOST_LIBRARIES]]
    if rest > 0:
        named.append(say("{count} more", count=rest))
    return say("{said} Use {names}.", said=said, names=teller.language.listing(named))


def _used(teller: Teller, library: str) -> str:
    """Name a library, with what it is for."""
    name, use = teller.pack.libraries[library].name, teller.language.serves(library)
    return teller.say("{name} for {use}", name=name, use=use)


def _own(teller: Teller, step: Step) -> str:
    """Say what becomes of code that is kept, or what to wait for, of the candidate advised."""
    say, name = teller.say, teller.name(step.candidate)
    if step.act == "keep" and step.because:
        return teller.language.stays("portable" if step.candidate else "foreign", step.because)
    if step.act == "keep":
        return say("Keep the code in {name}, and build on it.", name=name)
    advice = teller.advice
    found = unpackaged(advice.pack, step.candidate, advice.profile)
    pythons = [] if found is None else found.pythons(found.platforms[0])
    return say(
        "Install {name} under Python {python}, in an environment of its own, or wait: on {day} it "
        "had no packages for a newer one.",
        name=name,
        python=pythons[-1] if pythons else "?",
        day=step.resolved,
    )


def _shipping(teller: Teller, step: Step) -> str:
    say = teller.say
    target = teller.target(step.target)
    if step.gap:
        return no_way(teller, step.candidate, step.target)
    route = next(each for each in teller.pack.routes if each.id == step.route)
    way = " → ".join(teller.language.steps(route))
    if not step.format or step.format in teller.pack.candidates[step.candidate].formats:
        return say("Ship to “{target}” by {way}.", target=target, way=way)
    return say(
        "Ship to “{target}” as {format}, by {way}.",
        target=target,
        format=_format(teller, step),
        way=way,
    )


def _format(teller: Teller, step: Step) -> str:
    return teller.language.choice(teller.pack.formats, step.format)


def _notes(teller: Teller, step: Step) -> list[str]:
    notes = []
    if step.because and step.candidate not in ("", teller.advice.best):
        notes.append(teller.language.stays(step.act, step.because))
    if step.open and step.act != "port":
        asked = teller.language.questions(step.open)
        notes.append(teller.say("It depends on {questions}.", questions=asked))
    if step.proof is not None:
        notes.append(
            teller.say("This way: {verdict}.", verdict=teller.say(VERDICT_WORDS[step.proof]))
        )
    if notice := as_it_is(teller, step):
        notes.append(notice)
    if step.resolved is not None and step.act == "ship":
        told = next(each for each in teller.advice.routes if each.route.id == step.route)
        whole = teller.say("Its packages install together, resolved on {day}.", day=step.resolved)
        notes.append(partly(teller, told.installing) or whole)
    return notes


def as_it_is(teller: Teller, step: Step) -> str:
    """Say of what is shipped converted that a finished file needs no conversion, if none trains."""
    if step.act != "ship" or not step.format:
        return ""
    if step.format in teller.pack.candidates[step.candidate].formats:
        return ""
    if teller.pack.planning.trains is None or trained(teller.advice):
        return ""
    return teller.say(
        "A model that is {format} already needs no conversion to it.", format=_format(teller, step)
    )


def trained(advice: Recommendation) -> bool:
    """Tell whether the plan trains a model."""
    return any(step.act == "train" for step in advice.plan)


def lead(teller: Teller, values: dict[str, str], *, narrowly: bool) -> str:
    """Say who is advised, with the plan in a few words where a model is shipped in another form."""
    formats = _shipped_as(teller)
    words = CHOSEN_WORDS
    if formats:
        words = TRAINED_WORDS if trained(teller.advice) else SHIPPED_WORDS
    return teller.say(words[narrowly], **values, formats=teller.language.listing(formats))
