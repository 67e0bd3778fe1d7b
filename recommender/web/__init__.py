"""The door for browsers: questions and advice as pages, and an API beside.

Needs the extra `web`. Nothing is stored: a page is made from its address, and forgotten.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from fastapi import FastAPI, HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.middleware.gzip import GZipMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware

from recommender.nouns.observation import Observations
from recommender.nouns.pack import Pack
from recommender.output.formats.html import html_tag

from . import api
from .limits import Bounded
from .pages import FILES, MISSING, SEE_OTHER, Pages, Reply, Visit
from .problem import CONTENT, problem
from .style import SCRIPT, SHEET

PACKED = 2_000
"""Bytes from which an answer is packed: each weight that is moved asks for the advice again."""

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self' data:; "
    "script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
REFUSALS = {
    400: "The request is none, or for another host",
    408: "The request took too long to arrive",
    413: "The request brings more than a file may hold",
    414: "The address is too long",
}
REFUSED: dict[str, Any] = {"content": {**CONTENT, "text/plain": {}}}


def application(
    pack: Pack, hosts: Sequence[str] = ("*",), observations: Observations | None = None
) -> FastAPI:
    """Build the web application over one pack, which answers requests to some host names.

    The pages show `observations`, what a probe saw; the API knows nothing of a machine.

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
    pages = Pages(pack, observations)
    _tell_faults(app, pages)
    app.add_middleware(GZipMiddleware, minimum_size=PACKED)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(hosts), www_redirect=False)
    app.add_middleware(Bounded, headers=HEADERS)
    api.install(app, pack)
    _install_pages(app, pages)

    @app.get("/healthz")
    def healthy() -> dict[str, str]:
        """Say that requests are answered, and over which pack."""
        return {"status": "ok", "pack": pack.id, "version": pack.version}

    return app


def _install_pages(app: FastAPI, pages: Pages) -> None:
    """Add what people see, which the description for programs leaves out."""

    def shows(path: str, told: Callable[[Visit], Reply]) -> None:
        @app.get(path, include_in_schema=False)
        def page(request: Request) -> Response:
            return _answer(told(_visit(pages, request)))

    shows("/", Visit.start)
    shows("/ask", Visit.ask)
    shows("/all", Visit.every)
    shows("/advice", Visit.advice)

    @app.get("/files/{name}", include_in_schema=False)
    def file(name: str, request: Request) -> Response:
        if name not in FILES:
            raise HTTPException(404)
        reply = _visit(pages, request).file(name)
        if reply.status == SEE_OTHER:
            return _answer(reply)
        disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
        return Response(reply.text, reply.status, disposition, FILES[name][0])

    @app.get("/page.css", include_in_schema=False)
    def sheet() -> Response:
        return Response(SHEET, media_type="text/css")

    @app.get("/page.js", include_in_schema=False)
    def script() -> Response:
        return Response(SCRIPT, media_type="text/javascript")


def _visit(pages: Pages, request: Request) -> Visit:
    preferred = request.headers.get("accept-language", "")
    return pages.visit(request.query_params.multi_items(), preferred)


def _answer(reply: Reply) -> Response:
    told = {"Content-Language": html_tag(reply.language), "Vary": "Accept-Language"}
    if reply.status == SEE_OTHER:
        return RedirectResponse(reply.text, reply.status, told)
    return HTMLResponse(reply.text, reply.status, told)


def _tell_faults(app: FastAPI, pages: Pages) -> None:
    """Word the answers to requests at fault: to people as pages, to programs as problems."""

    @app.exception_handler(404)
    def missing(request: Request, _: HTTPException) -> Response:
        if "text/html" not in request.headers.get("accept", ""):
            return problem([f"there is nothing at {request.url.path}"], MISSING)
        return _answer(_visit(pages, request).missing())

    @app.exception_handler(405)
    def unasked(request: Request, error: HTTPException) -> Response:
        told = f"{request.url.path} does not take {request.method}"
        allowed = dict(error.headers or {})
        return problem([f"{told}; one of: {allowed.get('Allow', '')}"], error.status_code, allowed)
