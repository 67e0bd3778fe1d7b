"""What a user installs carries the advice: the wheel its copy, an editable install the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile

import pytest

from tests.conftest import ROOT

ASK = """
import recommender
from recommender import load_pack, load_profile, score
from recommender.loading.files import shipped

pack = load_pack()
print(recommender.__file__)
print(len(pack.rules))
print(len(list(shipped("examples").glob("*.yaml"))))
for example in pack.examples:
    score(load_profile(example.project, pack), pack)
"""


def run(code, *, path, cwd):
    """Run code far from the checkout, in a process that sees `path` and the dependencies."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    code = f"import site, sys; site.addsitedir({str(path)!r}); sys.path.insert(0, {str(path)!r})\n{code}"
    ran = subprocess.run(
        [sys.executable, "-c", code],
        cwd=cwd, env=environment, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.splitlines()


def built(kind, folder):
    """Build with the build back-end itself, which downloads nothing; unpack what it made."""
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", folder],
        cwd=ROOT, check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
        return folder / "site", archive.namelist()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    return built("wheel", tmp_path_factory.mktemp("wheel"))


def test_the_wheel_finds_its_own_rules_and_examples(wheel, tmp_path):
    site, _ = wheel
    home, rules, examples = run(ASK, path=site, cwd=tmp_path)
    assert home.startswith(str(site))
    assert int(rules) > 20
    assert int(examples) >= 8


def test_the_wheel_carries_all_advice_and_no_test(wheel):
    _, names = wheel
    carried = {name.removeprefix("recommender/_shipped/") for name in names}
    for folder in ("rules", "examples"):
        for path in (ROOT / folder).rglob("*"):
            if path.is_file():
                assert path.relative_to(ROOT).as_posix() in carried
    assert "recommender/py.typed" in names
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"recommender"}


def test_the_wheel_s_command_runs_outside_the_checkout(wheel, tmp_path):
    site, _ = wheel
    code = "from recommender.cli import run; raise SystemExit(run(['--help']))"
    assert any("score" in line for line in run(code, path=site, cwd=tmp_path))


def test_an_editable_install_finds_the_rules_of_the_checkout(tmp_path):
    site, names = built("wheel:editable", tmp_path)
    assert any(name.endswith(".pth") for name in names)
    home, rules, _ = run(ASK, path=site, cwd=tmp_path)
    assert home.startswith(str(ROOT))
    assert int(rules) > 20
