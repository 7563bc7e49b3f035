"""What changed."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query

from sides.export.evidence import evidence_fields
from sides.ties.derived import MANY
from sides.web.answers.changes import ChangesAnswer
from sides.web.answers.tie import turn_answer
from sides.web.asked import Asked, AskedHere
from sides.web.faults import Refused
from sides.web.names import names_of

router = APIRouter()


@router.get("/api/changes", response_model=ChangesAnswer)
def changes(asked: AskedHere, since: Annotated[str, Query(max_length=10)],
            until: Annotated[str | None, Query(max_length=10)] = None,
            actor: Annotated[list[str], Query(max_length=2)] = [],  # noqa: B006
            ) -> dict[str, Any]:
    """The turns of all ties, those of one actor or that of two, and the dyads first told of; of few claims only."""
    if not tells_changes(asked):
        raise Refused(422, f"In a ledger of {MANY} claims or more this takes minutes. /api/network has all changes, "
                           "without their sentences; `sides changes` tells them in a terminal.")
    return asked.serving.briefly(("changes", *asked.key, str(asked.at or ""), since, until, *actor), lambda:
                                 changes_answer(asked, since, until, actor))


def tells_changes(asked: Asked) -> bool:
    """Whether there are so few claims that all that is told of changes can be looked through while somebody waits."""
    return asked.serving.once(("counts", asked.version), asked.ledger.counts).claims < MANY


def changes_answer(asked: Asked, since: str, until: str | None, actor: list[str]) -> dict[str, Any]:
    """The same as plain values."""
    found = asked.ledger.changes(*actor, since=since, until=until or None, **asked.arguments)
    names = names_of(asked)

    def dyad(left: str, right: str) -> dict[str, Any]:
        return {"left": {"id": left, "name": names.get(left, left)},
                "right": {"id": right, "name": names.get(right, right)}}

    return {"version": asked.version, "since": str(found.since), "until": str(found.until) if found.until else None,
            "turns": [{**dyad(one.left, one.right), "turn": turn_answer(one.turn),
                       "why": evidence_fields(one.turn.carried[0].evidence, names) if one.turn.carried else None}
                      for one in found.turns],
            "appeared": [{**dyad(one.left, one.right), "date": str(one.first.date),
                          "state": one.state.value if one.state else None,
                          "why": evidence_fields(one.first, names)} for one in found.appeared]}
