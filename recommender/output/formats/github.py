"""GitHub workflow commands: the advice as annotations of the project file."""

from __future__ import annotations

from typing import Literal

from recommender.engine import Recommendation
from recommender.output.document import clean, words
from recommender.output.headline import headline
from recommender.output.teller import Teller
from recommender.output.warnings import warned

Level = Literal["notice", "warning", "error"]


def render(advice: Recommendation, *, language: str = "en", **_: bool) -> str:
    """Return a recommendation as workflow commands, one a line."""
    teller = Teller(advice, language)
    name = advice.profile.name or teller.say("This project")
    level: Level = "notice"
    if advice.outcome in ("no-survivor", "too-little-known"):
        level = "error"
    elif advice.decision.hanging:
        level = "warning"
    lines = [_command(advice, level, name, words(headline(teller)), "answers")]
    said = [teller.language.referral(each.id) for each in advice.referrals]
    lines += [_command(advice, "notice", name, each) for each in said]
    for waiting in advice.explanation.open_questions:
        if waiting.constraints:
            message = teller.say(
                "Unanswered: {question} It could exclude a candidate ({rules}).",
                question=teller.language.ask(waiting.question),
                rules=teller.constraints(waiting.constraints),
            )
            lines.append(_command(advice, "warning", name, message))
    for out in advice.explanation.exclusions:
        if out.state == "fires":
            because = teller.language.constraint(out.constraint)
            lines.append(_command(advice, "warning", name, because, *out.answers))
    lines += [_command(advice, "warning", name, clean(each)) for each in warned(teller)]
    return "\n".join(lines) + "\n"


def _command(
    advice: Recommendation, level: Level, title: str, message: str, *questions: str
) -> str:
    properties = {}
    if advice.profile.source:
        properties["file"] = advice.profile.source
        places = [advice.profile.places[q] for q in questions if q in advice.profile.places]
        if places and places[0].line:
            properties["line"] = str(places[0].line)
    properties["title"] = title
    told = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{level} {told}::{_message(message)}"


def _message(text: str) -> str:
    """Return a text without what would end the command: line breaks and per cent signs.

    >>> _message("100%")
    '100%25'
    """
    return clean(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")
