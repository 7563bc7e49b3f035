"""What stands before the app and lets only through what may pass. ASGI, and nothing of the web framework.

A server on loopback is reached by every page that the user's browser has open: a page elsewhere can send requests to
it (CSRF), and by a name that it controls even read the answers (DNS rebinding). So a request must name a host that is
ours, must not come from another site, and where a token is set must bring it. The rest keeps one client from using up
the server: lengths, a rate, and a least speed of bodies. Every answer carries the headers that keep a browser from
running what stands in a document.
"""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from sides.web.rate import Rates
from sides.web.settings import Settings

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK_NAMES = frozenset(("localhost", "127.0.0.1", "::1"))
POLICY = ("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
          "font-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'")
HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
)
FRESH = (b"cache-control", b"no-cache")  # where the app says nothing else

# A permalink with a lens of many outlets has some 2,000 characters; a browser's head some 2,000 bytes in 20 lines.
URL_BYTES, HEAD_BYTES, HEAD_LINES = 8_192, 16_384, 64
QUESTION_BYTES = 1024 * 1024  # the body of a request that brings no documents
UPLOADS = "/api/reads"  # requests under it may bring `Settings.max_upload_bytes`
BODY_GRACE_SECONDS, BODY_BYTES_PER_SECOND = 20.0, 64 * 1024  # slower than any network that carries an upload at all
LINGER_SECONDS = 5.0  # for what a client that was turned away is still sending
SAFE = frozenset(("GET", "HEAD", "OPTIONS"))
METHODS = SAFE | {"POST", "PUT", "PATCH", "DELETE"}
# Asked by POST for the length of the question; they write nothing.
QUESTIONS = frozenset(("/api/what-if", "/api/preview"))
COOKIE_SECONDS = 30 * 24 * 3600

log = logging.getLogger("sides.web")


class Turned(Exception):
    """A request is turned away: the status, a kind for programs, a reason for people."""

    def __init__(self, status: int, kind: str, message: str, *headers: tuple[bytes, bytes]) -> None:
        self.status, self.kind, self.message, self.headers = status, kind, message, headers
        super().__init__(message)


