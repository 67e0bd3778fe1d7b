"""JUnit XML for a pipeline: what must hold of the advice, as test cases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from recommender.engine import Recommendation
from recommender.output.document import clean, words
from recommender.output.headline import headline
from recommender.output.teller import Teller


def render(advice: Recommendation, *, language: str = "en", **_: bool) -> str:
    """Return a recommendation as one JUnit test suite."""
    return render_all([advice], language=language)


def render_all(advised: Sequence[Recommendation], *, language: str = "en", **_: bool) -> str:
    """Return several recommendations as one document."""
    suites = "\n".join(_suite(Teller(advice, language)) for advice in advised)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n{suites}\n</testsuites>\n'


def _suite(teller: Teller) -> str:
    cases = list(_cases(teller))
    failed = sum("<failure" in case for case in cases)
    skipped = sum("<skipped" in case for case in cases)
    advice, made = teller.advice, teller.advice.provenance
    properties = {
        "outcome": advice.outcome,
        "best": advice.best or "",
        "lens": advice.lens,
        "pack": f"{made.pack} {made.pack_version} {made.pack_digest}",
        "as_of": made.as_of.isoformat(),
    }
    told = "\n".join(
        f"<property name={_quoted(name)} value={_quoted(value)}/>"
        for name, value in properties.items()
    )
    return (
        f"<testsuite name={_quoted(advice.profile.name or 'project')} tests={_quoted(len(cases))} "
        f'failures={_quoted(failed)} skipped={_quoted(skipped)} errors="0">\n'
        f"<properties>\n{told}\n</properties>\n" + "\n".join(cases) + "\n</testsuite>"
    )


def _cases(teller: Teller) -> Iterator[str]:
    """Yield what a pipeline may stop for: no answer, a veto that may come, reviews due."""
    advice, say = teller.advice, teller.say
    said = words(headline(teller))
    answered = advice.outcome not in ("no-survivor", "too-little-known")
    yield _case(teller, say("There is an answer"), "" if answered else said, said)
    hanging = teller.constraints(advice.decision.hanging)
    yield _case(teller, say("No open question can exclude the first"), hanging)
    expired = ", ".join(teller.rule(r.rule) for r in advice.explanation.fired() if r.expired)
    yield _case(teller, say("Every review that counts is up to date"), expired)
    missed = {target for each in advice.unreached.values() for target in each}
    for target in sorted({told.route.target for told in advice.routes} | missed):
        name = say("There is a way to “{target}”", target=teller.target(target))
        yield _case(teller, name, say("no way in use is known") if target in missed else "")
    refuted = [teller.rule(r.rule) for r in advice.explanation.fired() if advice.best in r.refuted]
    skipped = say("not probed") if advice.observations is None else ""
    yield _case(teller, say("This machine bears it out"), ", ".join(refuted), skipped=skipped)


def _case(teller: Teller, name: str, failure: str = "", note: str = "", skipped: str = "") -> str:
    inside = ""
    if skipped:
        inside = f"<skipped message={_quoted(skipped)}/>"
    elif failure:
        inside = f"<failure message={_quoted(failure)}>{escape(clean(failure))}</failure>"
    if note:
        inside += f"<system-out>{escape(clean(note))}</system-out>"
    suite = _quoted(teller.advice.profile.name or "project")
    return f"<testcase classname={suite} name={_quoted(name)}>{inside}</testcase>"


def _quoted(value: object) -> str:
    return quoteattr(clean(str(value)))
