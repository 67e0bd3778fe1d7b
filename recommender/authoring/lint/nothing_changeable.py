"""A pack that never says which answers a project can change.

The short report tells what could realistically change the advice: answers to questions marked
`changeable`, as a target that is dropped. Where no question is marked, it can tell nothing of it.

```yaml
questions:
  - {id: hour, ask: When?, type: flag}     # and no question with changeable: true
```
"""

from __future__ import annotations

from ._context import Context, Finding, Findings, Severity

CODE = "P027"
SEVERITY: Severity = "note"


def check(context: Context) -> Findings:
    """Look for a pack of which no question is changeable."""
    questions = context.pack.questions.values()
    if questions and not any(question.changeable for question in questions):
        yield Finding(
            next(iter(questions)).place,
            "no question is marked as one whose answer a project can change",
            "The short report says what could change the advice by such answers alone.",
            "Write `changeable: true` in those that a project decides, such as where it runs.",
        )
