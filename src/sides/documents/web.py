"""Addresses: what a URL answers with. Nothing else of the product talks to the network."""

from __future__ import annotations

import http.client
import re
import time
import zlib
from dataclasses import dataclass
from email.message import Message
from typing import IO
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit, urlunsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from sides.documents.source import MAX_BYTES, TIMEOUT_SECONDS
from sides.model.errors import InputError, TooLargeInput, UnreachableInput

USER_AGENT = "sides/0.1 (reads articles at a person's request)"
ACCEPT = ("text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/pdf,text/plain;q=0.9,"
          "*/*;q=0.5")
CHUNK_BYTES = 65_536
LATER = "Try again later, or save the page and give the file."
TOTAL_TIMEOUTS = 3  # an answer that drips in may take this many times as long as the server may keep silent


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address answered: after redirections, at `url`."""

    url: str
    content: bytes
    media_type: str | None
    charset: str | None


class _WebOnly(HTTPRedirectHandler):
    """Follows redirections to http and https only: never to a file or another protocol."""

    def redirect_request(self, req: Request, fp: IO[bytes], code: int, msg: str, headers: Message,
                         newurl: str) -> Request | None:
        if urlsplit(newurl).scheme.lower() not in ("http", "https"):
            raise URLError(f"it redirects to {newurl!r}")
        return super().redirect_request(req, fp, code, msg, headers, newurl)  # type: ignore[arg-type]


def fetch(url: str, *, timeout_seconds: float = TIMEOUT_SECONDS, max_bytes: int = MAX_BYTES) -> Answer | InputError:
    """Fetch an http or https address, or say why that failed. Reads no more than `max_bytes`."""
    try:
        if urlsplit(url).scheme.lower() not in ("http", "https"):
            return UnreachableInput(url, "is not a web address", "Give an http or https URL.")
        request = Request(plain_address(url), headers={"User-Agent": USER_AGENT, "Accept": ACCEPT})
        with build_opener(_WebOnly()).open(request, timeout=timeout_seconds) as response:
            deadline = time.monotonic() + TOTAL_TIMEOUTS * timeout_seconds
            content = bytearray()
            while chunk := response.read(CHUNK_BYTES):
                content += chunk
                if len(content) > max_bytes:
                    return _too_large(url, max_bytes)
                if time.monotonic() > deadline:
                    return UnreachableInput(url, "answers too slowly", LATER)
            unpacked = _unpacked(bytes(content), response.headers.get("Content-Encoding", ""), max_bytes)
            if unpacked is None:
                return _too_large(url, max_bytes)
            return Answer(response.geturl(), unpacked, response.headers.get_content_type()
                          if response.headers.get("Content-Type") else None, response.headers.get_content_charset())
    except HTTPError as error:
        with error:
            return UnreachableInput(url, f"answers with {error.code} {error.reason}", _remedy(error.code))
    except (URLError, OSError, ValueError, http.client.HTTPException, zlib.error) as error:
        reason = getattr(error, "reason", None) or error
        return UnreachableInput(url, f"cannot be reached ({' '.join(str(reason).split()) or type(error).__name__})",
                                "Check the address and the network, or save the page and give the file.")


def plain_address(url: str) -> str:
    """An address with only the characters that a request may hold.

    >>> plain_address("https://example.org/Mali été?q=a b")
    'https://example.org/Mali%20%C3%A9t%C3%A9?q=a%20b'
    """
    parts = urlsplit(url)
    host = parts.netloc if parts.netloc.isascii() else parts.netloc.encode("idna").decode("ascii")
    return urlunsplit((parts.scheme, host, quote(parts.path, safe="/%:@!$&'()*+,;=~-._"),
                       quote(parts.query, safe="/%:@!$&'()*+,;=~-._?"), ""))


def host_of(url: str) -> str | None:
    """The site that an address belongs to.

    >>> host_of("https://www.example.org/a")
    'example.org'
    """
    try:
        host = urlsplit(url).hostname
    except ValueError:
        return None
    return re.sub(r"^www\.", "", host) if host else None


def _unpacked(content: bytes, encoding: str, max_bytes: int) -> bytes | None:
    if encoding.lower() not in ("gzip", "x-gzip", "deflate"):
        return content
    unpacker = zlib.decompressobj(wbits=47 if encoding.lower() != "deflate" else 15)
    unpacked = unpacker.decompress(content, max_bytes + 1)
    return unpacked if len(unpacked) <= max_bytes else None


def _too_large(url: str, max_bytes: int) -> InputError:
    return TooLargeInput(url, f"answers with more than {max_bytes:,} bytes",
                         "Save the part that matters and give the file.")


def _remedy(code: int) -> str:
    if code in (401, 402, 403, 451):
        return "The site keeps it from programs: save the page in a browser and give the file."
    if code in (404, 410):
        return "Check the address."
    return LATER
