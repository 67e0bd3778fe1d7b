"""What the pages load beside their own text: one style sheet and one script, both ours."""

from __future__ import annotations

from pathlib import Path

from recommender.output.style import STYLE

STATIC = Path(__file__).parent / "static"

SHEET = STYLE + "\n" + (STATIC / "page.css").read_text("utf-8")
SCRIPT = (STATIC / "page.js").read_text("utf-8")
