"""Loading a probe report: what was seen on a machine, as observations."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from recommender.nouns.errors import Fault, Faults, ObservationError, Place, did_you_mean
from recommender.nouns.observation import REPORT_SCHEMA, VERDICTS, Observation, Observations

from .files import SIZE_LIMIT, digest_of, first_bytes, path_of

if TYPE_CHECKING:
    from pathlib import Path

    from recommender.nouns.pack import Pack

REPORT_LIMIT = 10 * SIZE_LIMIT


def load_observations(
    report: str | Path | Mapping[str, Any], pack: Pack | None = None
) -> Observations:
    """Return the observations of a probe report, from its file or a mapping of the same shape.

    With a `pack`, candidates that it does not have are faults. Raises `ObservationError`.

    >>> load_observations({"schema": 1, "kind": "probe-report", "observations": []}).by_key
    mappingproxy({})
    """
    if isinstance(report, Mapping):
        return _observations(report, "report", "", pack)
    shown = path_of(report, "a probe report", "give a path, or a mapping with `observations`")
    place = Place(shown)
    try:
        raw = first_bytes(shown, REPORT_LIMIT)
    except IsADirectoryError:
        raise ObservationError(Fault(place, "is a folder", "name a report file")) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise ObservationError(Fault(place, f"cannot be read: {reason}")) from None
    if len(raw) > REPORT_LIMIT:
        raise ObservationError(Fault(place, f"is larger than {REPORT_LIMIT:,} bytes"))
    remedy = "make it again with `recommender probe --format json --output report.json`"
    try:
        data = json.loads(raw)
    except (json.JSONDecodeError, UnicodeDecodeError, RecursionError, ValueError) as error:
        line = getattr(error, "lineno", 0)
        what = "is not whole JSON; was it cut off?" if raw.strip() else "is empty"
        raise ObservationError(Fault(Place(shown, line), what, remedy)) from None
    if not isinstance(data, Mapping):
        raise ObservationError(Fault(place, "is not a probe report", remedy))
    return _observations(data, shown, digest_of([raw]), pack)


def _observations(
    data: Mapping[str, Any], shown: str, digest: str, pack: Pack | None
) -> Observations:
    place = Place(shown)
    if data.get("kind") != "probe-report":
        remedy = "make one with `recommender probe`"
        raise ObservationError(Fault(place, "is not a probe report", remedy))
    if data.get("schema") != REPORT_SCHEMA or isinstance(data.get("schema"), bool):
        what = f"has report schema {data.get('schema')!r}; this version reads {REPORT_SCHEMA}"
        raise ObservationError(Fault(place, what, "make it again with this version"))
    faults = Faults(ObservationError)
    rows = data.get("observations")
    if not isinstance(rows, list):
        raise ObservationError(Fault(place, "has no list of `observations`"))
    seen = [each for i, row in enumerate(rows) if (each := _row(row, i, place, pack, faults))]
    candidates = data.get("candidates") or {}
    versions: dict[str, Mapping[str, str]] = {}
    if isinstance(candidates, Mapping):
        for name, card in candidates.items():
            _known(name, "candidates", place, pack, faults)
            if isinstance(card, Mapping) and isinstance(card.get("versions"), Mapping):
                versions[str(name)] = {str(k): str(v) for k, v in card["versions"].items()}
    if faults:
        raise ObservationError(faults)
    machine = data.get("machine")
    return Observations.of(
        seen,
        made=str(data.get("made", "")),
        machine=machine if isinstance(machine, Mapping) else {},
        versions=versions,
        source=shown,
        digest=digest,
    )


def _row(
    row: Any, number: int, place: Place, pack: Pack | None, faults: list[Fault]
) -> Observation | None:
    where = f"observations[{number}]"
    if not isinstance(row, Mapping):
        faults.append(Fault(place, f"{where} is not a mapping"))
        return None
    for key in ("check", "candidate", "verdict"):
        if not isinstance(row.get(key), str):
            faults.append(Fault(place, f"{where} has no `{key}`"))
            return None
    if row["verdict"] not in VERDICTS:
        what = f"{where} has the verdict `{row['verdict']}`"
        faults.append(Fault(place, what, did_you_mean(row["verdict"], VERDICTS)))
        return None
    if not _known(row["candidate"], where, place, pack, faults):
        return None
    figures = row.get("figures")
    return Observation(
        check=row["check"],
        candidate=row["candidate"],
        verdict=row["verdict"],
        because=str(row.get("because", "")),
        figures=figures if isinstance(figures, Mapping) else {},
    )


def _known(name: Any, where: str, place: Place, pack: Pack | None, faults: list[Fault]) -> bool:
    if pack is None or name in pack.candidates:
        return True
    remedy = did_you_mean(name, pack.candidates)
    faults.append(Fault(place, f"{where} names no candidate of this pack: `{name}`", remedy))
    return False
