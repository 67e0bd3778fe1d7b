"""The difference of two reports: machine, versions, verdicts, speeds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Rows = dict[tuple[str, str], Any]


def differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """Return what changed, one line each.

    >>> one = {"candidates": {"pytorch": {"versions": {"torch": "2.12"}}}}
    >>> two = {"candidates": {"pytorch": {"versions": {"torch": "2.13"}}}}
    >>> differences(one, two)
    ['pytorch: torch 2.12 → 2.13']
    """
    return [*_machine(old, new), *_candidates(old, new), *_verdicts(old, new), *_speeds(old, new)]


def _machine(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    for change in _changes(old.get("machine"), new.get("machine")):
        yield f"machine: {change}"


def _changes(old: Any, new: Any) -> Iterator[str]:
    """Yield the entries of two mappings that are shown differently."""
    before, after = _mapping(old), _mapping(new)
    for key in sorted({*before, *after}):
        left, right = _shown(before.get(key)), _shown(after.get(key))
        if left != right:
            yield f"{key} {left} → {right}"


def _candidates(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    before, after = _mapping(old.get("candidates")), _mapping(new.get("candidates"))
    for name in sorted({*before, *after}):
        one, two = _mapping(before.get(name)), _mapping(after.get(name))
        if one.get("status") != two.get("status"):
            yield f"{name}: {_shown(one.get('status'))} → {_shown(two.get('status'))}"
        if one.get("python") != two.get("python"):
            yield f"{name}: Python {_shown(one.get('python'))} → {_shown(two.get('python'))}"
        for change in _changes(one.get("versions"), two.get("versions")):
            yield f"{name}: {change}"


def _verdicts(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    before, after = _rows(old), _rows(new)
    for key in sorted({*before, *after}):
        one, two = before.get(key), after.get(key)
        if one is None or two is None:
            where = "new" if two else "old"
            yield f"{' '.join(key)}: only in the {where} report"
        elif one.get("status") != two.get("status"):
            reason = f" ({two['because']})" if two.get("because") else ""
            yield f"{' '.join(key)}: {one.get('status')} → {two.get('status')}{reason}"


def _speeds(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    """Yield the speeds that changed by more than twice the larger spread."""
    before, after = _rows(old), _rows(new)
    for candidate, check in sorted(set(before) & set(after)):
        nets = [
            _mapping(rows[candidate, check].get("figures")).get("nets") for rows in (before, after)
        ]
        for net, modes in _mapping(nets[0]).items():
            for mode, one in _mapping(modes).items():
                two = _mapping(_mapping(nets[1]).get(net)).get(mode)
                if isinstance(one, dict) and isinstance(two, dict) and _apart(one, two):
                    speeds = f"{one['steps_per_second']:g} → {two['steps_per_second']:g} steps/s"
                    yield f"{candidate} {check}: {net} {mode} {speeds}"


def _apart(one: Mapping[str, Any], two: Mapping[str, Any]) -> bool:
    left, right = one.get("steps_per_second", 0), two.get("steps_per_second", 0)
    spread = max(one.get("spread", 0), two.get("spread", 0))
    return bool(abs(left - right) > 2 * spread * max(left, right))


def _rows(report: Mapping[str, Any]) -> Rows:
    return {(row["candidate"], row["check"]): row for row in report.get("observations") or ()}


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(_shown, value)) or "none"
    if isinstance(value, dict):
        return " ".join(_shown(each) for each in value.values())
    return "none" if value in (None, "") else str(value)
