"""Finding a pack's files: all of its own, none that is not, wherever the folder lies."""

from __future__ import annotations

import os

import pytest

from recommender import PackError, load_pack
from recommender.loading import files
from recommender.loading.files import digest_of, pack_files, shipped


def names(folder):
    return [path.relative_to(folder).as_posix() for path, _ in pack_files(folder)]


def test_yaml_files_of_all_folders_are_found_in_the_order_of_their_names(tmp_path):
    for name in ("b.yaml", "a/z.yml", "a/b/c.yaml", "notes.txt", "x.yaml.bak", "y.YAML"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "folder.yaml").mkdir()
    assert names(tmp_path) == ["a/b/c.yaml", "a/z.yml", "b.yaml"]


def test_hidden_files_are_no_rules(tmp_path):
    for name in (".git/x.yaml", ".pre-commit-config.yaml", "a/.#lock.yaml", "a/b.yaml"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert names(tmp_path) == ["a/b.yaml"]


def test_a_pack_may_lie_in_a_hidden_folder_and_behind_a_link(tmp_path):
    hidden = tmp_path / ".config" / "rules"
    hidden.mkdir(parents=True)
    (hidden / "a.yaml").touch()
    (tmp_path / "link").symlink_to(hidden)
    assert names(hidden) == names(tmp_path / "link") == ["a.yaml"]


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda root: (root / "rules").write_text("x"), "is a file, not a rule pack; name the folder that holds it"),
        (lambda root: (root / "rules").mkdir(), "holds no rule file; put the pack's *.yaml files in it"),
        (lambda root: None, "there is no such folder; name a folder of rule files"),
        (lambda root: (root / "rules").symlink_to("rules"), "there is no such folder"),
    ],
)  # fmt: skip
def test_a_folder_that_is_no_pack_is_told_with_the_remedy(tmp_path, make, says):
    make(tmp_path)
    with pytest.raises(PackError) as caught:
        pack_files(tmp_path / "rules")
    assert str(caught.value).startswith(f"{tmp_path}/rules: {says}")


@pytest.mark.parametrize(
    "target", ["/etc", "/etc/hostname", "../outside.yaml", "nowhere.yaml", "loop.yaml"]
)
def test_a_link_that_leads_out_of_the_pack_is_refused(tmp_path, target):
    folder = tmp_path / "rules"
    folder.mkdir()
    (tmp_path / "outside.yaml").touch()
    (folder / "a.yaml").touch()
    (folder / "loop.yaml").symlink_to(target)
    with pytest.raises(PackError, match=r"loop\.yaml: is a link that leads out of the pack"):
        pack_files(folder)


def test_a_link_within_the_pack_is_a_file_like_any_other(tmp_path):
    (tmp_path / "a.yaml").touch()
    (tmp_path / "b.yaml").symlink_to("a.yaml")
    (tmp_path / "readme").symlink_to("/etc/hostname")  # not a rule file, so not our business
    assert names(tmp_path) == ["a.yaml", "b.yaml"]


def test_a_whole_disk_is_not_a_pack(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "FILE_LIMIT", 3)
    for number in range(5):
        (tmp_path / f"{number}.yaml").touch()
    with pytest.raises(
        PackError, match="holds more than 3 YAML files; name the folder of one pack"
    ):
        pack_files(tmp_path)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root reads everything")
def test_a_file_without_permission_is_a_fault_of_its_own(folder):
    path = folder.write({}) / "rules.yaml"
    path.chmod(0)
    with pytest.raises(PackError) as refused:
        load_pack(path.parent)
    assert f"{path}: cannot be read: Permission denied" in str(refused.value).splitlines()


def test_a_document_outside_its_folder_is_not_read(folder, tmp_path):
    (tmp_path / "secret.txt").write_text("Tea is calm.")
    main = folder.write({"documents/leaflet.txt": None})
    (main / "documents").mkdir()
    (main / "documents" / "leaflet.txt").symlink_to(tmp_path / "secret.txt")
    with pytest.raises(PackError, match=r"the document `leaflet.txt` cannot be read"):
        folder.load({"documents/leaflet.txt": None})


def test_a_digest_tells_contents_apart_and_where_they_end():
    assert digest_of([b"ab", b"c"]) != digest_of([b"a", b"bc"])
    assert digest_of([b"ab"]) == digest_of(iter([b"ab"]))


def test_the_shipped_folders_are_there():
    assert (shipped("rules") / "pack.yaml").is_file()
    assert len(list(shipped("examples").glob("*.yaml"))) >= 8
