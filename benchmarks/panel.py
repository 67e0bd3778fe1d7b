"""Write the figures of docs/panel.md: calibration, each batch described blind, and referrals.

    python -m benchmarks.panel

What stands between `<!-- figures: … -->` and `<!-- end -->` is made anew; the rest of the page is
written by hand, the first scoring of each batch above all.
"""

from __future__ import annotations

import re
from pathlib import Path

from . import calibration, pipelines, referrals, unseen
from .population import BATCHES

PAGE = Path(__file__).parents[1] / "docs" / "panel.md"
FIGURES = re.compile(r"(<!-- figures: ([\w-]+) -->\n).*?(<!-- end -->)", re.DOTALL)


def lines(name: str) -> list[str]:
    """Make the tables of one place of the page."""
    if name in BATCHES:
        return unseen.lines(name)
    if name == "plans":
        return pipelines.lines()
    if name == "referrals":
        return referrals.lines()
    return calibration.lines(calibration.measured())


def figures(text: str) -> dict[str, str]:
    """Return what the page has between its marks, by name."""
    return {
        match[2]: match[0].removeprefix(match[1]).removesuffix(match[3]).strip()
        for match in FIGURES.finditer(text)
    }


def main() -> None:
    """Write the page."""
    text = PAGE.read_text(encoding="utf-8")
    text = FIGURES.sub(lambda match: "\n".join([match[1], *lines(match[2]), "", match[3]]), text)
    PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
