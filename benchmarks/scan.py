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
from functools import cache
from pathlib import Path

import yaml

from recommender import load_pack
from recommender.judging.inference import infer, shown
from recommender.judging.program import program_of
from recommender.nouns.condition import holds
from recommender.nouns.errors import Place
from recommender.nouns.sign import Clue
from recommender.scan import scan

HOME = Path(__file__).parents[1] / "tests" / "scan"
QUESTIONS = ("existing-code", "targets", "fixed-formats")
OTHERS = ("model-kind", "goal", "users")


def extract(name, folder):
    """Scan repositories and keep what was seen, as one line of JSON each."""
    pack = load_pack()
    read = tuple(
        name for sign in pack.signs.values() for name in (*sign.names, *sign.beside, *sign.without)
    )
    lines = []
    for each in sorted(Path(folder).iterdir()):
        repo, _, commit = each.name.partition("@")
        found = scan(str(each), pack)
        kept = [
            clue for clue in found.clues
            if clue.kind == "import"
            or clue.name.startswith("pypi:")
            or shown(read, (clue,))
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


shipped = cache(load_pack)


@cache
def answers_of(name):
    """List each repository of a set with its truth, the answers of a scan, and what stays open."""
    rows = []
    for repo, clues, truth in extracts(name):
        inferred = infer(clues, shipped())
        answers = {key: each.answer for key, each in inferred.items() if each.answer is not None}
        rows.append((repo, truth, answers, applies(answers)))
    return rows


def applies(answers):
    """List the open questions that are known to apply."""
    out = program_of(shipped()).run(answers).inapplicable
    return [
        name
        for name, question in shipped().questions.items()
        if name not in answers
        and name not in out
        and (question.when is None or holds(question.when, answers, out))
    ]


def measured(name, lenient=False):
    """Count for each question what was found, missed and wrong; and the questions answered.

    `lenient` leaves out the truths of questions that no right answer of a scan makes apply.
    """
    counts = {question: Counter() for question in (*QUESTIONS, *OTHERS)}
    mistakes, told = [], Counter()
    readable = {question for sign in shipped().signs.values() for question in sign.says}
    for repo, truth, answers, open_ in answers_of(name):
        told["answered"] += len(answers)
        told["apply"] += len(answers) + len(open_)
        told["readable"] += len(answers) + sum(question in readable for question in open_)
        for question, count in counts.items():
            if question not in truth or (lenient and cannot_apply(question, truth)):
                continue
            expected, also = set(truth[question]), set(truth.get("also", ()))
            answer = answers.get(question)
            found = {answer} if isinstance(answer, str) else set(answer or ())
            if answer == frozenset():
                found = {"none"}
            missed, wrong = sorted(expected - found), sorted(found - expected - also)
            if question == "goal":  # of which there is one, so that another that will do is found
                missed = [] if found & (expected | also) else missed
            count["found"] += len(expected) - len(missed)
            count["missed"] += len(missed)
            count["wrong"] += len(wrong)
            if missed or wrong:
                mistakes.append((repo, question, missed, wrong))
    return counts, mistakes, told


def by_question():
    """List each question with how often it applies, is answered, and is right where one knows."""
    rows = {name: Counter() for name in shipped().questions}
    for path in sorted(HOME.glob("*.json")):
        for _, _, answers, open_ in answers_of(path.stem):
            for name in answers:
                rows[name].update(apply=1, answered=1)
            for name in open_:
                rows[name]["apply"] += 1
        for name, count in measured(path.stem)[0].items():
            rows[name] += count
    return rows


def table():
    """Return the table by question, as docs/scan.md has it."""
    lines = ["| | applies | answered | share | right |", "|---|---|---|---|---|"]
    for name, row in by_question().items():
        told = row["found"] + row["wrong"]
        right = f"{row['found']} of {told}" if told else ""
        share = f"{row['answered'] / row['apply']:.0%}" if row["apply"] else ""
        lines.append(f"| `{name}` | {row['apply']} | {row['answered']} | {share} | {right} |")
    return "\n".join(lines)


def cannot_apply(question, truth):
    """Return whether a question does not apply, with the true answers and what else will do."""
    true = {
        name: frozenset((*truth[name], *truth.get("also", ()))).intersection(asked.choices)
        for name, asked in shipped().questions.items()
        if name in truth and asked.type == "many"
    }
    return question in program_of(shipped()).run(true).inapplicable


def rates(count):
    """Return precision and recall of one question, or of several together."""
    found = count["found"]
    return found / max(found + count["wrong"], 1), found / max(found + count["missed"], 1)


def together(counts):
    """Count frameworks and code, targets and formats of a set together."""
    return sum((counts[question] for question in QUESTIONS), Counter())


def figures(count):
    """Word a count for people."""
    precision, recall = rates(count)
    return f"precision {precision:.3f}, recall {recall:.3f} ({dict(count)})"


def main():
    """Print the figures of every set."""
    if sys.argv[1:2] == ["extract"]:
        extract(*sys.argv[2:4])
        return
    total, lenient = Counter(), Counter()
    for path in sorted(HOME.glob("*.json")):
        counts, mistakes, told = measured(path.stem)
        print(f"{path.stem}: {len(answers_of(path.stem))} repositories")
        whole = together(counts)
        fair = together(measured(path.stem, lenient=True)[0])
        total += whole
        lenient += fair
        for question, count in [*counts.items(), ("the first three together", whole)]:
            if count:
                print(f"  {question}: {figures(count)}")
        print(f"  the same, without what cannot apply: {figures(fair)}")
        for which, of in (("apply", ""), ("readable", " and that some sign reads")):
            share = told["answered"] / told[which]
            print(f"  answered, of the questions that apply{of}: {share:.0%} of {told[which]}")
        for repo, question, missed, wrong in mistakes:
            print(f"    {repo}: {question}: missed {missed}, wrong {wrong}")
    print(f"all: {figures(total)}; without what cannot apply: {figures(lenient)}")
    print(table())


if __name__ == "__main__":
    main()
