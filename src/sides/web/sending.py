"""Answers as they are sent: plain values that are written down without being checked against their model again."""

from __future__ import annotations

import gzip
import hashlib
import json
from dataclasses import dataclass

from fastapi import Request, Response

GZIP_LEVEL = 6


def sent(answer: object) -> bytes:
    """Plain values as JSON."""
    return json.dumps(answer, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode("utf-8", "replace")


@dataclass(frozen=True, slots=True)
class Sent:
    """An answer as bytes, plain and compressed, with the tag by which a browser knows that it has it."""

    plain: bytes
    compressed: bytes
    tag: str

    @classmethod
    def of(cls, answer: object) -> Sent:
        """Plain values as they are sent."""
        plain = sent(answer)
        return cls(plain, gzip.compress(plain, GZIP_LEVEL, mtime=0), f'"{hashlib.sha256(plain).hexdigest()[:20]}"')

    def response(self, request: Request) -> Response:
        """What a request is answered: nothing but the tag if it has it already."""
        headers = {"ETag": self.tag, "Cache-Control": "no-cache", "Vary": "Accept-Encoding"}
        if self.tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        if "gzip" in request.headers.get("accept-encoding", ""):
            return Response(self.compressed, media_type="application/json",
                            headers={**headers, "Content-Encoding": "gzip"})
        return Response(self.plain, media_type="application/json", headers=headers)
