"""A sentence that was checked and stands in no excerpt.

`checked` says what a reader found who opened the pages of a statement. The sentence that bears it
out stands in an excerpt that the statement cites, to the letter, or in the passage that it quotes
of a document, where it is a view; only what was not found has none.

```yaml
source: {source: study-of-tea, excerpt: caught-up}
checked: {on: 2026-11-26, sentence: Strong teas have caught up., verdict: supported}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from recommender.authoring.sources import Statement, cited_by
from recommender.nouns.pack import Fact, Pack

from ._context import Context, Finding, Findings, Severity

CODE = "P023"
SEVERITY: Severity = "error"

BECAUSE = "Whoever checks it again must find the sentence where the statement says that it stands."


def check(context: Context) -> Findings:
    """Look for sentences that no excerpt has, and verdicts that none bears out."""
    pack = context.pack
    statements: list[Statement] = [
        *context.statements, *pack.routes, *pack.facts.values(), *pack.referrals.values(),
        *pack.libraries.values(),
    ]  # fmt: skip
    for each in statements:
        place = context.inside(each.place, "checked")
        for read in (each.checked, each.checked.second) if each.checked else ():
            if read is None or (read.verdict == "not-found" and not read.sentence):
                continue
            if not read.sentence:
                what = f"`{each.id}` was found `{read.verdict}` by no sentence"
                yield Finding(place, what, BECAUSE, "Name the sentence, or say `not-found`.")
            elif not any(_plain(read.sentence) in text for text in _texts(pack, each)):
                what = (
                    f"the sentence that was checked of `{each.id}` is in no excerpt that it cites"
                )
                yield Finding(place, what, BECAUSE, "Copy it to the letter, or cite its excerpt.")


def _texts(pack: Pack, statement: Statement) -> Iterator[str]:
    cites = cited_by(statement)
    if isinstance(statement, Fact) and statement.verdict == "opinion":
        cites += (statement.says,)  # a view that rests on no page is read where it is stated
    for cited in cites:
        told = pack.reference(cited)
        yield _plain(f"{told.before} {told.says} {told.after}")


def _plain(words: str) -> str:
    """Return words with single spaces: tables are padded."""
    return " ".join(words.split())
