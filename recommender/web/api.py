"""The API for programs, under /api/v1: bodies typed by the pack, errors in the words of the CLI.

What is sent is described in /openapi.json and checked where projects are read, so that a mistake is
told with its remedy. What is wrong comes back as application/problem+json (RFC 9457).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

import fastapi_offline
from fastapi import APIRouter, Depends, FastAPI, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.responses import HTMLResponse, JSONResponse
from fastapi.staticfiles import StaticFiles

from recommender.authoring.schema import project_schema
from recommender.engine import recommend
from recommender.judging.case import Case
from recommender.language import ENGLISH, Language
from recommender.loading import load_profile
from recommender.loading.json_limits import doubled, refuse_constant
from recommender.nouns.errors import (
    Fault,
    Place,
    ProfileError,
    RecommenderError,
    UsageError,
    did_you_mean,
)
from recommender.nouns.json_values import json_value
from recommender.nouns.pack import Pack
from recommender.nouns.profile import Profile
from recommender.output.brief import brief
from recommender.output.formats.json import as_data
from recommender.output.next_question import asked, next_asked
from recommender.output.pack_summary import summary
from recommender.output.plan import told
from recommender.output.teller import Teller
from recommender.reflecting.interview import next_of
from recommender.reflecting.proof import proof_of

from .problem import CONTENT, UNPROCESSABLE, problem

PREFIX = "/api/v1"

ASSETS = "/assets"
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; script-src 'self' 'unsafe-inline'; connect-src 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
"""For the page about the API, whose script and style a package brings and this server serves."""

Lens = Literal["today", "document"]
Detail = Literal["brief", "full"]
ROUTE = (
    "id", "candidate", "target", "steps", "maturity", "because", "check", "expires", "delivers",
)  # fmt: skip


async def _sent(request: Request) -> bytes:
    return await request.body()


Sent = Annotated[bytes, Depends(_sent)]


def install(app: FastAPI, pack: Pack) -> None:
    """Add the API over one pack to an application, and the page that documents it."""
    app.include_router(_router(pack))
    app.mount(ASSETS, StaticFiles(directory=Path(fastapi_offline.__file__).parent / "static"))

    @app.exception_handler(RequestValidationError)
    def unfit(_: Request, error: RequestValidationError) -> JSONResponse:
        # FastAPI's own answer repeats the input, which need not be text that can be sent.
        return problem([_unfit(each) for each in error.errors()])

    @app.exception_handler(RecommenderError)
    def unread(_: Request, error: RecommenderError) -> JSONResponse:
        return problem([str(fault) for fault in error.faults])

    @app.get("/docs", include_in_schema=False)
    def documentation() -> HTMLResponse:
        page = get_swagger_ui_html(
            openapi_url=str(app.openapi_url),
            title=f"{pack.title}: the API",
            swagger_js_url=f"{ASSETS}/swagger-ui-bundle.js",
            swagger_css_url=f"{ASSETS}/swagger-ui.css",
            swagger_favicon_url=f"{ASSETS}/favicon.png",
        )
        return HTMLResponse(page.body, headers=HEADERS)


def _router(pack: Pack) -> APIRouter:
    api = APIRouter(prefix=PREFIX, responses=PROBLEMS, default_response_class=JSONResponse)
    # What only a project's file of its own says is no part of a body.
    body = {key: value for key, value in project_schema(pack).items() if key != "$schema"}
    content = {"application/json": {"schema": body, "example": _example(pack)}}
    takes_project = {"requestBody": {"required": True, "content": content}}
    targets = pack.questions[pack.targets].choices if pack.targets else {}
    spoken = _choice([ENGLISH, *sorted(pack.locales)], "The language of the sentences.")
    from_candidate = _choice(["", *pack.candidates], "Only the routes of this candidate.")
    to_target = _choice(["", *targets], "Only the routes to this deployment target.")

    @api.get("/pack", responses=_gives("The rules that advice is given by.", "id", "version"))
    def head() -> JSONResponse:
        """Tell which rules advice is given by: version, day, candidates, criteria."""
        return _json(summary(pack))

    @api.get("/questions", responses=_gives("Every question.", "questions"))
    def questions(request: Request, language: str = spoken) -> JSONResponse:
        """List every question: words, answers, help, and the condition under which it is asked."""
        _known(request, "language")
        told_in = _language(pack, language)
        return _json({"questions": [asked(name, told_in) for name in pack.questions]})

    @api.post(
        "/next",
        openapi_extra=takes_project,
        responses=_gives("The question to ask next, or null.", "settled", "open", "question"),
    )
    def ask(
        request: Request, sent: Sent, lens: Lens = "today", language: str = spoken
    ) -> JSONResponse:
        """Name the open question whose answer can change the advice most.

        What is answered with `unknown` counts as asked. `question` is null once more answers
        would hardly change the advice, or every question that could was asked.
        """
        _known(request, "lens", "language")
        told_in, profile = _language(pack, language), _project(sent, pack)
        case = Case.of(profile, pack, lens=lens)
        return _json(next_asked(next_of(case, profile.unknown), proof_of(case), case, told_in))

    @api.post(
        "/recommend",
        openapi_extra=takes_project,
        responses=_gives("The advice.", "kind", "headline", "outcome", "best"),
    )
    def advise(
        request: Request,
        sent: Sent,
        lens: Lens = "today",
        language: str = spoken,
        detail: Detail = "brief",
    ) -> JSONResponse:
        """Recommend a candidate, in brief or with the whole account (docs/json.md)."""
        _known(request, "lens", "language", "detail")
        told_in = _language(pack, language).spoken
        advice = recommend(_project(sent, pack), pack, lens=lens)
        tell = brief if detail == "brief" else as_data
        return _json(tell(advice, language=told_in))

    @api.post(
        "/plan",
        openapi_extra=takes_project,
        responses=_gives("What to do with what is advised.", "best", "plan"),
    )
    def plan(
        request: Request, sent: Sent, lens: Lens = "today", language: str = spoken
    ) -> JSONResponse:
        """Tell step by step what stays, what to build in, and how it gets to each target."""
        _known(request, "lens", "language")
        told_in = _language(pack, language).spoken
        advice = recommend(_project(sent, pack), pack, lens=lens, samples=0)
        teller = Teller(advice, told_in)
        steps = [{**json_value(step), "says": told(teller, step)} for step in advice.plan]
        return _json({"best": advice.best, "plan": steps})

    @api.get("/routes", responses=_gives("Ways to deployment targets.", "routes"))
    def routes(
        request: Request, candidate: str = from_candidate, target: str = to_target
    ) -> JSONResponse:
        """List the ways from a candidate to a deployment target, all of them or some."""
        _known(request, "candidate", "target")
        _one_of("candidate", candidate, ["", *pack.candidates])
        _one_of("target", target, ["", *targets])
        found = []
        for each in pack.routes:
            if candidate in ("", each.candidate) and target in ("", each.target):
                sources = [pack.reference(cited) for cited in each.sources]
                told = {name: getattr(each, name) for name in ROUTE}
                found.append({**told, "sources": sources})
        return _json({"routes": found})

    @api.get("/schema", responses=_gives("A JSON Schema (draft 2020-12).", "properties"))
    def schema() -> JSONResponse:
        """Describe a project for these rules, as a JSON Schema."""
        return _json(project_schema(pack))

    return api


PROBLEMS: dict[int | str, dict[str, Any]] = {
    UNPROCESSABLE: {"description": "What is wrong, each with its remedy.", "content": CONTENT}
}


def _gives(what: str, *keys: str) -> dict[int | str, dict[str, Any]]:
    schema = {"type": "object", "required": list(keys)}
    return {200: {"description": what, "content": {"application/json": {"schema": schema}}}}


def _example(pack: Pack) -> dict[str, Any]:
    """Return a project to try: the first question that takes one answer of several, answered."""
    for question in pack.questions.values():
        if question.type == "choice" and question.when is None:
            return {"name": "example", "answers": {question.id: next(iter(question.choices))}}
    return {"answers": {}}


def _choice(known: list[str], about: str) -> Any:
    """Describe a parameter of few values, of which the first is meant where it is left out."""
    return Query(known[0], description=about, json_schema_extra={"enum": known})


def _json(value: Any) -> JSONResponse:
    return JSONResponse(json_value(value))


def _project(text: bytes, pack: Pack) -> Profile:
    """Read the project in a request's body; raises `ProfileError` with every fault found."""
    where = Place("project")
    if key := doubled(text):
        raise ProfileError(Fault(where, f"`{key}` is written twice", "keep one of the two"))
    try:
        project = json.loads(text, parse_constant=refuse_constant)
    except (ValueError, RecursionError) as error:
        told = "too deep" if isinstance(error, RecursionError) else str(error)
        raise ProfileError(Fault(where, f"is not JSON: {told}")) from None
    if not isinstance(project, dict):
        raise ProfileError(Fault(where, "is no object", "send one with `answers`"))
    return load_profile(project, pack)


def _language(pack: Pack, code: str) -> Language:
    _one_of("language", code, [ENGLISH, *sorted(pack.locales)])
    return Language(pack, code)


def _unfit(error: Mapping[str, Any]) -> str:
    name = error["loc"][-1]
    if error["type"] != "literal_error":
        return f"`{name}`: {error['msg']}"
    known = re.findall(r"'([^']+)'", error["ctx"]["expected"])
    return str(_not_of(name, error["input"], known))


def _not_of(name: str, value: object, known: list[str]) -> Fault:
    known = [each for each in known if each]
    return Fault(None, f"`{name}` cannot be `{value}`", did_you_mean(value, known))


def _one_of(name: str, value: str, known: list[str]) -> None:
    if value not in known:
        raise UsageError(_not_of(name, value, known))


def _known(request: Request, *names: str) -> None:
    """Refuse parameters that nothing reads: one of them may be a wrong spelling."""
    faults = [
        Fault(None, f"there is no parameter `{name}`", did_you_mean(name, names))
        for name in request.query_params
        if name not in names
    ]
    if faults:
        raise UsageError(faults)
