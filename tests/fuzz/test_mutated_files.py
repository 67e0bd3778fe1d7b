"""Thousands of real files, changed at random, are read or refused: nothing else, and at once."""

import json
import random
import shutil
import time
from pathlib import Path

import pytest

from recommender import (
    RecommenderError,
    load_observations,
    load_pack,
    load_profile,
    next_question,
    recommend,
    render,
)
from recommender.authoring.lint import lint
from recommender.loading import read_profile
from recommender.loading.yaml_text import read_text
from recommender.output.formats import names
from recommender.projects.records import load_records

from .mutations import mutated, rounds

ROOT = Path(__file__).parents[2]
PROJECTS = [path.read_bytes() for path in sorted((ROOT / "examples").rglob("*.yaml"))]
RULES = sorted((ROOT / "rules").rglob("*.yaml"))
TOY = ROOT / "tests" / "toy"


def test_projects_changed_at_random():
    pack = load_pack()
    chance = random.Random(1)
    read = 0
    for _ in range(rounds(1500)):
        raw = mutated(chance.choice(PROJECTS), chance, PROJECTS)
        begun = time.process_time()
        try:
            profile = read_profile(raw, "p.yaml", pack)
        except RecommenderError as error:
            assert error.faults
            assert all(str(fault) and fault.what for fault in error.faults)
        else:
            read += 1
            if read % 40 == 0:
                advice = recommend(profile, pack, samples=0)
                assert render(advice, "json")
        assert time.process_time() - begun < 1
    assert read > 100, "some changes leave a project"


def test_rules_changed_at_random(tmp_path):
    shutil.copytree(TOY, tmp_path / "toy")
    rules = tmp_path / "toy" / "rules"
    files = sorted(rules.rglob("*.yaml"))
    whole = {path: path.read_bytes() for path in files}
    others = [path.read_bytes() for path in RULES]
    chance = random.Random(2)
    read = 0
    for number in range(rounds(700)):
        path = chance.choice(files)
        path.write_bytes(mutated(whole[path], chance, others))
        begun = time.process_time()
        try:
            pack = load_pack(rules, with_=["cocoa"] if number % 2 else [])
        except RecommenderError as error:
            assert error.faults
        else:
            read += 1
            profile = load_profile({"answers": {}}, pack)
            advice = recommend(profile, pack, samples=5)
            if read % 5 == 0:
                for name in ("text", "html", "json", "adr"):
                    assert render(advice, name)
        assert time.process_time() - begun < 2
        if number % 10 == 0:
            with_findings(rules)
        path.write_bytes(whole[path])
    assert read > 25, "some changes leave a pack"


def with_findings(rules):
    try:
        lint(rules)
    except RecommenderError as error:
        assert error.faults


@pytest.mark.slow
def test_the_shipped_rules_changed_at_random(tmp_path):
    shutil.copytree(ROOT / "rules", tmp_path / "rules")
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    files = sorted((tmp_path / "rules").rglob("*.yaml"))
    whole = {path: path.read_bytes() for path in files}
    chance = random.Random(3)
    for _ in range(rounds(30)):
        path = chance.choice(files)
        path.write_bytes(mutated(whole[path], chance, list(whole.values())))
        begun = time.process_time()
        try:
            load_pack(tmp_path / "rules")
        except RecommenderError as error:
            assert error.faults
        assert time.process_time() - begun < 5, "the whole pack, not one file of it"
        path.write_bytes(whole[path])


