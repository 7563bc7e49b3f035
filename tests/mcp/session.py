"""A session with `sides mcp` as a client has it: the SDK's own, over standard input and output of a process."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from anyio.from_thread import BlockingPortal, start_blocking_portal
from mcp.types import CallToolResult, Tool

import sides
from mcp import Client, StdioServerParameters, stdio_client

SOURCE = str(Path(sides.__file__).parents[1])


class Session:
    """Calls tools, one after the other."""

    def __init__(self, client: Client, portal: BlockingPortal) -> None:
        self.client, self._portal = client, portal
        self._told: dict[str, CallToolResult] = {}

    def tools(self) -> dict[str, Tool]:
        return {tool.name: tool for tool in self._portal.call(self.client.list_tools).tools}

    def call(self, tool: str, **arguments: Any) -> CallToolResult:
        """The answer, asked for once: the same question of the same version has the same answer."""
        question = json.dumps([tool, arguments])
        if question not in self._told:
            self._told[question] = self._portal.call(self.client.call_tool, tool, arguments)
        return self._told[question]

    def ask(self, tool: str, **arguments: Any) -> dict[str, Any]:
        """The structured answer to a question that is answered."""
        result = self.call(tool, **arguments)
        assert not result.is_error, result.content
        assert result.structured_content is not None
        return result.structured_content

    def refused(self, tool: str, **arguments: Any) -> str:
        """The message of a refusal."""
        result = self.call(tool, **arguments)
        assert result.is_error, result.structured_content
        return result.content[0].text


@contextmanager
def session(ledger: Path) -> Iterator[Session]:
    """A session about a ledger, and the process that answers it."""
    path = os.pathsep.join(filter(None, (SOURCE, os.environ.get("PYTHONPATH"))))
    started = StdioServerParameters(command=sys.executable, args=["-m", "sides", "mcp", str(ledger)],
                                    env={"PYTHONPATH": path})
    with start_blocking_portal() as portal, \
            portal.wrap_async_context_manager(Client(stdio_client(started))) as client:
        yield Session(client, portal)
