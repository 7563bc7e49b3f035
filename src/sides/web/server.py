"""The server that speaks HTTP for the app: uvicorn, with a limit on every wait for a client."""

from __future__ import annotations

import asyncio
import socket
from typing import TYPE_CHECKING, Any, cast

import h11
import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from sides.model.errors import SidesError
from sides.web.guard import HEAD_BYTES, URL_BYTES

if TYPE_CHECKING:
    from starlette.types import ASGIApp

HEAD_SECONDS = 10.0  # from a request's first byte to the end of its head
IDLE_SECONDS = 5  # a connection stays open for so long without a request
CONNECTIONS = 512  # those past it are answered 503


class AddressTaken(SidesError):
    """The address that was to be served on cannot be had."""


class PatientProtocol(H11Protocol):
    """HTTP/1.1 as uvicorn speaks it, but not waiting for the end of a request's head for ever."""

    _head_timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """A client has connected: its request is due."""
        super().connection_made(cast("asyncio.Transport", transport))
        self._await_head()

    def data_received(self, data: bytes) -> None:
        """A part of a request has come."""
        super().data_received(data)
        if self.conn.their_state is not h11.IDLE:
            self._head_has_come()
        elif self._head_timer is None:
            self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """The client has gone."""
        self._head_has_come()
        super().connection_lost(exc)

    def _await_head(self) -> None:
        self._head_timer = self.loop.call_later(HEAD_SECONDS, self.timeout_keep_alive_handler)

    def _head_has_come(self) -> None:
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None


def bound(host: str, port: int) -> socket.socket:
    """A socket that listens at an address; port 0 takes a free one. Raises `AddressTaken`."""
    try:
        family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        return socket.create_server(address[:2], family=family, backlog=256)
    except (OSError, UnicodeError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise AddressTaken(f"{host} port {port} cannot be served on: {reason}. Choose another with --port or "
                           "--host; --port 0 takes any free one.") from error


def server(app: ASGIApp) -> uvicorn.Server:
    """A server of the app, to be run with a socket of `bound`.

    Nothing is logged of a request, as an address may hold the token, nor sent about what answers it.
    """
    return uvicorn.Server(uvicorn.Config(
        cast("Any", app), http=PatientProtocol, ws="none", lifespan="auto", log_level="warning", access_log=False,
        server_header=False, proxy_headers=False, limit_concurrency=CONNECTIONS, timeout_keep_alive=IDLE_SECONDS,
        timeout_graceful_shutdown=3, h11_max_incomplete_event_size=2 * (HEAD_BYTES + URL_BYTES)))
