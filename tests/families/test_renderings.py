"""What people read of every example, in every format and both languages, kept in tests/golden/.

A reviewer reads in prose how a changed rule changed the advice. `pytest --update-golden
tests/families/test_renderings.py` rewrites the files. What changes with every edit of the pack or
says nothing to a reviewer is cut: digests, versions, the style sheet, and rules that are silent.
"""

from __future__ import annotations

import dataclasses
import json
import re
from functools import cache
from pathlib import Path

import pytest

from recommender import load_pack, load_profile, recommend, render
from recommender.output.formats import names
from recommender.output.formats.json import write

EXAMPLES = sorted(path.stem for path in Path("examples").glob("*.yaml"))
ENDINGS = {"text": "txt", "markdown": "md", "adr": "adr.md", "junit": "xml", "github": "github.txt"}


@cache
def advised(name):
    pack = load_pack()
    advice = recommend(load_profile(f"examples/{name}.yaml", pack), pack)
    made = dataclasses.replace(
        advice.provenance, version="VERSION", pack_digest="DIGEST", population_digest="POPULATION"
    )
    return dataclasses.replace(advice, provenance=made)


def shortened(name, text):
    if name == "html":
        text = re.sub(r"<style>.*?</style>", "<style>…</style>", text, flags=re.DOTALL)
        text = re.sub(r"sha256-[\w+/=]+", "sha256-…", text)
        return re.sub(r"<details>.*?</details>", "<details>…</details>", text, flags=re.DOTALL)
    if name == "json":
        data = json.loads(text)
        data["reasons"] = [each for each in data["reasons"] if each["state"] != "silent"]
        data["counterfactuals"] = data["counterfactuals"][:5]
        data.pop("sources")
        return write(data) + "\n"
    return text


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", names())
@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_reads_as_it_did(example, name, language, golden):
    text = shortened(name, render(advised(example), name, language=language))
    golden(f"advice/{language}/{example}.{ENDINGS.get(name, name)}", text)
