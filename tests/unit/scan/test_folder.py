"""Whole repositories: what they answer, what stays open, and what is said of the reading."""

from __future__ import annotations

import pytest

from recommender.scan.folder import ScanError, scan


def test_code_and_requirements_answer_with_their_places(repository):
    found = repository(
        {
            "net.py": "import torch\nfrom torch import nn\nclass A(nn.Module): pass\n",
            "requirements.txt": "torch\n",
        }
    )
    code = found.inferences["existing-code"]
    assert (code.answer, code.sure) == ({"pytorch"}, "certain")
    assert str(code.indications[0].clue.place) == "net.py:1"
    assert found.answers["model-source"] == {"scratch"}


def test_tensorflow_1_replaces_the_version_that_is_not_known(repository):
    found = repository({"net.py": "import tensorflow as tf\ns = tf.Session()\n"})
    assert found.answers["existing-code"] == {"tensorflow-1"}
    assert repository({"net.py": "import tensorflow as tf\ntf.add(1, 2)\n"}).answers[
        "existing-code"
    ] == {"tensorflow"}


def test_what_stands_in_tests_alone_is_only_possible_beside_the_rest(repository):
    found = repository(
        {
            "net.py": "import torch\n",
            "examples/a.py": "import torch\nimport tensorflow\n",
            "requirements-dev.txt": "tensorflow==2.9\n",
        }
    )
    assert found.answers["existing-code"] == {"pytorch"}


@pytest.mark.parametrize(
    "folder",
    [
        "start/templates/app",
        "{{cookiecutter.name}}",
        "tests/testdata/app",
        "lib/fixtures",
        "__tests__",
    ],
)
def test_a_template_and_what_tests_read_is_not_the_project_s_own(repository, folder):
    web = '{"dependencies": {"@tensorflow/tfjs": "4"}}'
    found = repository({"net.py": "import torch\n", f"{folder}/package.json": web})
    assert found.answers["existing-code"] == {"pytorch"}


def test_what_a_fixture_alone_shows_stays_open_but_where_there_is_nothing_else(repository):
    app = '{"dependencies": {"react-native": "0.7"}}'
    only = repository({"fixtures/app/package.json": app})
    assert only.answers["targets"] == {"cross-platform-app"}
    found = repository({"net.py": "import torch\n"})
    assert "targets" in found.inferences
    assert "targets" not in found.answers


def test_pages_and_charts_among_templates_are_the_project_s_own(repository):
    page = '<script src="https://cdn.jsdelivr.net/npm/@tensorflow/tfjs"></script>'
    found = repository({"net.py": "import torch\n", "shop/templates/index.html": page})
    assert found.answers["existing-code"] == {"pytorch", "tensorflow-2"}


def test_what_hardly_any_file_does_counts_less(repository):
    files = {f"net{n}.py": "import torch\n" for n in range(30)}
    found = repository({**files, "convert.py": "import tensorflow\n"})
    assert found.answers["existing-code"] == {"pytorch"}


def test_what_disagrees_is_shown_and_left_open(repository):
    found = repository(
        {
            "pyproject.toml": '[project]\nname = "a"\nrequires-python = ">=3.11"\n',
            "Dockerfile": "FROM python:3.8\n",
        }
    )
    version = found.inferences["python-version"]
    assert (version.answer, version.contradictory) == (None, True)
    assert {each.answer for each in version.indications} == {"older", "current"}


def test_a_question_that_does_not_apply_is_left_out(repository):
    found = repository({"serve.py": "import tritonclient\n"})
    assert "serving-stack" in found.inferences  # where it runs is not known, so that it may apply
    found = repository({"serve.py": "import tritonclient\nimport picamera\n"})
    assert found.answers["targets"] == {"single-board"}
    assert "serving-stack" not in found.inferences


def test_the_module_of_the_same_name_is_the_repository_s_own(repository):
    found = repository({"transformers.py": "x = 1\n", "net.py": "import transformers\n"})
    assert not found.answers


def test_what_git_ignores_and_what_is_foreign_is_left_out(repository):
    files = {
        ".gitignore": "/scratch/\n*.tmp.py\n!keep.tmp.py\n",
        "scratch/a.py": "import mxnet\n",
        "b.tmp.py": "import mxnet\n",
        "node_modules/x/package.json": '{"dependencies": {"@tensorflow/tfjs": "4"}}',
        "keep.tmp.py": "import torch\n",
        "sub/.gitignore": "*.py\n",
        "sub/c.py": "import mxnet\n",
    }
    found = repository(files)
    assert found.answers["existing-code"] == {"pytorch"}
    assert any("left out by .gitignore: 3" in each for each in found.remarks)
    assert any("node_modules" in each for each in found.remarks)
    assert repository(files, include=["scratch"]).answers["existing-code"] == {"pytorch", "other"}
    assert "browser" in repository(files, include=["node_modules/x/"]).answers["targets"]


@pytest.mark.parametrize("files", [{}, {"a.bin": b"\0\1"}, {"node_modules/a/package.json": "{}"}])
def test_where_nothing_is_read_nothing_looks_clean(repository, tmp_path, files):
    (tmp_path / "repo").mkdir()
    with pytest.raises(ScanError):
        repository(files)


def test_what_does_not_exist_is_told(pack, tmp_path):
    with pytest.raises(ScanError, match="does not exist"):
        scan(str(tmp_path / "none"), pack)


def test_a_scan_that_takes_too_long_says_so(repository):
    with pytest.raises(ScanError, match="took too long"):
        repository({"net.py": "import torch\n"}, seconds=0)


def test_the_order_of_the_folder_changes_nothing(repository):
    files = {
        "b.py": "import torch\n",
        "a.py": "import torch\nimport timm\n",
        "c/d.py": "import timm\n",
    }
    assert repository(files) == repository(dict(reversed(files.items())))


def test_a_package_whose_readme_says_how_to_install_it_is_for_its_users(repository):
    files = {
        "pyproject.toml": '[build-system]\n[project]\nname = "net_x"\n',
        "README.md": "pip install net-x\n",
    }
    assert repository(files).answers["targets"] == {"users-machines"}
    assert "targets" not in repository({**files, "README.md": "pip install torch\n"}).answers


def test_a_folder_is_read_where_a_later_line_of_gitignore_lets_it_in(repository):
    found = repository(
        {
            "work/.gitignore": "*\n!*/\n!*.py\n",
            "work/asr/net.py": "import torch\n",
            "work/asr/job.yml": "kind: TFJob\n",
        }
    )
    assert found.answers["existing-code"] == {"pytorch"}
    assert "training-scale" not in found.answers


def test_a_gitignore_that_leaves_out_everything_is_read_without_that_line(repository):
    found = repository(
        {
            ".gitignore": "*\n!docs/\nscratch/\n",
            "firmware/net.py": "import torch\n",  # was added by hand, and is theirs
            "scratch/old.py": "import tensorflow\n",
            "data/.gitignore": "*\n",
            "data/made.py": "import jax\n",
        }
    )
    assert found.answers["existing-code"] == {"pytorch"}
