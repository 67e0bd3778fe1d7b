"""The walk: a fixed order, bounds, and no way out of the folder."""

from __future__ import annotations

import sys

import pytest

from recommender.scan import tree as trees
from recommender.scan.tree import Tree

posix = pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")


def paths(root, **how):
    tree = Tree(str(root), **how)
    return [file.path for file in tree.files()], tree


def test_shallow_files_come_first_and_in_order(tmp_path):
    for path in ("z.py", "a/b/c.py", "a/b.py"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).touch()
    assert paths(tmp_path)[0] == ["z.py", "a/b.py", "a/b/c.py"]


@posix
def test_links_are_counted_and_not_followed(tmp_path):
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "a.py").touch()
    (tmp_path / "repo").mkdir()
    (tmp_path / "repo" / "out").symlink_to(tmp_path / "secret")
    (tmp_path / "repo" / "b.py").symlink_to(tmp_path / "secret" / "a.py")
    (tmp_path / "repo" / "again").symlink_to(".")
    found, tree = paths(tmp_path / "repo")
    assert (found, tree.links) == ([], 3)


def test_it_goes_no_deeper_and_no_further_than_its_bounds(tmp_path, monkeypatch):
    monkeypatch.setattr(trees, "DEEPEST", 2)
    (tmp_path / "a" / "b").mkdir(parents=True)
    for path in ("x.py", "a/y.py", "a/b/z.py"):
        (tmp_path / path).touch()
    found, tree = paths(tmp_path)
    assert found == ["x.py", "a/y.py"]
    assert "more than 2 folders deep" in tree.stopped
    monkeypatch.setattr(trees, "MOST_ENTRIES", 1)
    found, tree = paths(tmp_path)
    assert (found, "more than 1 files" in tree.stopped) == ([], True)


def test_a_folder_without_init_does_not_go_before_what_is_installed(tmp_path):
    for path in ("keras/train.py", "nets/__init__.py", "nets/a.py"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).touch()
    tree = paths(tmp_path)[1]
    assert "nets" in tree.own("run.py")
    assert "keras" not in tree.own("keras/train.py")
