"""What bad circumstances get: impatience, a full disk, a second environment, an unreadable past."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest

from recommender.cli import _signals, run
from recommender.probe import Cache, child_process, examine, machine, process_tree
from recommender.probe.child import examination
from tests.probe.conftest import ROOT, wrapper
from tests.probe.test_command import CHEAP

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the fakes' wrappers are shell scripts")
STUCK = """
import time
def stick():
    open({place!r}, "w").close()
    time.sleep(99)
class cuda:
    is_available = stick
"""


@pytest.fixture
def started(fake, bare, tmp_path, monkeypatch):
    """Give a function that starts an examination which hangs in its second check."""
    stuck = tmp_path / "stuck"
    fake("torch", extra=STUCK.format(place=str(stuck)))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setenv("PYTHONPATH", f"{os.environ['PYTHONPATH']}:{ROOT}")

    def start(*words, launcher=()):
        words = ["--python", f"tensorflow={bare}", "--check", "devices", "--no-cache", *words]
        running = subprocess.Popen(
            [*launcher, sys.executable, "-m", "recommender", "probe", *words],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        until = time.monotonic() + 30
        while time.monotonic() < until and not stuck.exists():
            time.sleep(0.05)
        return running

    return start


def test_an_impatient_second_ctrl_c_loses_nothing(started, tmp_path):
    running = started("--format", "json")
    for _ in range(3):
        running.send_signal(signal.SIGINT)
        time.sleep(0.01)
    out, err = running.communicate(timeout=20)
    assert running.returncode == 130, err
    assert {r["check"]: r["status"] for r in json.loads(out)["observations"]} == {
        "import": "pass",
        "devices": "not-run",
    }
    assert "Traceback" not in err
    assert not list(tmp_path.glob("recommender-probe-*"))


def test_who_was_told_to_outlive_the_terminal_does(started):
    running = started(launcher=["nohup"])
    running.send_signal(signal.SIGHUP)
    with pytest.raises(subprocess.TimeoutExpired):
        running.wait(1)
    running.send_signal(signal.SIGTERM)
    running.communicate(timeout=20)
    assert running.returncode == 130


def test_signals_are_as_before_after_an_undisturbed_run():
    before = [signal.getsignal(getattr(signal, name)) for name in _signals.ENDING]
    with _signals.one_interrupt():
        assert signal.getsignal(signal.SIGTERM) not in before
    assert [signal.getsignal(getattr(signal, name)) for name in _signals.ENDING] == before


@pytest.mark.parametrize(
    ("because", "expected"),
    [
        ("OSError: [Errno 28] No space left on device", True),
        ("OSError: [Errno 27] File too large", True),
        ("RuntimeError: unexpected pos 5760 vs 5712", False),
    ],
)
def test_a_full_disk_is_not_held_against_a_framework(because, expected):
    assert examination.full(because) is expected


def test_a_failure_where_no_file_can_be_written_is_the_disks(tmp_path):
    code = (
        "import resource, signal\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "from types import SimpleNamespace as Is\n"
        "from recommender.probe.child.examination import conclude\n"
        "def run(framework): raise RuntimeError('odd')\n"
        "print(conclude('save-load', Is(run=run), None))\n"
    )
    said = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert "'status': 'skip'" in said.stdout
    assert "no room left for temporary files (RuntimeError: odd)" in said.stdout


def test_no_place_for_temporary_files_is_told(bare, monkeypatch, capsys):
    def nowhere(**_):
        raise FileNotFoundError(2, "No usable temporary directory found")

    monkeypatch.setattr(child_process.tempfile, "TemporaryDirectory", nowhere)
    assert run(["probe", "--check", "import", "--no-cache"]) == 2
    assert "no temporary folder can be made" in capsys.readouterr().err


def test_a_report_that_cannot_be_written_is_shown_all_the_same(fake, probe):
    fake("torch")
    done = probe(*CHEAP, "--format", "json", "--output", "/dev/full", "--force")
    assert done.returncode == 3
    assert json.loads(done.stdout)["kind"] == "probe-report"
    assert "cannot be written" in done.stderr


def test_a_broken_framework_is_told_once(fake, probe):
    fake("torch", "raise RuntimeError('out of order')")
    assert probe(*CHEAP).stdout.count("out of order") == 1


def test_an_interpreter_is_found_from_where_it_was_named(fake, probe, tmp_path):
    fake("torch")
    wrapper(tmp_path / "python", f'exec "{sys.executable}" "$@"')
    done = probe(*CHEAP, "--python", "torch=./python")
    assert "9.9.9+fake imported in" in done.stdout, done.stderr


def test_a_second_environment_is_not_answered_for_by_the_first(fake, probe, tmp_path):
    fake("torch")
    other = wrapper(tmp_path / "python", f'exec "{sys.executable}" "$@"')
    assert "examines again" not in probe(*CHEAP).stdout
    assert "examines again" not in probe(*CHEAP, "--python", f"torch={other}").stdout
    assert "examines again" in probe(*CHEAP, "--python", f"torch={other}").stdout


def test_without_the_cache_a_newer_report_takes_its_place(fake, bare, tmp_path):
    fake("torch")
    here = {"pythons": {"tensorflow": bare}, "checks": ["import"]}
    old = examine(**here, cache=Cache(tmp_path / "kept"))
    time.sleep(1.1)
    new = examine(**here, cache=Cache(tmp_path / "kept", reading=False))
    assert new["made"] > old["made"]
    assert examine(**here, cache=Cache(tmp_path / "kept"))["made"] == new["made"]


def test_advice_with_a_probe_tells_of_an_older_report_and_of_a_cache_that_fails(
    fake, monkeypatch, capsys, tmp_path
):
    fake("torch")
    fake("tensorflow", "raise ImportError('not today')")
    words = ["score", str(ROOT / "examples" / "android-app.yaml"), "--probe", "now"]
    seen = {"made": "2026-01-02T03:04:05Z", "cached": True, "candidates": {}, "observations": []}
    seen |= {"schema": 1, "kind": "probe-report"}
    monkeypatch.setattr("recommender.probe.examine", lambda *_, **__: dict(seen))
    assert run(words) == 0
    assert "report of 2026-01-02T03:04:05Z is still fresh" in capsys.readouterr().err
    monkeypatch.setattr("recommender.probe.examine", lambda *_, **__: seen | {"interrupted": True})
    assert run(words) == 130
    assert capsys.readouterr().out == ""


def test_a_picture_that_cannot_be_drawn_is_refused_before_the_run(probe):
    began = time.monotonic()
    done = probe("--picture", "runs.gif")
    assert (done.returncode, done.stdout) == (2, "")
    assert "png, svg or pdf, not gif" in done.stderr
    assert time.monotonic() - began < 5


def test_a_name_that_no_file_can_have_is_refused_before_the_run(probe):
    done = probe("--output", "n" * 300)
    assert (done.returncode, done.stdout) == (2, "")
    assert "File name too long" in done.stderr


def test_events_that_cannot_be_kept_are_refused_before_the_run(probe, tmp_path):
    (tmp_path / "file").write_text("mine")
    done = probe("--events", "file")
    assert (done.returncode, done.stdout) == (2, "")
    assert "file cannot be written" in done.stderr


def test_differences_are_in_the_json_too(fake, probe, tmp_path):
    fake("torch")
    probe(*CHEAP, "--output", "old.json")
    old = json.loads((tmp_path / "old.json").read_text())
    old["candidates"]["pytorch"]["python"] = "3.2.1"
    (tmp_path / "old.json").write_text(json.dumps(old))
    report = json.loads(probe(*CHEAP, "--diff", "old.json", "--format", "json").stdout)
    assert report["since"] == old["made"]
    assert report["differences"] == [f"pytorch: Python 3.2.1 → {sys.version.split()[0]}"]


def test_colour_is_left_out_where_it_is_not_wanted(fake, probe, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    fake("torch")
    assert "\x1b" not in probe(*CHEAP).stdout


def test_the_memory_limit_is_what_is_free_now(monkeypatch):
    told = {"/proc/meminfo": "MemTotal: 9000000 kB\nMemAvailable: 1000000 kB\n"}
    monkeypatch.setattr(machine, "first_answer", lambda path: told.get(path, ""))
    monkeypatch.setattr(machine, "memory_mb", lambda: 9000)
    assert machine.free_memory_mb() == 1024
    monkeypatch.setattr(machine, "first_answer", lambda _: "")
    assert machine.free_memory_mb() == 9000


def test_weighing_takes_a_twentieth_of_the_time_at_most(monkeypatch):
    weighed = []

    def slowly(*_):
        weighed.append(time.monotonic())
        time.sleep(0.05)
        return 0.0

    monkeypatch.setattr(process_tree, "resident_mb", slowly)
    child = child_process.ChildProcess(
        [sys.executable, "-c", "import time; time.sleep(2)"], memory_mb=1000
    )
    while child.ending is None:
        child.poll()
        time.sleep(0.01)
    assert len(weighed) <= 3


def test_a_tier_with_a_project_keeps_that_tiers_time(monkeypatch, capsys):
    asked = []

    def noting(tier, *, budget, **_):
        asked.append((tier, budget))
        return {"machine": {}, "candidates": {}, "observations": []}

    monkeypatch.setattr("recommender.cli.probe.examine", noting)
    project = str(ROOT / "examples" / "android-app.yaml")
    for words in (["--tier", "standard"], [], ["--tier", "full", "--budget", "9s"]):
        assert run(["probe", "--for", project, *words]) == 0
    assert asked == [("standard", 60.0), ("quick", None), ("full", 9.0)]
    capsys.readouterr()
