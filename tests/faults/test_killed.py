"""Killed at any moment, or out of room: what the user had is whole, and nothing piles up."""

import os
import random
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from recommender import load_pack, load_profile
from recommender.atomic_files import write_atomically
from recommender.loading import cache
from recommender.nouns.errors import RecommenderError

from .test_streams import RULES, quiet, start

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")

REWRITER = """
import sys, itertools
from recommender.atomic_files import write_atomically
for number in itertools.count():
    write_atomically(sys.argv[1], f"{number}\\n" * 20_000, force=True)
"""
CACHER = """
import sys
from recommender.loading import cache
while True:
    for entry in cache.listed(cache.cache_folder()):
        if entry[0].endswith(".json"): __import__("os").unlink(entry[1])
    cache.load_cached([sys.argv[1]])
"""
KILLS = 12


def killed(script, *args, after, **env):
    """Start a script that never ends, and kill it after a while."""
    victim = subprocess.Popen([sys.executable, "-c", script, *map(str, args)], env={**os.environ, **env}, stderr=subprocess.PIPE)  # fmt: skip
    time.sleep(after)
    victim.send_signal(signal.SIGKILL)
    assert b"Traceback" not in victim.communicate()[1]


def test_a_writer_killed_leaves_the_old_file_or_the_new(tmp_path):
    chance = random.Random(6)
    path = tmp_path / "answers.yaml"
    path.write_text("-1\n" * 20_000)
    for _ in range(KILLS):
        killed(REWRITER, path, after=0.3 + chance.random() / 5)
        lines = path.read_text().splitlines()
        assert len(lines) == 20_000
        assert len(set(lines)) == 1
        assert len(list(tmp_path.iterdir())) <= 2, "at most what the last one left"
    write_atomically(path, "done\n", force=True)
    assert [each.name for each in tmp_path.iterdir()] == ["answers.yaml"]


def test_what_a_living_writer_is_at_is_not_swept_away(tmp_path):
    mine = tmp_path / "a.txt"
    write_atomically(mine, "tea")
    stamp = f".recommender-{'0' * 8}-1-ab"  # of another machine
    (tmp_path / stamp).touch()
    write_atomically(mine, "coffee", force=True)
    assert (tmp_path / stamp).exists()


def test_the_cache_killed_is_whole_or_not_there(tmp_path, monkeypatch):
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "cache"))
    rules = RULES[1]
    chance = random.Random(7)
    for _ in range(4):
        killed(CACHER, rules, after=0.8 + chance.random() / 2)
        cache.load_cached([rules])
    left = [each.name for each in (tmp_path / "cache").iterdir()]
    assert len([name for name in left if not name.endswith(".pack.json")]) <= 1
    assert cache.load_cached([rules]) == load_pack(rules)


def test_a_conversation_killed_keeps_every_answer_it_acknowledged(tmp_path):
    pack = load_pack(RULES[1])
    chance = random.Random(8)
    lines = [b"evening\n", b"home\n", b"3\n", b"2\n", b"yes\n", b"no\n"]
    for turn in range(5):
        path = tmp_path / f"{turn}.yaml"
        asking = start("ask", "--save", path, "--all", *RULES, stdin=subprocess.PIPE)
        for line in lines[: chance.randrange(1, len(lines))]:
            asking.stdin.write(line)
            asking.stdin.flush()
        time.sleep(0.6 + chance.random() / 2)
        asking.kill()
        asking.communicate()
        if path.exists():
            assert load_profile(path, pack).answers.get("hour", "evening") == "evening"
    write_atomically(tmp_path / "last.yaml", "")
    assert not [each for each in tmp_path.iterdir() if each.name.startswith(".")]


@pytest.mark.parametrize("signal_", [signal.SIGINT, signal.SIGTERM])
def test_a_conversation_interrupted_has_saved(tmp_path, signal_):
    path = tmp_path / "mine.yaml"
    asking = start("ask", "--save", path, *RULES, stdin=subprocess.PIPE)
    asking.stdin.write(b"evening\n")
    asking.stdin.flush()
    for _ in range(200):
        if path.exists():
            break
        time.sleep(0.05)
    asking.send_signal(signal_)
    _, err = asking.communicate(timeout=30)
    quiet(err)
    assert asking.returncode == (130 if signal_ == signal.SIGINT else -signal.SIGTERM)
    assert load_profile(path, load_pack(RULES[1])).answers["hour"] == "evening"


def test_a_full_disk_keeps_the_old_file_and_prints_the_answers(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text("schema: 1\nname: mine\nanswers:\n  hour: evening\n")
    before = path.read_bytes()
    words = (
        sys.executable,
        "-m",
        "recommender",
        "ask",
        "--all",
        "--resume",
        path,
        "--save",
        path,
        *RULES,
    )
    script = f"ulimit -f 0; exec {shlex.join(map(str, words))}"
    asking = subprocess.Popen(
        ["sh", "-c", script],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env={**os.environ, "RECOMMENDER_CACHE": "off"},
    )  # fmt: skip
    _, err = asking.communicate(b"home\n3\n2\nyes\nno\nno\nno\n", timeout=60)
    told = quiet(err)
    assert asking.returncode == 3
    assert "cannot be written: File too large" in told
    assert "place: [home]" in told, "what was just answered is not lost"
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["mine.yaml"]


def test_a_place_where_nothing_can_be_written(tmp_path):
    (tmp_path / "file").touch()
    for path in (
        tmp_path / "file" / "x.txt",
        tmp_path / "nowhere" / "x.txt",
        "/proc/x.txt",
        tmp_path / ("x" * 300),
    ):
        with pytest.raises(RecommenderError, match="cannot be written"):
            write_atomically(path, "tea")


def test_replacing_keeps_permissions_links_and_devices(tmp_path):
    path, link = tmp_path / "mine.yaml", tmp_path / "link.yaml"
    path.write_text("old")
    path.chmod(0o600)
    link.symlink_to(path)
    write_atomically(link, "new", force=True)
    assert link.is_symlink()
    assert path.read_text() == "new"
    assert path.stat().st_mode & 0o777 == 0o600
    write_atomically("/dev/null", "tea", force=True)
    assert not Path("/dev/null").is_file()


def test_a_clock_in_the_past_or_far_ahead(tmp_path):
    """Nothing but the remark about reviews that have come due reads the clock."""
    script = (
        "import datetime, sys\n"
        "real = datetime.datetime\n"
        "class Clock(real):\n"
        "    @classmethod\n"
        "    def now(cls, tz=None): return real(int(sys.argv.pop(1)), 1, 1, tzinfo=tz)\n"
        "datetime.datetime = Clock\n"
        "from recommender.cli import main\n"
        "main()\n"
    )
    outs = set()
    for year in ("1970", "2026", "9999"):
        args = [
            "score",
            str(Path("tests/toy/examples/night-owl.yaml").resolve()),
            *RULES,
            "--format",
            "json",
        ]
        done = subprocess.run(
            [sys.executable, "-c", script, year, *args],
            capture_output=True,
            timeout=60,
            check=False,
        )
        quiet(done.stderr)
        outs.add((done.returncode, done.stdout))
    assert len(outs) == 1
