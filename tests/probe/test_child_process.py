"""The failure table: every way a child can die, each with its status and a plain reason."""

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from recommender.probe import process_tree, verdict
from recommender.probe.child_process import ChildProcess, Ending

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals and sessions are POSIX")

SAY = """
import json, os
def say(**words): os.write(int(os.environ["PROBE_FD"]), (json.dumps(words) + "\\n").encode())
"""


def watched(code, limit=3.0, memory_mb=None):
    child = ChildProcess([sys.executable, "-c", SAY + code], memory_mb=memory_mb)
    until = time.monotonic() + limit
    while child.ending is None:
        child.poll()
        if time.monotonic() > until:
            child.kill("time")
        time.sleep(0.01)
    return child


def judged(child, limit=3.0, **more):
    return verdict.status_of(child.ending, "TensorFlow", limit=limit, **more)


DEATHS = {
    "segfault": ("import ctypes; ctypes.string_at(0)", "crashed", "segmentation fault (SIGSEGV)"),
    "abort": ("os.abort()", "crashed", "aborted (SIGABRT)"),
    "illegal": (
        (
            "import ctypes, mmap\n"
            "page = mmap.mmap(-1, 4096, prot=7); page.write(b'\\x0f\\x0b')\n"
            "ctypes.CFUNCTYPE(None)(ctypes.addressof(ctypes.c_char.from_buffer(page)))()"
        ),
        "crashed",
        "AVX",
    ),
    "killed": ("os.kill(os.getpid(), 9)", "killed", "likely out of memory"),
    "terminated": ("os.kill(os.getpid(), 15)", "killed", "killed from outside (SIGTERM)"),
    "early exit": ("os._exit(0)", "garbled", "code 0 without finishing its report"),
    "exception": ("raise ValueError('bad luck')", "garbled", "ValueError: bad luck"),
    "import error": ("import no_such_module", "garbled", "No module named 'no_such_module'"),
    "shell form of an illegal instruction": ("os._exit(132)", "crashed", "SIGILL"),
    "shell form of a kill": ("os._exit(137)", "killed", "likely out of memory"),
    "shell form of an abort": ("os._exit(134)", "crashed", "SIGABRT"),
}


@pytest.mark.parametrize("name", DEATHS)
def test_a_death_has_its_status_and_reason(name):
    code, status, reason = DEATHS[name]
    if name == "illegal" and os.uname().machine != "x86_64":
        pytest.skip("the bytes are x86")
    seen, because = judged(watched(code))
    assert seen == status
    assert reason in because


def test_a_missing_avx_is_named_where_the_cpu_lacks_it():
    assert (
        "this CPU lacks AVX, which this TensorFlow build needs"
        in verdict.status_of(Ending(-4), "TensorFlow", avx=False)[1]
    )


def test_stack_overflow_does_not_reach_the_parent():
    code = "import sys; sys.setrecursionlimit(10**9)\ndef f(x): return repr(x)\nl = []\nfor _ in range(10**6): l = [l]\nf(l)"
    seen, _ = judged(watched(code, limit=30))
    assert seen in {"crashed", "garbled"}  # newer interpreters turn it into an exception


@pytest.mark.parametrize(
    "code",
    [
        "import time\ndef stuck():\n    time.sleep(99)\nstuck()",
        "import signal, time\nsignal.signal(15, signal.SIG_IGN)\ndef stuck():\n    while True: pass\nstuck()",
        "import ctypes\ndef stuck():\n    ctypes.PyDLL(None).sleep(99)  # holds the interpreter's lock\nstuck()",
    ],
    ids=["sleeping", "ignoring SIGTERM", "in C with the lock"],
)
def test_a_hang_is_ended_and_says_where(code):
    child = watched(code, limit=0.7)
    seen, because = judged(child, limit=0.7)
    assert seen == "timeout"
    assert "no answer in 0.7 s" in because
    assert "in stuck" in because


def test_a_child_that_survives_abort_is_killed():
    child = watched(
        "import signal, time\nsignal.signal(6, signal.SIG_IGN)\ntime.sleep(99)", limit=0.5
    )
    assert child.ending.code == -signal.SIGKILL
    assert judged(child)[0] == "timeout"


EAT = "x = []\nwhile True: x.append(bytearray(10**7))"


def test_memory_is_watched_by_resident_size(monkeypatch):
    monkeypatch.setattr(ChildProcess, "_limit_memory", lambda _: None)
    child = watched(EAT, memory_mb=300, limit=20)
    assert judged(child) == ("killed", "went over this probe's memory limit")
    assert 300 < child.peak_mb < 3000


@pytest.mark.skipif(sys.platform != "linux", reason="the system's limit of another process")
@pytest.mark.parametrize(
    "eat",
    # In great pieces: the system refuses one well before the watch, which counts code too, sees as much.
    ["x = []\nwhile True: x.append(bytearray(10**8))", "import ctypes; x = bytearray(10**9)"],
    ids=["in pieces", "at once"],
)
def test_the_system_refuses_one_process_more_than_the_limit(eat):
    child = watched(eat, memory_mb=300, limit=20)
    assert judged(child) == ("killed", "ran out of the memory that this probe allows")
    assert child.peak_mb < 400


