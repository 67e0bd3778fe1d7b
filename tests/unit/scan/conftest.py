"""A repository made of a few texts, and what a scan of it says."""

from __future__ import annotations

from importlib.util import find_spec

import pytest

from recommender import load_pack

if find_spec("pathspec") is None:  # without the extra `scan`, as with the lowest versions
    collect_ignore_glob = ["test_*"]


@pytest.fixture(scope="session")
def pack():
    return load_pack()


@pytest.fixture
def repository(tmp_path, pack):
    """Write files into a folder, and return what the scan of it finds."""
    from recommender.scan import scan

    def scanned(files, **how):
        for path, text in files.items():
            target = tmp_path / "repo" / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(text if isinstance(text, bytes) else text.encode())
        return scan(str(tmp_path / "repo"), pack, **how)

    return scanned


@pytest.fixture
def seen(tmp_path):
    """Return a function that writes one file and lists what its reader sees there."""
    from recommender.scan.reading import READERS
    from recommender.scan.source_file import SourceFile

    def read(path, text):
        target = tmp_path / "one" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        raw = text if isinstance(text, bytes) else text.encode()
        target.write_bytes(raw)
        reader = next(each for each in READERS if each.reads(path))
        return list(reader.read(SourceFile(str(target), path, len(raw))))

    return read
