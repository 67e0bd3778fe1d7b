"""The door for browsers: the questionnaire as a page, the advice as a page, and both as JSON.

Needs the extra `web`. Nothing is stored: a page is made from the answers sent, and forgotten.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from recommender.engine import recommend
from recommender.loading import load_profile
from recommender.nouns.errors import RecommenderError
from recommender.output import render
from recommender.output.json import as_data

if TYPE_CHECKING:
    from starlette.datastructures import FormData

    from recommender.nouns.pack import Pack
    from recommender.nouns.profile import Profile

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
    "script-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
UNKNOWN = "unknown"
UNPROCESSABLE = 422


def application(pack: Pack) -> FastAPI:
    """Build the web application over one pack."""
    app = FastAPI(title=pack.title, docs_url=None, redoc_url=None)
    pages = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined
    )

    def page(**words: Any) -> HTMLResponse:
        text = pages.get_template("questionnaire.html").render(pack=pack, **words)
        return HTMLResponse(text, headers=HEADERS)

    @app.exception_handler(RequestValidationError)
    def unfit(_: Request, error: RequestValidationError) -> JSONResponse:
        # FastAPI's own answer repeats the input, which need not be text that can be sent.
        return JSONResponse({"detail": [each["msg"] for each in error.errors()]}, UNPROCESSABLE)

    @app.get("/")
    def questionnaire() -> HTMLResponse:
        return page(given={}, faults=())

    @app.post("/")
    async def answered(request: Request) -> HTMLResponse:
        form = await request.form(max_files=0, max_fields=1000)
        project = _project(form, pack)
        try:
            profile = load_profile(project, pack)
        except RecommenderError as error:
            return page(given=project["answers"], faults=error.faults)
        return HTMLResponse(render(recommend(profile, pack), "html"), headers=HEADERS)

    @app.get("/api/questions")
    def questions() -> list[dict[str, Any]]:
        return [
            {"id": q.id, "ask": q.ask, "type": q.type, "choices": dict(q.choices)}
            for q in pack.questions.values()
        ]

    @app.post("/api/recommend")
    def advise(project: dict[str, Any]) -> JSONResponse:
        return JSONResponse(as_data(recommend(_checked(project, pack), pack)))

    return app


def _checked(project: dict[str, Any], pack: Pack) -> Profile:
    try:
        return load_profile(project, pack)
    except RecommenderError as error:
        raise HTTPException(UNPROCESSABLE, [str(fault) for fault in error.faults]) from None


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
