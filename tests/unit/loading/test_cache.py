"""The pack cache gives what the YAML gives, and whatever is wrong with it costs time alone."""

import multiprocessing
import os
import pickle
import stat
import sys
from pathlib import Path

import platformdirs
import pytest

from recommender.loading import cache
from recommender.loading import serialization as stored
from recommender.loading.packs import load_with
from recommender.nouns.errors import PackError

TOY = [str(Path(__file__).parents[2] / "toy" / "rules")]


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """A cache of its own for each test."""
    path = tmp_path / "cache"
    monkeypatch.setenv(cache.VARIABLE, str(path))
    return path


@pytest.fixture
def unread(monkeypatch):
    """Tell a load from YAML: it fails."""

    def fail(*_):
        raise AssertionError("the YAML was read")

    return lambda: monkeypatch.setattr(cache, "_load", fail)


def entry(folder):
    (found,) = folder.glob("*.json")
    return found


def test_the_second_load_reads_no_yaml_and_gives_the_same(folder, unread):
    fresh = cache.load_cached(TOY, ["cocoa"])
    unread()
    assert cache.load_cached(TOY, ["cocoa"]) == fresh == load_with(TOY, ["cocoa"])


def test_the_shipped_pack_survives_storing():
    pack = load_with(())
    again = stored.parse_pack(stored.dump_pack(pack))
    assert again == pack
    assert list(again.rules) == list(pack.rules)
    assert again.locales == pack.locales
    assert pack.facts == again.facts
    assert repr(again.facts) == repr(dict(pack.facts))
    assert pickle.loads(pickle.dumps(again)) == pack


def test_a_stored_pack_can_be_stored_again():
    text = stored.dump_pack(load_with(TOY))
    assert stored.dump_pack(stored.parse_pack(text)) == text


@pytest.mark.parametrize(
    "text", [b"", b"[", b"5", b"null", b'{"!Nothing":[0]}', b"[" * 100_000, b'[{"!Pack":[]}]']
)
def test_what_is_no_stored_pack_is_refused(text):
    with pytest.raises(ValueError, match="not a stored pack"):
        stored.parse_pack(text)


def test_another_optional_candidate_is_another_entry():
    assert "cocoa" not in cache.load_cached(TOY).candidates
    assert "cocoa" in cache.load_cached(TOY, ["cocoa"]).candidates


def test_a_changed_file_is_read_again(tmp_path, folder):
    rules = tmp_path / "rules"
    for file in Path(TOY[0]).rglob("*.*"):
        copy = rules / file.relative_to(TOY[0])
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(file.read_bytes())
    (tmp_path / "examples").symlink_to(Path(TOY[0]).parent / "examples")
    named = [str(rules)]
    (rules / "examples" / "examples.yaml").unlink()
    before = cache.load_cached(named)
    head = rules / "pack.yaml"
    head.write_text(head.read_text().replace("title: ", "title: Not "))
    assert cache.load_cached(named).title == f"Not {before.title}"
    document = rules / "documents" / "leaflet.txt"
    document.write_text(document.read_text() + "More.")
    assert cache.load_cached(named).documents["leaflet"].text.endswith("More.")