class Guard:
    """The app behind its guard. `clock` counts seconds, for the rate of requests."""

    def __init__(self, app: ASGIApp, settings: Settings, clock: Callable[[], float] = time.monotonic) -> None:
        self._app = app
        self._settings = settings
        self._rates = Rates(clock)
        self._cookie = f"sides-{settings.port}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or turn it away."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            await self._answer(scope, receive, Sending(send))
        else:  # there is nothing here that speaks over web sockets
            await send({"type": "websocket.close", "code": 1008})

    async def _answer(self, scope: Scope, receive: Receive, sending: Sending) -> None:
        try:
            headers = Headers(scope)
            self._check(scope, headers)
            cookie = self._admit(scope, headers)
            if cookie is not None:
                await sending.redirect(*cookie)
                return
            await self._app(scope, Body(receive, sending, self._room(scope), headers), sending)
        except Turned as turned:
            await sending.turn_away(turned, receive)
        except Exception as error:
            log.error("%s %s failed", scope["method"], ascii(scope["path"]), exc_info=error)
            await sending.turn_away(Turned(500, "ServerError", "This is a fault of ours; the server's log tells more."))

    def _check(self, scope: Scope, headers: Headers) -> None:
        """Turn away what no page of ours sends. Raises `Turned`."""
        client = scope["client"][0] if scope.get("client") else ""
        if not self._rates.admits(client):
            raise Turned(429, "TooMany", "Too many requests. Wait a second.", (b"retry-after", b"1"))
        if scope["method"] not in METHODS:
            raise Turned(405, "BadMethod", "There is no such method here.", (b"allow", b"GET, HEAD, POST"))
        if len(scope["raw_path"]) + len(scope["query_string"]) > URL_BYTES:
            raise Turned(414, "TooLong", f"The address has more than {URL_BYTES} bytes.")
        if len(scope["headers"]) > HEAD_LINES or headers.size > HEAD_BYTES:
            raise Turned(431, "TooLong", f"The head has more than {HEAD_LINES} lines or {HEAD_BYTES} bytes.")
        if any(ord(letter) < 32 or ord(letter) == 127 for letter in scope["path"]):
            raise Turned(400, "BadRequest", "The path holds control characters.")
        if self._settings.is_loopback and host_name(headers.one(b"host")) not in LOOPBACK_NAMES:
            raise Turned(421, "WrongHost", "This server answers on localhost only. For others: sides serve --host.")
        if not host_name(headers.one(b"host")):
            raise Turned(400, "BadRequest", "The request names no host.")
        self._check_site(scope, headers)
        if self._settings.read_only and scope["method"] not in SAFE and scope["path"] not in QUESTIONS:
            raise Turned(403, "ReadOnly", "This server shows the ledger and takes no changes (--read-only).")

    def _check_site(self, scope: Scope, headers: Headers) -> None:
        """Turn away what another site's page sends, but for a link to a page of ours. Raises `Turned`."""
        is_safe = scope["method"] in SAFE
        site = headers.first(b"sec-fetch-site")
        if site:  # a browser's word, which no page can set
            is_link = is_safe and headers.first(b"sec-fetch-mode") == b"navigate" and not is_question(scope)
            is_ours = site in (b"same-origin", b"none") or is_link
        else:  # not a browser, or an old one: that tells where a page's request to write comes from
            origin = headers.first(b"origin")
            is_ours = not origin or same_host(origin, headers.one(b"host"))
        if not is_ours:
            raise Turned(403, "OtherSite", "Requests from pages of other sites are not answered.")

    def _admit(self, scope: Scope, headers: Headers) -> tuple[str, str] | None:
        """Ask for the token where one is set. With it in the address: where to go without it, and the cookie to set."""
        token = self._settings.token
        if token is None:
            return None
        fields = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        given = [value for name, value in fields if name == "token"]
        if given and scope["method"] == "GET" and is_same(given[0], token):
            rest = urlencode([(name, value) for name, value in fields if name != "token"])
            path = "/" + quote(scope["path"].lstrip("/\\"))
            secure = "; Secure" if scope["scheme"] == "https" else ""
            return (f"{path}?{rest}" if rest else path,
                    f"{self._cookie}={token}; Path=/; Max-Age={COOKIE_SECONDS}; HttpOnly; SameSite=Lax{secure}")
        scheme, _, bearer = headers.first(b"authorization").decode("latin-1").partition(" ")
        if scheme.lower() == "bearer" and is_same(bearer.strip(), token):
            return None
        if any(is_same(value, token) for value in cookies(headers.first(b"cookie"), self._cookie)):
            return None
        raise Turned(401, "NoToken", "This server asks for a token. Open the address that `sides serve` printed, or "
                     "send the header Authorization: Bearer TOKEN.", (b"www-authenticate", b"Bearer"))

    def _room(self, scope: Scope) -> int:
        """How many bytes the body of a request may have."""
        is_upload = scope["path"] == UPLOADS or scope["path"].startswith(f"{UPLOADS}/")
        return self._settings.max_upload_bytes if is_upload else QUESTION_BYTES


class Headers:
    """The lines of a request's head."""

    def __init__(self, scope: Scope) -> None:
        self._lines: list[tuple[bytes, bytes]] = scope["headers"]

    @property
    def size(self) -> int:
        """Their bytes, with the colon, the blank and the end of each line."""
        return sum(len(name) + len(value) + 4 for name, value in self._lines)

    def all(self, name: bytes) -> Iterator[bytes]:
        """The values of a header."""
        return (value for key, value in self._lines if key == name)

    def first(self, name: bytes) -> bytes:
        """The value of a header; empty where it is absent."""
        return next(self.all(name), b"")

    def one(self, name: bytes) -> bytes:
        """The value of a header that must stand there once at most. Raises `Turned`."""
        values = list(self.all(name))
        if len(values) > 1:
            raise Turned(400, "BadRequest", f"The head holds {name.decode()} twice.")
        return values[0] if values else b""


