"""The API asked within this process, without a network."""

from __future__ import annotations

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlencode

if TYPE_CHECKING:
    from types import TracebackType

    from starlette.types import ASGIApp, Message


class InProcess:
    """An ASGI app, asked one question at a time. A context: it keeps a loop of its own, in a thread of its own."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._runner = asyncio.Runner()
        self._thread = ThreadPoolExecutor(1)  # whoever asks may be in a loop already, as in a notebook

    def __enter__(self) -> InProcess:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        self._thread.submit(self._runner.close).result()
        self._thread.shutdown()

    def ask(self, path: str, parameters: dict[str, str]) -> tuple[int, Any]:
        """The status and the JSON answer of a GET."""
        asked = self._get(path, urlencode(parameters).encode())
        status, body = self._thread.submit(self._runner.run, asked).result()
        return status, json.loads(body)

    async def _get(self, path: str, query: bytes) -> tuple[int, bytes]:
        status, parts, has_asked = 0, list[bytes](), False

        async def receive() -> Message:
            nonlocal has_asked
            if has_asked:
                await asyncio.Event().wait()  # this client does not go away
            has_asked = True
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            else:
                parts.append(message.get("body", b""))

        await self.app({"type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET",
                        "scheme": "http", "path": unquote(path), "raw_path": path.encode(), "query_string": query,
                        "root_path": "", "headers": [(b"host", b"localhost")], "client": ("127.0.0.1", 0),
                        "server": ("localhost", 80)}, receive, send)
        return status, b"".join(parts)