def test_reports_and_records_changed_at_random(tmp_path):
    pack = load_pack(TOY / "rules")
    profile = load_profile(TOY / "examples" / "night-owl.yaml", pack)
    advice = recommend(profile, pack, samples=0)
    report = (
        b'{"schema": 1, "kind": "probe-report", "made": "2026-11-23T12:00:00Z", "machine": {"os": "Linux", "cores": 2},'
        b' "candidates": {"tea": {"status": "present", "versions": {"tea": "1"}}}, "observations": ['
        b'{"check": "taste", "candidate": "tea", "verdict": "confirmed", "figures": {"seconds": 0.9}}]}'
    )
    files = {
        "r.json": report,
        "d.json": render(advice, "json").encode(),
        "d.md": render(advice, "adr").encode(),
    }
    chance = random.Random(4)
    for number in range(rounds(600)):
        name = chance.choice(list(files))
        path = tmp_path / name
        path.write_bytes(mutated(files[name], chance, list(files.values())))
        try:
            if name == "r.json":
                seen = load_observations(path, pack)
                if number % 5 == 0:
                    told = recommend(profile, pack, observations=seen, lens="measured", samples=0)
                    assert render(told, "json")
                    assert render(told, "text")
            else:
                load_records(path)
        except RecommenderError as error:
            assert error.faults


VALUES = (
    None, True, False, 0, 1, -1, 2, 5, 10, 11, 0.5, 1.5, 1e308, -1e-90, 10**14, "", " ", "x", "tea", "coffee", "cocoa", "milk", "hour", "place",
    "comfort", "unknown", "none", "any", "not", "2026-11-23", "2026-02-30", "0001-01-01", "9999-12-31", "1.0.0", "zh", [], {}, [[]], [{}], {"": ""},
    ["tea", "coffee"], {"hour": "morning"}, {"any": []}, {"not": {}}, {"not": {"hour": "morning"}}, {"place": "none"}, {"place": {"includes": []}},
    {"place": {"not": {"includes": "home"}}}, {"cups": {"at_least": 2, "at_most": 1}}, {"cups": {"not": 3}}, {"milk": {"not": True}}, {"cups": 1e14},
    {"tea": 1}, {"tea": 0, "coffee": 0}, {"coffee": 0.333}, "\u202e", "x" * 3000, "linear", "log", "fires", "silent", "many", "scale", "choice",
)  # fmt: skip


def _spots(value, path=()):
    yield path
    items = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    for key, each in items:
        yield from _spots(each, (*path, key))


def _replaced(value, path, chance, keys):
    if not path:
        return chance.choice(VALUES)
    key, rest = path[0], path[1:]
    if isinstance(value, dict):
        if not rest and chance.random() < 0.25:
            kept = {k: v for k, v in value.items() if k != key}
            return kept if chance.random() < 0.5 else {**kept, chance.choice(keys): value[key]}
        return {k: _replaced(v, rest, chance, keys) if k == key else v for k, v in value.items()}
    if not rest and chance.random() < 0.3:
        return [*value, value[key]]
    return [_replaced(v, rest, chance, keys) if k == key else v for k, v in enumerate(value)]


def test_rules_whose_values_are_others(tmp_path):
    """What parses but means something else: the values changed, not the text."""
    shutil.copytree(TOY, tmp_path / "toy")
    rules = tmp_path / "toy" / "rules"
    trees = {path: read_text(path.read_bytes(), "", []) for path in sorted(rules.rglob("*.yaml"))}
    whole = {path: path.read_bytes() for path in trees}
    keys = sorted({str(key) for tree in trees.values() for path in _spots(tree) for key in path})
    chance = random.Random(5)
    read = 0
    for number in range(rounds(300)):
        path = chance.choice(list(trees))
        tree = trees[path]
        for _ in range(chance.choice((1, 1, 2))):
            tree = _replaced(tree, chance.choice(list(_spots(tree))), chance, keys)
        path.write_text(json.dumps(tree))
        try:
            pack = load_pack(rules, with_=["cocoa"] if number % 2 else [])
        except RecommenderError as error:
            assert error.faults
        else:
            read += 1
            for answers in ({}, {"hour": "evening", "cups": 2}):
                try:
                    profile = load_profile({"answers": answers}, pack)
                except RecommenderError:
                    continue
                advice = recommend(profile, pack, samples=5)
                for name in ("text", "json") if read % 5 else names():
                    assert render(advice, name)
                next_question(profile, pack)
        if number % 15 == 0:
            with_findings(rules)
        path.write_bytes(whole[path])
    assert read > 10, "some changes leave a pack"
