"""The API under /api/v1: a real server on the loopback, asked as a program asks."""

from __future__ import annotations

import json
import os
import shutil
import urllib.error
import urllib.request

import pytest

from recommender import load_pack, load_profile, next_question, recommend
from recommender.output.brief import LIMIT

from .command import TOY, serving

for extra in ("fastapi", "fastapi_offline", "uvicorn", "jinja2"):
    pytest.importorskip(extra, reason="the extra `web` is not installed")

V1 = "/api/v1"
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")


@pytest.fixture(scope="module")
def server():
    with serving("--rules", TOY) as address:
        yield address


def get(address):
    with urllib.request.urlopen(address, timeout=20) as answer:
        return json.loads(answer.read())


def post(address, body):
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    request = urllib.request.Request(address, data, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=20) as answer:
        text = answer.read().decode()
    return json.loads(text), text


def refused(address, body=None):
    """Ask for what must be refused, and return the problem."""
    with pytest.raises(urllib.error.HTTPError) as error:
        get(address) if body is None else post(address, body)
    assert error.value.code == 422
    assert error.value.headers["Content-Type"] == "application/problem+json"
    told = json.loads(error.value.read())
    error.value.close()
    assert (told["type"], told["status"]) == ("about:blank", 422)
    return told["faults"]


def test_the_pack_its_questions_and_its_routes_are_told(server, toy):
    assert get(f"{server}{V1}/pack")["rules"] == list(toy.rules)
    asked = get(f"{server}{V1}/questions")["questions"]
    assert [each["id"] for each in asked] == list(toy.questions)
    oats = next(each for each in asked if each["id"] == "oat-milk")
    assert oats["when"] == {"milk": [True]}
    assert {each["id"] for each in get(f"{server}{V1}/routes")["routes"]} == {
        r.id for r in toy.routes
    }
    for candidate in toy.candidates:
        mine = get(f"{server}{V1}/routes?candidate={candidate}")["routes"]
        assert len(mine) == sum(route.candidate == candidate for route in toy.routes)


def test_the_next_question_comes_until_all_were_asked(server):
    answers = {}
    while (told := post(f"{server}{V1}/next", {"answers": answers})[0])["question"]:
        assert told["question"]["id"] not in answers
        answers[told["question"]["id"]] = "unknown"
    assert told["settled"] is False
    assert len(answers) > 3


def test_the_first_question_is_the_one_that_the_package_names(server, toy):
    profile = load_profile({"answers": {"sugar": 5}}, toy)
    told, _ = post(f"{server}{V1}/next", {"answers": {"sugar": 5}})
    assert told["question"]["id"] == next_question(profile, toy).question


def test_advice_is_short_unless_all_of_it_is_asked_for(server, toy):
    project = {"name": "nap", "answers": {"hour": "evening"}}
    short, text = post(f"{server}{V1}/recommend", project)
    assert (short["kind"], short["best"]) == ("brief-advice", "tea")
    assert len(text) <= LIMIT
    full, _ = post(f"{server}{V1}/recommend?detail=full&lens=document", project)
    advice = recommend(load_profile(project, toy), toy, lens="document")
    assert (full["kind"], full["lens"], full["best"]) == ("recommendation", "document", advice.best)
    assert len(full["reasons"]) == len(advice.explanation.reasons)


def test_the_plan_is_told_step_by_step(server, toy):
    project = {"answers": {"hour": "evening", "place": ["home"]}}
    told, _ = post(f"{server}{V1}/plan", project)
    advice = recommend(load_profile(project, toy), toy)
    assert told["best"] == advice.best
    assert [(each["act"], each["candidate"]) for each in told["plan"]] == [
        (step.act, step.candidate) for step in advice.plan
    ]
    assert told["plan"]
    assert all(each["says"] for each in told["plan"])


def test_what_is_wrong_is_told_as_the_command_line_tells_it(server):
    path = f"{server}{V1}/recommend"
    assert refused(path, {"answers": {"huor": 1, "milk": "maybe"}}) == [
        "project: no question `huor`; did you mean `hour`?",
        "project: `milk` takes true or false, not `maybe`; write true, false or unknown",
    ]
    assert refused(path, b"[") == [
        "project: is not JSON: Expecting value: line 1 column 2 (char 1)"
    ]
    assert refused(path, b'{"answers": {"cups": NaN}}') == [
        "project: is not JSON: NaN is no number"
    ]
    for twice in (
        b'{"answers": {"hour": "morning", "hour": "evening"}}',
        b'{"hour": 1, "hour": 2}',
    ):
        assert refused(path, twice) == ["project: `hour` is written twice; keep one of the two"]
    assert refused(path, []) == ["project: is no object; send one with `answers`"]


def test_what_a_parameter_cannot_be_is_told(server):
    project = {"answers": {}}
    assert "detial" in refused(f"{server}{V1}/recommend?detial=full", project)[0]
    assert "did you mean `detail`?" in refused(f"{server}{V1}/recommend?detial=full", project)[0]
    assert refused(f"{server}{V1}/next?lens=measured", project) == [
        "`lens` cannot be `measured`; one of: today, document"
    ]
    assert refused(f"{server}{V1}/routes?candidate=x") == [
        "`candidate` cannot be `x`; one of: coffee, tea"
    ]
    assert refused(f"{server}{V1}/questions?language=fr") == [
        "`language` cannot be `fr`; one of: en"
    ]
    assert "did you mean `tea`?" in refused(f"{server}{V1}/routes?candidate=tee")[0]


def test_the_description_says_what_may_be_sent(server, toy):
    told = get(f"{server}/openapi.json")
    body = told["paths"][f"{V1}/recommend"]["post"]["requestBody"]["content"]["application/json"]
    assert list(body["schema"]["properties"]["answers"]["properties"]) == list(toy.questions)
    assert post(f"{server}{V1}/recommend", body["example"])[0]["best"] in toy.candidates
    schema = get(f"{server}{V1}/schema")
    assert schema["properties"]["answers"] == body["schema"]["properties"]["answers"]
    for methods in (each for path, each in told["paths"].items() if path.startswith(V1)):
        for method in methods.values():
            assert "application/problem+json" in method["responses"]["422"]["content"]


@pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine")
def test_the_description_can_be_read_without_the_network(server):
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    asked, said = [], []
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: said.append(message.text))
        page.goto(f"{server}/docs")
        page.wait_for_selector(".opblock")
        shown = page.locator(".opblock").count()
        browser.close()
    assert shown > 6
    assert not said
    assert all(url.startswith((server, "data:")) for url in asked), asked


def test_the_shipped_pack_is_described_too():
    """Its questions are many more, of every kind but number: the schemas come from the pack."""
    from recommender.web import application

    pack = load_pack()
    schema = application(pack).openapi()["paths"][f"{V1}/next"]["post"]["requestBody"]
    assert list(
        schema["content"]["application/json"]["schema"]["properties"]["answers"]["properties"]
    ) == list(pack.questions)
