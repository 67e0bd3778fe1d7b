"""The reference pages made from the code: `python docs/reference.py` writes them again.

docs/commands.md comes from each command's `--help`, docs/python-api.md from the docstrings of the
public names, docs/pack-format.md from the schema that pack files are checked against, and
docs/audit.md from what readers found of the statements of the shipped pack.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import click
import yaml

import recommender
from recommender.authoring.schema import pack_schema
from recommender.authoring.sources import Statement, citations
from recommender.cli._commands import recommender as command_line
from recommender.loading.full_pack import load_whole
from recommender.nouns.pack import Pack

MADE = "<!-- Made by docs/reference.py: change the code, and run it again. -->"
WIDTH = 80

API = ("recommender.batch.score_table", "recommender.batch.files.score_file")
"""Public names that stand in a module of their own, since they need an extra."""


COMPLETION = """\
The Tab key completes commands, options and files:

- Bash 4.4 or newer: `eval "$(_RECOMMENDER_COMPLETE=bash_source recommender)"` in `~/.bashrc`;
- Zsh: `eval "$(_RECOMMENDER_COMPLETE=zsh_source recommender)"` in `~/.zshrc`, below `compinit`;
- Fish, run once:
  `_RECOMMENDER_COMPLETE=fish_source recommender > ~/.config/fish/completions/recommender.fish`."""


def commands() -> str:
    """Return docs/commands.md: the help of every command, as the terminal shows it."""
    helped = list(_helped(command_line, ["recommender"], None))
    pages = [f"## {name}\n\n```text\n{text.rstrip()}\n```" for name, text in helped]
    links = [f"- [{name}](#{name.replace(' ', '-')})" for name, _ in helped]
    intro = "What `recommender COMMAND --help` says. Exit codes: [exit-codes.md](exit-codes.md)."
    return _page("Commands", intro, COMPLETION, "\n".join(links), *pages)


def _helped(
    command: click.Command, path: list[str], above: click.Context | None
) -> Iterator[tuple[str, str]]:
    context = click.Context(
        command, above, path[-1], terminal_width=WIDTH, max_content_width=WIDTH,
        help_option_names=["-h", "--help"],
    )  # fmt: skip
    yield " ".join(path), command.get_help(context)
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            if found is not None:
                yield from _helped(found, [*path, name], context)


def python_api() -> str:
    """Return docs/python-api.md: the public names with signatures, docstrings and fields."""
    named = [(name, getattr(recommender, name)) for name in recommender.__all__]
    for path in API:
        module, _, name = path.rpartition(".")
        named.append((path, getattr(import_module(module), name)))
    functions = [_function(name, found) for name, found in named if not inspect.isclass(found)]
    classes = [_class(name, found) for name, found in named if inspect.isclass(found)]
    intro = (
        "Import these from `recommender`, and the last two functions from the modules named. "
        "Anything else may change. Values are frozen. A `Lens` is `document`, `today` or "
        "`measured`; an `Answer` is text, a truth, a number, or a frozenset of texts; scores and "
        "points are hundredths."
    )
    return _page("Python API", intro, "## Functions", *functions, "## Classes", *classes)


def _function(name: str, found: Callable[..., Any]) -> str:
    return f"### {name}\n\n{_signature(name.rpartition('.')[2], found)}\n\n{_prose(found)}"


def _class(name: str, found: type) -> str:
    fields = [
        f"| `{field}` | `{_typed(kind)}` |"
        for field, kind in getattr(found, "__annotations__", {}).items()
        if not field.startswith("_")
    ]
    table = ["| field | type |\n|---|---|\n" + "\n".join(fields)] if fields else []
    members = [
        f"- `{member.lstrip('_')}`: {_summary(value)}"
        for member, value in vars(found).items()
        if not member.startswith("_") and inspect.getdoc(value) and _is_member(value)
    ]
    return "\n\n".join(
        [f"### {name}", _prose(found), *table, *(["\n".join(members)] if members else [])]
    )


def _is_member(value: Any) -> bool:
    return isinstance(value, property | classmethod | staticmethod) or inspect.isfunction(value)


def _summary(value: Any) -> str:
    return " ".join((inspect.getdoc(value) or "").split("\n\n")[0].split())


class _Bare(str):
    """An annotation as it is written, which `inspect` would put in quotes."""

    __slots__ = ()
    __repr__ = str.__str__


def _signature(name: str, found: Callable[..., Any]) -> str:
    written = inspect.signature(found)
    bare = [
        each.replace(
            annotation=_Bare(each.annotation),
            default=_Bare("…") if inspect.isfunction(each.default) else each.default,
        )
        for each in written.parameters.values()
    ]
    signature = written.replace(parameters=bare, return_annotation=_Bare(written.return_annotation))
    shown = f"{name}{signature}"
    if len(shown) > WIDTH:
        lines = "".join(f"    {part},\n" for part in _with_star(bare))
        shown = f"{name}(\n{lines}) -> {signature.return_annotation}"
    return f"```python\n{shown}\n```"


def _with_star(parameters: list[inspect.Parameter]) -> list[str]:
    kinds = [each.kind for each in parameters]
    parts = list(map(str, parameters))
    if inspect.Parameter.KEYWORD_ONLY not in kinds:
        return parts
    place = kinds.index(inspect.Parameter.KEYWORD_ONLY)
    return [*parts[:place], "*", *parts[place:]]


def _typed(kind: object) -> str:
    return str(kind).replace("|", "\\|")


def _prose(found: Any) -> str:
    """Return a docstring as Markdown: its examples in a block of their own."""
    told = inspect.getdoc(found) or ""
    return "\n\n".join(
        f"```pycon\n{paragraph}\n```" if paragraph.startswith(">>>") else paragraph
        for paragraph in told.split("\n\n")
    )


def pack_format() -> str:
    """Return docs/pack-format.md: every key of a pack's files, from their schema."""
    schema = pack_schema()
    defined = {
        _heading(name): each for name, each in schema["$defs"].items() if "properties" in each
    }
    intro = (
        "What a rule pack's `*.yaml` files may say; [writing-rules.md](writing-rules.md) shows how "
        "to use it. A key that is not here is a fault. `recommender schema pack` prints the same "
        "as a JSON Schema, with which an editor completes and checks a file."
    )
    parts = [_keys("A file", schema), *(_keys(name, each) for name, each in defined.items())]
    return _page("The pack format", intro, *parts, CONDITIONS)


