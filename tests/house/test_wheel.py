"""What a user installs carries the advice: the wheel its copy, an editable install the checkout.

The sdist carries the whole tree, and the wheel built from it is the one built from the checkout.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
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


def build(kind, folder, tree=ROOT):
    """Build with the build back-end itself, which downloads nothing."""
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", folder],
        cwd=tree, check=True, capture_output=True, timeout=120,
    )  # fmt: skip


def built(kind, folder, tree=ROOT):
    """Build a wheel and unpack it."""
    build(kind, folder, tree)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
        return folder / "site", archive.namelist()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    return built("wheel", tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def sdist(tmp_path_factory):
    """The tree that the sdist unpacks to."""
    folder = tmp_path_factory.mktemp("sdist")
    build("sdist", folder)
    (packed,) = folder.glob("*.tar.gz")
    with tarfile.open(packed) as archive:
        # Python 3.11 knows filters from 3.11.4 on; the archive is our own in any case.
        archive.extractall(
            folder, **({"filter": "data"} if hasattr(tarfile, "data_filter") else {})
        )
    return folder / packed.name.removesuffix(".tar.gz")


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


COMPILED = """
from recommender import load_pack
from recommender.loading.compiled import compiled_pack

print(compiled_pack() == load_pack())
"""


def test_the_wheel_carries_its_rules_compiled_and_heeds_a_change_of_them(wheel, tmp_path):
    site, _ = wheel
    assert run(COMPILED, path=site, cwd=tmp_path) == ["True"]
    changed = tmp_path / "site"
    shutil.copytree(site, changed)
    rules = changed / "recommender" / "_shipped" / "rules" / "criteria" / "research.yaml"
    rules.write_text(rules.read_text() + "# changed\n")
    assert run(COMPILED.replace("load_pack()", "None"), path=changed, cwd=tmp_path)[-1] == "True"


@pytest.mark.parametrize("damage", [
    lambda raw: b"",
    lambda raw: raw[: len(raw) // 2],
    lambda raw: raw.replace(b"PyTorch", b"PyTouch", 1),
])  # fmt: skip
def test_a_damaged_compiled_pack_is_left_aside(wheel, tmp_path, damage):
    site, _ = wheel
    changed = tmp_path / "site"
    shutil.copytree(site, changed)
    compiled = changed / "recommender" / "_shipped" / "pack.json"
    compiled.write_bytes(damage(compiled.read_bytes()))
    assert run(COMPILED.replace("load_pack()", "None"), path=changed, cwd=tmp_path) == ["True"]


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


def test_an_editable_install_is_compiled_until_rules_or_code_change(sdist, tmp_path):
    tree = tmp_path / "tree"
    shutil.copytree(sdist, tree)
    found = COMPILED.replace("load_pack()", "None")
    assert run(found, path=tree, cwd=tmp_path) == ["True"], "not installed"
    built("wheel:editable", tmp_path, tree)
    assert run(COMPILED, path=tree, cwd=tmp_path) == ["True"]
    compiled = tree / "recommender" / "_shipped" / "pack.json"
    os.utime(compiled, (0, 0))
    assert run(found, path=tree, cwd=tmp_path) == ["True"], "the code is younger"
    os.utime(compiled)
    assert run(COMPILED, path=tree, cwd=tmp_path) == ["True"]
    (tree / "rules" / "pack.yaml").write_bytes((tree / "rules" / "pack.yaml").read_bytes() + b"\n")
    assert run(found, path=tree, cwd=tmp_path) == ["True"], "the rules have changed"


def test_the_sdist_carries_every_file_of_the_checkout(sdist):
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("not a checkout")
    listed = subprocess.run(
        [git, "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    tracked = [name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]
    assert "tests/lowest.txt" in tracked
    for name in tracked:
        assert (sdist / name).read_bytes() == (ROOT / name).read_bytes(), name


def test_the_wheel_built_from_the_sdist_is_the_same(wheel, sdist, tmp_path):
    site, names = wheel
    again, others = built("wheel", tmp_path, sdist)
    assert sorted(others) == sorted(names)
    assert all((again / name).read_bytes() == (site / name).read_bytes() for name in names)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["wheel", "sdist"])
def test_it_installs_into_a_clean_environment_and_runs_far_from_the_checkout(kind, tmp_path):
    """Only Python, pip and what pip fetches take part."""
    build(kind, tmp_path)
    (packed,) = tmp_path.glob("framework_recommender-*")
    clean = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "VIRTUAL_ENV")}

    def do(*words):
        ran = subprocess.run(
            words, cwd=tmp_path, env=clean, capture_output=True, text=True, check=False, timeout=300
        )
        assert ran.returncode == 0, ran.stdout[-2000:] + ran.stderr[-2000:]
        return ran.stdout

    do(sys.executable, "-m", "venv", "home")
    do("home/bin/pip", "install", "--quiet", packed)
    shutil.copyfile(ROOT / "examples" / "android-app.yaml", tmp_path / "project.yaml")
    assert "TensorFlow" in do("home/bin/recommender", "score", "project.yaml")
    assert do("home/bin/recommender", "test")
    home = do("home/bin/python", "-c", "import recommender; print(recommender.__file__)")
    assert home.startswith(str(tmp_path))
