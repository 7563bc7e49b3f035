"""Camps of a date."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from sides.balance.answers import camps as camps_of
from sides.web.answers.camps import CampsAnswer
from sides.web.asked import Asked, AskedHere

router = APIRouter()
# What is not proven by then is told as bounds.
SECONDS = 5.0


@router.get("/api/camps", response_model=CampsAnswer)
def camps(asked: AskedHere) -> dict[str, Any]:
    """Who is in which camp at a date, and which ties cross them the wrong way."""
    return asked.serving.once(("camps", *asked.key, str(asked.at or "")), lambda: camps_answer(asked))


def camps_answer(asked: Asked) -> dict[str, Any]:
    """The camps as plain values."""
    day = asked.ledger.day(**asked.arguments)
    network = day.network
    found = camps_of(network, camps=2, seconds=SECONDS, day=day)
    result = found.result
    undecided = {actor for part in found.parts for actor in part.undecided}
    numbered: dict[str, int] = {}
    number = 0
    for part in found.parts:
        for camp in part.camps:
            numbered |= dict.fromkeys(camp, number)
            number += 1
    frustrated = [(network.names[one], network.names[other]) for one, other, crossing in
                  zip(network.first, network.second, result.frustrated, strict=True) if crossing]
    return {"version": asked.version, "at": str(day.at), "index": round(result.value), "lower": round(result.lower),
            "proven": result.proven, "ties": len(network.weight), "camp": numbered, "undecided": sorted(undecided),
            "frustrated": frustrated}