CONDITIONS = """## Condition

A mapping; all that stands in it must hold. An empty one always holds.

| written | holds where the answer |
|---|---|
| `question: value` | is the value |
| `question: [value, value]` | is one of the values |
| `question: {at_least: n}`, `{at_most: n}` | of a `scale` or `number` is at least, at most *n* |
| `question: {includes: value}` or a list | of a `many` names the value, or one of the list |
| `question: {includes_all: [value, value]}` | of a `many` names all of them |
| `question: none` | of a `many` is known and empty |
| `question: {not: test}` | does not pass the test |
| `all: [condition]`, `any: [condition]`, `not: condition` | of these, all, some, none hold |"""


def _heading(name: str) -> str:
    words = re.sub(r"(?<!^)([A-Z])", r" \1", name.removesuffix("Text")).lower()
    return words.capitalize()


def _keys(title: str, schema: Mapping[str, Any]) -> str:
    needed = schema.get("required", ())
    rows = []
    for key, each in schema["properties"].items():
        default = "required" if key in needed else _default(each)
        rows.append(f"| `{key}` | {_kind(each)} | {default} |")
    table = "| key | value | if left out |\n|---|---|---|\n" + "\n".join(rows)
    return f"## {title}\n\n{schema.get('description', '')}\n\n{table}"


def _default(each: Mapping[str, Any]) -> str:
    value = each.get("default")
    return "" if value in (None, [], {}, "") or isinstance(value, dict) else f"`{value}`".lower()


def _kind(each: Mapping[str, Any]) -> str:
    """Return the values that a schema allows, in words."""
    if "$ref" in each:
        name = _heading(each["$ref"].rpartition("/")[2])
        return (
            f"[{name.lower()}](#{name.lower().replace(' ', '-')})"
            if name != "Answers"
            else "answers"
        )
    if "const" in each:
        return f"`{each['const']}`"
    if "enum" in each:
        return ", ".join(f"`{value}`" for value in each["enum"])
    if "anyOf" in each:
        kinds = [_kind(part) for part in each["anyOf"] if part.get("type") != "null"]
        return " or ".join(dict.fromkeys(kinds))
    return _typed_kind(each)


def _typed_kind(each: Mapping[str, Any]) -> str:
    match each.get("type"):
        case "array":
            return f"list of {_kind(each.get('items', {}))}"
        case "object":
            inside = [*each.get("patternProperties", {}).values(), each.get("additionalProperties")]
            held = next((part for part in inside if isinstance(part, dict)), None)
            return f"mapping from id to {_kind(held)}" if held else "mapping"
        case "integer" | "number" as kind:
            noun = "whole number" if kind == "integer" else "number"
            least, most = each.get("minimum"), each.get("maximum")
            return noun if least is None else f"{noun}, {least}–{most}"
        case "boolean":
            return "true or false"
        case "string" if each.get("format") == "date":
            return "date, as 2026-11-23"
        case "string":
            return "id" if each.get("pattern", "").startswith("^[a-z0-9]+(-") else "text"
    return "a value"


