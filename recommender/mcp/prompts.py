"""What a model is told: how to use this server, and the prompt that a user can choose."""

from __future__ import annotations

PROMPT = "choose_framework"
ARGUMENT = "project"

_INTERVIEW = (
    "Answer from what the user has said or what the project shows (`scan` reads a folder that the "
    "client declared), and ask the user the rest, one question at a time, with `next_question`. "
    "Never guess: answer `unknown` where the user does not know. Stop when `next_question` gives "
    "no question, or when the user has had enough, and call `recommend`. Tell the advice with its "
    "probability, the reasons on both sides with their sources, and what could still change it."
)

INSTRUCTIONS = (
    "Recommends a deep-learning framework for a project, by rules that each have a reason, a "
    f"source and a date. {_INTERVIEW} `recommender://rules/ID` has a rule whole, "
    "`recommender://sources/ID` a source. Nothing is stored."
)


def interview(project: str = "") -> str:
    """Return the prompt that starts an interview.

    >>> interview("A phone app.").endswith("What is known of the project: A phone app.")
    True
    """
    known = f"\n\nWhat is known of the project: {project}" if project else ""
    return f"Which deep-learning framework should my project build on? {_INTERVIEW}{known}"
