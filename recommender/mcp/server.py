"""The server: tools, resources and the prompt joined to the protocol."""

from __future__ import annotations

import asyncio
import io
import sys
from typing import TYPE_CHECKING, Any

from mcp import MCPError
from mcp.server import Server
from mcp.server.stdio import stdio_server
from mcp.types import (
    INVALID_PARAMS,
    CallToolResult,
    GetPromptResult,
    InputRequiredResult,
    ListPromptsResult,
    ListResourcesResult,
    ListResourceTemplatesResult,
    ListRootsRequest,
    ListRootsResult,
    ListToolsResult,
    Prompt,
    PromptArgument,
    PromptMessage,
    ReadResourceResult,
    Resource,
    ResourceTemplate,
    TextContent,
    TextResourceContents,
    Tool,
    ToolAnnotations,
)

from recommender.nouns.errors import RecommenderError, did_you_mean
from recommender.output.formats.json import error_as_data, write
from recommender.version import __version__

from . import resources
from .lines import Lines
from .prompts import ARGUMENT, INSTRUCTIONS, PROMPT, interview
from .roots import folders_of
from .tools import tools

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mcp.server import ServerRequestContext
    from mcp.types import (
        CallToolRequestParams,
        GetPromptRequestParams,
        PaginatedRequestParams,
        ReadResourceRequestParams,
    )

    from recommender.nouns.pack import Pack

    Context = ServerRequestContext[Any]

JSON = "application/json"

HARMLESS = ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)
"""No tool changes anything, and each answers the same again."""

SECONDS = 30.0
"""How long a client may take to tell its roots."""

ROOTS = "roots"
"""Under which key a client is asked for its roots, since the protocol of 2026."""


def run(pack: Pack, roots: Sequence[str] = ()) -> None:
    """Serve one client on standard input and output until it goes away."""
    sys.stdin = io.TextIOWrapper(Lines(sys.stdin.buffer))
    try:
        asyncio.run(_serve(server_of(pack, roots)))
    except* BrokenPipeError:
        pass  # it has gone before the answer


async def _serve(server: Server[Any]) -> None:
    async with stdio_server() as (incoming, outgoing):
        await server.run(incoming, outgoing, server.create_initialization_options())


def server_of(pack: Pack, roots: Sequence[str] = ()) -> Server[Any]:
    """Return a server over one pack; with `roots` it asks no client for those."""
    offered = _Offered(pack, roots)
    return Server(
        "framework-recommender",
        version=__version__,
        title="Framework recommender",
        instructions=INSTRUCTIONS,
        on_list_tools=offered.list_tools,
        on_call_tool=offered.call_tool,
        on_list_resources=offered.list_resources,
        on_list_resource_templates=offered.list_templates,
        on_read_resource=offered.read_resource,
        on_list_prompts=offered.list_prompts,
        on_get_prompt=offered.get_prompt,
    )


class _Offered:
    """What is offered over one pack, a method for each request.

    Advice is worked out in a thread, so that a client that asks for something else meanwhile, or
    sends a ping, need not wait.
    """

    def __init__(self, pack: Pack, roots: Sequence[str]) -> None:
        self._pack = pack
        self._roots = roots
        self._tools = tools(pack)

    async def list_tools(self, _: Context, __: PaginatedRequestParams | None) -> ListToolsResult:
        listed = [
            Tool(
                name=tool.name,
                title=tool.title,
                description=tool.description,
                input_schema=tool.schema,
                annotations=HARMLESS,
            )
            for tool in self._tools.values()
        ]
        return ListToolsResult(tools=listed)

    async def call_tool(
        self, context: Context, asked: CallToolRequestParams
    ) -> CallToolResult | InputRequiredResult:
        tool = self._tools.get(asked.name)
        if tool is None:
            hint = did_you_mean(asked.name, self._tools)
            raise MCPError(INVALID_PARAMS, f"there is no tool `{asked.name}`; {hint}")
        roots = await self._declared(context, asked) if tool.reads else ()
        if roots is None:
            return InputRequiredResult(input_requests={ROOTS: ListRootsRequest()})
        try:
            text = await asyncio.to_thread(tool, asked.arguments or {}, roots)
        except RecommenderError as error:
            # A client shows this to its model, which can then mend what it sent.
            told = write(error_as_data(error))
            return CallToolResult(content=[TextContent(text=told)], is_error=True)
        return CallToolResult(content=[TextContent(text=text)])

    async def _declared(
        self, context: Context, asked: CallToolRequestParams
    ) -> Sequence[str] | None:
        """Return the folders that may be read; none until the client has been asked for them."""
        capabilities = context.session.client_capabilities
        if self._roots or capabilities is None or capabilities.roots is None:
            return self._roots
        if context.session.can_send_request:
            try:
                told = await context.session.send_request(
                    ListRootsRequest(), ListRootsResult, SECONDS
                )
            except (MCPError, ValueError):  # it declared what it cannot tell
                return ()
        else:
            answer = (asked.input_responses or {}).get(ROOTS)
            if not isinstance(answer, ListRootsResult):
                return None
            told = answer
        return folders_of(str(each.uri) for each in told.roots)

    async def list_resources(
        self, _: Context, __: PaginatedRequestParams | None
    ) -> ListResourcesResult:
        listed = [Resource(**each._asdict(), mime_type=JSON) for each in resources.RESOURCES]
        return ListResourcesResult(resources=listed)

    async def list_templates(
        self, _: Context, __: PaginatedRequestParams | None
    ) -> ListResourceTemplatesResult:
        listed = [
            ResourceTemplate(
                uri_template=uri, name=name, title=title, description=about, mime_type=JSON
            )
            for uri, name, title, about in resources.TEMPLATES
        ]
        return ListResourceTemplatesResult(resource_templates=listed)

    async def read_resource(
        self, _: Context, asked: ReadResourceRequestParams
    ) -> ReadResourceResult:
        try:
            text = resources.read(asked.uri, self._pack)
        except RecommenderError as error:
            raise MCPError(INVALID_PARAMS, str(error), {"uri": asked.uri}) from None
        found = TextResourceContents(uri=asked.uri, mime_type=JSON, text=text)
        return ReadResourceResult(contents=[found])

    async def list_prompts(
        self, _: Context, __: PaginatedRequestParams | None
    ) -> ListPromptsResult:
        argument = PromptArgument(name=ARGUMENT, description="What is known of the project.")
        prompt = Prompt(
            name=PROMPT,
            title="Choose a deep-learning framework",
            description="Interview the user, then recommend PyTorch, TensorFlow or another.",
            arguments=[argument],
        )
        return ListPromptsResult(prompts=[prompt])

    async def get_prompt(self, _: Context, asked: GetPromptRequestParams) -> GetPromptResult:
        given = asked.arguments or {}
        if asked.name != PROMPT:
            raise MCPError(INVALID_PARAMS, f"there is no prompt `{asked.name}`; one of: {PROMPT}")
        strange = sorted(given.keys() - {ARGUMENT})
        if strange:
            told = f"the prompt takes no `{strange[0]}`; one of: {ARGUMENT}"
            raise MCPError(INVALID_PARAMS, told)
        text = TextContent(text=interview(given.get(ARGUMENT, "")))
        return GetPromptResult(messages=[PromptMessage(role="user", content=text)])
