"""What the fuzzer that is guided by coverage reads (`python -m tests.fuzz`), and what it starts from."""

from __future__ import annotations

import shutil
import time
from functools import partial
from pathlib import Path

from recommender import RecommenderError
from recommender.loading import packs, projects, reports
from recommender.loading.yaml_text import read_text

ROOT = Path(__file__).parents[2]
TOY = ROOT / "tests" / "toy"
SECONDS = 1
REPORT = (
    b'{"schema": 1, "kind": "probe-report", "made": "2026-11-23T12:00:00Z", "machine": {"os": "Linux"},'
    b' "candidates": {"tea": {"status": "present", "versions": {"tea": "1"}}}, "observations": ['
    b'{"check": "taste", "candidate": "tea", "verdict": "confirmed", "figures": {"seconds": 0.9}}]}'
)
OVERLAY = b"""pack: {id: mine, schema: 1, version: 1.0.0, title: Mine, dated: 2026-11-23, extends: tea-or-coffee}
reweigh: {comfort: 7}
retire: {sweet-tooth: Nobody here takes sugar.}
questions: [{id: thermos, ask: Is there a thermos?, type: flag, when: {place: {includes: train}}}]
rules: [{id: thermos-suits-tea, criterion: practice, when: {thermos: true}, favors: {tea: 1}, weight: 2, because: So it is.}]
"""


def write(path, data):
    """Write a new file: to cut off an old one and write it again waits for some disks."""
    path.unlink(missing_ok=True)
    path.write_bytes(data)


class Readers:
    """Read bytes as each kind of file that somebody may hand us."""

    def __init__(self, folder: Path) -> None:
        shutil.copytree(TOY, folder, dirs_exist_ok=True)
        self._rules, self._mine = folder / "rules", folder / "mine"
        self._mine.mkdir()
        self._report = folder / "report.json"
        self._toy, self._pack = packs.load_pack(self._rules), packs.load_pack()
        self._whole = {path: path.read_bytes() for path in sorted(self._rules.rglob("*.yaml"))}
        self.kinds = [self._text, self._project, self._reports, self._overlay]
        self.kinds += [partial(self._replaced, path) for path in self._whole]

    def _text(self, data):
        faults = []
        if read_text(data, "x.yaml", faults) is None and faults:
            raise RecommenderError(faults)

    def _project(self, data):
        projects.read_profile(data, "p.yaml", self._pack)

    def _reports(self, data):
        write(self._report, data)
        reports.load_observations(self._report, self._toy)

    def _overlay(self, data):
        write(self._mine / "mine.yaml", data)
        packs.load_pack(self._rules, overlays=[self._mine])

    def _replaced(self, path, data):
        write(path, data)
        try:
            packs.load_pack(self._rules, with_=["cocoa"])
        finally:
            write(path, self._whole[path])

    def read(self, data):
        """Read one input; a refusal that names a fault is as good as a value."""
        kind = self.kinds[data[0] % len(self.kinds)] if data else self._text
        begun = time.process_time()
        try:
            kind(data[1:])
        except RecommenderError as error:
            assert error.faults
            assert all(str(fault) and fault.what for fault in error.faults)
        spent = time.process_time() - begun
        assert spent < SECONDS, f"{spent:.1f} s for {len(data):,} bytes"

    def seeds(self):
        """Give real files, each behind the byte that has it read as what it is."""
        found = [b"\1" + path.read_bytes() for path in sorted((ROOT / "examples").glob("*.yaml"))]
        found += [b"\2" + REPORT, b"\3" + OVERLAY]
        return found + [bytes([4 + n]) + whole for n, whole in enumerate(self._whole.values())]
