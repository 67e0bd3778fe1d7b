"""Markdown for a wiki, an issue or a job summary, escaped so that no text is read as markup."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from recommender.output.document import Items, Paragraph, clean, linked
from recommender.output.report import told_by
from recommender.output.screen import account_title, screen
from recommender.output.teller import Teller

if TYPE_CHECKING:
    from recommender.engine import Recommendation
    from recommender.output.document import Block, Item, Section, Span, Spans

# Everything that could begin markup; an underscore inside a word cannot.
_SPECIAL = re.compile(r"[\\`*\[\]<>|~&$]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])")
_START = re.compile(r"^(\s*)([#+=-]|\d+[.)])")
_LINK_LIKE = re.compile(r"(?i)(?<=[a-z])(://)|\b(www)(\.)")


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


def escape(text: str) -> str:
    r"""Return a text escaped for the middle of a Markdown line.

    >>> print(escape("*tea* <b> snake_case @you"))
    \*tea\* \<b\> snake_case &#64;you
    """
    text = _SPECIAL.sub(lambda found: f"\\{found[0]}", clean(text)).replace("@", "&#64;")
    return _LINK_LIKE.sub(lambda f: "&#58;//" if f[1] else f"{f[2]}&#46;", text)


def escape_line(text: str) -> str:
    r"""Return a text escaped for the beginning of a Markdown line.

    >>> print(escape_line("1. tea"), escape_line("# tea"))
    1\. tea \# tea
    """
    return _START.sub(lambda f: f"{f[1]}{f[2][:-1]}\\{f[2][-1]}", escape(text))


def inline(line: Spans) -> str:
    """Return a line of spans as Markdown."""
    written = ""
    for span in line:
        written += _span(span, start=not written)
    return written.strip()


def _span(span: Span, *, start: bool) -> str:
    said = escape_line(span.text) if start else escape(span.text)
    if span.url and linked(span.url):
        return f"[{said}](<{quote(span.url, safe=':/?#@!$&*+,;=%~._-')}>)"
    if span.kind in ("strong", "code") and said.strip():
        # The marks must touch the words, or they would not be read as marks.
        bare = said.strip()
        return said.replace(bare, f"**{bare}**" if span.kind == "strong" else f"`{_code(span)}`", 1)
    return said


def _code(span: Span) -> str:
    return span.text.strip().replace("`", "'")


def section(told: Section, level: int = 2) -> str:
    """Return a section as Markdown, under a heading of a level."""
    heading = f"{'#' * level} {escape(told.title)}" if told.title else ""
    parts = [heading, *map(block, told.blocks)]
    return "\n\n".join(part for part in parts if part)


def block(told: Block) -> str:
    """Return a block as Markdown."""
    if isinstance(told, Paragraph):
        return inline(told.line)
    if isinstance(told, Items):
        return "\n".join(map(_item, told.items))
    head = "| " + " | ".join(escape(cell) or " " for cell in told.head) + " |"
    rule = "|" + " --- |" * len(told.head)
    rows = ("| " + " | ".join(inline(cell) or " " for cell in row) + " |" for row in told.rows)
    return "\n".join((head, rule, *rows))


def _item(item: Item) -> str:
    mark = "" if item.mark in ("-", "") else f"**{escape(item.mark)}** "
    lines = [f"- {mark}{inline(item.line)}"]
    lines += [f"  - {inline(detail)}" for detail in item.details]
    return "\n".join(lines)
