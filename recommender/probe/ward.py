"""Runs the jobs: two patients at once at most, one while something is timed, none past budget."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from . import verdict
from .catalogue import Adapter, Check
from .interpreter import Facts, command
from .patient import Ending, Patient
from .plan import Job

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


AT_ONCE = 2
TICK = 0.02
LONGEST = 1000
"""Characters of a child's reason for its status."""
LOADING = 60.0
"""Seconds to import a framework: ten are usual from a cold disk, so thirty would be stingy."""


@dataclass(frozen=True, slots=True)
class Result:
    """How one check ended for one framework."""

    adapter: Adapter
    check: Check
    status: str
    because: str
    figures: Mapping[str, Any] = field(default_factory=dict)
    seconds: float | None = None


class Ward:
    """Everything under examination in one run; `run` gives a result for each check of each job."""

    def __init__(
        self,
        jobs: list[Job],
        facts: Mapping[str, Facts],
        *,
        until: float | None = None,
        memory_mb: float | None = None,
        avx: bool | None = None,
        patience: float = 1.0,
        words: tuple[str, ...] = (),
        cores: int = AT_ONCE,
        progress: Callable[[str, str, str], None] = lambda *_: None,
    ) -> None:
        self.results: list[Result] = []
        self.interrupted = False
        self._waiting = list(jobs)
        self._facts = facts
        self._until = until
        self._memory_mb = memory_mb
        self._avx = avx
        self._patience = patience
        self._words = words
        # Side by side, each has its part of the cores: contending for all of them costs both dear.
        self._threads = str(max(1, cores // AT_ONCE))
        self._progress = progress
        self._beds: list[Bed] = []
        self._imported: set[str] = set()
        self._broken: dict[str, str] = {}

    def run(self) -> list[Result]:
        """Run all jobs; Ctrl-C ends the children, keeps what is finished and marks the rest."""
        try:
            while self._waiting or self._beds:
                if self._until is not None and time.monotonic() >= self._until:
                    self._finish("budget")
                    break
                self._admit()
                for bed in list(self._beds):
                    self._visit(bed)
                time.sleep(TICK)
        except KeyboardInterrupt:
            self.interrupted = True
            self._finish("interrupt")
        finally:
            for bed in self._beds:
                bed.patient.dispose()
        return self.results

    def _admit(self) -> None:
        """Start what may start now, in order."""
        for job in list(self._waiting):
            name = job.adapter.name
            if name in self._broken:
                self._waiting.remove(job)
                self._leave(job.checks, job.adapter, "not-run", self._broken[name])
            elif self._may_start(job):
                self._waiting.remove(job)
                self._start(job)

    def _may_start(self, job: Job) -> bool:
        if len(self._beds) >= AT_ONCE or any(bed.job.alone for bed in self._beds):
            return False
        if job.alone and self._beds:
            return False
        first = job.checks[0].id == "import"
        return first or job.adapter.name in self._imported

    def _start(self, job: Job) -> None:
        ids = ",".join(check.id for check in job.checks)
        python = self._facts[job.adapter.name].python
        words = self._words if job.alone else (*self._words, "--threads", self._threads)
        line = command(python, job.adapter, "--checks", ids, *words)
        try:
            patient = Patient(line, memory_mb=self._memory_mb)
        except OSError as error:
            why = f"its process could not be started: {error.strerror or error}"
            self._leave(job.checks, job.adapter, "not-run", why)
            return
        self._beds.append(Bed(job, patient, self._patience))

    def _visit(self, bed: Bed) -> None:
        bed.patient.poll()
        for event in bed.news():
            if event["event"] == "start":
                self._begin(bed, event.get("check"))
            elif event["event"] == "result":
                self._note(bed, event)
            elif event["event"] == "end":
                bed.finished = True
        if bed.patient.ending is not None:
            self._discharge(bed, bed.patient.ending)
        elif bed.overdue():
            bed.patient.kill("time")

    def _begin(self, bed: Bed, name: Any) -> None:
        """Believe that a check begins which this child owes, once: it starts that check's clock."""
        if (
            isinstance(name, str)
            and name not in bed.begun
            and any(check.id == name for check in bed.left)
        ):
            bed.begin(name)
            self._progress("start", bed.job.adapter.candidate, name)

    def _note(self, bed: Bed, event: dict[str, Any]) -> None:
        check = next((check for check in bed.left if check.id == event.get("check")), None)
        status, figures = event.get("status"), event.get("figures")
        known = isinstance(status, str) and status in verdict.VERDICTS
        if check is None or not known or not isinstance(figures, dict):
            return  # a line that only looks like a result is none
        bed.left.remove(check)
        bed.begin(None)
        because = str(event.get("because", ""))[:LONGEST]
        if check.id == "import":
            because = self._learn_import(bed.job.adapter, str(status), because)
        told = event.get("seconds")
        seconds = told if isinstance(told, int | float) else None
        self._conclude(bed, Result(bed.job.adapter, check, str(status), because, figures, seconds))

    def _conclude(self, bed: Bed, result: Result) -> None:
        """Take a result; a refusal in a shared room is heard once more where nothing ran before."""
        first = result.check.id == bed.job.checks[0].id
        if result.check.room and not first and verdict.VERDICTS[result.status] == "refuted":
            self._waiting.insert(0, Job(result.adapter, (result.check,)))
        else:
            self._add(result)

    def _learn_import(self, adapter: Adapter, status: str, because: str) -> str:
        if status == "pass":
            self._imported.add(adapter.name)
            return because
        library = verdict.missing_library(because)
        if library:
            because = f"it needs the library {library}, which is missing here ({because})"
        self._broken[adapter.name] = f"{adapter.title} could not be imported"
        return because

    def _discharge(self, bed: Bed, ending: Ending) -> None:
        """Account for whatever the child left undone, and give the innocent rest another child."""
        self._beds.remove(bed)
        job, left = bed.job, bed.left
        if not left or (bed.finished and job.adapter.name in self._broken):
            self._leave(
                left, job.adapter, "not-run", self._broken.get(job.adapter.name, "never reported")
            )
            return
        status, because = verdict.of(ending, job.adapter.title, limit=bed.limit, avx=self._avx)
        if ending.killed_for == "budget" and bed.current is not None:
            status, because = "timeout", verdict.cut_off(ending, bed.waited)
        if bed.finished and ending.killed_for is None and ending.code == 0:
            status, because = "garbled", "its result could not be read"
        culprit = next((check for check in left if check.id == bed.current), left[0])
        if bed.current is None and status != "not-run":
            because += " (before it began)"
        left.remove(culprit)
        self._conclude(bed, Result(job.adapter, culprit, status, because))
        if status == "not-run" or ending.killed_for == "budget":
            self._leave(left, job.adapter, *verdict.of(ending, job.adapter.title))
        elif culprit.id == "import":
            self._broken[job.adapter.name] = f"{job.adapter.title} could not be imported"
            self._leave(left, job.adapter, "not-run", self._broken[job.adapter.name])
        elif left:
            self._waiting.insert(0, Job(job.adapter, tuple(left)))

    def _finish(self, reason: str) -> None:
        """End everything that still runs or waits, for this reason."""
        for bed in self._beds:
            bed.patient.kill(reason)
        while self._beds:
            for bed in list(self._beds):
                self._visit(bed)
            time.sleep(TICK)
        _, because = verdict.of(Ending(0, killed_for=reason), "")
        for job in self._waiting:
            self._leave(job.checks, job.adapter, "not-run", because)
        self._waiting.clear()

    def _leave(self, checks: Any, adapter: Adapter, status: str, because: str) -> None:
        for check in checks:
            self._add(Result(adapter, check, status, because))

    def _add(self, result: Result) -> None:
        self.results.append(result)
        self._progress(result.status, result.adapter.candidate, result.check.id)


class Bed:
    """A patient, the checks that it still owes, and how long it has been at the present one."""

    def __init__(self, job: Job, patient: Patient, patience: float = 1.0) -> None:
        self.job = job
        self.patient = patient
        self.left = list(job.checks)
        self.finished = False
        self.current: str | None = None
        self.limit = LOADING * patience
        self._patience = patience
        self.begun: set[str] = set()
        self._heard = 0
        self._since = time.monotonic()

    def news(self) -> Iterator[dict[str, Any]]:
        """Give the events not yet seen, one by one: Ctrl-C in their midst must lose none."""
        while self._heard < len(self.patient.events):
            self._heard += 1
            yield self.patient.events[self._heard - 1]

    def begin(self, check: str | None) -> None:
        """Start the clock of a check, or of what lies between two."""
        self.current = check
        self.begun |= {check} if check else set()
        self._since = time.monotonic()
        limit = next((c.limit for c in self.left if c.id == check), LOADING)
        self.limit = limit * self._patience

    def overdue(self) -> bool:
        """Tell whether the present check has used up its time."""
        return self.waited > self.limit

    @property
    def waited(self) -> float:
        """The seconds that the present check has taken so far."""
        return time.monotonic() - self._since
