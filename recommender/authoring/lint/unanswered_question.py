"""A question that no reference project answers.

What a project leaves open is completed from the reference projects of the pack. Where none of them
answers a question, it is completed from the question's `usual:` alone, whatever the project is
like. Only questions of the pack that gives the population are looked at: an overlay's own have
none yet.

```yaml
questions: [{id: milk, ask: Is there milk?, type: flag}]
population: [{id: corner-cafe, source: "https://example.org", answers: {hour: morning}}]
```
"""

from __future__ import annotations

from pathlib import Path

from recommender.nouns.errors import Place
from recommender.nouns.pack import Pack

from ._context import Context, Finding, Findings, Severity

CODE = "P024"
SEVERITY: Severity = "warning"


def check(context: Context) -> Findings:
    """Look for questions to which the population has no answer."""
    pack = context.pack
    if not pack.population:
        return
    home = _folder(pack, pack.population[0].place)
    answered = {name for project in pack.population for name in project.answers}
    for question in pack.questions.values():
        if question.id not in answered and _folder(pack, question.place) == home:
            what = f"no reference project answers the question `{question.id}`"
            because = "Left open, it is completed by its `usual:` alone, whatever the project is."
            fix = "Describe reference projects by it, or allow it here with the reason."
            yield Finding(question.place, what, because, fix)


def _folder(pack: Pack, place: Place) -> str:
    """Return the folder of the pack in which something stands."""
    inside = [each for each in pack.folders if Path(place.file).is_relative_to(each)]
    return max(inside, key=len, default="")
