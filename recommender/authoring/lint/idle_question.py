"""A question that is read, and yet can never change an outcome.

Every condition that reads it comes out the same whatever is answered, or belongs to a rule that
can never fire or never matters, so the answer decides nothing. Exact, for each condition alone.

```yaml
when: {any: [{milk: true}, {milk: false, sugar: {at_least: 0}}]}
```
"""

from __future__ import annotations

from recommender.nouns.condition import Condition, clauses, reads
from recommender.nouns.pack import Rule

from ._context import Context, Finding, Findings, Severity
from ._reach import closure, tellable
from .never_matters import idle

CODE = "P013"
SEVERITY: Severity = "warning"
MOST = 20_000
"""Combinations that are tried of what the answers to other questions leave alive."""


def check(context: Context) -> Findings:
    """Look for questions whose answer makes no difference."""
    pack = context.pack
    conditions = [
        each.when for each in context.statements
        if context.can_hold(each.when) is not False
        and not (isinstance(each, Rule) and idle(each, context))
    ]  # fmt: skip
    conditions += [route.when for route in pack.routes if route.when is not None]
    told = [when for each in pack.referrals.values() for when in (each.when, each.unless)]
    conditions += [each for each in told if each is not None]
    conditions += [each.when for each in pack.libraries.values()]
    conditions += pack.conditions()
    matters = context.routed
    read = {name for each in context.statements for name in reads(each.when)}
    readers: dict[str, list[Condition]] = {}
    for condition in conditions:
        for name in reads(condition):
            readers.setdefault(name, []).append(condition)
    for name in read - matters:
        if any(depends(each, name, context) for each in readers.get(name, ())):
            matters.add(name)
    deciding = closure(matters, pack.questions)
    for name, question in pack.questions.items():
        if name in read and name not in deciding:
            what = f"the question `{name}` can never change an outcome"
            because = "Every rule that reads it decides the same, or nothing, whatever is answered."
            fix = "Mend the rules that read it, or remove the question."
            yield Finding(question.place, what, because, fix)


def depends(condition: Condition, name: str, context: Context) -> bool:
    """Return whether one answer can decide a condition, given some answers to the others.

    Where there are more answers, or combinations of them, than are tried, it is taken to decide.
    """
    table = clauses(condition)
    states = {(1 << len(table)) - 1}
    effects: set[int] = set()
    for each in (*(q for q in reads(condition) if q != name), name):
        owned = [[test for test in clause if test.question == each] for clause in table]
        flat = [test for found in owned for test in found]
        answers, exact = tellable(context.pack.questions[each], flat)
        if not exact:
            return True
        effects = {
            sum(1 << bit for bit, own in enumerate(owned) if all(test.of(answer) for test in own))
            for answer in answers
        }
        if len(states) * len(effects) > MOST:
            return True
        if each != name:
            states = {state & kept for state in states for kept in effects}
    return any(len({bool(state & kept) for kept in effects}) > 1 for state in states)
