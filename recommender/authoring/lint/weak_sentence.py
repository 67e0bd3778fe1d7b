"""A sentence that is not ready to be read.

Reports print these sentences as they stand: a reason is a whole sentence that begins with a
capital and ends with a full stop, a question ends with a question mark, both are short enough to
be read in one breath, nothing is left to be written, and no two rules give the same reason.
`--fix` adds a full stop.

```yaml
because: todo, check this again
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from recommender.loading.yaml_spans import Edit
from recommender.nouns.errors import Place

from ._context import Context, Finding, Findings, Severity

CODE = "P016"
SEVERITY: Severity = "warning"

LONGEST = 60
"""Words in one reason: three lines of a report."""

# A sentence may begin with the name of a program in small letters; these words are none.
_COMMON = (
    "a all an and any as at because both but by each every few for from how if in is it its many "
    "most no nobody not of on one only or our some that the their there these they this those to "
    "two we what when where which who with you"
)
_UNWRITTEN = re.compile(r"\b(TODO|FIXME|TBD|XXX|lorem ipsum)\b", re.IGNORECASE)
_STOP = re.compile(r"[.!?…。！？][\"'”’)」』]?$")


def check(context: Context) -> Findings:
    """Look at every reason and every question."""
    first: dict[str, Place] = {}
    reasons = {each.place for each in context.statements}
    for place, path, sentence in _sentences(context):
        here = context.inside(place, *path)
        end = "a question mark" if path == ("ask",) else "a full stop"
        for what, fix in _weak(sentence, asks=path == ("ask",)):
            edits = _stopped(context, place, path) if what == f"it does not end with {end}" else ()
            yield Finding(here, f"`{path[-1]}`: {what}", _BECAUSE, fix, (), edits)
        if path == ("because",) and place in reasons:
            other = first.setdefault(sentence, here)
            if other != here:
                what = "`because`: the same sentence is the reason of another entry"
                fix = "Say what sets this one apart."
                yield Finding(here, what, _BECAUSE, fix, (other,))


_BECAUSE = "Reports print this sentence as it stands."


def _sentences(context: Context) -> Iterator[tuple[Place, tuple[str, ...], str]]:
    for question in context.pack.questions.values():
        yield question.place, ("ask",), question.ask
    for each in context.statements:
        yield each.place, ("because",), each.because
    for rule in context.rules:
        if rule.review is not None:
            yield rule.place, ("review", "because"), rule.review.because
    for route in context.pack.routes:
        if route.because:
            yield route.place, ("because",), route.because
    for referral in context.pack.referrals.values():
        yield referral.place, ("sentence",), referral.sentence
    for fact in context.pack.facts.values():
        yield fact.place, ("because",), fact.because


def _weak(sentence: str, *, asks: bool) -> Iterator[tuple[str, str]]:
    text = sentence.strip()
    if _UNWRITTEN.search(text):
        yield "something is left to be written", "Write it."
    first = text.split(" ", 1)[0]
    if first in _COMMON.split():
        yield "it does not begin with a capital", f"Begin with `{first.capitalize()}`."
    if asks and not re.search(r"[?？]", text):
        yield "it does not end with a question mark", "Ask a question."
    elif not asks and not _STOP.search(text):
        yield "it does not end with a full stop", "Write a whole sentence."
    words = len(text.split())
    if words > LONGEST:
        yield f"{words} words are too long to be read", f"Say it in at most {LONGEST}."


def _stopped(context: Context, place: Place, path: tuple[str, ...]) -> tuple[Edit, ...]:
    """Return the edit that adds the full stop, if the sentence is plain text on its line."""
    start = context.path(place)
    span = context.file(place.file).spans.value((*start, *path)) if start else None
    if span is None or path == ("ask",):
        return ()
    text = context.file(place.file).text[slice(*span)]
    if "\n" in text or text[0] in "|>":
        return ()
    inside = 1 if text[0] in "\"'" else 0
    at = span[1] - inside
    return (Edit(place.file, at, at, "."),)
