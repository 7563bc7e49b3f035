"""The whole network over all time."""

from __future__ import annotations

import gzip
import hashlib
import json
from dataclasses import dataclass

from fastapi import APIRouter, Request, Response

from sides.web.answers.network import NetworkAnswer, network_answer
from sides.web.asked import AskedHere

router = APIRouter()
GZIP_LEVEL = 6


@dataclass(frozen=True, slots=True)
class Sent:
    """An answer as bytes, plain and compressed, with the tag by which a browser knows that it has it."""

    plain: bytes
    compressed: bytes
    tag: str

    @classmethod
    def of(cls, answer: object) -> Sent:
        """Plain values as they are sent."""
        plain = json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
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


@router.get("/api/network", response_model=NetworkAnswer)
def network(asked: AskedHere, request: Request) -> Response:
    """Every tie's course over time, with where the actors stand on the map."""
    def made() -> Sent:
        return Sent.of(network_answer(asked.ledger.chart(**asked.voices)))

    return asked.serving.once(("network", *asked.key), made).response(request)