def _page(title: str, intro: str, *parts: str) -> str:
    return "\n\n".join([f"# {title}", MADE, intro, *parts]) + "\n"


def audit() -> str:
    """Return docs/audit.md: what readers found of the statements of the shipped pack."""
    pack = load_whole().full
    families: dict[str, Iterable[Statement]] = {
        "Rules": pack.rules.values(),
        "Constraints": pack.constraints.values(),
        "Routes": pack.routes,
        "Libraries": pack.libraries.values(),
        "Statements of the founding document": pack.facts.values(),
    }
    intro = (
        "Each row is a statement that somebody read against the pages that it cites, with the day, "
        "the verdict and the sentence that bears it out. `recommender lint` refuses one that is "
        "in no excerpt (P023). The numbers below each table say what nobody has checked yet."
    )
    parts = [part for name, each in families.items() for part in _audited(pack, name, list(each))]
    return _page("Audit of the shipped pack", intro, *parts, *_read_outside())


def _read_outside() -> Iterator[str]:
    """Tell what docs/audit.yaml holds: an audit's findings, and a reader's verdicts of a draw."""
    held = yaml.safe_load(Path(__file__).with_name("audit.yaml").read_text("utf-8"))
    yield f"## What an audit found\n\n{held['findings']['about'].strip()}"
    rows = ["| finding | what was wrong or missing | state | what was done |", "|---|---|---|---|"]
    rows += [
        f"| {each['id']} | {_cell(each['what'])} | {each['state']} | {_cell(each['done'])} |"
        for each in held["findings"]["lines"]
    ]
    yield "\n".join(rows)
    drawn = held["drawn"]
    yield f"## Rules drawn by lot\n\n{drawn['about'].strip()}"
    if drawn["verdicts"]:
        rows = ["| rule | verdict | what the reader said |", "|---|---|---|"]
        rows += [
            f"| `{each['id']}` | {each['verdict']} | {_cell(each['why'])} |"
            for each in drawn["verdicts"]
        ]
        yield "\n".join(rows)
    yield f"Read: {len(drawn['verdicts'])} of {drawn['count']}."


def _audited(pack: Pack, title: str, statements: list[Statement]) -> Iterator[str]:
    rows = [
        "| statement | graded | verdict | second reader | sentence | page | on |",
        "|---|---|---|---|---|---|---|",
    ]
    seen = [each for each in statements if each.checked is not None]
    for each in sorted(seen, key=lambda each: each.id):
        found = each.checked
        assert found is not None  # noqa: S101  (those alone are listed)
        grade = getattr(each, "evidence", getattr(each, "maturity", getattr(each, "verdict", "")))
        said = f"“{_cell(found.sentence)}”" if found.sentence else "none"
        again = found.second.verdict if found.second else ""
        where = _where(pack, each)
        cells = [f"`{each.id}`", grade, found.verdict, again, said, where, str(found.on)]
        rows.append(f"| {' | '.join(cells)} |")
    yield f"## {title}"
    if seen:
        yield "\n".join(rows)
    twice = sum(each.checked.second is not None for each in seen if each.checked)
    yield f"Checked: {len(seen)} of {len(statements)}; by a second reader: {twice}."


def _where(pack: Pack, statement: Statement) -> str:
    """Return the page in which the checked sentence stands, linked."""
    found = statement.checked
    for each, cited in citations(pack):
        told = pack.reference(cited)
        words = " ".join(f"{told.before} {told.says} {told.after}".split())
        sentence = " ".join(found.sentence.split()) if found else ""
        if each is statement and sentence and sentence in words:
            party = ", an interested party" if told.interested else ""
            address = told.url.removeprefix("docs/")
            return f"[{_cell(told.title)}](<{address}>) ({_cell(told.publisher)}{party})"
    return "the document" if found and found.sentence else ""


def _cell(words: str) -> str:
    return re.sub(r"([|\[\]<>*_`])", r"\\\1", " ".join(words.split()))


PAGES: dict[str, Callable[[], str]] = {
    "audit.md": audit,
    "commands.md": commands,
    "python-api.md": python_api,
    "pack-format.md": pack_format,
}


if __name__ == "__main__":
    for name, make in PAGES.items():
        Path(__file__).with_name(name).write_text(make(), "utf-8")
