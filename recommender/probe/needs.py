"""The checks that a project needs: those that its rules, constraints and routes name."""

from __future__ import annotations

from recommender.nouns.condition import ALWAYS, holds
from recommender.nouns.pack import Pack
from recommender.nouns.profile import Profile


def checks_for(profile: Profile, pack: Pack) -> set[str]:
    """Return the checks of everything that holds for a project, or may hold."""
    named: set[str] = set()
    for rule in pack.rules.values():
        if holds(rule.when, profile.answers) is not False:
            named.update(rule.checks, (rule.measure.check,) if rule.measure else ())
    for constraint in pack.constraints.values():
        if holds(constraint.when, profile.answers) is not False:
            named.update(constraint.checks, (constraint.refuted,))
    targets, accepted = profile.named(pack.targets), profile.named(pack.formats)
    for route in pack.routes:
        aimed = pack.targets not in profile.answers or route.target in targets
        open_ = aimed and route.ends_in(accepted)
        if open_ and holds(route.when or ALWAYS, profile.answers) is not False:
            named.add(route.check)
    return named - {""}
