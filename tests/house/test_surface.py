"""What is promised: the names and signatures of the package, and how little using them loads."""

from __future__ import annotations

import dataclasses
import inspect
import json
import re
import subprocess
import sys
from functools import cached_property

import pytest

import recommender
from tests.conftest import ROOT

HEAVY = (
    "click", "fastapi", "http", "httpx", "keras", "mcp", "numpy", "pandas", "pyarrow", "pydantic",
    "pydantic_core", "questionary", "requests", "rich", "tensorflow", "torch", "urllib.request", "yaml",
)  # fmt: skip

USE = """
import datetime as dt, json, sys
{code}
print(json.dumps(sorted(sys.modules)))
"""

SCORE = """
from recommender import DecisionMatrix, Pack, Profile, Ranking, decide, judge, rank, score
from recommender.nouns.condition import Test
from recommender.nouns.errors import Place
from recommender.nouns.pack import Candidate, Criterion, Question, Rule, Thresholds

here = Place("by hand")
pack = Pack(
    id="p", version="1.0.0", title="", dated=dt.date(2026, 1, 1), thresholds=Thresholds(),
    questions={"hour": Question("hour", "?", "flag", here)},
    candidates={"tea": Candidate("tea", "Tea", here), "coffee": Candidate("coffee", "Coffee", here)},
    criteria={"calm": Criterion("calm", "Calm", 5, here)}, constraints={},
    rules={"r": Rule("r", "calm", Test("hour", "one_of", (True,)), {"tea": 100}, 3, "", here)},
)
assert score(Profile({"hour": True}), pack).leader == "tea"
assert decide(Profile({"hour": True}), pack).best == "tea"
"""


def loaded_by(code):
    ran = subprocess.run(
        [sys.executable, "-c", USE.format(code=code)],
        cwd=ROOT, capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    names = json.loads(ran.stdout.splitlines()[-1])
    return {heavy for heavy in HEAVY if heavy in names}


def test_importing_the_package_loads_nothing_heavy():
    assert loaded_by("import recommender; dir(recommender)") == set()


def test_a_decision_from_a_pack_in_memory_loads_nothing_heavy():
    assert loaded_by(SCORE) == set()


def test_every_public_name_is_there_and_nothing_else_is_promised():
    assert sorted(recommender.__all__) == recommender.__all__
    for name in recommender.__all__:
        assert inspect.getdoc(getattr(recommender, name)), name
    assert dir(recommender) == recommender.__all__
    with pytest.raises(AttributeError, match="no_such_name"):
        recommender.no_such_name  # noqa: B018


def test_the_public_surface_is_the_one_agreed_on(golden):
    golden("surface.txt", surface())


def surface():
    lines = []
    for name in recommender.__all__:
        thing = getattr(recommender, name)
        if not inspect.isclass(thing):
            lines.append(f"def {name}{signature(thing)}")
            continue
        lines.append(f"class {name}({thing.__base__.__name__})")
        fields = dataclasses.fields(thing) if dataclasses.is_dataclass(thing) else ()
        lines += [f"    {field.name}: {field.type}" for field in fields]
        hidden = {field.name for field in fields}
        for member, value in sorted(vars(thing).items()):
            plain = getattr(value, "__func__", value)
            if member.startswith("_") or member in hidden:
                continue
            if inspect.isfunction(plain):
                lines.append(f"    def {member}{signature(plain)}")
            elif isinstance(value, property | cached_property):
                lines.append(f"    {member} (computed)")
    return "\n".join(lines) + "\n"


def signature(function):
    """Write a signature as it stands in the source: annotations without their quotes."""
    return re.sub(r"(: |-> )'([^']*)'", r"\1\2", str(inspect.signature(function)))
