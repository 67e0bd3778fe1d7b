"""Markdown for a wiki, an issue or a job summary."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recommender.output.markup import escape, inline, section
from recommender.output.report import told_by
from recommender.output.screen import account_title, screen
from recommender.output.teller import Teller

if TYPE_CHECKING:
    from recommender.engine import Recommendation


def render(
    advice: Recommendation, *, language: str = "en", full: bool = False, verbose: bool = False
) -> str:
    """Return a recommendation in Markdown: one screen, and the whole account folded below it.

    `full` leaves it unfolded.
    """
    teller = Teller(advice, language, verbose=verbose)
    brief, whole = screen(teller, folded=True), told_by(teller, traced=verbose)
    parts = [f"# {inline(brief.headline)}", *map(section, brief.sections)]
    account = [section(each, 3) for each in whole.sections]
    if full:
        parts += [f"## {account_title(teller)}", *account]
    else:
        summary = f"<summary>{escape(account_title(teller))}</summary>"
        parts += [f"<details>\n{summary}", *account, "</details>"]
    return "\n\n".join(parts) + "\n"
