"""`recommender probe` as a user meets it, with fake frameworks."""

import importlib.util
import json
import os
import pty
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from recommender.loading import load_observations, load_pack, load_profile
from recommender.nouns.errors import UsageError
from recommender.probe import cache as caching
from recommender.probe import picture, summary
from recommender.probe.needs import checks_for

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the fakes' wrappers are shell scripts")
ROOT = Path(__file__).parents[2]


CHEAP = ("--check", "import", "--check", "accelerator")


def test_a_line_for_each_check_and_how_to_install_what_is_absent(fake, probe):
    fake("torch")
    done = probe(*CHEAP)
    assert done.returncode == 0, done.stderr
    assert "[✓] import                 9.9.9+fake imported in" in done.stdout
    assert "[–] accelerator" in done.stdout
    assert "TensorFlow is not installed" in done.stdout
    assert "to install it: pip install tensorflow" in done.stdout
    assert "not exercised by our tests: cuda" in done.stdout


def test_neither_installed_is_no_failure(probe, bare):
    done = probe("--python", f"torch={bare}")
    assert done.returncode == 0
    assert done.stdout.count("to install it: pip install") == 2
    assert done.stderr == ""


def test_verbose_adds_claims_and_figures(fake, probe):
    fake("torch")
    shown = probe(*CHEAP, "-v").stdout
    assert "It can be imported on this machine. confirmed (pass" in shown
    assert '"version": "9.9.9+fake"' in shown


@pytest.mark.parametrize("width", [60, 80])
def test_a_narrow_terminal_gets_whole_words_under_each_other(fake, probe, monkeypatch, width):
    monkeypatch.setenv("COLUMNS", str(width))
    fake("torch", "raise RuntimeError('one of those ' + 'long ' * 30 + 'stories')")
    shown = probe(*CHEAP).stdout
    assert max(map(len, shown.splitlines())) <= width
    assert shown.count("long") == 30
    start = shown.splitlines().index(next(x for x in shown.splitlines() if "import  " in x))
    under = 29 if width >= 80 else 6
    assert shown.splitlines()[start + 1].startswith(" " * under + "long")


def test_a_pipe_gets_one_line_for_each_check_and_no_colour(fake, probe, monkeypatch):
    monkeypatch.delenv("COLUMNS", raising=False)
    fake("torch", "raise RuntimeError('one of those ' + 'long ' * 30 + 'stories')")
    shown = probe(*CHEAP).stdout
    assert any("import " in line and line.endswith("stories") for line in shown.splitlines())
    assert "\x1b" not in shown


def test_json_has_a_schema_number_and_loads_as_observations(fake, probe, tmp_path):
    fake("torch")
    done = probe(*CHEAP, "--format", "json", "--output", "report.json")
    assert (done.returncode, done.stdout) == (0, "")
    report = json.loads((tmp_path / "report.json").read_text())
    assert (report["schema"], report["kind"]) == (1, "probe-report")
    seen = load_observations(report)
    assert seen.get("import", "pytorch").verdict == "confirmed"
    assert (
        json.loads(probe(*CHEAP, "--format", "json").stdout)["fingerprint"] == report["fingerprint"]
    )


def test_nothing_is_overwritten_unasked(fake, probe, tmp_path):
    fake("torch")
    (tmp_path / "kept.json").write_text("mine")
    done = probe(*CHEAP, "--output", "kept.json")
    assert done.returncode == 2
    assert "exists already" in done.stderr
    assert (tmp_path / "kept.json").read_text() == "mine"
    assert probe(*CHEAP, "--output", "kept.json", "--force").returncode == 0


def test_a_second_run_is_answered_from_the_cache_until_something_changes(fake, probe):
    fake("torch")
    assert "examines again" not in probe(*CHEAP).stdout
    assert "--no-cache examines again" in probe(*CHEAP).stdout
    assert "examines again" not in probe(*CHEAP, "--no-cache").stdout
    assert "examines again" not in probe("--check", "devices").stdout


def test_a_cache_that_cannot_be_written_is_a_warning(fake, probe, tmp_path):
    fake("torch")
    (tmp_path / "cache").write_text("a file where a folder should be")
    done = probe(*CHEAP)
    assert done.returncode == 0
    assert "warning: this report could not be kept for next time" in done.stderr


def test_a_full_disk_is_a_warning(tmp_path, monkeypatch):
    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(caching.json, "dump", full)
    kept = caching.Cache(tmp_path)
    kept.keep({"fingerprint": "f" * 64}, ["import"])
    assert "No space left on device" in kept.warning
    assert list(tmp_path.iterdir()) == []


def test_a_stale_or_broken_report_is_not_reused(tmp_path):
    kept = caching.Cache(tmp_path)
    report = {"fingerprint": "f" * 64, "made": "2020-01-01T00:00:00Z"}
    kept.keep(report, ["import"])
    assert kept.find("f" * 64, ["import"]) is None
    next(tmp_path.iterdir()).write_text("{")
    assert kept.find("f" * 64, ["import"]) is None


