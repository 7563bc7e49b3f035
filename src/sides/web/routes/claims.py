"""The claims themselves."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query

from sides.export.evidence import evidence_fields
from sides.model.claim import Claim
from sides.model.errors import UnknownClaim
from sides.web.answers.claims import ClaimAnswer, ClaimsAnswer, correction_answer
from sides.web.asked import Asked, AskedHere
from sides.web.names import names_of

router = APIRouter()
# Claims of one page; the next page begins where this one ends.
MOST = 500


@router.get("/api/claim", response_model=ClaimAnswer)
def claim(id: Annotated[str, Query(max_length=100)], asked: AskedHere) -> dict[str, Any]:
    """One claim by its id."""
    found = asked.ledger.claim(id)
    if found is None:
        raise UnknownClaim(f"The ledger shows no claim {id!r} at version {asked.version}.")
    return {"version": asked.version, "evidence": evidence_of(asked, [found])[0], "corrections": [
        correction_answer(one) for one in asked.ledger.corrections(id)]}


@router.get("/api/claims", response_model=ClaimsAnswer)
def claims(asked: AskedHere, actor: Annotated[list[str], Query(max_length=2)] = [],  # noqa: B006
           since: Annotated[str | None, Query(max_length=10)] = None,
           until: Annotated[str | None, Query(max_length=10)] = None,
           offset: Annotated[int, Query(ge=0, le=2**31)] = 0, most: Annotated[int, Query(ge=1, le=MOST)] = 100,
           ) -> dict[str, Any]:
    """Claims of one actor, between two, or of all; about the time from `since` until (and without) `until`."""
    found = asked.ledger.claims(
        actor=actor[0] if len(actor) == 1 else None, between=(actor[0], actor[1]) if len(actor) == 2 else None,
        since=since or None, until=until or None, known=asked.known, exact=asked.exact)
    kept = asked.ledger.accepted(found, known=asked.known, lens=asked.lens)
    return {"version": asked.version, "total": len(kept), "offset": offset,
            "claims": evidence_of(asked, kept[offset:offset + most])}


def evidence_of(asked: Asked, found: list[Claim]) -> list[dict[str, Any]]:
    """Claims as pieces of evidence, each for itself, in their order."""
    names = names_of(asked)
    return [evidence_fields(one, names) for one in asked.ledger.evidence(found)]
