"""Outputs that end early, are full, closed, narrow or speak another encoding."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TOY = ROOT / "tests" / "toy"
OWL = TOY / "examples" / "night-owl.yaml"
RULES = ("--rules", str(TOY / "rules"), "--samples", "10")
FORMATS = ("text", "json", "markdown", "html", "adr", "junit", "github")

COMMANDS = {
    "help": ("--help",),
    "score": ("score", str(OWL), *RULES),
    "score-json": ("score", str(OWL), *RULES, "--format", "json"),
    "test": ("test", str(TOY / "rules")),
    "lint": ("lint", str(TOY / "rules")),
    "compare": ("compare", str(OWL), str(TOY / "examples" / "early-bird.yaml"), *RULES[:2]),
    "claims": ("claims",),
    "schema": ("schema", "project"),
    "probe-list": ("probe", "--list"),
    "missing": ("score", "nowhere.yaml", *RULES),
    "mistyped": ("scor",),
}

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pipes and devices are POSIX")


def start(*args, stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, **env):
    keep = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG", "PYTHONIO"))}
    return subprocess.Popen(
        [sys.executable, "-m", "recommender", *map(str, args)],
        stdin=stdin, stdout=stdout, stderr=stderr, cwd=ROOT, env={**keep, "RECOMMENDER_CACHE": "off", **env},
    )  # fmt: skip


def quiet(err):
    text = err.decode("utf-8", "replace")
    assert "Traceback" not in text, text
    assert "Exception ignored" not in text, text
    assert "internal error" not in text, text
    return text


@pytest.mark.parametrize("name", COMMANDS)
def test_a_reader_that_leaves_at_once(name):
    """As `recommender ... | true` does, for both streams in turn."""
    for stream in ("stdout", "stderr"):
        reading, writing = os.pipe()
        os.close(reading)
        done = start(*COMMANDS[name], **{stream: writing})
        os.close(writing)
        _, err = done.communicate(timeout=60)
        quiet(err or b"")
        assert done.returncode in (0, 1, 2, 3, 4, 5)
        if name == "missing":
            assert done.returncode == 3


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device")
@pytest.mark.parametrize("name", ["score", "score-json", "lint", "schema", "help"])
def test_a_full_disk_behind_standard_output(name):
    with Path("/dev/full").open("wb") as full:
        done = start(*COMMANDS[name], stdout=full)
        _, err = done.communicate(timeout=60)
    assert done.returncode == 3, err
    assert (
        quiet(err).strip().splitlines()[-1]
        == "error: the output cannot be written: No space left on device"
    )


@pytest.mark.parametrize("closing", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize("name", ["score", "score-json", "missing"])
def test_streams_closed_by_the_caller(name, closing):
    command = " ".join(
        f"'{word}'" for word in (sys.executable, "-m", "recommender", *COMMANDS[name])
    )
    done = subprocess.run(
        ["sh", "-c", f"{command} {closing}"], capture_output=True, cwd=ROOT, timeout=60, check=False
    )
    lost = " >&-" in f" {closing}"
    assert done.returncode == (3 if lost or name == "missing" else 0), done.stderr
    told = quiet(done.stderr)
    if lost and "2>&-" not in closing and name != "missing":
        assert told == "error: the output cannot be written: Bad file descriptor\n"


def test_what_goes_into_a_file_needs_no_standard_output(tmp_path):
    into = tmp_path / "advice.json"
    words = [
        sys.executable,
        "-m",
        "recommender",
        *COMMANDS["score"],
        "--output",
        into,
        "--format",
        "json",
    ]
    command = " ".join(f"'{word}'" for word in words)
    done = subprocess.run(
        ["sh", "-c", f"{command} >&-"], capture_output=True, cwd=ROOT, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    assert into.exists()


@pytest.mark.parametrize("format_", ["text", "json", "html", "junit"])
@pytest.mark.parametrize(
    "locale",
    [
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "utf-16"},
    ],
    ids=["C", "ascii", "utf-16"],
)
def test_any_locale_gets_a_whole_document(locale, format_):
    done = start("score", OWL, *RULES, "--format", format_, "--lang", "zh", **locale)
    out, err = done.communicate(timeout=60)
    assert done.returncode == 0, err
    quiet(err)
    if format_ != "text":
        out.decode("utf-8")  # the encoding that each of these formats promises


@pytest.mark.parametrize(
    "variables",
    [
        {"TERM": "dumb"},
        {"TERM": ""},
        {"COLUMNS": "1"},
        {"COLUMNS": "0"},
        {"COLUMNS": "99999999999999999999"},
        {"TZ": "Nowhere/Land"},
        {"HOME": "/nonexistent"},
    ],
)
def test_odd_surroundings(variables):
    done = start(*COMMANDS["score"], **variables)
    out, err = done.communicate(timeout=60)
    assert done.returncode == 0, err
    quiet(err)
    assert b"Tea" in out


def test_file_names_that_are_not_utf8(tmp_path):
    name = os.fsencode(tmp_path) + b"/caf\xe9\x1b[31m\n.yaml"
    path = Path(os.fsdecode(name))
    path.write_bytes(OWL.read_bytes())
    for format_ in FORMATS:
        done = start("score", path, *RULES, "--format", format_)
        out, err = done.communicate(timeout=60)
        assert done.returncode == 0, (format_, err)
        quiet(err)
        assert b"\x1b" not in out
        out.decode("utf-8")
    path.write_bytes(OWL.read_bytes() + b"\nbad: 1\n")
    done = start("score", path, *RULES)
    _, err = done.communicate(timeout=60)
    assert done.returncode == 3
    assert b"\x1b" not in err
    assert len(quiet(err).strip().splitlines()) == 1


def test_the_folder_that_one_stands_in_is_gone(tmp_path):
    gone = tmp_path / "gone"
    gone.mkdir()
    script = f"cd '{gone}' && rmdir '{gone}' && '{sys.executable}' -m recommender score '{OWL}' {' '.join(RULES)}"
    done = subprocess.run(
        ["sh", "-c", script],
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        timeout=60,
        check=False,
    )
    quiet(done.stderr)
    assert done.returncode == 0, done.stderr
