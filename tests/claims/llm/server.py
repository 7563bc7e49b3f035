"""A scripted OpenAI-compatible server on loopback: it answers what a test tells it to, and keeps what it was sent."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Response:
    """What is sent back; `pieces` with pauses between them where the server is slow."""

    body: bytes
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    pause_seconds: float = 0.0  # before each of its bytes


def completion(text: str, *, finish: str = "stop", prompt_tokens: int = 100, answer_tokens: int = 10) -> Response:
    """A chat completion with this text."""
    return Response(json.dumps({
        "id": "x", "object": "chat.completion", "created": 0, "model": "scripted",
        "choices": [{"index": 0, "finish_reason": finish, "message": {"role": "assistant", "content": text}}],
        "usage": {"prompt_tokens": prompt_tokens, "completion_tokens": answer_tokens,
                  "total_tokens": prompt_tokens + answer_tokens}}).encode())


def claims(*rows: Mapping[str, Any]) -> Response:
    """A completion with a list of claims."""
    return completion(json.dumps({"claims": list(rows)}))


def fault(status: int, message: str = "no", **headers: str) -> Response:
    """A refusal as servers put it."""
    return Response(json.dumps({"error": {"message": message, "type": "scripted"}}).encode(), status,
                    {name.replace("_", "-"): value for name, value in headers.items()})


Script = Callable[[dict[str, Any], int], Response]


@dataclass
class Scripted:
    """A running server: its address, and the requests that it got."""

    base_url: str
    requests: list[dict[str, Any]]
    keys: list[str]


@contextmanager
def serving(script: Script | Iterable[Response]):
    """Serve by a function of the request and its number, or by a list of responses, of which the last is repeated."""
    listed = None if callable(script) else list(script)
    requests: list[dict[str, Any]] = []
    keys: list[str] = []
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["content-length"])))
            with lock:
                number = len(requests)
                requests.append(request)
                keys.append(self.headers["authorization"])
            response = script(request, number) if listed is None else listed[min(number, len(listed) - 1)]
            self.send_response(response.status)
            for name, value in {"content-type": "application/json", "content-length": str(len(response.body)),
                                **response.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            try:
                for at in range(0, len(response.body), 1 if response.pause_seconds else 65536):
                    time.sleep(response.pause_seconds)
                    self.wfile.write(response.body[at:at + (1 if response.pause_seconds else 65536)])
                    self.wfile.flush()
            except OSError:
                pass  # the client has gone

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield Scripted(f"http://127.0.0.1:{server.server_address[1]}/v1", requests, keys)
    finally:
        server.shutdown()
        server.server_close()


def shown(request: Mapping[str, Any]) -> dict[str, Any]:
    """The passage that a request shows: date, actors, sentences."""
    return json.loads(next(one["content"] for one in request["messages"] if one["role"] == "user"))
