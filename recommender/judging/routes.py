"""Routes: which of the targets that a project names a candidate has a usable way to."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recommender.nouns.pack import Pack, Route
    from recommender.nouns.profile import Profile

    from .program import Truths


def usable(pack: Pack, profile: Profile, truths: Truths) -> Iterator[Route]:
    """Yield the routes in use whose condition is not false and that can end in an accepted format.

    Targets that the project does not name are not looked at here.
    """
    formats = profile.named(pack.formats)
    open_, maybe = truths.routes
    for index, route in enumerate(pack.routes):
        if (open_ | maybe) >> index & 1 and route.maturity != "retired" and route.ends_in(formats):
            yield route


def unreached(pack: Pack, profile: Profile, truths: Truths) -> dict[str, tuple[str, ...]]:
    """Find the targets to which a pack that knows ways to them knows none for a candidate.

    Only `usable` ways count. Candidates that reach every target are left out.
    """
    known = {route.target for route in pack.routes} & profile.named(pack.targets)
    reached = {(route.candidate, route.target) for route in usable(pack, profile, truths)}
    found = {
        name: tuple(sorted(target for target in known if (name, target) not in reached))
        for name in pack.candidates
    }
    return {name: targets for name, targets in found.items() if targets}
