"""How well a scan answers: precision and recall on public repositories, from extracts of facts.

    python -m benchmarks.scan                          # the figures, from tests/scan/*.json
    python -m benchmarks.scan extract NAME FOLDER      # FOLDER has OWNER+NAME@COMMIT folders

An extract has the clues that a scan saw (names and places, no code), and beside it
`truth-NAME.yaml` has what each repository's README says.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

import yaml

from recommender import load_pack
from recommender.judging.inference import fires, infer
from recommender.nouns.errors import Place
from recommender.nouns.sign import Clue
from recommender.scan import scan

HOME = Path(__file__).parents[1] / "tests" / "scan"
QUESTIONS = ("existing-code", "targets", "fixed-formats")


def extract(name, folder):
    """Scan repositories and keep what was seen, as one line of JSON each."""
    pack = load_pack()
    lines = []
    for each in sorted(Path(folder).iterdir()):
        repo, _, commit = each.name.partition("@")
        found = scan(str(each), pack)
        kept = [
            clue for clue in found.clues
            if clue.kind == "import"
            or clue.name.startswith("pypi:")
            or any(fires(sign, clue) for sign in pack.signs.values())
        ]  # fmt: skip
        rows = [
            [c.kind, c.name, c.place.file, c.place.line, list(c.versions), c.files, c.aside]
            for c in kept
        ]
        entry = {"repo": repo.replace("+", "/"), "commit": commit, "clues": rows}
        lines.append(json.dumps(entry, ensure_ascii=False, separators=(",", ":")))
    (HOME / f"{name}.json").write_text("\n".join(lines) + "\n", encoding="utf-8")


def extracts(name):
    """Yield each repository of a set with its clues and its truth."""
    truths = {
        each["repo"]: each
        for each in yaml.safe_load((HOME / f"truth-{name}.yaml").read_text("utf-8"))
    }
    for line in (HOME / f"{name}.json").read_text("utf-8").splitlines():
        entry = json.loads(line)
        clues = [
            Clue(kind, named, Place(file, row), tuple(versions), files, aside)
            for kind, named, file, row, versions, files, aside in entry["clues"]
        ]
        yield entry["repo"], clues, truths[entry["repo"]]


def measured(name, pack):
    """Count for each question what was found, missed and wrong; and the questions answered."""
    counts = {question: Counter() for question in QUESTIONS}
    mistakes, answered, applying = [], 0, 0
    for repo, clues, truth in extracts(name):
        inferred = infer(clues, pack)
        answers = {name: each.answer for name, each in inferred.items() if each.answer is not None}
        open_ = applies(answers, pack)
        answered += len(answers)
        applying += len(answers) + len(open_)
        for question in QUESTIONS:
            if question not in truth:
                continue
            expected, also = set(truth[question]), set(truth.get("also", ()))
            found = set(answers.get(question, ()))
            count = counts[question]
            count["found"] += len(found & expected)
            count["missed"] += len(expected - found)
            count["wrong"] += len(found - expected - also)
            missed, wrong = sorted(expected - found), sorted(found - expected - also)
            if missed or wrong:
                mistakes.append((repo, question, missed, wrong))
    return counts, mistakes, answered, applying


def applies(answers, pack):
    """List the open questions that apply, or may."""
    from recommender.judging.program import program_of

    out = program_of(pack).run(answers).inapplicable
    return [name for name in pack.questions if name not in answers and name not in out]


def rates(count):
    """Return precision and recall of one question, or of several together."""
    found = count["found"]
    return found / max(found + count["wrong"], 1), found / max(found + count["missed"], 1)


def main():
    """Print the figures of every set."""
    if sys.argv[1:2] == ["extract"]:
        extract(*sys.argv[2:4])
        return
    pack = load_pack()
    for path in sorted(HOME.glob("truth-*.yaml")):
        name = path.stem.removeprefix("truth-")
        counts, mistakes, answered, applying = measured(name, pack)
        print(f"{name}: {len(list(extracts(name)))} repositories")
        for question, count in [*counts.items(), ("together", sum(counts.values(), Counter()))]:
            precision, recall = rates(count)
            print(f"  {question}: precision {precision:.3f}, recall {recall:.3f} ({dict(count)})")
        share = answered / applying
        print(f"  questions that apply, answered: {answered} of {applying} ({share:.0%})")
        for repo, question, missed, wrong in mistakes:
            print(f"    {repo}: {question}: missed {missed}, wrong {wrong}")


if __name__ == "__main__":
    main()