@pytest.mark.parametrize("damage", [
    lambda raw: b"",
    lambda raw: raw[: len(raw) // 2],
    lambda raw: raw.replace(b"evening", b"morning"),
    lambda raw: b"\xff\xfe" + raw,
    lambda raw: raw.split(b"\n")[0],
])  # fmt: skip
def test_a_damaged_entry_is_ignored_and_mended(folder, damage):
    fresh = cache.load_cached(TOY)
    whole = entry(folder).read_bytes()
    entry(folder).write_bytes(damage(whole))
    assert cache.load_cached(TOY) == fresh
    assert entry(folder).read_bytes() == whole


@pytest.mark.parametrize("body", [
    b"{}", b"[]", b"1", b'{"!Pack":[]}', b'{"!Pack":3}', b'{"!date":["x"]}', b'{"!os.system":["x"]}',
    b'{"!Rule":[{}]}', b'{"!set":[[{}]]}', b"[" * 100_000, b'{"!later-list":[0]}', b'{"!later-map":[0]}\n{}',
])  # fmt: skip
def test_an_entry_that_is_no_pack_is_ignored(folder, body):
    fresh = cache.load_cached(TOY)
    entry(folder).write_bytes(stored.checksum(body) + b"\n" + body)
    assert cache.load_cached(TOY) == fresh


def test_an_entry_whose_examples_are_gone_is_read_again(folder):
    fresh = cache.load_cached(TOY)
    text = stored.dump_pack(fresh).replace(b"night-owl.yaml", b"gone.yaml")
    entry(folder).write_bytes(stored.sealed(text))
    assert cache.load_cached(TOY) == fresh


@pytest.mark.skipif(sys.platform == "win32", reason="owners are POSIX")
def test_another_users_entry_is_ignored(monkeypatch):
    fresh = cache.load_cached(TOY)
    monkeypatch.setattr(os, "getuid", lambda: 12345)
    assert cache.load_cached(TOY) == fresh


def test_a_folder_that_cannot_be_written_is_no_matter(folder):
    folder.write_text("a file where the folder should be")
    assert cache.load_cached(TOY).id == "tea-or-coffee"
    assert folder.read_text() == "a file where the folder should be"


def test_a_full_disk_leaves_no_rest(folder, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    assert cache.load_cached(TOY).id == "tea-or-coffee"
    assert list(folder.iterdir()) == []


def test_it_can_be_switched_off(folder, monkeypatch):
    monkeypatch.setenv(cache.VARIABLE, "off")
    cache.load_cached(TOY)
    assert not folder.exists()


def test_faults_are_told_each_time(tmp_path, folder):
    (tmp_path / "bad.yaml").write_text("rules: 3")
    for _ in range(2):
        with pytest.raises(PackError, match=r"bad\.yaml"):
            cache.load_cached([str(tmp_path)])
    assert not folder.exists()


def test_a_pack_that_changed_while_it_was_read_is_not_kept(folder, monkeypatch):
    keys = iter(("a", "b"))
    monkeypatch.setattr(cache, "key_of", lambda *_: next(keys))
    cache.load_cached(TOY)
    assert not folder.exists()


def test_old_entries_go(folder):
    cache.load_cached(TOY)
    newest = entry(folder)
    for number in range(cache.KEPT + 3):
        old = folder / f"{number}{cache._SUFFIX}"
        old.write_bytes(b"")
        os.utime(old, (number, number))
    newest.unlink()
    cache.load_cached(TOY)
    assert len(list(folder.iterdir())) == cache.KEPT
    assert newest.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="modes are POSIX")
def test_only_the_user_may_read_it(folder):
    cache.load_cached(TOY)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(entry(folder).stat().st_mode) == 0o600


def _load_often(_):
    return {cache.load_cached(TOY).digest for _ in range(5)}


def test_two_processes_may_write_at_once(folder):
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        seen = pool.map(_load_often, range(4))
    assert seen == [{load_with(TOY).digest}] * 4
    assert len(list(folder.iterdir())) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere platformdirs is asked")
@pytest.mark.parametrize("named", [None, "", "/srv/cache"])
def test_the_folder_is_the_one_that_platformdirs_names(named, monkeypatch):
    monkeypatch.delenv(cache.VARIABLE)
    monkeypatch.setenv("XDG_CACHE_HOME", named) if named is not None else monkeypatch.delenv(
        "XDG_CACHE_HOME", raising=False
    )
    assert cache.cache_folder() == platformdirs.user_cache_dir(cache.APP, appauthor=False)


def test_on_another_system_platformdirs_is_asked(monkeypatch):
    monkeypatch.delenv(cache.VARIABLE)
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(
        platformdirs, "user_cache_dir", lambda app, *, appauthor: f"/L/{app}/{appauthor}"
    )
    assert cache.cache_folder() == f"/L/{cache.APP}/False"
