"""A process of its own in the user's interpreter: asks pip's own session for pages of an index.

It runs by path and needs pip alone, so that index, proxy, certificates and credentials are those
that pip is configured with. It reads names from its standard input, with those versions whose
metadata is known and the day from which on it is wanted; for each it prints a line of JSON.
"""

from __future__ import annotations

import json
import sys
from typing import Any


def main() -> None:
    """Answer every line of standard input."""
    from pip._internal.commands import create_command
    from pip._internal.index.collector import LinkCollector

    command: Any = create_command("index")
    options, _ = command.parse_args(["versions", "pip"])
    with command.main_context():
        session = command._build_session(options)
        collector = LinkCollector.create(session, options=options)
        for line in sys.stdin:
            asked = json.loads(line)
            try:
                row = answer(collector, session, **asked)
            except Exception as error:  # noqa: BLE001  (whatever pip raises is told)
                row = {"name": asked["name"], "error": f"{type(error).__name__}: {error}"}
            sys.stdout.write(json.dumps(row) + "\n")
            sys.stdout.flush()


def answer(collector: Any, session: Any, name: str, known: list[str], since: str) -> dict[str, Any]:
    """Return the files of a package on all configured indexes, and what its releases require.

    That is read of the newest release, and of all others since a day, less the known ones.
    """
    from pip._internal.models.link import Link

    files: dict[str, dict[str, Any]] = {}
    for url in collector.search_scope.get_index_urls_locations(name):
        try:
            page = collector.fetch_response(Link(url))
        except OSError:  # a folder that lacks the package
            page = None
        for file in [] if page is None else _files(page):
            before = files.get(file["filename"])
            if before is None or (not before["uploaded"] and file["uploaded"]):
                files[file["filename"]] = file
    # Where an index gives days, what has none is of a local mirror, or of a folder.
    dated = [each for each in files.values() if each["uploaded"]]
    row: dict[str, Any] = {"name": name, "files": dated or list(files.values()), "requires": {}}
    for wheel in _wheels(row["files"], since):
        version = _version(wheel["filename"])
        said = None if version in known else _requires(session, name, wheel)
        if said is not None:
            row["requires"][version] = said
    for file in row["files"]:
        del file["url"], file["metadata"]
    return row


def _requires(session: Any, name: str, wheel: dict[str, Any]) -> list[str] | None:
    """Return what a wheel requires, by its metadata beside it or else in it, read in parts."""
    from email.parser import Parser

    url = wheel["url"].split("#")[0]
    if wheel["metadata"]:
        got = session.get(url + ".metadata", headers={})
        got.raise_for_status()
        return list(Parser().parsestr(got.text).get_all("Requires-Dist") or [])
    if not url.startswith("http"):
        return None
    from pip._internal.network.lazy_wheel import (
        HTTPRangeRequestUnsupported,
        dist_from_wheel_url,
    )

    try:
        found = dist_from_wheel_url(name, url, session).metadata
    except HTTPRangeRequestUnsupported:
        return None
    return list(found.get_all("Requires-Dist") or [])


def _files(page: Any) -> list[dict[str, Any]]:
    if "json" not in page.content_type:
        from pip._internal.index.collector import parse_links

        return [
            _row(link.filename, link.url, link.requires_python, link.yanked_reason is not None)
            for link in parse_links(page)
        ]
    from urllib.parse import urljoin

    return [
        _row(
            file["filename"], urljoin(page.url, file["url"]), file.get("requires-python"),
            bool(file.get("yanked")), file.get("upload-time") or "",
            bool(file.get("core-metadata") or file.get("dist-info-metadata")),
        )
        for file in json.loads(page.content)["files"]
    ]  # fmt: skip


def _row(
    filename: str, url: str, python: Any, yanked: bool, uploaded: str = "", metadata: bool = False
) -> dict[str, Any]:
    return {
        "filename": filename, "url": url, "requires-python": python or "", "yanked": yanked,
        "uploaded": uploaded[:10], "metadata": metadata,
    }  # fmt: skip


def _version(filename: str) -> str:
    return filename.split("-")[1]


def _wheels(files: list[dict[str, Any]], since: str) -> list[dict[str, Any]]:
    """Return a wheel of each final release since a day, one for Linux where there is one.

    The newest release is among them, whenever it came; without a day it is the only one.
    """
    from pip._vendor.packaging.version import InvalidVersion, Version

    found: dict[Any, list[Any]] = {}
    for file in files:
        if not file["filename"].endswith(".whl") or file["yanked"]:
            continue
        try:
            version = Version(_version(file["filename"]))
        except InvalidVersion:
            continue
        if not (version.is_prerelease or version.local):
            name = file["filename"]
            marks = ("manylinux" in name and "x86_64" in name, name)
            found.setdefault(version, []).append((marks, file))
    best = {version: max(of, key=lambda each: each[0])[1] for version, of in found.items()}
    newest = max(best, default=None)
    return [
        file for version, file in best.items()
        if version == newest or (since and file["uploaded"] >= since)
    ]  # fmt: skip


if __name__ == "__main__":
    main()
