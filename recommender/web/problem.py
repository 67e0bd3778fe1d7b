"""What is wrong with a request, as application/problem+json (RFC 9457)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from starlette.responses import JSONResponse

PROBLEM = "application/problem+json"
UNPROCESSABLE = 422

SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["type", "title", "status", "detail", "faults"],
    "properties": {
        "type": {"const": "about:blank"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "faults": {"type": "array", "items": {"type": "string"}},
    },
}
CONTENT: dict[str, Any] = {PROBLEM: {"schema": SCHEMA}}
"""How an API description says that an answer is a problem."""


def problem(
    faults: Sequence[str], status: int = UNPROCESSABLE, headers: Mapping[str, str] | None = None
) -> JSONResponse:
    """Return what is wrong with a request, in lines as the command line tells them.

    >>> problem(["there is no parameter `x`"]).status_code
    422
    """
    body = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": "; ".join(faults),
        "faults": list(faults),
    }
    return JSONResponse(body, status, headers, PROBLEM)
