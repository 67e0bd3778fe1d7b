"""What the founding document said, what holds today, and what was measured here, in a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recommender.judging.lens import LENSES

from .adjustments import titled
from .document import Paragraph, Section, spans

if TYPE_CHECKING:
    from .teller import Teller


def then_and_now(teller: Teller) -> Section:
    """Say in a line what the founding document said, what holds today, what was measured here."""
    say, advice = teller.say, teller.advice
    told = {
        lens: teller.told(advice.decisions[lens]) for lens in LENSES if lens in advice.decisions
    }
    parts = [
        say("{document} said: {advice}.", document=each, advice=told["document"])
        for each in (teller.introduced(name) for name in [*teller.pack.documents][:1])
    ]
    parts.append(say("Today: {advice}.", advice=told["today"]))
    measured = say("As measured on this machine: {advice}.", advice=told.get("measured", ""))
    parts.append(teller.unmeasured() or measured)
    if teller.pack.overlays:
        named = teller.language.listing(map(titled, teller.pack.overlays))
        parts.append(say("Overlays: {overlays}.", overlays=named))
    line = spans(say(" ").join(parts))
    return Section("lenses", say("Then, now and here"), (Paragraph(line),))
