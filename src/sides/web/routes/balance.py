"""Balance at a date and over time, and what if ties were others."""

from __future__ import annotations

import time
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query

from sides.balance.difference import Edit
from sides.ties.signals import month_date
from sides.web.answers.balance import BalanceAnswer, BalanceOverTimeAnswer, WhatIfAnswer, WhatIfRequest
from sides.web.asked import AskedHere
from sides.web.balance import (
    DRAWN_CLAIMS,
    DRAWN_TIES,
    balance_record,
    bands,
    dates,
    index_record,
    limits,
    named,
    points,
    triads_record,
)
from sides.web.camps import stands
from sides.web.names import names_of

router = APIRouter()
MOST = 2000
# How long an answer waits for more of a series.
WAIT_SECONDS = 2.0


@router.get("/api/balance", response_model=BalanceAnswer)
def balance(asked: AskedHere, most: Annotated[int, Query(ge=1, le=MOST)] = 200) -> dict[str, Any]:
    """How far the network of a date is from balance, with what is proven of it, and what strains it."""
    found, names = stands(asked), names_of(asked)
    return {"version": asked.version, **balance_record(found, lambda actor: names.get(actor, actor), most)}


@router.get("/api/balance/over-time", response_model=BalanceOverTimeAnswer)
def over_time(asked: AskedHere, every: Literal["years", "months"] = "years",
              wait: Annotated[float, Query(ge=0, le=60, description="Seconds to wait for all of it.")] = WAIT_SECONDS,
              ) -> dict[str, Any]:
    """The balance at the end of each year or month that documents tell of; as much as is worked out."""
    begun, names, months = time.monotonic(), names_of(asked), dates(asked, every)
    found, is_done = points(asked, every).items(wait)
    ranges, is_drawn = bands(asked, every).items(max(0.0, wait - (time.monotonic() - begun)))
    said = [] if is_done else [f"{len(found)} of {len(months)} dates are worked out."]
    if is_done and not is_drawn:
        said.append(f"How sure the index is, is worked out for {len(ranges)} of {len(months)} dates.")
    unproven = sum(not one["result"]["proven"] for one in found)
    if unproven:
        said.append(f"The index of {unproven} of them is not proven: it is told by its bounds.")
    bare = sum(one is None and point["result"]["ties"] > 0 for point, one in zip(found, ranges, strict=False))
    if bare:
        said.append(f"How sure the index is, is not told of {bare} dates: it is drawn for networks of at most "
                    f"{DRAWN_TIES} ties that rest on at most {DRAWN_CLAIMS} claims.")
    return {"version": asked.version, "every": every, "of": len(months), "done": len(found), "drawn": len(ranges),
            "since": str(month_date(months[0])) if months else None,
            "until": str(month_date(months[-1])) if months else None, "limits": said, "points": [
        {**one, "band": ranges[place] if place < len(ranges) else None,
         "passings": [{**passing, "name": names.get(passing["id"], passing["id"])} for passing in one["passings"]]}
        for place, one in enumerate(found)]}


@router.post("/api/what-if", response_model=WhatIfAnswer)
def what_if(asked: AskedHere, request: WhatIfRequest) -> dict[str, Any]:
    """What edits of the ties of a date would change. Nothing is written. Raises `UnknownActor`, `NetworkError`."""
    found, names = stands(asked), names_of(asked)

    def name(actor: str) -> str:
        return names.get(actor, actor)

    edits = [Edit("add" if one.kind == "set" else one.kind, asked.ledger.actor(one.left).id,
                  asked.ledger.actor(one.right).id, one.sign) for one in request.edits]
    with found.changing:
        told = found.standing.after(edits)
    return {
        "version": asked.version, "at": str(found.dated.at),
        **{word: {"result": index_record(one.strains.base), "triads": triads_record(one.triads)}
           for word, one in (("before", told.before), ("after", told.after))},
        "moved": [{"id": actor, "name": name(actor), "before": told.membership_before[actor],
                   "now": told.membership_after[actor]} for actor in told.moved],
        "ties": [{"left": named(shift.left, name), "right": named(shift.right, name), "before": shift.before,
                  "after": shift.after} for shift in told.shifts],
        "limits": sorted({*limits(told.before), *limits(told.after)}),
    }
