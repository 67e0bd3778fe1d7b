"""The door for agents: questions, the next question and a recommendation as MCP tools.

Model Context Protocol, https://modelcontextprotocol.io; needs the extra `mcp`.
"""

from __future__ import annotations

import io
import re
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any, BinaryIO

from .nouns.errors import RecommenderError, lacks_extra

if TYPE_CHECKING:
    from collections.abc import Callable

    from .nouns.pack import Pack
    from .nouns.profile import Profile

INSTRUCTIONS = (
    "Recommends a deep-learning framework for a project. Ask the user the questions that "
    "`next_question` names, one at a time, until it says that nothing more can change the "
    "result; then call `recommend` with all the answers. Never guess an answer: leave it out."
)


def faulty(error: RecommenderError) -> dict[str, Any]:
    """Word what is wrong as a result: a client shows that to its model, which can then mend it."""
    return {"kind": "error", "faults": [str(fault) for fault in error.faults]}


def tools(pack: Pack) -> list[Callable[..., Any]]:
    """Give the tools as plain functions over one pack.

    >>> from recommender import load_pack
    >>> [tool.__name__ for tool in tools(load_pack("tests/toy/rules"))]
    ['questions', 'next_question', 'recommend']
    """

    def profile_of(answers: dict[str, Any], weights: dict[str, int] | None = None) -> Profile:
        from .loading import load_profile  # noqa: PLC0415  (when first called)

        return load_profile({"answers": answers, "weights": weights or {}}, pack)

    def questions() -> list[dict[str, Any]]:
        """List every question: its id, words, type and possible answers."""
        return [
            {
                "id": question.id,
                "ask": question.ask,
                "type": question.type,
                "choices": dict(question.choices),
                "help": question.help,
            }
            for question in pack.questions.values()
        ]

    def next_question(answers: dict[str, Any]) -> dict[str, Any]:
        """Name the unanswered question that can move the result most, if any still can."""
        from .reflecting.interview import next_question as inquire  # noqa: PLC0415

        try:
            inquiry = inquire(profile_of(answers), pack)
        except RecommenderError as error:
            return faulty(error)
        if inquiry is None:
            return {"question": None, "because": "no remaining answer can change the result"}
        question = pack.questions[inquiry.question]
        return {
            "question": question.id,
            "ask": question.ask,
            "type": question.type,
            "choices": dict(question.choices),
        }

    def recommend(answers: dict[str, Any], weights: dict[str, int] | None = None) -> dict[str, Any]:
        """Recommend a framework for these answers, with every reason and its source."""
        from .engine import recommend as advise  # noqa: PLC0415
        from .output.json import as_data  # noqa: PLC0415

        try:
            return as_data(advise(profile_of(answers, weights), pack))
        except RecommenderError as error:
            return faulty(error)

    return [questions, next_question, recommend]


def serve(pack: Pack) -> None:
    """Serve the tools on standard input and output; raises `UsageError` without the extra."""
    server = _server_class()("framework-recommender", instructions=INSTRUCTIONS)
    for tool in tools(pack):
        server.tool()(tool)
    sys.stdin = io.TextIOWrapper(_WholePairs(sys.stdin.buffer))
    server.run("stdio")


_ESCAPES = re.compile(rb"\\(?:u[dD][89abAB]..\\u[dD][c-fC-F]..|(u[dD][89a-fA-F]..)|.)")


class _WholePairs(io.BufferedIOBase):
    """Lines of JSON with the escape of U+FFFD for half a surrogate pair.

    The server's parser leaves a line that has one without an answer, for which the client waits.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def read1(self, _: int = -1) -> bytes:
        return _ESCAPES.sub(lambda m: rb"\ufffd" if m[1] else m[0], self._stream.readline())


def _server_class() -> Any:
    """Find the server class under the name it has since 2.0, or the one before."""
    for module, name in (("mcp.server", "MCPServer"), ("mcp.server.fastmcp", "FastMCP")):
        try:
            found = getattr(import_module(module), name, None)
        except ImportError:
            continue
        if found is not None:
            return found
    raise lacks_extra("serving agents", "mcp")