def test_diff_tells_what_an_upgrade_changed(fake, probe, tmp_path):
    fake("torch")
    probe(*CHEAP, "--output", "old.json")
    old = json.loads((tmp_path / "old.json").read_text())
    old["candidates"]["pytorch"]["versions"]["torch"] = "2.0"
    old["observations"][0]["status"] = "crashed"
    (tmp_path / "old.json").write_text(json.dumps(old))
    done = probe(*CHEAP, "--diff", "old.json")
    assert done.returncode == 0
    assert re.search(r"pytorch: torch 2\.0 → ", done.stdout)
    assert "pytorch import: crashed → pass" in done.stdout
    assert probe(*CHEAP, "--output", "new.json").returncode == 0
    assert "nothing that matters has changed" in probe(*CHEAP, "--diff", "new.json").stdout


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["--budget", "soon"], 2, "not `soon`"),
        (["--check", "inport"], 2, "did you mean `import`"),
        (["--python", "torch"], 2, "wants NAME=PATH"),
        (["--python", "torch=/no/python"], 2, "cannot be run"),
        (["--tier", "huge"], 2, "huge"),
        (["--for", "none.yaml"], 3, "none.yaml"),
        (["--diff", "none.json"], 3, "none.json"),
        (["--output", "no/such/folder.json"], 2, "does not exist"),
    ],
)
def test_what_cannot_be_done_is_told_without_a_traceback(probe, bare, words, code, message):
    done = probe("--python", f"torch={bare}", *words)
    assert done.returncode == code, done.stderr
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_for_a_project_only_what_it_needs_is_checked(fake, probe):
    fake("torch")
    project = ROOT / "examples" / "android-app.yaml"
    done = probe("--for", str(project), "--tier", "quick", "--format", "json")
    assert done.returncode == 0, done.stderr
    pack = load_pack()
    needed = checks_for(load_profile(project, pack), pack)
    assert {"export-mobile", "export-executorch"} <= needed
    assert "multi-worker" not in needed
    seen = {row["check"] for row in json.loads(done.stdout)["observations"]}
    assert "import" in seen
    assert "export-mobile" not in seen  # the quick tier has no exports


@pytest.mark.parametrize(
    ("accepted", "needed"), [(None, True), ("tflite", True), ("coreml", False)]
)
def test_a_route_that_the_accepted_formats_close_needs_no_check(accepted, needed):
    pack = load_pack()
    # What is demanded is answered, since a rule on quantisation-aware training wants the check too.
    answers = {"targets": ["ios"], "fixed-artefact": ["phone-sdk"], "demands": []}
    if accepted:
        answers["fixed-formats"] = [accepted]
    assert ("quantisation" in checks_for(load_profile({"answers": answers}, pack), pack)) == needed


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_ctrl_c_keeps_what_is_finished(fake, tmp_path, bare, sign):
    fake(
        "torch",
        extra="import time\nclass cuda:\n    is_available = staticmethod(lambda: time.sleep(99))\n",
    )
    words = [
        "--python",
        f"tensorflow={bare}",
        "--check",
        "devices",
        "--no-cache",
        "--format",
        "json",
    ]
    running = subprocess.Popen(
        [sys.executable, "-m", "recommender", "probe", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # Whoever started the tests may have told them to outlive the terminal (nohup).
        preexec_fn=lambda: signal.signal(sign, signal.SIG_DFL),  # noqa: PLW1509
        env=os.environ
        | {"PYTHONPATH": f"{os.environ['PYTHONPATH']}:{ROOT}", "TMPDIR": str(tmp_path)},
    )
    deadline = time.monotonic() + 30
    while (
        not (folders := list(tmp_path.glob("recommender-probe-*"))) or time.monotonic() > deadline
    ):
        time.sleep(0.05)
    time.sleep(3)
    running.send_signal(sign)
    out, err = running.communicate(timeout=20)
    assert running.returncode == 130, err
    report = json.loads(out)
    rows = {row["check"]: row["status"] for row in report["observations"]}
    assert rows == {"import": "pass", "devices": "not-run"}
    assert not any(folder.exists() for folder in folders)


def test_a_terminal_sees_progress(fake, bare, tmp_path):
    fake("torch", extra="import time; time.sleep(0.6)\n")
    words = ["--python", f"tensorflow={bare}", *CHEAP, "--no-cache"]
    main, side = pty.openpty()
    with os.fdopen(main, "rb", buffering=0) as screen:
        running = subprocess.Popen(
            [sys.executable, "-m", "recommender", "probe", *words],
            stdout=subprocess.DEVNULL,
            stderr=side,
            env=os.environ | {"PYTHONPATH": f"{os.environ['PYTHONPATH']}:{ROOT}", "TERM": "xterm"},
        )
        os.close(side)
        seen = b""
        try:
            while part := screen.read(4096):
                seen += part
        except OSError:  # the terminal is gone with the last writer
            pass
        assert running.wait(20) == 0
    assert b"waiting" in seen or b"import" in seen


FAKE_UV = """#!/bin/sh
case "$1 $*" in
  venv*) for last; do :; done; mkdir -p "$last/bin"; printf '#!/bin/sh\\nPYTHONPATH="{fakes}" exec "{python}" -S "$@"\\n' > "$last/bin/python"; chmod +x "$last/bin/python";;
  *--dry-run*) echo " + tensorflow-cpu==2.21.0" >&2; echo " + numpy==2.4.6" >&2;;
  *) echo "$*" >> "{log}";;
esac
"""


def test_with_uv_shows_pins_and_size_and_asks_before_it_installs(
    fake, probe, tmp_path, monkeypatch
):
    fake("torch")
    other = tmp_path / "other" / "tensorflow"
    other.mkdir(parents=True)
    (other / "__init__.py").write_text("__version__ = '2.21.0'\n")
    tools = tmp_path / "tools"
    tools.mkdir()
    log = tmp_path / "log"
    uv = FAKE_UV.format(fakes=other.parent, python=sys.executable, log=log)
    (tools / "uv").write_text(uv)
    (tools / "uv").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tools}:{os.environ['PATH']}")
    refused = probe("--with-uv", "--check", "import")
    assert "tensorflow-cpu==2.21.0, numpy==2.4.6" in refused.stderr
    assert "GB on disk, removed afterwards" in refused.stderr
    assert not log.exists()
    agreed = probe("--with-uv", "--yes", "--check", "import")
    assert "2.21.0 imported in" in agreed.stdout, agreed.stderr
    assert "pip install --python" in log.read_text()


