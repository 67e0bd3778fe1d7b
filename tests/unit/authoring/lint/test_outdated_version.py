"""A source whose version is more than two feature releases old is told of."""

import datetime as dt

import pytest

from recommender.index.snapshot import File, Package, Release, Snapshot, path_of, text_of
from tests.unit.authoring.conftest import pages, rule

TEA = Package(
    "tea",
    dt.date(2026, 11, 26),
    tuple(
        Release(version, (File("2026-01-01", "py3-none-any"),))
        for version in ("1.0", "1.1", "1.1.5", "1.2", "1.3", "2.0rc1")
    ),
)


@pytest.mark.parametrize(
    ("more", "found"),
    [
        (", package: tea, version: '1.0.9'", [("P026", 11)]),
        (", package: tea, version: '1.1'", []),
        (", package: tea, version: '1.9'", []),
        (", package: tea, version: spring", []),
        (", package: tea", []),
        (", package: coffee, version: '0.1'", []),
        (", version: '0.1'", []),
    ],
)
def test_a_version_of_long_ago(examine, tmp_path, more, found):
    path = path_of(tmp_path / "rules")
    path.parent.mkdir(parents=True)
    path.write_text(text_of(Snapshot({"tea": TEA}, {})))
    cited = rule("a").replace("{source: page}", "{source: study}")
    assert examine(cited, pages(("study", more))) == found
