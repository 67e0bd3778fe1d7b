"""The charts of the HTML page, each a table whose rows carry a figure beside their numbers.

A figure is inline SVG. It says nothing that its row does not say in words, and is hidden from
screen readers. It scales with the row, has no inline style (a strict content policy allows none),
and takes its colours from classes.

"""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from recommender.language import points

from .document import clean
from .reasons import contributed
from .robustness import HEAVIEST, decimal, percent

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from recommender.reflecting.stability import Interval

    from .teller import Teller


def charts(teller: Teller) -> dict[str, str]:
    """Return every chart as HTML, by the id of the section that it stands in."""
    return {"contributions": contributions(teller), "robustness": _firmness(teller)}


def _firmness(teller: Teller) -> str:
    """Return the chart of each candidate's ranks, and of how far each weight may move."""
    found, say = teller.advice.sensitivity, teller.say
    if found is None or teller.advice.outcome == "no-survivor":
        return ""
    ranks = found.rank_acceptability
    shares = [
        (teller.name(name), "", stacked(ranks[name]), percent(ranks[name][0]))
        for name in teller.advice.ranking.order
    ]
    acceptability = _table(
        say("Rank acceptability: how often each comes first (darkest), second and so on."),
        (say("Candidate"), say("Figure"), say("First")),
        shares,
    )
    stakes = dict(zip(teller.advice.matrix.criteria, teller.advice.matrix.stakes, strict=True))
    sliders = [
        (
            teller.language.criterion(name),
            _break_even(teller, interval),
            slider(
                interval.weight,
                0 if interval.low is None else interval.low,
                HEAVIEST if interval.high is None else interval.high,
            ),
            str(interval.weight),
        )
        for name, interval in found.stability_intervals.items()
        if stakes[name]
    ]
    stability = _table(
        say("Each criterion's weight from 0 to 10 in force, and how far it may move alone before "
            "another candidate draws level."),
        (say("Criterion"), say("Figure"), say("Weight")),
        sliders,
    )  # fmt: skip
    return acceptability + (stability if sliders else "")


def _break_even(teller: Teller, interval: Interval) -> str:
    told = [
        teller.say("{name} draws level at {weight}", name=teller.name(who), weight=decimal(end))
        for end, who in ((interval.low, interval.below), (interval.high, interval.above))
        if end is not None and who is not None and end <= HEAVIEST
    ]
    return teller.language.listing(told) or teller.say("nobody draws level between 0 and 10")


def contributions(teller: Teller) -> str:
    """Return the chart of what each criterion and each rule earns the first over the second."""
    say, rivals = teller.say, teller.advice.rivals()
    moved = contributed(teller)
    if rivals is None or not moved:
        return ""
    values = [value for value, _ in moved]
    lowest, highest = min(0, *values), max(0, *values)
    rows = [
        (
            teller.language.criterion(reason.criterion),
            teller.named(reason),
            bar(value, lowest, highest),
            points(value, signed=True),
        )
        for value, reason in moved
    ]
    first, second = map(teller.name, rivals)
    caption = say(
        "What each rule gives {first} (to the right) or {second} (to the left), in points; "
        "together {margin}.",
        first=first,
        second=second,
        margin=points(sum(values), signed=True),
    )
    return _table(caption, (say("Criterion and rule"), say("Figure"), say("Points")), rows)


def _table(
    caption: str, head: tuple[str, str, str], rows: Iterable[tuple[str, str, str, str]]
) -> str:
    """Return a chart as HTML; a row is (title, smaller words, drawing, figures)."""
    written = "\n".join(
        f'<tr><th scope="row">{escape(title)} <span class="dim">{escape(small)}</span></th>'
        f'<td class="drawn">{drawn}</td><td class="number">{escape(figures)}</td></tr>'
        for title, small, drawn, figures in rows
    )
    first, middle, last = map(escape, head)
    return (
        f"<table>\n<caption>{escape(caption)}</caption>\n<thead><tr>"
        f'<th scope="col">{first}</th><th scope="col">{middle}</th>'
        f'<th scope="col" class="number">{last}</th></tr></thead>\n'
        f"<tbody>\n{written}\n</tbody>\n</table>\n"
    )


def escape(text: str) -> str:
    """Return a text escaped for HTML, with control characters marked.

    >>> escape("<b>tea</b>")
    '&lt;b&gt;tea&lt;/b&gt;'
    """
    return html.escape(clean(text))


def bar(value: int, lowest: int, highest: int) -> str:
    """Return a bar for a signed value: to the right of zero for, to the left against.

    >>> 'width="50"' in bar(5, 0, 10)
    True
    """
    scale = 100 / (highest - lowest or 1)
    zero, size = round(-lowest * scale, 2), round(abs(value) * scale, 2)
    left = zero if value >= 0 else round(zero - size, 2)
    side = "for" if value >= 0 else "against"
    return _svg(
        "-1 0 102 10",
        f'<rect class="{side}" x="{left:g}" y="1" width="{size:g}" height="8"/>',
        f'<line class="axis" x1="{zero:g}" x2="{zero:g}" y1="0" y2="10"/>',
    )


def stacked(shares: Sequence[float]) -> str:
    """Return shares of a whole as one bar, first to last from left to right, paler by rank."""
    drawn, left = [], 0.0
    for rank, share in enumerate(shares):
        size = round(100 * share, 2)
        name = f"rank-{min(rank + 1, 3)}"
        drawn.append(f'<rect class="{name}" x="{left:g}" y="1" width="{size:g}" height="8"/>')
        left = round(left + size, 2)
    return _svg("0 0 100 10", '<rect class="track" x="0" y="1" width="100" height="8"/>', *drawn)


def slider(weight: int, low: float, high: float) -> str:
    """Return a weight on a scale from 0 to 10, with the span in which the same candidate leads."""
    low, high = max(0.0, low), min(10.0, high)
    ticks = (f'<line class="tick" x1="{x}" x2="{x}" y1="7" y2="10"/>' for x in range(11))
    return _svg(
        "-0.3 0 10.6 10",
        '<rect class="track" x="0" y="4" width="10" height="2"/>',
        f'<rect class="for" x="{low:g}" y="4" width="{max(0.0, high - low):g}" height="2"/>',
        *ticks,
        f'<rect class="knob" x="{weight - 0.12:g}" y="0.5" width="0.24" height="9"/>',
    )


def curve(points: list[tuple[float, float]], here: tuple[float, float]) -> str:
    """Return a curve over a square from 0 to 100, its diagonal, and a mark at one point of it."""
    line = " ".join(f"{x:g},{100 - y:g}" for x, y in points)
    return (
        '<svg class="curve" viewBox="-2 -2 104 104" aria-hidden="true" focusable="false">'
        '<path class="axis" d="M0 0V100H100"/><path class="diagonal" d="M0 100L100 0"/>'
        f'<polyline class="line" points="{line}"/>'
        f'<circle class="knob" cx="{here[0]:g}" cy="{100 - here[1]:g}" r="3"/></svg>'
    )


def _svg(box: str, *drawn: str) -> str:
    return (
        f'<svg class="figure" viewBox="{box}" preserveAspectRatio="none" aria-hidden="true" '
        f'focusable="false">{"".join(drawn)}</svg>'
    )
