"""A pack, a project and a probe report of which every free text means harm."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from recommender.loading.yaml_text import read_text

TOY = Path(__file__).parents[1] / "toy"
EVIL = "evil.example"

WORDS = (
    "\x1b]0;owned\x07\x1b[31m\x9b2J\x85\u202eback\u2066\u061c\ufeff "
    "</title></style></script>--></td><script>alert(1)</script><img src=x onerror=alert(1)> "
    f"\"'><a href='javascript:alert(1)'>x</a> &lt; &amp; [t](javascript:alert(1)) [u]: http://{EVIL} "
    f"![i](http://{EVIL}/i.png) <http://{EVIL}> http://{EVIL}/a www.{EVIL} **b** _i_ `c` ~~s~~ | cell | $x$ @user #1 "
    "\n::error file=x::owned\n##[error]owned\n# heading\n- item\n1. one\n```\n---\n===\n    code\n> quoted\n"
    f'=HYPERLINK("http://{EVIL}")\n+1\n-1\n@SUM(1)\n\t=1+1\n|cmd\n]]> <!ENTITY x SYSTEM "file:///etc/passwd"> &x; '
    "{winner.__class__} {0} {name!r:>99} {{x}} %s %(a)s $(id) `id` ;id; ${HOME} {% raw %} {{ 7*7 }}"
)
"""What terminals, browsers, Markdown, XML, spreadsheets, workflows, templates and shells obey."""

FREE = {"title", "ask", "help", "none", "because", "about", "steps", "name", "notes"}
"""The keys of a pack or project under which anything may be written."""

SHIFT = {"en": "", "zh": "zh"}


def twisted(value, key=""):
    """Replace every free text in plain values."""
    if isinstance(value, dict):
        if key == "choices":
            return dict.fromkeys(value, WORDS)
        return {name: twisted(each, name) for name, each in value.items()}
    if isinstance(value, list):
        return [twisted(each, key) for each in value]
    return WORDS if key in FREE and isinstance(value, str) else value


def write(path, data):
    """Write values as JSON, which YAML is too, so that every character is as it was meant."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(data, default=str), "utf-8")
    return path


def hostile_pack(folder):
    """Copy the toy pack, its words replaced; ids, conditions and quotations stay."""
    rules = folder / "rules"
    for path in sorted((TOY / "rules").rglob("*.yaml")):
        data = read_text(path.read_bytes(), str(path), [])
        write(rules / path.relative_to(TOY / "rules"), twisted(data))
    shutil.copytree(TOY / "rules" / "documents", rules / "documents")
    shutil.copytree(TOY / "examples", folder / "examples")
    phrases = dict.fromkeys(
        ("{winner}, clearly", "{winner}, narrowly", "not known", "; ", "yes"), WORDS
    )
    said = {
        "because": WORDS,
        "review": WORDS,
        "ask": WORDS,
        "title": WORDS,
        "help": WORDS,
        "none": WORDS,
    }
    ids = {
        "questions": ["hour", "place", "milk"],
        "rules": ["evenings-want-calm"],
        "candidates": ["tea"],
        "criteria": ["comfort"],
        "constraints": ["tea-needs-a-kettle"],
    }
    write(rules / "zz.yaml", {"locale": "zh", "phrases": phrases, "sentences": {f: dict.fromkeys(names, said) for f, names in ids.items()}})  # fmt: skip
    return rules


def hostile_project(folder, **answers):
    """Write a project whose name, notes and own keys mean harm."""
    given = {"hour": "evening", "place": ["home", "train"], **answers}
    return write(folder / "project.yaml", {"schema": 1, "name": WORDS, "notes": WORDS, "answers": given, "x-" + WORDS: WORDS})  # fmt: skip


def hostile_report(folder):
    """Write a probe report whose every text means harm."""
    seen = [
        {"check": "taste", "candidate": each, "verdict": verdict, "status": "fail", "because": WORDS, "figures": {WORDS: WORDS, "n": 1}, "seconds": 1}
        for each, verdict in (("tea", "refuted"), ("coffee", "confirmed"))
    ]  # fmt: skip
    cards = {
        each: {"status": "present", "because": WORDS, "versions": {WORDS: WORDS}}
        for each in ("tea", "coffee")
    }
    machine = {"os": WORDS, "arch": WORDS, "cpu": WORDS, "gpus": [WORDS], WORDS: WORDS}
    return write(
        folder / "report.json",
        {"schema": 1, "kind": "probe-report", "made": WORDS, "tier": "quick", "python": WORDS, "machine": machine, "fingerprint": WORDS, "candidates": cards, "observations": seen},
    )  # fmt: skip
