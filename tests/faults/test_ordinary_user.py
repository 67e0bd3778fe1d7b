"""What an ordinary user meets: read-only homes and folders, files of others, others' caches.

Root may read and write everything, so these skip as root; `.ci/run` runs them as a user that it makes.
"""

import os
from pathlib import Path

import pytest

from recommender.loading import cache
from tests.doors.command import ROOT, TOY, shell
from tests.faults.others_cache import RULES

pytestmark = pytest.mark.skipif(
    os.name != "posix" or os.geteuid() == 0, reason="root may do everything (.ci/run makes a user)"
)
OWL = ROOT / "tests" / "toy" / "examples" / "night-owl.yaml"
SCORE = ("score", OWL, "--rules", TOY, "--samples", "10")


@pytest.fixture
def sealed_off(tmp_path):
    """Give a folder in which nothing can be made, with a file that nobody may read."""
    folder = tmp_path / "home"
    folder.mkdir()
    (folder / "secret.yaml").write_text("answers: {}\n")
    (folder / "secret.yaml").chmod(0)
    folder.chmod(0o500)
    yield folder
    folder.chmod(0o700)


@pytest.mark.parametrize("missing", [False, True])
def test_a_home_that_cannot_be_written_is_no_matter(sealed_off, missing):
    home = str(sealed_off / "nowhere" if missing else sealed_off)
    ran = shell(*SCORE, HOME=home, XDG_CACHE_HOME="", XDG_CONFIG_HOME="")
    assert ran.code == 0
    assert ran.err == ""
    assert "Tea" in ran.out


def test_the_probe_keeps_its_report_nowhere_and_says_so(sealed_off):
    ran = shell("probe", "--check", "import", "--python", "torch=/bin/false", "--python", "tensorflow=/bin/false",
                HOME=str(sealed_off), XDG_CACHE_HOME="")  # fmt: skip
    assert ran.code == 0
    assert "did not answer as a Python" in ran.out


@pytest.mark.parametrize(
    "words",
    [
        (*SCORE, "--output", "out.txt"), ("new", "pack", "house"), ("schema", "project", "--output", "s.json"),
        ("ask", "--rules", TOY, "--save", "p.yaml"),
    ],
    ids=["score", "new", "schema", "ask"],
)  # fmt: skip
def test_a_folder_that_cannot_be_written_is_told(sealed_off, words):
    ran = shell(*words, cwd=sealed_off)
    assert ran.code == 3
    assert "Permission denied" in ran.err
    assert [each.name for each in sealed_off.iterdir()] == ["secret.yaml"]


def test_a_file_of_which_nothing_may_be_read_is_told(sealed_off):
    ran = shell("score", sealed_off / "secret.yaml", "--rules", TOY)
    assert ran.code == 3
    assert f"{sealed_off / 'secret.yaml'}: cannot be read: Permission denied" in ran.err


def test_a_pack_with_a_file_or_folder_that_may_not_be_read_is_told(tmp_path):
    pack = tmp_path / "pack"
    (pack / "deep").mkdir(parents=True)
    (pack / "a.yaml").write_text("rules: []\n")
    (pack / "a.yaml").chmod(0)
    ran = shell("lint", pack)
    assert ran.code in (1, 3)
    assert "Permission denied" in ran.out + ran.err


def test_another_users_cache_is_not_believed(tmp_path):
    others = os.environ.get("RECOMMENDER_OTHERS_CACHE")
    if not others:
        pytest.skip("no cache of another user was made")
    entries = [each for each in Path(others).iterdir() if each.stat().st_uid != os.geteuid()]
    assert any(b"Owned" in each.read_bytes() for each in entries)
    words = ("score", OWL, "--rules", *RULES, "--samples", "10")
    ran = shell(*words, **{cache.VARIABLE: others})
    assert ran.code == 0
    assert "Tea" in ran.out
    assert "Owned" not in ran.out
    mine = tmp_path / "mine"
    mine.mkdir()
    for entry in entries:
        (mine / entry.name).write_bytes(entry.read_bytes())
    assert "Owned" in shell(*words, **{cache.VARIABLE: str(mine)}).out, "it would have been read"
