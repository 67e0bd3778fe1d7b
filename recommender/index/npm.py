"""Asking npm: what its registry publishes of a package, by npm itself as the user configured it."""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
import subprocess
from typing import Any

from recommender.nouns.errors import Fault, RecommenderError

from .snapshot import NPM, File, Package, Release
from .versions import key_of

_NAME = re.compile(r"(@[a-z0-9~_.-]+/)?[a-z0-9][a-z0-9~_.-]*")

PATIENCE = 120
"""Seconds that npm may take for one package."""


def asked_of_npm(name: str, day: dt.date) -> Package:
    """Return what npm's registry publishes of a package (`npm:` and its name) on this day.

    A version is one file without tags. Its day is left out where the registry does not say when the
    package was made: what it gives as times are then those of a mirror's copies. Raises
    `RecommenderError` where npm is not there or does not have the package.
    """
    bare = name.removeprefix(NPM)
    remedy = f"see that `npm view {bare} versions` works"
    if not _NAME.fullmatch(bare):
        raise RecommenderError(Fault(None, f"`{name}` is no name of an npm package", remedy))
    npm = shutil.which("npm")
    if npm is None:
        raise RecommenderError(Fault(None, f"`{name}`: there is no npm", "install npm"))
    call = [npm, "view", bare, "time", "versions", "--json"]
    try:
        done = subprocess.run(
            call, capture_output=True, text=True, encoding="utf-8", timeout=PATIENCE, check=False
        )
        found = json.loads(done.stdout)
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        raise RecommenderError(
            Fault(None, f"`{name}`: npm gave no answer: {error}", remedy)
        ) from None
    if done.returncode or "versions" not in found:
        said = found.get("error", {}).get("summary") or "npm does not have it"
        raise RecommenderError(Fault(None, f"`{name}`: {said}", remedy))
    return Package(name, day, _releases(found))


def _releases(found: dict[str, Any]) -> tuple[Release, ...]:
    times = found.get("time", {})
    days = {v: at[:10] for v, at in times.items()} if "created" in times else {}
    versions = found["versions"]
    final = [v for v in ([versions] if isinstance(versions, str) else versions) if key_of(v)]
    releases = [Release(version, (File(days.get(version, ""), ""),)) for version in final]
    return tuple(sorted(releases, key=lambda r: (r.uploaded, key_of(r.version))))
