"""Formats of findings: text, JSON, SARIF 2.1.0, and GitHub's workflow commands."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from recommender.nouns.errors import clean

from . import members, name_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ._context import Finding

FINDINGS_SCHEMA = 1
"""The version of the JSON that findings are written as."""


def near(file: str) -> str:
    """Return the name of a file relative to the working folder, if it is inside."""
    path = Path(file)
    if path.is_absolute() and path.is_relative_to(Path.cwd()):
        path = path.relative_to(Path.cwd())
    return clean(path.as_posix())


def text(findings: Sequence[Finding]) -> str:
    """Return findings as text: place, lines concerned, reason and remedy."""
    blocks = [_block(finding) for finding in findings]
    return "\n".join([*blocks, _summary(findings)])


def _block(finding: Finding) -> str:
    place = finding.place
    where = ":".join([near(place.file), *(str(n) for n in (place.line, place.column) if n)])
    rows = [f"{where}: {finding.code} {finding.severity}: {finding.what}"]
    width = max((len(str(at.line)) for at, _ in finding.lines), default=0)
    for at, line in finding.lines:
        if at != place:
            rows.append(f"  {near(at.file)}:")
        kept = line.replace("\t", " ")
        kept = kept if len(kept) <= _WIDEST else kept[: _WIDEST - 1] + "…"
        rows.append(f"  {at.line:>{width}} | {kept}")
        if 0 < at.column <= _WIDEST:
            rows.append(f"  {'':>{width}} | {' ' * (at.column - 1)}^")
    mechanical = " (`--fix` does it)" if finding.edits else ""
    rows += [f"  reason: {finding.because}", f"  fix: {finding.fix}{mechanical}"]
    rows.append(f"  see: {finding.url}\n")
    return "\n".join(rows)


_WIDEST = 140


def _summary(findings: Sequence[Finding]) -> str:
    if not findings:
        return "no findings"
    counts = Counter(finding.severity for finding in findings)
    parts = [f"{n} {kind}{'s'[: n != 1]}" for kind, n in sorted(counts.items())]
    mechanical = sum(1 for finding in findings if finding.edits)
    more = f"; `--fix` mends {mechanical}" if mechanical else ""
    total = len(findings)
    return f"{total} finding{'s'[: total != 1]} ({', '.join(parts)}){more}"


def as_json(findings: Sequence[Finding]) -> str:
    """Return findings as one JSON object."""
    rows = [
        {
            "code": finding.code,
            "name": finding.name,
            "severity": finding.severity,
            "file": near(finding.place.file),
            "line": finding.place.line,
            "column": finding.place.column,
            "what": finding.what,
            "reason": finding.because,
            "fix": finding.fix,
            "mechanical": bool(finding.edits),
            "lines": [
                {"file": near(at.file), "line": at.line, "column": at.column, "text": line}
                for at, line in finding.lines
            ],
            "url": finding.url,
        }
        for finding in findings
    ]
    data = {"schema": FINDINGS_SCHEMA, "kind": "findings", "findings": rows}
    return json.dumps(data, ensure_ascii=False, indent=2)


def sarif(findings: Sequence[Finding]) -> str:
    """Return findings as SARIF 2.1.0, which code hosts show beside the lines."""
    rules = [
        {
            "id": member.CODE,
            "name": name_of(member),
            "shortDescription": {"text": (member.__doc__ or "").splitlines()[0]},
            "fullDescription": {"text": (member.__doc__ or "").strip()},
            "defaultConfiguration": {"level": member.SEVERITY},
        }
        for member in members()
    ]
    driver = {
        "name": "recommender lint",
        "informationUri": "https://pypi.org/project/framework-recommender/",
        "rules": rules,
    }
    run = {"tool": {"driver": driver}, "results": [_result(finding) for finding in findings]}
    address = "https://json.schemastore.org/sarif-2.1.0.json"
    return json.dumps({"$schema": address, "version": "2.1.0", "runs": [run]}, indent=2)


def _result(finding: Finding) -> dict[str, Any]:
    place = finding.place
    located: dict[str, Any] = {"artifactLocation": {"uri": near(place.file)}}
    if place.line:
        located["region"] = {"startLine": place.line, "startColumn": max(place.column, 1)}
    return {
        "ruleId": finding.code,
        "level": finding.severity,
        "message": {"text": f"{finding.what}. {finding.because} {finding.fix}"},
        "locations": [{"physicalLocation": located}],
    }


def github(findings: Sequence[Finding]) -> str:
    """Return findings as workflow commands, which GitHub shows on the changed lines."""
    rows = []
    for finding in findings:
        place = finding.place
        kind = "notice" if finding.severity == "note" else finding.severity
        spot = f",line={place.line},col={max(place.column, 1)}" if place.line else ""
        title = _escaped(f"{finding.code} {finding.name}", in_property=True)
        file = _escaped(near(place.file), in_property=True)
        message = _escaped(f"{finding.what}. {finding.because} {finding.fix}")
        rows.append(f"::{kind} file={file}{spot},title={title}::{message}")
    return "\n".join(rows)


def _escaped(words: str, *, in_property: bool = False) -> str:
    pairs = [("%", "%25"), ("\r", "%0D"), ("\n", "%0A")]
    pairs += [(":", "%3A"), (",", "%2C")] if in_property else []
    for plain, code in pairs:
        words = words.replace(plain, code)
    return words


FORMATS: dict[str, Callable[[Sequence[Finding]], str]] = {
    "text": text,
    "json": as_json,
    "sarif": sarif,
    "github": github,
}
