"""The scheduler: runs jobs two at a time, timed ones alone, and none past the budget."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from . import verdict
from .catalogue import Adapter, Check
from .child_process import ChildProcess, Ending
from .interpreter import Facts, command
from .plan import Job

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


@dataclass
class Scheduler:
    """All jobs of one run; `run` returns a result for each check of each job."""

    waiting: list[Job]
    facts: Mapping[str, Facts]
    until: float
    memory_mb: float | None
    avx: bool | None
    patience: float
    arguments: tuple[str, ...]
    cores: int
    progress: Callable[[str, str, str], None]
    results: list[Result] = field(default_factory=list)
    interrupted: bool = False
    running: list[RunningJob] = field(default_factory=list)
    imported: set[str] = field(default_factory=set)
    broken: dict[str, str] = field(default_factory=dict)

    @property
    def threads(self) -> str:
        """Each job's part of the cores: contending for all of them side by side costs both dear."""
        return str(max(1, self.cores // AT_ONCE))

    def run(self) -> list[Result]:
        """Run all jobs; Ctrl-C ends the children, keeps finished results and marks the rest."""
        try:
            while self.waiting or self.running:
                if time.monotonic() >= self.until:
                    self._finish("budget")
                    break
                self._start_waiting()
                for running in list(self.running):
                    self._attend(running)
                time.sleep(TICK)
        except KeyboardInterrupt:
            self.interrupted = True
            self._finish("interrupt")
        finally:
            for running in self.running:
                running.child.dispose()
        return self.results

    def _start_waiting(self) -> None:
        """Start the waiting jobs that may start now, in order."""
        for job in list(self.waiting):
            name = job.adapter.name
            if name in self.broken:
                self.waiting.remove(job)
                self._give_up(job.checks, job.adapter, "not-run", self.broken[name])
            elif self._may_start(job):
                self.waiting.remove(job)
                self._start(job)

    def _may_start(self, job: Job) -> bool:
        if len(self.running) >= AT_ONCE or any(running.job.alone for running in self.running):
            return False
        if job.alone and self.running:
            return False
        first = job.checks[0].id == "import"
        return first or job.adapter.name in self.imported

    def _start(self, job: Job) -> None:
        ids = ",".join(check.id for check in job.checks)
        python = self.facts[job.adapter.name].python
        arguments = self.arguments if job.alone else (*self.arguments, "--threads", self.threads)
        line = command(python, job.adapter, "--checks", ids, *arguments)
        try:
            child = ChildProcess(line, memory_mb=self.memory_mb)
        except OSError as error:
            why = f"its process could not be started: {error.strerror or error}"
            self._give_up(job.checks, job.adapter, "not-run", why)
            return
        self.running.append(RunningJob(job, child, self.patience))

    def _attend(self, running: RunningJob) -> None:
        running.child.poll()
        for event in running.unread_events():
            if event["event"] == "start":
                self._note_start(running, event.get("check"))
            elif event["event"] == "result":
                self._note(running, event)
            elif event["event"] == "end":
                running.finished = True
        if running.child.ending is not None:
            self._account_for(running, running.child.ending)
        elif running.waited > running.limit:
            running.child.kill("time")

    def _note_start(self, running: RunningJob, name: Any) -> None:
        """Start the clock of a check that a child says it begins, if it owes that check."""
        if (
            isinstance(name, str)
            and name not in running.begun
            and any(check.id == name for check in running.left)
        ):
            running.start_clock(name)
            self.progress("start", running.job.adapter.candidate, name)

    def _note(self, running: RunningJob, event: dict[str, Any]) -> None:
        check = next((check for check in running.left if check.id == event.get("check")), None)
        status, figures = event.get("status"), event.get("figures")
        known = isinstance(status, str) and status in verdict.VERDICTS
        if check is None or not known or not isinstance(figures, dict):
            return  # a line that only looks like a result is none
        running.left.remove(check)
        running.start_clock(None)
        because = str(event.get("because", ""))[:LONGEST]
        if check.id == "import":
            because = self._note_import(running.job.adapter, str(status), because)
        told = event.get("seconds")
        seconds = told if isinstance(told, int | float) else None
        self._conclude(
            running, Result(running.job.adapter, check, str(status), because, figures, seconds)
        )

    def _conclude(self, running: RunningJob, result: Result) -> None:
        """Record a result, or run the check again.

        In a shared process, a refuted check may be the doing of those before it: it is tried in a
        process of its own.
        """
        first = result.check.id == running.job.checks[0].id
        if result.check.process and not first and verdict.VERDICTS[result.status] == "refuted":
            self.waiting.insert(0, Job(result.adapter, (result.check,)))
        else:
            self._add(result)

    def _note_import(self, adapter: Adapter, status: str, because: str) -> str:
        if status == "pass":
            self.imported.add(adapter.name)
            return because
        library = verdict.missing_library(because)
        if library:
            because = f"it needs the library {library}, which is missing here ({because})"
        self.broken[adapter.name] = f"{adapter.title} could not be imported"
        return because

    def _account_for(self, running: RunningJob, ending: Ending) -> None:
        """Record what an ended child left undone; give its remaining checks another child."""
        self.running.remove(running)
        job, left = running.job, running.left
        if not left or (running.finished and job.adapter.name in self.broken):
            self._give_up(
                left, job.adapter, "not-run", self.broken.get(job.adapter.name, "never reported")
            )
            return
        status, because = verdict.status_of(
            ending, job.adapter.title, limit=running.limit, avx=self.avx
        )
        if ending.killed_for == "budget" and running.current is not None:
            status, because = "timeout", verdict.cut_off(ending, running.waited)
        if running.finished and ending.killed_for is None and ending.code == 0:
            status, because = "garbled", "its result could not be read"
        ended_in = next((check for check in left if check.id == running.current), left[0])
        if running.current is None and status != "not-run":
            because += " (before it began)"
        left.remove(ended_in)
        self._conclude(running, Result(job.adapter, ended_in, status, because))
        if status == "not-run" or ending.killed_for == "budget":
            self._give_up(left, job.adapter, *verdict.status_of(ending, job.adapter.title))
        elif ended_in.id == "import":
            self.broken[job.adapter.name] = f"{job.adapter.title} could not be imported"
            self._give_up(left, job.adapter, "not-run", self.broken[job.adapter.name])
        elif left:
            self.waiting.insert(0, Job(job.adapter, tuple(left)))

    def _finish(self, reason: str) -> None:
        """Kill everything that runs, and give up what waits, for a reason."""
        for running in self.running:
            running.child.kill(reason)
        while self.running:
            for running in list(self.running):
                self._attend(running)
            time.sleep(TICK)
        _, because = verdict.status_of(Ending(0, killed_for=reason), "")
        for job in self.waiting:
            self._give_up(job.checks, job.adapter, "not-run", because)
        self.waiting.clear()

    def _give_up(self, checks: Any, adapter: Adapter, status: str, because: str) -> None:
        for check in checks:
            self._add(Result(adapter, check, status, because))

    def _add(self, result: Result) -> None:
        self.results.append(result)
        self.progress(result.status, result.adapter.candidate, result.check.id)


class RunningJob:
    """A job with its child process, the checks not yet reported, and the present one's clock."""

    def __init__(self, job: Job, child: ChildProcess, patience: float = 1.0) -> None:
        self.job = job
        self.child = child
        self.left = list(job.checks)
        self.finished = False
        self.current: str | None = None
        self.limit = LOADING * patience
        self._patience = patience
        self.begun: set[str] = set()
        self._read = 0
        self._since = time.monotonic()

    def unread_events(self) -> Iterator[dict[str, Any]]:
        """Yield the events not yet read; one at a time, so that Ctrl-C between them loses none."""
        while self._read < len(self.child.events):
            self._read += 1
            yield self.child.events[self._read - 1]

    def start_clock(self, check: str | None) -> None:
        """Start the clock of a check, or of what happens between two."""
        self.current = check
        self.begun |= {check} if check else set()
        self._since = time.monotonic()
        limit = next((c.limit for c in self.left if c.id == check), LOADING)
        self.limit = limit * self._patience

    @property
    def waited(self) -> float:
        """The seconds that the present check has taken so far."""
        return time.monotonic() - self._since
