"""Limits of the page: how much a request may bring, and how long it may take to arrive.

What a client sends slowly keeps nobody else waiting, and what it sends without end is not held.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from uvicorn.protocols.http.h11_impl import H11Protocol

from recommender.loading.files import SIZE_LIMIT
from recommender.loading.json_limits import excess

from .problem import problem

if TYPE_CHECKING:
    from starlette.responses import Response
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

SECONDS = 10.0
"""How long a client may take to send the head of a request, and then its body."""

CONNECTIONS = 500
"""Connections at once; further ones are told that the service is not available (503)."""

LATE, TOO_MUCH, TOO_LONG = 408, 413, 414
LONGEST = 8192
"""Bytes of an address, with its query: what servers and browsers between take too."""

LET_GO = 64
"""Pieces that are read, and not kept, of what a client still sends when it is refused."""

JSON = b"application/json"


class Bounded:
    """An application that gets whole requests: in time, and of no more than a file may hold.

    Each answer carries those of `headers` that it does not set itself. A HEAD request is answered
    as GET, of which the server sends the head alone.
    """

    def __init__(self, app: ASGIApp, headers: dict[str, str]) -> None:
        self._app = app
        self._headers = [(name.lower().encode(), text.encode()) for name, text in headers.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = {name.lower() for name, _ in message["headers"]}
                added = [each for each in self._headers if each[0] not in given]
                message = {**message, "headers": [*message["headers"], *added]}
            await send(message)

        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if len(scope["raw_path"]) + len(scope["query_string"]) >= LONGEST:
            await _refusal(TOO_LONG, f"the address has more than {LONGEST} bytes")(
                scope, receive, answer
            )
            return
        try:
            async with asyncio.timeout(SECONDS):
                body = await _body(receive)
        except TimeoutError:
            told = f"the request took more than {SECONDS:g} seconds to arrive"
            await _refusal(LATE, told)(scope, receive, answer)
            return
        if body is None:  # the client has gone
            return
        kind = dict(scope["headers"]).get(b"content-type", b"").lower()
        told = excess(body) if kind.startswith(JSON) or len(body) > SIZE_LIMIT else ""
        if told:
            last = _lingering(receive, answer) if len(body) > SIZE_LIMIT else answer
            await _refusal(TOO_MUCH, f"the request has {told}")(scope, receive, last)
            return
        read = False

        async def replayed() -> Message:
            nonlocal read
            if read:
                return await receive()
            read = True
            return {"type": "http.request", "body": body, "more_body": False}

        method = "GET" if scope["method"] == "HEAD" else scope["method"]
        await self._app({**scope, "method": method}, replayed, answer)


async def _body(receive: Receive) -> bytes | None:
    """Read the body of a request, as far as one byte beyond the limit."""
    parts, size, more = [], 0, True
    while more and size <= SIZE_LIMIT:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        more = message.get("more_body", False)
    return b"".join(parts)


def _lingering(receive: Receive, send: Send) -> Send:
    """Return how to send an answer at once, and to close only when the client has read it.

    One that still sends when the connection is closed would not get to see it.
    """

    async def lingering(message: Message) -> None:
        if message["type"] != "http.response.body":
            await send(message)
            return
        await send({**message, "more_body": True})
        with suppress(TimeoutError):
            async with asyncio.timeout(SECONDS):
                for _ in range(LET_GO):
                    if not (await receive()).get("more_body"):
                        break
        await send({"type": "http.response.body", "body": b""})

    return lingering


def _refusal(code: int, told: str) -> Response:
    return problem([told], code, {"Connection": "close"})


class Prompt(H11Protocol):
    """The server's HTTP, which gives up on a client that does not send the head of a request."""

    _late: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        """Begin to wait for the first request."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Take what comes, and wait on where the head of a request is still not whole."""
        super().data_received(data)
        if self._between:
            self._wait()
        else:
            self._rest()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no longer."""
        self._rest()
        super().connection_lost(exc)

    @property
    def _between(self) -> bool:
        return self.cycle is None or self.cycle.response_complete

    def _wait(self) -> None:
        if self._late is None:
            self._late = self.loop.call_later(SECONDS, self._give_up)

    def _rest(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None

    def _give_up(self) -> None:
        if self._between and not self.transport.is_closing():
            self.transport.write(b"HTTP/1.1 408 Request Timeout\r\nconnection: close\r\n\r\n")
            self.transport.close()
