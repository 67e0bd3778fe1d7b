"""Idle rules: rules that can fire and still never decide anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from recommender.nouns.pack import Rule

    from ._context import Context


def idle(rule: Rule, context: Context) -> str:
    """Return why a rule that can fire decides nothing, or empty text if it may."""
    if rule.measure is not None or not context.can_hold(rule.when):
        return ""
    lenses = [context.terms("today")[rule.id]]
    if rule.cites:
        lenses.append(context.terms("document")[rule.id])
    if not any(any(term.favors) for term in lenses):
        return "It gives no candidate anything, under any lens."
    return "" if rule.cites else _decided(rule, context)


def _decided(rule: Rule, context: Context) -> str:
    """Return why constraints have always decided where a rule fires, or empty text."""
    pack = context.pack
    vetoes = [each for each in pack.constraints.values() if not each.refuted]
    if not {name for each in vetoes for name in each.vetoes}:
        return ""
    found = context.reach([rule.when, *(each.when for each in vetoes)])
    for mask, _ in found.firing():
        gone = {name for i, each in enumerate(vetoes, 1) if mask >> i & 1 for name in each.vetoes}
        if mask & 1 and len(set(pack.candidates) - gone) > 1:
            return ""
    return "It fires only where constraints have left a single candidate." if found.exact else ""
