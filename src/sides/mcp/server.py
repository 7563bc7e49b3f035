"""The server: the tools over standard input and output, by the official SDK. It reads a ledger and writes nothing."""

from __future__ import annotations

import functools
import inspect
import json
from collections.abc import Callable
from importlib.metadata import version as version_of
from pathlib import Path
from threading import Lock
from typing import Annotated, Any

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import CallToolResult, TextContent, ToolAnnotations
from pydantic import BaseModel

from sides.mcp.tools import Tools
from sides.mcp.untrusted import INSTRUCTIONS, marked
from sides.model.errors import SidesError, UnknownActor

TOOLS = ("find_actor", "tie", "why", "changes", "disagreements", "mediators", "balance", "outlook", "forecast",
         "search_quotes")
READ_ONLY = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)


def server(path: Path, version: int | None = None) -> MCPServer[Any]:
    """A server of a ledger, at its newest version at the time of each question, or at one. Raises `NotALedger`."""
    tools, lock = Tools(path, version), Lock()
    made: MCPServer[Any] = MCPServer("sides", instructions=INSTRUCTIONS, version=version_of("sides"),
                                     log_level="WARNING", subscriptions=False)
    for name in TOOLS:
        made.add_tool(_told(getattr(tools, name), lock), annotations=READ_ONLY)
    return made


def _told(tool: Callable[..., BaseModel], lock: Lock) -> Callable[..., CallToolResult]:
    """A tool whose answer has two forms: structured, and as text in which the words of documents are marked.

    One question at a time: what a ledger has open is not for several threads.
    """
    @functools.wraps(tool)
    def told(**arguments: Any) -> CallToolResult:
        try:
            with lock:
                answer = tool(**arguments)
        except UnknownActor as error:
            raise ToolError(f"{error} The tool find_actor searches them.") from error
        except SidesError as error:
            raise ToolError(str(error)) from error
        text = json.dumps(marked(answer), ensure_ascii=False, separators=(",", ":"))
        return CallToolResult(content=[TextContent(text=text)], structured_content=answer.model_dump(mode="json"))

    signature = inspect.signature(tool, eval_str=True)
    answered = Annotated[CallToolResult, signature.return_annotation]
    told.__signature__ = signature.replace(return_annotation=answered)  # type: ignore[attr-defined]
    return told
