"""Resolving routes and libraries: what installs together, written into a pack's index folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recommender.atomic_files import write_atomically
from recommender.index.resolutions import LATEST_PYTHONS, Packages, path_of, resolutions, text_of
from recommender.nouns.errors import Fault, Place, RecommenderError

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from recommender.index.snapshot import Snapshot
    from recommender.nouns.library import Library
    from recommender.nouns.pack import Pack, Route
    from recommender.nouns.resolution import Resolution, Resolved


def needing(pack: Pack) -> list[Route | Library]:
    """Return what needs packages: the libraries of a pack, and its routes in use."""
    found: list[Route | Library] = [*pack.libraries.values()]
    found += [each for each in pack.routes if each.maturity != "retired"]
    return [each for each in found if each.packages]


def sets_of(entries: Iterable[Route | Library]) -> dict[str, tuple[Packages, ...]]:
    """Return, by candidate, the sets of packages that entries need, each once.

    >>> from recommender import load_pack
    >>> sets_of(needing(load_pack()))["pytorch"][:2]
    (('torch',), ('torch', 'brevitas'))
    """
    found: dict[str, set[Packages]] = {}
    for each in entries:
        found.setdefault(each.candidate, set()).add(each.packages)
    return {name: tuple(sorted(sets)) for name, sets in sorted(found.items())}


def resolve_entries(
    entries: Iterable[Route | Library],
    snapshot: Snapshot,
    day: dt.date,
    *,
    index: str = "",
    told: Callable[[str], None] = lambda _: None,
) -> Mapping[str, Sequence[Resolution]]:
    """Resolve the packages of entries, as of a day, by candidate: of all, or none.

    The latest Pythons that are out are looked at. `told` is called with each set of packages as it
    is done. Raises `RecommenderError` where the resolver gives no answer.
    """
    pythons = [name for name, since in snapshot.pythons.items() if since <= day][-LATEST_PYTHONS:]
    sets = sets_of(entries)
    whole = dict.fromkeys(each for several in sets.values() for each in several)
    found = resolutions(whole, pythons, day, index=index, told=told)
    return {name: [found[each] for each in several] for name, several in sets.items()}


def write_resolutions(
    folder: str | Path, found: Mapping[str, Iterable[Resolution]], command: str
) -> Sequence[Path]:
    """Write what was found into a pack's index folder, a file a candidate; return their paths.

    `command` is what the files say they were made by. Raises `RecommenderError` where they cannot
    be written.
    """
    paths = [path_of(folder, candidate) for candidate in found]
    for path, several in zip(paths, found.values(), strict=True):
        write_beside_pack(path, text_of(several, command))
    return paths


def write_beside_pack(path: Path, text: str) -> None:
    """Write a file of a pack's index folder, which is made; raises `RecommenderError`."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        what = f"cannot be made: {error.strerror or error}"
        remedy = "copy the pack to a folder of your own and name that, or add --dry-run"
        raise RecommenderError(Fault(Place(str(path.parent)), what, remedy)) from None
    write_atomically(path, text, force=True)


def lost(
    before: Iterable[Resolution], found: Iterable[Resolution]
) -> Iterator[tuple[Packages, Resolved]]:
    """Yield packages that no longer install somewhere, with those places, and why.

    A Python that is no longer looked at is not lost.
    """
    earlier = {each.packages: each for each in before}
    for new in found:
        old = earlier.get(new.packages)
        if old is None:
            continue
        worked = {place for each in old.found if each.pins for place in each.where}
        for each in new.found:
            if not each.pins and (gone := tuple(at for at in each.where if at in worked)):
                yield new.packages, each._replace(where=gone)
