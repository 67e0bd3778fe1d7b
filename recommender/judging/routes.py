"""Routes: which of the targets that a project names a candidate has a usable way to."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from recommender.nouns.pack import Pack
    from recommender.nouns.profile import Profile

    from .program import Truths


def unreached(pack: Pack, profile: Profile, truths: Truths) -> dict[str, tuple[str, ...]]:
    """Find the targets to which a pack that knows ways to them knows none for a candidate.

    A way counts where its condition is not false, where it can end in a format that the project
    accepts, and unless it is retired. Candidates that reach every target are left out.
    """
    targets, formats = profile.named(pack.targets), profile.named(pack.formats)
    open_, maybe = truths.routes
    known = {route.target for route in pack.routes} & targets
    reached = {
        (route.candidate, route.target)
        for index, route in enumerate(pack.routes)
        if (open_ | maybe) >> index & 1
        and route.target in known
        and route.maturity != "retired"
        and route.ends_in(formats)
    }
    found = {
        name: tuple(sorted(target for target in known if (name, target) not in reached))
        for name in pack.candidates
    }
    return {name: targets for name, targets in found.items() if targets}
