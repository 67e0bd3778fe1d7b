"""One file: never through a link, never more than was asked for, and text whatever its bytes are."""

from __future__ import annotations

import os
import sys

import pytest

from recommender.scan.source_file import SourceFile, Unread


def file(path, raw=b""):
    path.write_bytes(raw)
    return SourceFile(str(path), path.name, len(raw))


def test_what_is_not_utf_8_is_replaced_and_binary_is_refused(tmp_path):
    assert file(tmp_path / "a", b"caf\xe9").text() == "caf\ufffd"
    assert file(tmp_path / "b", "x\n".encode("utf-16")).text().endswith("x\n")
    with pytest.raises(Unread, match="no text"):
        file(tmp_path / "c", b"a\0b").text()


def test_only_the_beginning_is_read(tmp_path):
    assert file(tmp_path / "a", b"x" * 1000).text(10) == "x" * 10


@pytest.mark.skipif(sys.platform == "win32", reason="links and pipes are POSIX")
def test_a_link_or_a_pipe_that_took_the_place_of_a_file_is_refused(tmp_path):
    real = file(tmp_path / "a", b"x")
    (tmp_path / "b").symlink_to(real.where)
    os.mkfifo(tmp_path / "c")
    for name in "bc":
        with pytest.raises(Unread):
            SourceFile(str(tmp_path / name), name, 1).text()