@pytest.mark.skipif(
    sys.platform != "linux", reason="who is in no session of ours is found in /proc"
)
@pytest.mark.parametrize(
    "leave", ["", "time.sleep(99)"], ids=["its parent gone", "its parent there"]
)
def test_a_grandchild_in_a_session_of_its_own_counts_and_dies_too(leave):
    code = (
        "import subprocess, sys, time\n"
        "eat = 'x = bytearray(4 * 10**8); import time; time.sleep(99)'\n"
        "p = subprocess.Popen([sys.executable, '-c', eat], start_new_session=True)\n"
        "say(event='pid', pid=p.pid)\n"
        "while int(open(f'/proc/{p.pid}/statm').read().split()[1]) < 90_000: time.sleep(0.05)\n"
        f"time.sleep(2)\n{leave}\nos._exit(0)"
    )
    child = watched(code, memory_mb=500, limit=15)
    assert child.peak_mb > 300
    assert_gone(child.events[0]["pid"])


@pytest.mark.parametrize(
    "line",
    ["b'[' * 100_000", "b'{\"event\": ' * 50_000", "b'{\"event\": \"x\", \"f\": ' + b'[' * 99 + b']' * 99 + b'}'",
     "b'9' * 100_000", "b'\\xff' * 100_000"],
    ids=["deep", "deep, in mappings", "deep and whole", "a long number", "no text"],
)  # fmt: skip
def test_a_line_that_no_honest_child_sends_is_none(line):
    write = f"w = os.fdopen(int(os.environ['PROBE_FD']), 'wb'); w.write({line} + b'\\n'); w.close()"
    child = watched(f"say(event='before')\n{write}")
    assert [event["event"] for event in child.events] == ["before"]
    assert len(child.garbled) == 1


def test_a_child_that_never_stops_reporting_is_heard_to_a_limit():
    code = "w = os.fdopen(int(os.environ['PROBE_FD']), 'wb')\nw.write(b'{\"event\": \"x\"}\\n')\nfor _ in range(300): w.write(b'x' * 10**6)"
    child = watched(code, limit=6)
    assert [event["event"] for event in child.events] == ["x"]
    assert sum(map(len, child.garbled)) < 10**6


def test_grandchildren_count_and_die_with_the_child():
    code = (
        "import subprocess, sys, time\n"
        "eat = [sys.executable, '-c', 'x = bytearray(2 * 10**8); import time; time.sleep(99)']\n"
        "for p in [subprocess.Popen(eat), subprocess.Popen(eat)]: say(event='pid', pid=p.pid)\n"
        "time.sleep(99)"
    )
    child = watched(code, memory_mb=300, limit=20)
    assert judged(child) == ("killed", "went over this probe's memory limit")
    for event in child.events:
        assert_gone(event["pid"])


def test_a_grandchild_that_keeps_the_pipe_does_not_keep_us():
    code = (
        "import subprocess, sys\n"
        "fd = int(os.environ['PROBE_FD'])\n"
        "p = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(99)'], pass_fds=(fd,))\n"
        "say(event='pid', pid=p.pid); os._exit(0)"
    )
    began = time.monotonic()
    child = watched(code, limit=10)
    assert time.monotonic() - began < 5
    assert_gone(child.events[0]["pid"])


def test_finished_checks_survive_a_later_crash():
    child = watched("say(event='result', check='a'); say(event='start', check='b'); os.abort()")
    assert [event["event"] for event in child.events] == ["result", "start"]


def test_chatter_is_no_result():
    child = watched(
        "print('{\"event\": \"result\"}'); os.write(2, b'noise\\n' * 3_000_000); say(event='end')",
        limit=20,
    )
    assert child.events == [{"event": "end"}]
    assert len(child.ending.stderr) <= 64_000


def test_garbage_on_the_pipe_is_kept_apart():
    child = watched(
        'os.write(int(os.environ[\'PROBE_FD\']), b\'\\xff\\x00 half\\n[1]\\n{"event": 5}\\n{"event": "e\')'
    )
    assert child.events == []
    assert len(child.garbled) == 4


def test_the_private_folder_is_removed_whatever_happens():
    code = "import tempfile; open(tempfile.mkstemp()[1], 'w').write('x'); say(event='at', place=os.getcwd(), tmp=tempfile.gettempdir()); os.kill(os.getpid(), 9)"
    child = watched(code)
    at = child.events[0]
    assert at["place"] == at["tmp"]
    assert not Path(at["place"]).exists()


def test_a_command_that_cannot_start_leaves_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with pytest.raises(OSError, match="no-such-python"):
        ChildProcess(["/no-such-python"])
    assert list(tmp_path.iterdir()) == []


def test_ending_a_child_that_is_gone_is_quiet():
    child = watched("pass")
    process_tree.end(child._process.pid)
    child.poll()
    child.kill("time")
    assert child.ending.killed_for is None


@pytest.mark.parametrize(
    ("message", "library"),
    [
        (
            "libcudart.so.13: cannot open shared object file: No such file or directory",
            "libcudart.so.13",
        ),
        ("Library not loaded: @rpath/libomp.dylib", "libomp.dylib"),
        ("DLL load failed while importing x", None),
    ],
)
def test_the_missing_library_is_named(message, library):
    assert verdict.missing_library(message) == library


def assert_gone(pid):
    for _ in range(100):
        try:
            with Path(f"/proc/{pid}/stat").open() as stat:
                if stat.read().rpartition(")")[2].split()[0] == "Z":
                    return
        except FileNotFoundError:
            return
        time.sleep(0.02)
    raise AssertionError(f"{pid} still runs")
