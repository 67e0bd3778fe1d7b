"""The door for browsers: the questionnaire and the advice as pages, and an API beside.

Needs the extra `web`. Nothing is stored: a page is made from the answers sent, and forgotten.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI, HTTPException, Request
from fastapi.responses import HTMLResponse, JSONResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.concurrency import run_in_threadpool
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.routing import Route

from recommender.engine import recommend
from recommender.loading import load_profile
from recommender.nouns.errors import RecommenderError
from recommender.output import render

from . import api
from .limits import Bounded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.datastructures import FormData

    from recommender.nouns.pack import Pack

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
    "script-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
REFUSALS = {
    400: "The request is none, or for another host",
    408: "The request took too long to arrive",
    413: "The request brings more than a file may hold",
}
DETAIL = {"type": "object", "properties": {"detail": {}}, "required": ["detail"]}
REFUSED: dict[str, Any] = {"content": {"application/json": {"schema": DETAIL}, "text/plain": {}}}
FORM = {
    "content": {
        kind: {"schema": {"type": "object"}}
        for kind in ("application/x-www-form-urlencoded", "multipart/form-data")
    }
}
UNKNOWN = "unknown"


def application(pack: Pack, hosts: Sequence[str] = ("*",)) -> FastAPI:
    """Build the web application over one pack, which answers requests to some host names.

    A page of another site can let a browser send requests here under a name of its own (DNS
    rebinding): those are refused.
    """
    app = FastAPI(
        title=pack.title,
        version=pack.version,
        docs_url=None,
        redoc_url=None,
        responses={code: {"description": told, **REFUSED} for code, told in REFUSALS.items()},
    )
    _tell_faults(app)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(hosts), www_redirect=False)
    app.add_middleware(Bounded, headers=HEADERS)
    api.install(app, pack)
    pages = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined
    )

    def page(**words: Any) -> HTMLResponse:
        text = pages.get_template("questionnaire.html").render(pack=pack, **words)
        return HTMLResponse(text)

    @app.get("/healthz")
    def healthy() -> dict[str, str]:
        """Say that requests are answered, and over which pack."""
        return {"status": "ok", "pack": pack.id, "version": pack.version}

    @app.get("/", response_class=HTMLResponse)
    def questionnaire() -> HTMLResponse:
        """Show the questions as a page."""
        return page(given={}, faults=())

    @app.post("/", response_class=HTMLResponse, openapi_extra={"requestBody": FORM})
    async def answered(request: Request) -> HTMLResponse:
        """Show the advice as a page, or the questions again with what is wrong."""
        form = await request.form(max_files=0, max_fields=1000)
        return await run_in_threadpool(advised, _project(form, pack))

    def advised(project: dict[str, Any]) -> HTMLResponse:
        try:
            profile = load_profile(project, pack)
        except RecommenderError as error:
            return page(given=project["answers"], faults=error.faults)
        return HTMLResponse(render(recommend(profile, pack), "html"))

    return app


def _tell_faults(app: FastAPI) -> None:
    """Word the answers to requests that are at fault."""

    @app.exception_handler(405)
    def unasked(request: Request, error: HTTPException) -> JSONResponse:
        # Starlette names the methods of one route, and this path may have two.
        here = [
            each for each in app.routes if isinstance(each, Route) and each.path == request.url.path
        ]
        methods = sorted({name for each in here for name in each.methods or ()})
        return JSONResponse({"detail": error.detail}, 405, {"Allow": ", ".join(methods)})


def _project(form: FormData, pack: Pack) -> dict[str, Any]:
    """Turn a form into a project: what is left at "I don't know" is left out."""
    answers: dict[str, Any] = {}
    for question in pack.questions.values():
        given = [_text(value) for value in form.getlist(question.id) if value not in ("", UNKNOWN)]
        if not given:
            continue
        if question.type == "many":
            answers[question.id] = given
        elif question.type == "flag":
            answers[question.id] = {"true": True, "false": False}.get(given[0], given[0])
        elif question.type in ("scale", "number"):
            answers[question.id] = _number(given[0])
        else:
            answers[question.id] = given[0]
    name = form.get("name")
    return {"name": _text(name) if isinstance(name, str) else "", "answers": answers}


def _text(value: Any) -> str:
    """Return a form's value with `?` for half a surrogate pair, which some charsets can say."""
    return str(value).encode("utf-8", "replace").decode()


def _number(text: str) -> int | float | str:
    try:
        return int(text) if text.lstrip("-").isdecimal() else float(text)
    except ValueError:
        return text
