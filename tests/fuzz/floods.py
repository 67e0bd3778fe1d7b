"""Files of up to a megabyte, each made to cost its reader more than it is worth."""

from __future__ import annotations

from recommender.loading.files import SIZE_LIMIT
from recommender.loading.yaml_text import NODE_LIMIT

SIZE = SIZE_LIMIT - 10_000

PACK = {
    "pack.yaml": "pack: {id: p, schema: 1, version: 1.0.0, title: T, dated: 2026-01-01}\n"
    "questions:\n- {id: q, ask: Q?, type: choice, choices: {a: A, b: B}}\n"
    "- {id: f, ask: F?, type: flag}\n- {id: n, ask: N?, type: number}\n"
    "criteria: [{id: c, title: C, weight: 5}]\n",
    "x.yaml": "candidate: {id: x, title: X}\n",
    "y.yaml": "candidate: {id: y, title: Y}\n",
    "r.yaml": "rules: [{id: first, criterion: c, favors: {x: 1}, weight: 3, because: B}]\n",
}
"""A whole little pack, to which a hostile file is added."""

RULE = "criterion: c, favors: {x: 1}, weight: 3, because: B"
EITHER = "{any: [{q: a}, {f: true}]}, "


def flood(line, head="", values=1, most=10**9):
    """Repeat a line until the file is as long, or holds as many values, as is allowed."""
    lines, size = [head], len(head)
    for index in range(min((NODE_LIMIT - 50) // values, most)):
        each = line.replace("#", str(index))
        size += len(each)
        if size > SIZE:
            break
        lines.append(each)
    return "".join(lines)


TEXTS = {
    "unknown answers": flood("  k#: 1\n", "answers:\n"),
    "nearly known answers": flood("  goal#: 1\n", "answers:\n"),
    "unknown keys": flood("k#: 1\n"),
    "unknown weights": flood("  k#: 1\n", "answers: {}\nweights:\n"),
    "many unknown choices": flood("a#, ", "answers:\n  targets: [") + "z]",
    "one choice many times": flood("android, ", "answers:\n  targets: [") + "z]",
    "a list where one is due": flood("a#, ", "answers:\n  goal: [") + "z]",
    "more values than are read": "answers: {}\nx-a: [" + "1," * (SIZE // 2) + "]",
    "one long word": "answers:\n  goal: " + "x" * SIZE,
    "escapes": 'answers:\n  goal: "' + "\\e" * (SIZE // 2) + '"',
    "a long key": '? "' + "x" * SIZE + '"\n: 1',
    "open lists": "[" * SIZE,
    "open mappings": "{" * SIZE,
    "lists in lists": "- " * (SIZE // 2),
    "mappings in mappings": "".join(" " * depth + "a:\n" for depth in range(1390)),
    "one key over and over": flood("a: 1\n"),
    "aliases": flood("- *a\n", "a: &a x\nb:\n"),
    "laughs": "a: &a [x, x]\n" + "".join(f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)),
    "anchors": flood("- &a# x\n"),
    "comments": "#" * SIZE,
    "empty lines": "\n" * SIZE,
    "question marks": "? " * (SIZE // 2),
    "commas": "[" + "," * SIZE,
    "colons": ":" * SIZE,
    "tabs": "\t" * SIZE,
    "documents": "---\n" * (SIZE // 4),
    "own keys": flood("x-#: {a: [1, 2, 3]}\n", "answers: {}\n", values=5),
    "a literal block": "notes: |\n" + flood(" a\n", most=SIZE),
    "a folded block": "notes: >\n" + flood(" a\n\n", most=SIZE),
    "flow keys": "{" + "a b c d e f," * (SIZE // 12),
    "handles": flood("%TAG !a#! tag:x\n", most=SIZE) + "--- a",
    "directives": "%" * SIZE,
    "tags": "!" * SIZE,
    "digits": "answers: {goal: " + "9" * SIZE + "}",
    "quotes": 'answers: "' + '\\"' * (SIZE // 2),
    "huge size": "x" * (3 * SIZE_LIMIT),
}  # fmt: skip

RULES = {
    "rules of nothing": flood("- {}\n", "rules:\n"),
    "rules of null": flood("-\n", "rules:\n"),
    "keys": flood("k#: 1\n"),
    "keys of rules": flood("- {wen: 1}\n", "rules:\n", values=2),
    "an id again and again": flood("- {id: c, title: C, weight: 1}\n", "criteria:\n", values=4, most=2000),
    "rules": flood(f"- {{id: r#, {RULE}, when: {{q: a}}}}\n", "rules:\n", values=9, most=2000),
    "rules of no criterion": flood("- {id: r#, criterion: d, favors: {z: 1}, weight: 3, because: B}\n", "rules:\n", values=8, most=2000),
    "conditions that multiply": flood(f"- {{id: r#, {RULE}, when: {{all: [{EITHER * 9}]}}}}\n", "rules:\n", values=60, most=2000),
    "one condition that multiplies": f"rules: [{{id: r, {RULE}, when: {{all: [{EITHER * 40}]}}}}]",
    "ten thousand alternatives": f"rules: [{{id: r, {RULE}, when: {{any: [{'{q: a}, ' * 10_000}]}}}}]",
    "twenty thousand tests": f"rules: [{{id: r, {RULE}, when: {{all: [{'{q: a}, ' * 20_000}]}}}}]",
    "tests and alternatives": f"rules: [{{id: r, {RULE}, when: {{all: [{EITHER * 9}{{all: [{'{q: a}, ' * 15_000}]}}]}}}}]",
    "a deep condition": f"rules: [{{id: r, {RULE}, when: {'{not: ' * 28}{{q: a}}{'}' * 28}}}]",
    "a list of answers": f"rules: [{{id: r, {RULE}, when: {{q: [{'a, ' * 49_000}]}}}}]",
    "huge numbers": f"rules: [{{id: r, {RULE}, when: {{n: {{at_least: {'9' * 5000}}}}}}}]",
    "not numbers": f"rules: [{{id: r, {RULE}, when: {{n: {{at_least: .nan}}}}}}, {{id: s, {RULE}, when: {{n: .inf}}}}]",
    "choices": flood("    c#: C\n", "questions:\n- id: big\n  ask: B\n  type: choice\n  choices:\n"),
    "questions": flood("- {id: g#, ask: B, type: flag, when: {q: a}}\n", "questions:\n", values=6, most=2000),
    "criteria": flood("- {id: g#, title: B, weight: 1}\n", "criteria:\n", values=4, most=2000),
    "routes to nowhere": flood("- {candidate: x, target: t, steps: [a], maturity: beta}\n", "routes:\n", values=6, most=2000),
    "examples of nothing": flood("- {project: a#.yaml, expect: {best: x}}\n", "examples:\n", values=4, most=2000),
    "phrases": flood("  a#: b\n", "locale: zh\nphrases:\n"),
    "sentences": flood("    a#: {because: b}\n", "locale: zh\nsentences:\n  rules:\n", values=2),
    "favors": flood("    a#: 1\n", "rules:\n- id: a\n  criterion: c\n  weight: 1\n  because: b\n  favors:\n"),
}  # fmt: skip


def pack_folder(folder, **files):
    """Write the little pack into a folder, with hostile files beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in {**PACK, **files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder
