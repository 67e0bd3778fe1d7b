"""HTML: one page that needs no script, no other file and no network."""

from __future__ import annotations

import base64
import hashlib
import html as stdlib_html
import re
from typing import TYPE_CHECKING

from recommender.language import ENGLISH
from recommender.output.charts import charts, escape
from recommender.output.document import Items, Paragraph, clean, linked
from recommender.output.report import told_by
from recommender.output.screen import account_title, screen
from recommender.output.style import STYLE
from recommender.output.teller import Teller

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recommender.engine import Recommendation
    from recommender.output.document import Block, Item, Report, Section, Span, Spans

FOLDED = ("trace", "sources")
"""Sections that open on demand: long, and not read by everyone."""

BULLET = "•"

_CJK = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]+")


def render(
    advice: Recommendation, *, language: str = "en", full: bool = False, verbose: bool = False
) -> str:
    """Return a recommendation as one self-contained page, the whole account folded unless `full`.

    `verbose` names each rule by its id.
    """
    return render_all([advice], language=language, full=full, verbose=verbose)


def render_all(
    advised: Sequence[Recommendation],
    *,
    language: str = "en",
    full: bool = False,
    verbose: bool = False,
) -> str:
    """Return several recommendations as one page, one after another."""
    told = []
    tag = ENGLISH
    for advice in advised:
        teller = Teller(advice, language, verbose=verbose)
        tag = html_tag(teller.language.spoken)
        title = clean(advice.profile.name) or teller.pack.title
        told.append((title, _article(teller, full=full)))
    title = escape(" · ".join(title for title, _ in told))
    digest = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'"
    articles = "\n".join(written for _, written in told)
    return (
        f'<!DOCTYPE html>\n<html lang="{tag}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n"
        '<body class="recommender">\n<main>\n'
        f"{articles}\n</main>\n</body>\n</html>\n"
    )


def embedded(advice: Recommendation) -> str:
    """Return a recommendation to stand inside another page, as a notebook shows it."""
    teller = Teller(advice)
    written = _article(teller)
    lead = f'<div class="recommender" lang="{html_tag(teller.language.spoken)}">'
    return f"{lead}\n<style>{STYLE}</style>\n{written}\n</div>"


def _article(teller: Teller, *, full: bool = False) -> str:
    """Return the advice on one screen, and the whole account below it, folded unless `full`."""
    brief, whole = screen(teller, folded=True), told_by(teller, traced=True)
    opened = " open" if full else ""
    summary = f"<summary><h2>{escape(account_title(teller))}</h2></summary>"
    account = f'<details class="account"{opened}>\n{summary}\n{body(teller, whole)}\n</details>'
    parts = [_section(teller, section) for section in brief.sections]
    head = f"<h1>{headed(teller, brief.headline)}</h1>"
    return "\n".join(("<article>", head, *parts, account, "</article>"))


def headed(teller: Teller, line: Spans) -> str:
    """Return a headline as HTML."""
    return _mark_foreign(teller, _inline(line))


def body(teller: Teller, document: Report) -> str:
    """Return what stands below the headline as HTML."""
    notes, parts = teller.advice.profile.notes.strip(), []
    if notes:
        parts.append(f'<p class="notes">{_mark_foreign(teller, escape(notes))}</p>')
    drawn = charts(teller)
    parts += [_section(teller, each, drawn.get(each.id, "")) for each in document.sections]
    return "\n".join(parts)


def html_tag(code: str) -> str:
    """Return a language's code as HTML wants it."""
    return "zh-Hans" if code == "zh" else code


def _section(teller: Teller, section: Section, figure: str = "") -> str:
    heading = f"<h2>{escape(section.title)}</h2>" if section.title else ""
    body = _mark_foreign(teller, "\n".join(map(_block, section.blocks)))
    if figure and section.id == "contributions":
        body = figure  # the chart says all that the section's own table does, and shows it
    elif figure:
        body += f"\n{figure}"
    if section.id in FOLDED:
        return f"<details>\n<summary>{heading}</summary>\n{body}\n</details>"
    return f"<section>\n{heading}\n{body}\n</section>"


def _block(block: Block) -> str:
    if isinstance(block, Paragraph):
        return f"<p>{_inline(block.line)}</p>"
    if isinstance(block, Items):
        rows = "\n".join(map(_item, block.items))
        plain = " plain" if all(item.mark == "-" for item in block.items) else ""
        return f'<ul class="items{plain}">\n{rows}\n</ul>'
    head = "".join(f'<th scope="col">{escape(c)}</th>' if c else "<td></td>" for c in block.head)
    rows = "\n".join(map(_row, block.rows))
    return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>"


def _row(row: tuple[Spans, ...]) -> str:
    first, *rest = map(_inline, row)
    return f'<tr><th scope="row">{first}</th>' + "".join(f"<td>{c}</td>" for c in rest) + "</tr>"


def _item(item: Item) -> str:
    details = "".join(f'<p class="detail">{_inline(detail)}</p>' for detail in item.details)
    mark = escape(BULLET if item.mark == "-" else item.mark)
    return (
        f'<li><span class="mark {item.kind}">{mark}</span>'
        f'<div class="said"><p>{_inline(item.line)}</p>{details}</div></li>'
    )


def _inline(line: Spans) -> str:
    return "".join(map(_span, line))


def _span(span: Span) -> str:
    said = escape(span.text)
    if linked(span.url):
        return f'<a href="{stdlib_html.escape(span.url)}">{said}</a>'
    if span.kind == "plain":
        return said
    if span.kind in ("strong", "code"):
        return f"<{span.kind}>{said}</{span.kind}>"
    return f'<span class="{span.kind}">{said}</span>'


def _mark_foreign(teller: Teller, written: str) -> str:
    """Return HTML in which Chinese words of an English page are marked for screen readers."""
    if teller.language.spoken != ENGLISH:
        return written
    return _CJK.sub(r'<span lang="zh">\g<0></span>', written)
