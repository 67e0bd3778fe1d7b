"""Reports kept from earlier runs, for the same hardware, drivers and packages."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import platformdirs

EXPIRY = dt.timedelta(days=7)


class Cache:
    """A folder of reports; one that cannot be read or written is a warning, never a failure."""

    def __init__(self, folder: Path | None = None, *, reading: bool = True) -> None:
        self.reading = reading  # without it a report is made anew, and kept for next time
        self.folder = folder or platformdirs.user_cache_path("framework-recommender") / "probe"
        self.warning: str | None = None

    def find(self, fingerprint: str, checks: Iterable[str]) -> dict[str, Any] | None:
        """Return the report of these checks on this machine, or `None` if there is no fresh one."""
        if not self.reading:
            return None
        try:
            found = json.loads(self._file(fingerprint, checks).read_text(encoding="utf-8"))
            made = dt.datetime.fromisoformat(found["made"])
            age = dt.datetime.now(dt.UTC) - made
        except (OSError, ValueError, KeyError, TypeError):
            return None
        fresh = dt.timedelta() <= age <= EXPIRY and found.get("fingerprint") == fingerprint
        return dict(found) if fresh else None

    def keep(self, report: dict[str, Any], checks: Iterable[str]) -> None:
        """Store a report, whole or not at all."""
        file = self._file(report["fingerprint"], checks)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self.folder)
            try:
                with os.fdopen(handle, "w", encoding="utf-8") as stream:
                    json.dump(report, stream)
                Path(name).replace(file)
            except BaseException:
                Path(name).unlink(missing_ok=True)
                raise
        except OSError as error:
            self.warning = f"this report could not be kept for next time: {error.strerror or error}"

    def _file(self, fingerprint: str, checks: Iterable[str]) -> Path:
        asked = hashlib.sha256(",".join(sorted(checks)).encode()).hexdigest()
        return self.folder / f"{fingerprint[:16]}-{asked[:16]}.json"
