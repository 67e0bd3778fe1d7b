"""Project files as text: the answers that `ask` saves, or all questions still to be answered."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from recommender.language import Language
from recommender.nouns.condition import Answer
from recommender.nouns.errors import clean
from recommender.nouns.pack import Pack
from recommender.nouns.profile import PROFILE_SCHEMA, Profile
from recommender.nouns.question import Question

_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9 _.-]*[A-Za-z0-9]|[A-Za-z]")
_TWISTED = frozenset(("true", "false", "null", "yes", "no", "on", "off", "y", "n"))


def project_text(
    profile: Profile,
    pack: Pack,
    asked: Collection[str] = (),
    remarks: Mapping[str, Sequence[str]] | None = None,
) -> str:
    """Return a profile as a project file, commented, that `load_profile` accepts.

    Questions in `asked` without an answer are written as `unknown`, as the profile's own are;
    `remarks` are lines of comment to a question, which is then written too.

    >>> from recommender import load_pack, load_profile
    >>> pack = load_pack("tests/toy/rules")
    >>> profile = load_profile({"name": "nap", "answers": {"hour": "evening"}}, pack)
    >>> print(project_text(profile, pack, asked=["milk"]))
    schema: 1
    name: nap
    <BLANKLINE>
    answers:
      # When will you drink it?
      hour: evening  # In the evening
    <BLANKLINE>
      # Is there milk?
      milk: unknown
    <BLANKLINE>
    """
    remarks = remarks or {}
    lines = [f"schema: {PROFILE_SCHEMA}", f"name: {_scalar(profile.name or 'project')}"]
    if profile.notes:
        lines.append(f"notes: {_scalar(profile.notes)}")
    blocks = [
        _block(question, profile.answers.get(name), remarks.get(name, ()))
        for name, question in pack.questions.items()
        if name in profile.answers or name in profile.unknown or name in {*asked, *remarks}
    ]
    lines += ["", "answers:" if blocks else "answers: {}"]
    lines.append("\n\n".join(blocks))
    if profile.weights:
        lines += ["", "weights:"]
        lines += [f"  {name}: {weight}" for name, weight in profile.weights.items()]
    lines += [f"{_scalar(key)}: {_quoted(value)}" for key, value in profile.extras.items()]
    return "\n".join(lines).rstrip("\n") + "\n"


def _block(question: Question, answer: Answer | None, remarks: Sequence[str]) -> str:
    words = "\n  # ".join(map(clean, (question.ask, *remarks)))
    if answer is None:
        return f"  # {words}\n  {question.id}: unknown"
    if isinstance(answer, frozenset):
        chosen = [choice for choice in question.choices if choice in answer]
        written = f"[{', '.join(map(_scalar, chosen))}]" if chosen else "none"
        meaning = "; ".join(question.choices[each] for each in chosen) or question.none
    else:
        written = _scalar(answer)
        meaning = question.choices.get(answer, "") if isinstance(answer, str) else ""
    tail = f"  # {clean(meaning)}" if meaning else ""
    return f"  # {words}\n  {question.id}: {written}{tail}"


def _scalar(value: object) -> str:
    if isinstance(value, str):
        plain = _PLAIN.fullmatch(value) and value.lower() not in _TWISTED
        return value if plain else _quoted(value)
    return json.dumps(value)


def _quoted(value: object) -> str:
    """Return a value as JSON that is valid YAML too."""
    text = json.dumps(value, ensure_ascii=False).encode("utf-8", "replace").decode()
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def blank_project(language: Language) -> str:
    """Return a project file that answers nothing yet, with every question and its answers.

    >>> from recommender import load_pack
    >>> from recommender.language import Language
    >>> text = blank_project(Language(load_pack("tests/toy/rules")))
    >>> text.splitlines()[-3:]
    ['  #   true   Yes', '  #   false  No', '  # my-kitchen:']
    """
    note = language.phrase(
        "Answer what you know: take the # away before a question. Four or five answers are enough."
    )
    head = [f"schema: {PROFILE_SCHEMA}", "name: my-project", "", f"# {note}"]
    blocks = ["\n".join(_blank(language, each)) for each in language.pack.questions.values()]
    return "\n".join([*head, "answers:", "\n\n".join(blocks), ""])


def _blank(language: Language, question: Question) -> Iterator[str]:
    yield f"  # {clean(language.ask(question.id))}"
    choices = language.answers(question.id)
    width = max((len(name) for name, _ in choices), default=0)
    for name, words in choices:
        yield f"  #   {name:<{width}}  {clean(words)}"
    answer = "[]" if question.type == "many" else ""
    yield f"  # {question.id}: {answer}".rstrip()
