"""Exit codes: every code with which the command may end (docs/exit-codes.md)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recommender.nouns.errors import RecommenderError, UsageError

if TYPE_CHECKING:
    from recommender.engine import Recommendation

ANSWERED = 0
FOUND = 1
MISUSED = 2
UNREADABLE = 3
NO_SURVIVOR = 4
TOO_LITTLE_KNOWN = 5
INTERNAL = 70
INTERRUPTED = 130


def code_of(result: Recommendation | RecommenderError) -> int:
    """Return the exit code of one project, from its outcome or its error."""
    if isinstance(result, UsageError):
        return MISUSED
    if isinstance(result, RecommenderError):
        return UNREADABLE
    outcomes = {"no-survivor": NO_SURVIVOR, "too-little-known": TOO_LITTLE_KNOWN}
    return outcomes.get(result.outcome, ANSWERED)