class Sending:
    """The way back to the client: our headers on every answer, and one answer only."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._has_begun = self._has_turned_away = False

    async def __call__(self, message: Message) -> None:
        """Send on what the app answers. After a request was turned away there is nothing more to send."""
        if self._has_turned_away:
            return
        if message["type"] == "http.response.start":
            self._has_begun = True
            theirs = [(name.lower(), value) for name, value in message.get("headers", ())]
            names = {name for name, _ in theirs}
            message = {**message, "headers": [*theirs, *(line for line in (*HEADERS, FRESH) if line[0] not in names)]}
        await self._send(message)

    async def turn_away(self, turned: Turned, rest: Receive | None = None) -> None:
        """Answer with an error, and close the connection; where an answer has begun, break it off.

        The rest of a request that is not read has to be taken in for a while, or the client, still sending, is cut off
        before it sees the answer.
        """
        if self._has_turned_away:
            return
        if self._has_begun:
            raise turned
        error = json.dumps({"error": {"kind": turned.kind, "message": turned.message}}).encode()
        await self({"type": "http.response.start", "status": turned.status, "headers": [
            (b"content-type", b"application/json"), (b"content-length", str(len(error)).encode()),
            (b"connection", b"close"), *turned.headers]})
        await self({"type": "http.response.body", "body": error, "more_body": True})
        self._has_turned_away = True
        if rest is not None:
            with suppress(TimeoutError):
                async with asyncio.timeout(LINGER_SECONDS):
                    while (await rest()).get("more_body"):
                        pass
        await self._send({"type": "http.response.body", "body": b""})

    async def redirect(self, path: str, cookie: str) -> None:
        """Send the client to another path, with a cookie."""
        await self({"type": "http.response.start", "status": 303, "headers": [
            (b"location", path.encode("ascii")), (b"set-cookie", cookie.encode("ascii")),
            (b"content-length", b"0"), (b"cache-control", b"no-store")]})
        await self({"type": "http.response.body", "body": b""})


class Body:
    """A request's body as it comes in, up to a size and not too slowly."""

    def __init__(self, receive: Receive, sending: Sending, room: int, headers: Headers) -> None:
        self._receive, self._sending, self._room = receive, sending, room
        self._left = room
        self._is_whole = False
        self._deadline: float | None = None
        length = headers.one(b"content-length")
        if length.isdigit() and int(length) > room:
            raise self._too_large()

    async def __call__(self) -> Message:
        """The next part. What is too large or too slow is answered at once, whatever the app makes of it."""
        if self._is_whole:  # what comes now is that the client has gone
            return await self._receive()
        now = asyncio.get_running_loop().time()
        if self._deadline is None:
            self._deadline = now + BODY_GRACE_SECONDS + self._room / BODY_BYTES_PER_SECOND
        try:
            message = await asyncio.wait_for(self._receive(), self._deadline - now)
        except TimeoutError:
            turned = Turned(408, "TooSlow", "The request came in too slowly.")
            await self._sending.turn_away(turned)
            raise turned from None
        self._left -= len(message.get("body", b""))
        self._is_whole = not message.get("more_body", False)
        if self._left < 0:
            turned = self._too_large()
            await self._sending.turn_away(turned, None if self._is_whole else self._receive)
            raise turned
        return message

    def _too_large(self) -> Turned:
        return Turned(413, "TooLarge", f"The request has more than {self._room} bytes.")


def is_question(scope: Scope) -> bool:
    """Whether a request asks the API, not for a page."""
    return bool(scope["path"] == "/api" or scope["path"].startswith("/api/"))


def host_name(host: bytes) -> str:
    """The name in a Host header, small and without its port; empty where it makes no sense.

    >>> host_name(b"LocalHost:8420"), host_name(b"[::1]:8420"), host_name(b"evil@localhost"), host_name(b"a b")
    ('localhost', '::1', '', '')
    """
    try:
        parts = urlsplit(f"//{host.decode('ascii')}")
        _ = parts.port  # raises where it is no number
    except ValueError:
        return ""
    is_plain = not (parts.path or parts.query or parts.fragment or "@" in parts.netloc or " " in parts.netloc)
    return (parts.hostname or "") if is_plain else ""


def same_host(origin: bytes, host: bytes) -> bool:
    """Whether an Origin header names the host, and port, that the request was sent to."""
    return origin.decode("latin-1").lower().partition("://")[2] == host.decode("latin-1").lower()


def is_same(given: str, token: str) -> bool:
    """Whether a token is the right one, in a time that does not tell how much of it is."""
    return hmac.compare_digest(given.encode("utf-8", "replace"), token.encode())


def cookies(header: bytes, name: str) -> Iterator[str]:
    """The values of a cookie."""
    try:
        morsel = SimpleCookie(header.decode("latin-1")).get(name)
    except CookieError:
        morsel = None
    if morsel is not None:
        yield morsel.value
