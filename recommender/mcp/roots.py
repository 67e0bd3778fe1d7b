"""The folders that may be scanned: those that the client declared as roots, and what is in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from recommender.nouns.errors import Fault, UsageError, listing

REMEDY = "declare the folder as a root, or start `recommender mcp --root DIR`"


def folders_of(uris: Iterable[str]) -> tuple[str, ...]:
    """Return the folders of this machine among the addresses of roots.

    >>> folders_of(["file:///home/me/a%20b", "file://elsewhere/x", "https://example.org/"])
    ('/home/me/a b',)
    """
    parts = [urlsplit(uri) for uri in uris]
    here = [each for each in parts if each.scheme == "file" and each.netloc in ("", "localhost")]
    return tuple(url2pathname(each.path) for each in here)


def within(path: str, roots: Sequence[str]) -> str:
    """Return where a path truly is, all links followed; raises `UsageError` outside of all roots.

    An empty path means the root, where there is one; a relative path begins there.

    >>> within("../secrets", ["/tmp"])
    Traceback (most recent call last):
    recommender.nouns.errors.UsageError: `../secrets` is in none of the declared roots; one of: /tmp
    >>> within("x", [])
    Traceback (most recent call last):
    recommender.nouns.errors.UsageError: no root is declared, so no folder may be scanned; declare \
the folder as a root, or start `recommender mcp --root DIR`
    """
    if not roots:
        raise UsageError(Fault(None, "no root is declared, so no folder may be scanned", REMEDY))
    known = f"one of: {listing(roots)}"
    if len(roots) > 1 and not Path(path).is_absolute():
        raise UsageError(Fault(None, "there are several roots: `path` has to begin in one", known))
    try:
        found = Path(roots[0], path).resolve()
        inside = any(found.is_relative_to(Path(root).resolve()) for root in roots)
    except (OSError, RuntimeError, ValueError):  # a loop of links, a name that none can have
        inside = False
    if not inside:
        raise UsageError(Fault(None, f"`{path}` is in none of the declared roots", known))
    return str(found)
