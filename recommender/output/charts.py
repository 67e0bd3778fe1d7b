"""The charts of the HTML page, each a table whose rows carry a bar beside their numbers."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from recommender.language import points

from .document import clean
from .figures import bar, slider, stacked
from .reasons import contributed
from .robustness import HEAVIEST, decimal, percent

if TYPE_CHECKING:
    from collections.abc import Iterable

    from recommender.reflecting.stability import Interval

    from .teller import Teller


def charts(teller: Teller) -> dict[str, str]:
    """Return every chart as HTML, by the id of the section that it stands in."""
    return {"contributions": contributions(teller), "robustness": firmness(teller)}


def firmness(teller: Teller) -> str:
    """Return the chart of each candidate's ranks, and of how far each weight may move."""
    found, say = teller.advice.sensitivity, teller.say
    if found is None or teller.advice.outcome == "no-survivor":
        return ""
    shares = [
        (teller.name(name), "", stacked(list(ranks)), percent(ranks[0]))
        for name in teller.advice.ranking.order
        for ranks in (found.rank_acceptability[name],)
    ]
    acceptability = table(
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
    stability = table(
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
    lowest = min(0, *(value for value, _ in moved))
    highest = max(0, *(value for value, _ in moved))
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
        margin=points(sum(value for value, _ in moved), signed=True),
    )
    return table(caption, (say("Criterion and rule"), say("Figure"), say("Points")), rows)


def table(
    caption: str, head: tuple[str, str, str], rows: Iterable[tuple[str, str, str, str]]
) -> str:
    """Return a chart as HTML; a row is (title, smaller words, drawing, figures)."""
    written = "\n".join(
        f'<tr><th scope="row">{_safe(title)} <span class="dim">{_safe(small)}</span></th>'
        f'<td class="drawn">{drawn}</td><td class="number">{_safe(figures)}</td></tr>'
        for title, small, drawn, figures in rows
    )
    first, middle, last = map(_safe, head)
    return (
        f"<table>\n<caption>{_safe(caption)}</caption>\n<thead><tr>"
        f'<th scope="col">{first}</th><th scope="col">{middle}</th>'
        f'<th scope="col" class="number">{last}</th></tr></thead>\n'
        f"<tbody>\n{written}\n</tbody>\n</table>\n"
    )


def _safe(text: str) -> str:
    return html.escape(clean(text))
