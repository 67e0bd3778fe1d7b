"""A criterion or a condition that is too large to examine completely.

The questions it reads have more combinations of answers than are tried, so what lint says about it
is true, but something may be missing. A note: it does not make lint fail.
"""

from __future__ import annotations

from ._context import Context, Finding, Findings, Severity, called
from ._reach import OPTION_LIMIT, STATE_LIMIT, WORK

CODE = "P018"
SEVERITY: Severity = "note"


def check(context: Context) -> Findings:
    """Name what was not enumerated to the end."""
    limits = f"{STATE_LIMIT:,} situations, {OPTION_LIMIT} options of one question, or the {WORK:,}"
    because = f"It has more than {limits} steps that all of lint takes."
    for name, reached in context.reaches.items():
        if not reached.exact:
            what = f"not proved: what the rules of `{name}` can do together"
            fix = "Divide the criterion, or let its rules mention fewer options."
            yield Finding(context.pack.criteria[name].place, what, because, fix)
    if not context.silence[1]:
        what = "not proved: that some rule speaks whatever is answered"
        yield Finding(context.head(), what, because, "Let fewer questions or options be read.")
    for holder, key, condition in context.conditions():
        if not context.alone(condition).exact:
            what = f"not proved: whether {called(holder)} can apply"
            yield Finding(
                context.inside(holder.place, key), what, because, "Mention fewer options."
            )
