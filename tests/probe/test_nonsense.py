"""Children that talk nonsense, hang or eat memory: none costs another its report."""

import json
import os
import re
import sys
import time

import pytest

from recommender.loading import load_observations
from recommender.probe import examine, summary, verdict
from tests.probe.conftest import wrapper
from tests.probe.test_examine import CHEAP, FAKE_TF_GPU, row

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the fakes' wrappers are shell scripts")

ON_THE_PIPE = """
import os
pipe = next(fd for fd in range(3, 4096) if os.path.exists(f"/proc/self/fd/{fd}") and "pipe" in os.readlink(f"/proc/self/fd/{fd}"))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the fake looks for the pipe in /proc")
@pytest.mark.parametrize(
    "said",
    [
        b"[" * 100_000,
        b'{"event": "result", "check": "import", "status": "pass", "figures": ' + b'{"a":' * 500 + b"1" + b"}" * 501,
        b'{"event": "result", "check": "devices", "status": "pass", "figures": {"\\ud800": NaN}, "because": "\\udfff", "seconds": "long"}',
        b'{"event": "start", "check": {"a": 1}}\n{"event": "result", "check": [1], "status": {}}\n{"event": "end", "x": Infinity}',
        b'{"event": "facts"}\n{"event": "facts", "present": 1, "python": {}, "versions": {"a": [1]}, "prefixes": [{}]}',
    ],
    ids=["deep", "deep and whole", "half pairs", "other kinds", "facts"],
)  # fmt: skip
def test_a_child_that_talks_nonsense_costs_no_other_child_its_report(fake, bare, statuses, said):
    fake("torch", extra=ON_THE_PIPE + f"os.write(pipe, b'\\n' + {said!r} + b'\\n')\n")
    fake("tensorflow", FAKE_TF_GPU.replace("{where}", "GPU"))
    report = examine(checks=CHEAP)
    json.dumps(report, ensure_ascii=False, allow_nan=False).encode()
    load_observations(report)
    seen = statuses(report)
    assert seen["pytorch", "accelerator"] == "skip"
    assert seen["tensorflow", "accelerator"] == "pass"


def test_an_interpreter_of_odd_facts_is_broken_and_the_other_examined(
    fake, bare, tmp_path, statuses
):
    fake("tensorflow", FAKE_TF_GPU.replace("{where}", "GPU"))
    said = '{"event": "facts", "present": true, "python": 3, "versions": [1], "prefixes": 5}'
    odd = wrapper(tmp_path / "odd", f"echo '{said}' >&$PROBE_FD")
    report = examine(pythons={"torch": odd}, checks=CHEAP)
    assert report["candidates"]["pytorch"]["status"] == "broken"
    assert statuses(report)["tensorflow", "accelerator"] == "pass"


@pytest.mark.parametrize(
    "eat",
    [
        "x = bytearray(10**12)",
        "raise RuntimeError('DefaultCPUAllocator: can\\'t allocate memory: you tried')",
    ],
)
def test_a_framework_that_is_refused_memory_is_not_at_fault(fake, bare, eat):
    fake("torch", extra=eat)
    seen = row(examine(pythons={"tensorflow": bare}, checks=CHEAP), "pytorch", "import")
    assert (seen["status"], seen["verdict"]) == ("killed", "unavailable")
    assert seen["because"] == verdict.OUT_OF_MEMORY


def test_the_budget_marks_the_rest_not_run(fake, bare):
    fake("torch", extra="import time; time.sleep(99)")
    began = time.monotonic()
    report = examine(pythons={"tensorflow": bare}, checks=CHEAP, budget=5)
    assert time.monotonic() - began < 10
    first, *rest = report["observations"]
    assert (first["check"], first["status"], first["verdict"]) == (
        "import",
        "timeout",
        "unavailable",
    )
    assert re.fullmatch(
        r"no answer in [\d.]+ s, then the time budget of this run was over; it was in __init__\.py line \d+ in <module>",
        first["because"],
    )
    assert {(r["status"], r["because"]) for r in rest} == {("not-run", verdict.OUT_OF_TIME)}
    assert "Time ran out before 3 of the checks" in summary.closing_line(report)
    assert report["candidates"]["pytorch"]["status"] == "not-examined"
