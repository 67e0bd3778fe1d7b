"""A pack's head, and the keys that its files may have."""

from __future__ import annotations

import pytest

from tests.unit.conftest import WHOLE

HEAD = WHOLE["pack.yaml"]


@pytest.mark.parametrize(
    ("files", "says"),
    [
        # The head.
        ({"pack.yaml": HEAD.replace("schema: 1", "schema: 2")}, "pack.yaml:3: `schema` cannot be `2`; one of: 1"),
        ({"pack.yaml": HEAD.replace("1.0.0", "1.0")}, "pack.yaml:4: `version` takes text, not `1.0`"),
        ({"pack.yaml": HEAD.replace("1.0.0", "v1.0.0")}, "pack.yaml:4: `version` cannot be written `v1.0.0`; write it as 1.0.0"),
        ({"pack.yaml": HEAD.replace("2026-11-23", "0")}, "pack.yaml:6: `dated` takes a date, not `0`; write it as 2026-11-23"),
        ({"pack.yaml": HEAD.replace("where", "whither")}, "pack.yaml:7: no question `whither`; did you mean `where`?"),
        ({"pack.yaml": HEAD.replace("leaflet.txt", "../x.txt")}, "pack.yaml:8: `file` cannot be written `../x.txt`; name a file of the pack's `documents` folder, without a path"),
        ({"pack.yaml": HEAD.replace("leaflet.txt", "x.txt")}, "pack.yaml:8: the document `x.txt` cannot be read; put it as UTF-8 text in the pack's `documents` folder"),
        ({"documents/leaflet.txt": b"\xff\xfe"}, "pack.yaml:8: the document `leaflet.txt` cannot be read; put it as UTF-8 text in the pack's `documents` folder"),
        ({"pack.yaml": HEAD + "  thresholds: {known: 0.9, clear: 0.8}\n"}, "pack.yaml:9: `thresholds`: `known` is above `clear`, so that nothing could be close"),
        ({"pack.yaml": HEAD + "  thresholds: {known: 0.0301}\n"}, "pack.yaml:9: `known`: has more than three digits"),
        ({"pack.yaml": HEAD + "  this-machine: {milky: true}\n"}, "pack.yaml:9: no question `milky`; did you mean `milk`?"),
        ({"pack.yaml": HEAD + "  never-together:\n    - {milky: true, where: none}\n"}, "pack.yaml:10: no question `milky`; did you mean `milk`?"),
        ({"pack.yaml": HEAD + "  extends: other\n"}, "pack.yaml:9: lies over the pack `other`, and cannot be loaded alone; give it as an overlay"),
        ({"second.yaml": HEAD[: HEAD.index("  documents")]}, "second.yaml:1: a second head; first rules/pack.yaml:1; a pack has one head, and each pack is given once"),
        ({"candidates/mate.yaml": "candidate: {id: mate, title: Mate, home: mate.org}"}, "candidates/mate.yaml:1: `home` cannot be written `mate.org`; write the whole address, https://..."),
        ({"pack.yaml": HEAD.replace("schema: 1", "schema: '1'")}, "pack.yaml:3: `schema` cannot be `1`; write it without the quotes"),
        # Overlay keys in the first pack.
        ({"more.yaml": "reweigh: {calm: 3}"}, "more.yaml:1: `reweigh` is for overlay packs; change the entry itself"),
        ({"more.yaml": "retire: {a: x}"}, "more.yaml:1: `retire` is for overlay packs; change the entry itself"),
        # What a pack cannot do without.
        ({"pack.yaml": None, "documents/leaflet.txt": None}, ": has no `pack:` head; add a pack.yaml with `pack: {id, schema, version, title, dated}`"),
        ({"rules.yaml": None}, ": the pack has no rule"),
    ],
)  # fmt: skip
def test_a_head_that_does_not_fit_is_told_with_the_remedy(folder, files, says):
    assert [each.removeprefix("rules").lstrip("/") for each in folder.faults(files)] == [says]
