"""A bill of materials in place of a tree."""

from __future__ import annotations

import json

import pytest

from recommender.scan.folder import ScanError, scan

BILL = {
    "bomFormat": "CycloneDX",
    "specVersion": "1.5",
    "version": 1,
    "components": [
        {
            "type": "library",
            "name": "torch",
            "version": "2.3.0",
            "purl": "pkg:pypi/torch@2.3.0",
            "bom-ref": "a",
        },
        {
            "type": "library",
            "name": "tfjs",
            "purl": "pkg:npm/%40tensorflow/tfjs@4.2.0",
            "version": "4.2.0",
            "bom-ref": "b",
        },
        {"type": "library", "name": "x", "bom-ref": "c"},
    ],
}


def test_its_packages_answer_as_requirements_do(tmp_path, pack):
    path = tmp_path / "bom.json"
    path.write_text(json.dumps(BILL, indent=1))
    found = scan(str(path), pack)
    assert {(each.name, each.versions) for each in found.clues} == {
        ("pypi:torch", ("2",)),
        ("npm:@tensorflow/tfjs", ("4",)),
    }
    assert "browser" in found.answers["targets"]
    assert found.clues[0].place.line > 1


@pytest.mark.parametrize(
    "text", ["", "{}", "[1]", "{", '{"bomFormat": "CycloneDX", "components": [{}]}', "[" * 100_000]
)
def test_what_is_none_is_refused(tmp_path, pack, text):
    path = tmp_path / "bom.json"
    path.write_text(text)
    with pytest.raises(ScanError, match="CycloneDX"):
        scan(str(path), pack)
