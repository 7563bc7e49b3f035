"""The whole network over all time."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from sides.web.answers.network import NetworkAnswer, network_answer
from sides.web.asked import AskedHere
from sides.web.sending import Sent

router = APIRouter()


@router.get("/api/network", response_model=NetworkAnswer)
def network(asked: AskedHere, request: Request) -> Response:
    """Every tie's course over time, with where the actors stand on the map."""
    def made() -> Sent:
        return Sent.of(network_answer(asked.ledger.chart(**asked.voices)))

    return asked.serving.once(("network", *asked.key), made).response(request)
