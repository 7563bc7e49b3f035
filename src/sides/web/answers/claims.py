"""Claims as they are listed."""

from __future__ import annotations

import json
from typing import Any

from pydantic import BaseModel

from sides.ledger.corrections import Correction
from sides.ledger.withdrawals import moment
from sides.web.answers.evidence import EvidenceAnswer


class CorrectionAnswer(BaseModel):
    """A person's judgement of a claim."""

    id: str
    action: str
    changes: dict[str, str | int | None]
    who: str
    why: str
    made_at: str


class ClaimAnswer(BaseModel):
    """One claim, as it is shown, and the judgements that are laid over it."""

    version: int
    evidence: EvidenceAnswer
    corrections: list[CorrectionAnswer]


class ClaimsAnswer(BaseModel):
    """A page of the claims that were asked for, the first published first."""

    version: int
    total: int
    offset: int
    claims: list[EvidenceAnswer]


def correction_answer(one: Correction) -> dict[str, Any]:
    """A correction as plain values."""
    return {"id": one.id, "action": one.action.value, "changes": json.loads(one.changes_json), "who": one.who,
            "why": one.why, "made_at": moment(one.made_at)}
