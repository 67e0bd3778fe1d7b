"""Text in Markdown as the site's builder reads it, so that nothing in it is taken for markup."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from recommender.nouns.errors import Place
from recommender.nouns.source import Reference

_SPECIAL = re.compile(r"([\\`*_\[\]{}|~^#])")


def text(said: str) -> str:
    r"""Return plain text for the middle of a line.

    >>> text("a *b* <c>")
    'a \\*b\\* &lt;c&gt;'
    """
    return _SPECIAL.sub(r"\\\1", html.escape(" ".join(said.split()), quote=False))


def code(said: str) -> str:
    """Return a name in code; none of ours holds a backtick."""
    return f"`{said}`"


def link(said: str, target: str) -> str:
    """Return a link."""
    return f"[{said}](<{target}>)"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table, or nothing if it has no row."""
    lines = [f"| {' | '.join(row)} |" for row in rows]
    if not lines:
        return ""
    return "\n".join([f"| {' | '.join(head)} |", "|" + "---|" * len(head), *lines])


def listed(facts: Iterable[tuple[str, str]]) -> str:
    """Return facts under their names."""
    return "\n".join(f"- {name}: {said}" for name, said in facts)


def page(title: str, *parts: str) -> str:
    """Return a page of parts, without the empty ones."""
    return "\n\n".join(part for part in (f"# {title}", *parts) if part) + "\n"


def quoted(told: Reference) -> str:
    """Return a source as one item: its page, whose it is and of when, and the sentences cited."""
    if told.cite:
        return f"- {text(told.title)}:\n\n    > {text(told.says)}"
    where = link(text(told.title), told.url.removeprefix("docs/"))
    if not told.url.startswith("http"):
        where = link(text(told.title), f"../../{told.url.removeprefix('docs/')}")
    about = [text(told.publisher)] if told.publisher else []
    about += ["an interested party"] if told.interested else []
    about += [f"of {told.published}"] if told.published else []
    about += [f"version {text(told.version)}"] if told.version else []
    about += [f"read {told.read}"] if told.read else []
    of = link("its page", f"../sources/{told.source}.md")
    lines = f"- {where} ({', '.join(about)}; {of} here)"
    if not told.says:
        return lines
    around = (text(told.before), f"**{text(told.says)}**", text(told.after))
    return f"{lines}\n\n    > {' '.join(part for part in around if part)}"


def written(place: Place) -> str:
    """Return an entry of a YAML file as it stands there."""
    rows = Path(place.file).read_text("utf-8").splitlines()
    start = place.line - 1
    indent = len(rows[start]) - len(rows[start].lstrip())
    end = start + 1
    while end < len(rows):
        row = rows[end]
        if row.strip() and len(row) - len(row.lstrip()) <= indent:
            break
        end += 1
    entry = [row[indent:] for row in rows[start:end]]
    return "```yaml\n" + "\n".join(entry).rstrip() + "\n```"
