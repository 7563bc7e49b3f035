"""Claims as they are listed."""

from __future__ import annotations

from pydantic import BaseModel

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
