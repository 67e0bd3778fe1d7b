"""A condition that can be written more simply.

A list of one, the same answer twice in a list, or an `any` or `all` of a single condition says no
more than its only part. `--fix` rewrites it, and touches nothing else of the file.

```yaml
when: {targets: {includes: [android]}}     # {targets: {includes: android}}
when: {any: [{goal: research}]}            # {goal: research}
```
"""

from __future__ import annotations

from typing import Any

from recommender.loading.yaml_spans import Edit
from recommender.nouns.errors import Place

from ._context import Context, Finding, Findings, Severity

CODE = "P017"
SEVERITY: Severity = "warning"

BECAUSE = "The shorter form says the same, and is read at a glance."


def check(context: Context) -> Findings:
    """Look through every condition as it is written."""
    for holder, key, _ in context.conditions():
        raw = context.raw(holder.place)
        if isinstance(raw, dict) and key in raw:
            yield from _walk(raw[key], (key,), holder.place, context)


def _walk(value: Any, path: tuple[str | int, ...], place: Place, context: Context) -> Findings:
    if not isinstance(value, dict):
        return
    for word, inner in value.items():
        here = (*path, word)
        if isinstance(inner, list) and inner:
            if word in ("any", "all"):
                if len(inner) == 1 and len(value) == 1:
                    what = f"`{word}` of a single condition"
                    yield _finding(what, place, path, (*here, 0), context)
                for index, each in enumerate(inner):
                    yield from _walk(each, (*here, index), place, context)
            elif len(inner) == 1:
                yield _finding(f"`{word}` lists one answer", place, here, (*here, 0), context)
            elif len({repr(each) for each in inner}) < len(inner):
                yield _repeated(inner, place, here, context)
        else:
            yield from _walk(inner, here, place, context)


def _finding(
    what: str,
    place: Place,
    outer: tuple[str | int, ...],
    inner: tuple[str | int, ...],
    context: Context,
) -> Finding:
    file, start = context.file(place.file), context.path(place) or ()
    text, span = file.spans.cut((*start, *inner)), file.spans.value((*start, *outer))
    edits: tuple[Edit, ...] = ()
    if span is not None and "\n" not in text and file.text[span[0]] in "[{":
        edits = (Edit(place.file, *span, text),)
    return Finding(context.inside(place, *outer), what, BECAUSE, f"Write {text}.", (), edits)


def _repeated(
    values: list[Any], place: Place, path: tuple[str | int, ...], context: Context
) -> Finding:
    file, start = context.file(place.file), context.path(place) or ()
    kept = dict.fromkeys(file.spans.cut((*start, *path, i)) for i in range(len(values)))
    text, span = f"[{', '.join(kept)}]", file.spans.value((*start, *path))
    edits: tuple[Edit, ...] = ()
    if span is not None and "\n" not in file.text[slice(*span)]:
        edits = (Edit(place.file, *span, text),)
    what = f"`{path[-1]}` lists the same answer twice"
    return Finding(context.inside(place, *path), what, BECAUSE, f"Write {text}.", (), edits)
