"""`recommender mcp`: the official client talks to the real server over its pipes."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import threading

import pytest

from recommender import load_pack, load_profile, recommend
from recommender.mcp.schemas import check
from recommender.mcp.tools import tools
from recommender.nouns.errors import UsageError
from recommender.output.brief import LIMIT
from recommender.version import __version__

from .agent import MODES, ask, talk
from .command import ROOT, TOY


async def interview(client, reply, **how):
    """Answer every question with `reply(question)` until none comes; return the answers."""
    answers = {}
    while (told := await ask(client, "next_question", answers=answers, **how))["question"]:
        question = told["question"]
        assert question["id"] not in answers, "a question came twice"
        answers[question["id"]] = reply(question)
    return answers


@pytest.mark.parametrize("mode", MODES)
def test_a_whole_interview_ends_in_the_advice_of_the_whole_project(mode):
    pack = load_pack()
    project = load_profile("examples/ios-app.yaml", pack)
    known = {name: plain(answer) for name, answer in project.answers.items()}

    async def conversation(client):
        answers = await interview(client, lambda question: known.get(question["id"], "unknown"))
        return answers, await client.call_tool("recommend", {"answers": answers})

    answers, result = talk(conversation, mode=mode)
    text = result.content[0].text
    told, expected = json.loads(text), recommend(project, pack)
    assert len(text) <= LIMIT
    assert 1 <= len(answers) < len(pack.questions)
    assert (told["best"], told["outcome"]) == (expected.best, expected.outcome)
    assert 0 < told["probability"] < 1
    reasons = told["reasons"]
    assert 1 <= len(reasons) <= 6
    assert reasons[0]["favors"] == told["best"]
    assert all(each["source"]["read"] or each["source"]["says"] for each in reasons)


def test_a_client_that_knows_nothing_gets_an_end_and_an_answer():
    async def conversation(client):
        answers = await interview(client, lambda _: "unknown")
        return answers, await ask(client, "recommend", answers=answers)

    answers, told = talk(conversation)
    assert 1 <= len(answers) <= len(load_pack().questions)
    assert told["best"] in load_pack().candidates
    assert 0 < told["probability"] < 1
    assert told["ask_next"] == []


def test_a_client_that_has_no_answers_yet_is_told_what_would_settle_most():
    told = talk(lambda client: ask(client, "recommend", answers={}))
    first = talk(lambda client: ask(client, "next_question", answers={}))
    assert told["ask_next"][0]["question"] == first["question"]["id"]
    assert len(told["ask_next"]) == 3


@pytest.mark.parametrize("mode", MODES)
def test_what_is_offered_says_what_it_takes_and_that_it_changes_nothing(mode):
    async def conversation(client):
        return client.server_info, client.instructions, (await client.list_tools()).tools

    info, instructions, listed = talk(conversation, "--rules", TOY, mode=mode)
    assert (info.name, info.version) == ("framework-recommender", __version__)
    assert "Never guess" in instructions
    assert [tool.name for tool in listed] == [
        "next_question", "recommend", "questions", "scan", "compare", "recheck",
    ]  # fmt: skip
    for tool in listed:
        assert tool.annotations.read_only_hint
        assert tool.annotations.destructive_hint is False
        assert tool.input_schema["additionalProperties"] is False
        assert tool.description
        assert tool.title


@pytest.mark.parametrize(
    ("tool", "arguments", "told"),
    [
        ("recommend", {"answers": {"huor": "evening"}}, "did you mean `hour`?"),
        ("recommend", {"answers": {"hour": "noon"}}, "`hour` has no answer `noon`"),
        ("recommend", {"anwsers": {}}, "no argument `anwsers`; did you mean `answers`?"),
        ("recommend", {}, "the argument `answers` is missing"),
        ("recommend", {"answers": []}, "`answers` takes an object"),
        ("recommend", {"answers": {}, "weights": {"cmofort": 3}}, "did you mean `comfort`?"),
        ("recommend", {"answers": {}, "lens": "measured"}, "`lens` cannot be `measured`; one of: today, document"),
        ("recommend", {"answers": {}, "detail": ["full"]}, "one of: brief, full, record"),
        ("next_question", {"answers": {}, "language": "fr"}, "one of: en"),
        ("questions", {"answers": {}}, "there is no argument `answers`"),
        ("compare", {"one": {"answers": {}}, "other": {"answers": {}, "goal": 1}}, "unknown key `goal`"),
        ("recheck", {"record": "nothing"}, "record: holds no decision record"),
        ("recheck", {"record": 3}, "`record` takes text or an object"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_an_error_with_its_remedy(toy_session, tool, arguments, told):
    result = toy_session(lambda client: client.call_tool(tool, arguments))
    assert result.is_error
    error = json.loads(result.content[0].text)
    assert error["kind"] == "error"
    assert told in " ".join(error["faults"])


def test_what_is_not_offered_is_an_error_of_the_protocol(toy_session):
    mcp = pytest.importorskip("mcp", reason="the extra `mcp` is not installed")

    async def refused(wanted):
        with pytest.raises(mcp.MCPError) as error:
            await wanted
        return str(error.value)

    async def conversation(client):
        return [
            await refused(client.call_tool("recomend", {})),
            await refused(client.read_resource("recommender://rules/x")),
            await refused(client.read_resource("recommender://sources/studdy")),
            await refused(client.read_resource("file:///etc/passwd")),
            await refused(client.get_prompt("choose")),
            await refused(client.get_prompt("choose_framework", {"p": "x"})),
        ]

    told = toy_session(conversation)
    expected = (
        "there is no tool `recomend`; did you mean `recommend`?",
        "there is no rule `x`; ",
        "there is no source `studdy`; did you mean `study`?",
        "there is nothing at `file:///etc/passwd`; one of: recommender://pack",
        "there is no prompt `choose`; one of: choose_framework",
        "the prompt takes no `p`; one of: project",
    )
    for line, begins in zip(told, expected, strict=True):
        assert line.startswith(begins)


def test_lens_language_and_detail(toy_session, toy):
    async def conversation(client):
        given = {"answers": {"hour": "evening", "no-kettle": False}}
        return [
            await ask(client, "recommend", **given, lens="document"),
            await ask(client, "recommend", **given, detail="full", name="nap"),
            await client.call_tool("recommend", {**given, "detail": "record", "name": "nap"}),
        ]

    document, full, record = toy_session(conversation)
    assert document["lens"] == "document"
    assert document["reasons"][0]["evidence"] == "quoted"
    assert (full["kind"], full["name"]) == ("recommendation", "nap")
    assert len(full["reasons"]) == len(toy.rules)
    text = record.content[0].text
    rechecked = toy_session(lambda client: ask(client, "recheck", record=text))
    again = toy_session(lambda client: ask(client, "recheck", record=full))
    for each in (rechecked, again):
        assert (each["same"], each["name"], each["now"]) == (True, "nap", "Tea, clearly")


def test_a_question_and_the_advice_in_chinese():
    async def conversation(client):
        asked = await ask(client, "next_question", answers={}, language="zh")
        given = {"answers": {"goal": "research"}}
        told = await ask(client, "recommend", **given, language="zh")
        other = {"answers": {"goal": "product", "targets": ["android"]}}
        compared = await ask(client, "compare", one=given, other=other, language="zh")
        return asked, told, compared

    asked, told, compared = talk(conversation)
    for each in compared["projects"]:
        assert any("\u4e00" <= letter <= "\u9fff" for letter in each["advised"])
    assert any("\u4e00" <= each <= "\u9fff" for each in asked["question"]["ask"])
    assert told["language"] == "zh"
    assert any("\u4e00" <= each <= "\u9fff" for each in told["headline"])


def test_two_projects_are_compared(toy_session):
    told = toy_session(
        lambda client: ask(
            client,
            "compare",
            one={"name": "early", "answers": {"hour": "morning", "no-kettle": False}},
            other={"name": "late", "answers": {"hour": "evening", "no-kettle": False}},
        )
    )
    assert told["same"] is False
    assert [each["name"] for each in told["projects"]] == ["early", "late"]
    assert told["rules"][0]["moved_by"] == ["hour"]
    assert told["answers"] == [{"question": "hour", "one": "morning", "other": "evening"}]


def test_of_two_projects_the_wrong_one_is_named(toy_session):
    async def conversation(client):
        given = {"one": {"answers": {"hour": "noon"}}, "other": {"answers": {"cups": -1}}}
        return await client.call_tool("compare", given)

    told = toy_session(conversation)
    assert told.is_error
    assert told.content[0].text.count("project:") == 0
    for fault in ("one: `hour` has no answer `noon`", "other: `cups` takes a number from 0 up"):
        assert fault in told.content[0].text


def test_the_pack_its_questions_sources_and_rules_can_be_read(toy_session, toy):
    async def conversation(client):
        listed = [each.uri for each in (await client.list_resources()).resources]
        told = (await client.list_resource_templates()).resource_templates
        rules, sources = (each.uri_template for each in told)
        rule = rules.replace("{rule}", "evenings-want-calm")
        source = sources.replace("{source}", "study")
        found = {}
        for uri in (*listed, rule, source):
            (content,) = (await client.read_resource(uri)).contents
            assert content.mime_type == "application/json"
            found[uri.removeprefix("recommender://")] = json.loads(content.text)
        return found

    found = toy_session(conversation)
    assert found["pack"]["rules"] == list(toy.rules)
    assert [each["id"] for each in found["questions"]["questions"]] == list(toy.questions)
    assert [each["id"] for each in found["sources"]["sources"]] == ["kettle", "study"]
    assert found["sources/study"] == found["sources"]["sources"][1]
    rule = found["rules/evenings-want-calm"]
    assert (rule["when"], rule["criterion"]) == (
        {"hour": ["evening"]},
        toy.rules["evenings-want-calm"].criterion,
    )


def test_the_tool_that_lists_questions_says_the_same(toy_session, toy):
    told = toy_session(lambda client: ask(client, "questions"))
    assert [each["id"] for each in told["questions"]] == list(toy.questions)


def test_a_prompt_starts_the_interview(toy_session):
    async def conversation(client):
        (prompt,) = (await client.list_prompts()).prompts
        return await client.get_prompt(prompt.name, {"project": "A phone app."})

    (message,) = toy_session(conversation).messages
    assert message.role == "user"
    assert "next_question" in message.content.text
    assert message.content.text.endswith("A phone app.")


def test_the_schemas_take_every_example_and_no_unknown_question():
    validators = pytest.importorskip("jsonschema.validators")
    pack = load_pack()
    schema = tools(pack)["recommend"].schema
    validators.Draft202012Validator.check_schema(schema)
    validator = validators.Draft202012Validator(schema)
    for path in sorted((ROOT / "examples").glob("*.yaml")):
        profile = load_profile(path, pack)
        given = {name: plain(answer) for name, answer in profile.answers.items()}
        validator.validate({"answers": given, "weights": dict(profile.weights)})
    validator.validate({"answers": dict.fromkeys(pack.questions, "unknown")})
    for wrong in (
        {"answers": {"gaol": "research"}},
        {"answers": {}, "x": 1},
        {"answers": {"goal": "x"}},
    ):
        assert not validator.is_valid(wrong)


def test_every_choice_of_the_pack_stands_in_the_schema():
    pack = load_pack()
    for tool in ("next_question", "recommend"):
        asked = tools(pack)[tool].schema["properties"]["answers"]["properties"]
        assert list(asked) == list(pack.questions)
        for name, question in pack.questions.items():
            assert all(f'"{choice}"' in json.dumps(asked[name]) for choice in question.choices)
            assert '"unknown"' in json.dumps(asked[name])


def test_all_that_is_wrong_with_arguments_is_told_at_once():
    schema = tools(load_pack(TOY))["recommend"].schema
    with pytest.raises(UsageError) as error:
        check({"lens": "tomorrow", "nmae": "x", "detail": "brief"}, schema)
    assert [fault.what for fault in error.value.faults] == [
        "there is no argument `nmae`",
        "the argument `answers` is missing",
        "`lens` cannot be `tomorrow`",
    ]


def test_half_a_surrogate_pair_gets_an_answer():
    pytest.importorskip("mcp", reason="the extra `mcp` is not installed")
    words = r'"\ud800", "\udfff", "\ud83d\ude00", "\\ud800", "\udc00\ud800"'
    lines = [
        (
            r'{"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"protocolVersion": "2025-03-26", '
            r'"capabilities": {}, "clientInfo": {"name": "a", "version": "1"}}}'
        ),
        r'{"jsonrpc": "2.0", "method": "notifications/initialized"}',
        (
            r'{"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": {"name": "recommend", '
            rf'"arguments": {{"answers": {{"place": [{words}]}}}}}}}}'
        ),
    ]
    command = [sys.executable, "-m", "recommender", "mcp", "--rules", TOY]
    with subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8",
    ) as server:  # fmt: skip
        server.stdin.write("\n".join(lines) + "\n")
        server.stdin.flush()
        watch = threading.Timer(30, server.kill)
        watch.start()
        answers = [json.loads(server.stdout.readline()) for _ in range(2)]
        watch.cancel()
        server.kill()
    assert answers[1]["result"]["isError"] is True
    told = json.loads(answers[1]["result"]["content"][0]["text"])
    assert [each.split("`")[3] for each in told["faults"]] == [
        "\ufffd",
        "\ufffd",
        "\U0001f600",
        r"\ud800",
        "\ufffd\ufffd",
    ]


def test_without_the_extra_it_says_what_to_install(monkeypatch):
    from recommender.mcp import serve

    monkeypatch.delitem(sys.modules, "recommender.mcp.server", raising=False)
    for name in ("mcp", "mcp.server", "mcp.types"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(UsageError, match=r"the extra `mcp`; .*\.\[mcp\]"):
        serve(load_pack(TOY))


@pytest.fixture
def toy_session():
    """Give a function that lets a conversation run with a server over the toy pack."""
    mcp = pytest.importorskip("mcp", reason="the extra `mcp` is not installed")
    from recommender.mcp.server import server_of

    def run(conversation):
        async def whole():
            async with mcp.Client(server_of(load_pack(TOY)), mode="legacy") as client:
                return await conversation(client)

        return asyncio.run(whole())

    return run


def plain(answer):
    """Write an answer as JSON has it."""
    return sorted(answer) if isinstance(answer, frozenset) else answer
