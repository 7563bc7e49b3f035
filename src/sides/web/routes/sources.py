"""How voices compare."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query

from sides.export.evidence import evidence_fields
from sides.web.answers.sources import SourcesAnswer
from sides.web.asked import AskedHere
from sides.web.names import names_of
from sides.web.sources import sources

router = APIRouter()
MOST = 1000
# How long an answer waits for what is not worked out yet.
WAIT_SECONDS = 3.0
LISTS = ("voices", "echoes", "paces", "leads", "dyads", "standings")


@router.get("/api/sources", response_model=SourcesAnswer)
def compared(asked: AskedHere, by: Literal["outlet", "author", "speaker", "side", "language", "format"] = "outlet",
             most: Annotated[int, Query(ge=1, le=MOST)] = 100,
             wait: Annotated[float, Query(ge=0, le=60, description="Seconds to wait for all of it.")] = WAIT_SECONDS,
             ) -> dict[str, Any]:
    """How much each voice says, where voices disagree, who told of a change first, and what repeats what."""
    names = names_of(asked)
    found, is_done = sources(asked, by, names).items(wait)
    lists = {name: some for part, _ in found for name, some in part.items()}
    shown = {name: lists[name][:most] if name in lists else None for name in LISTS}
    told = {claim for lead in shown["leads"] or [] for one in lead["tellings"] for claim in (one["claim"],)}
    told |= {claim for dyad in shown["dyads"] or [] for side in ("better", "worse") for claim in dyad[side]["quotes"]}
    told |= {claim for one in shown["standings"] or [] for claim in one["examples"]}
    evidence = {one.claim.id: one for _, some in found for one in some if one.claim.id in told}
    return {"version": asked.version, "by": by, "at": str(asked.at) if asked.at else None, "is_done": is_done, **shown,
            "totals": {name: len(some) for name, some in lists.items()},
            "evidence": [evidence_fields(one, names) for _, one in sorted(evidence.items())]}
