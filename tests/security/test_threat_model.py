"""The threat model names a test on every line, and every test that it names exists."""

import re

from tests.conftest import ROOT


def test_every_threat_has_its_test():
    text = (ROOT / "docs" / "security.md").read_text("utf-8")
    table = text.split("## Line by line")[1].split("## Limits")[0]
    rows = [row for row in table.splitlines() if row.startswith("| ")][1:]
    assert len(rows) > 20
    found = {
        name
        for folder in ("security", "fuzz", "faults", "doors", "house", "probe", "unit")
        for path in (ROOT / "tests" / folder).rglob("test_*.py")
        for name in re.findall(r"^def (test_\w+)", path.read_text("utf-8"), re.MULTILINE)
    }
    for row in rows:
        named = re.findall(r"`(test_\w+)`", row)
        assert named, row
        assert set(named) <= found, row