def test_with_uv_but_without_uv_is_told(fake, probe, monkeypatch, tmp_path):
    fake("torch")
    monkeypatch.setenv("PATH", str(tmp_path))
    done = probe("--with-uv", "--check", "import")
    assert done.returncode == 2
    assert "pip install uv" in done.stderr


def test_the_picture_shows_both_runs():
    pytest.importorskip("matplotlib")
    row = {"check": "training-picture", "figures": {"losses": [2.0, 1.0]}}
    report = {
        "candidates": {
            "pytorch": {"versions": {"torch": "2.13.0"}},
            "tensorflow": {"versions": {}},
        },
        "observations": [row | {"candidate": "pytorch"}, row | {"candidate": "tensorflow"}],
    }
    drawn = picture.draw(report, {"pytorch": "PyTorch"}, "svg").decode()
    assert drawn.count('<g id="axes_') == 2
    assert picture.draw(report, {}).startswith(b"\x89PNG")
    with pytest.raises(UsageError, match="no training run"):
        picture.draw({"candidates": {}, "observations": []}, {})


@pytest.mark.frameworks
def test_both_training_runs_open_in_tensorboard_and_in_one_picture(tmp_path, monkeypatch):
    needed = ("torch", "tensorflow", "tensorboard", "matplotlib")
    if not all(importlib.util.find_spec(name) for name in needed):
        pytest.skip(f"needs {', '.join(needed)}")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    words = [
        "--check",
        "training-picture",
        "--picture",
        "runs.png",
        "--events",
        "runs",
        "--budget",
        "5m",
    ]
    done = subprocess.run(
        [sys.executable, "-m", "recommender", "probe", *words],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "runs.png").read_bytes().startswith(b"\x89PNG")
    for name in ("torch", "tensorflow"):
        assert list((tmp_path / "runs" / name).glob("events.out.tfevents.*")), done.stdout


OWNED = "1\n::error file=x::owned\n##[error]owned ::error::owned"


@pytest.mark.parametrize("width", ["", "20"])
@pytest.mark.parametrize("words", [(), ("-v",), ("-vv",)])
def test_no_text_of_a_framework_commands_a_pipeline(fake, probe, monkeypatch, words, width):
    """Neither its version, nor the version that its package states, nor an error of it."""
    monkeypatch.setenv("COLUMNS", width)
    fake(
        "torch",
        extra=f"__version__ = {OWNED!r}\ndef tensor(*_, **__): raise RuntimeError({OWNED!r} * 3)\n",
    )
    card = Path(os.environ["PYTHONPATH"].split(":")[0]) / "torch-9.dist-info"
    card.mkdir()
    stated = OWNED.replace("\n", "\n ")
    (card / "METADATA").write_text(f"Metadata-Version: 2.1\nName: torch\nVersion: {stated}\n")
    done = probe("--check", "import", "--check", "numerics", "--no-cache", *words)
    assert done.stdout.count("owned") > 2, done.stderr
    led = [line for line in done.stdout.splitlines() if line.lstrip().startswith(("::", "##["))]
    assert led == []


@pytest.mark.parametrize("verbose", [0, 1])
def test_what_is_absent_has_no_version_though_a_package_beside_it_has_one(verbose):
    card = {"status": "absent", "because": "no module", "versions": {"numpy": "2.2.6"}}
    report = {
        "machine": {"os": "Linux", "arch": "x86_64", "cores": 2},
        "candidates": {"tensorflow": card},
        "observations": [],
    }
    told = list(summary.lines(report, {"tensorflow": "TensorFlow"}, {}, verbose))
    assert told[2] == ("TensorFlow  numpy 2.2.6" if verbose else "TensorFlow  absent")
