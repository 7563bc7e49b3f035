"""One actor."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query

from sides.ledger.withdrawals import moment
from sides.report.review import said
from sides.report.who import profile_record
from sides.web.answers.actor import ActorAnswer, toward_answer
from sides.web.asked import Asked, AskedHere
from sides.web.names import names_of

router = APIRouter()
# Ties of one page: each is derived when it is asked for.
MOST = 200


@router.get("/api/actor", response_model=ActorAnswer)
def actor(id: Annotated[str, Query(max_length=300, description="An actor's id, or a name that one actor bears.")],
          asked: AskedHere, offset: Annotated[int, Query(ge=0, le=2**31)] = 0,
          most: Annotated[int, Query(ge=0, le=MOST)] = 50) -> dict[str, Any]:
    """Who an actor is, its people, parts and blocs with their years, what was decided about it, and its ties."""
    return asked.serving.once(("actor", *asked.key, str(asked.at or ""), id, offset, most),
                              lambda: actor_answer(asked, id, offset, most))


def actor_answer(asked: Asked, name: str, offset: int, most: int) -> dict[str, Any]:
    """An actor as plain values, with a page of its ties."""
    who = asked.ledger.who(name, at=asked.at, known=asked.known, ties=0, exact=asked.exact)
    names = {**who.names, **names_of(asked)}
    kinds = {**{other: kind.value for other, kind in who.kinds.items()}, **kinds_of(asked)}
    record = profile_record(who, names)
    for places in ("belongs_to", "member_of", "people", "members", "came_from", "became"):
        record[places] = [{**place, "kind": kinds.get(place["actor"])} for place in record[places]]
    persons = [place for place in record["people"] if place["kind"] == "person"]
    identifier, idle = who.actor.id, asked.ledger.idle_decisions()
    toward = asked.ledger.toward(identifier, **asked.arguments, offset=offset, most=most)
    rows = [toward_answer(tie, identifier) for tie in toward.ties]
    return {
        **record, "version": asked.version, "country_name": names.get(record["country"], record["country"]),
        "people": persons, "parts": [place for place in record["people"] if place not in persons],
        "asked_about": str(toward.ties[0].now_at) if toward.ties else None,
        "decisions": [{"id": one.id, "words": said(one), "verdict": one.verdict.value, "who": one.who, "why": one.why,
                       "made_at": moment(one.made_at), "idle": idle.get(one.id)}
                      for one in asked.ledger.decisions() if identifier in (one.actor, one.into)],
        "ties_total": toward.total, "offset": offset,
        "ties": [{**row, "name": names.get(row["actor"], row["actor"]), "kind": kinds.get(row["actor"])}
                 for row in rows],
    }


def kinds_of(asked: Asked) -> dict[str, str]:
    """What each actor that the documents mention is, by id."""
    return asked.serving.once(("kinds", asked.version),
                              lambda: {one.id: one.kind.value for one in asked.ledger.actors()})
