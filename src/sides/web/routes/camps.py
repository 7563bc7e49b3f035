"""Camps of a date."""

from __future__ import annotations

from typing import Any

import numpy as np
from fastapi import APIRouter

from sides.balance.walks import components
from sides.web.answers.camps import CampsAnswer
from sides.web.asked import AskedHere
from sides.web.camps import Stands, stands

router = APIRouter()


@router.get("/api/camps", response_model=CampsAnswer)
def camps(asked: AskedHere) -> dict[str, Any]:
    """Who is in which camp at a date, and which ties cross them the wrong way."""
    return {"version": asked.version, **camps_record(stands(asked))}


def camps_record(found: Stands) -> dict[str, Any]:
    """The camps as plain values."""
    standing, network = found.standing, found.dated.network
    result = standing.before.strains.base
    membership = standing.membership
    parts = components(network)
    largest = int(np.argmax(np.bincount(parts))) if len(parts) else 0
    apart = {name for name, part in zip(network.names, parts.tolist(), strict=True) if part != largest}
    return {"at": str(found.dated.at), "index": round(result.value), "lower": round(result.lower),
            "proven": result.proven, "ties": network.ties,
            "camp": {name: camp for name, camp in membership.items() if camp is not None and name not in apart},
            "undecided": sorted(name for name, camp in membership.items() if camp is None and name not in apart),
            "apart": sorted(apart),
            "frustrated": [(network.names[network.first[at]], network.names[network.second[at]])
                           for at in np.flatnonzero(network.frustrated(standing.camp_map))],
            "is_complete": standing.before.strains.is_complete and result.proven, "is_named": found.is_named}
