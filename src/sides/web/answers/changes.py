"""What changed in a window of time."""

from __future__ import annotations

from pydantic import BaseModel

from sides.web.answers.evidence import EvidenceAnswer
from sides.web.answers.tie import Named, TurnAnswer


class ChangeAnswer(BaseModel):
    """A turn of a tie, with the quote that carries it most."""

    left: Named
    right: Named
    turn: TurnAnswer
    why: EvidenceAnswer | None


class AppearanceAnswer(BaseModel):
    """A dyad first told of in the window."""

    left: Named
    right: Named
    date: str
    state: str | None
    why: EvidenceAnswer


class ChangesAnswer(BaseModel):
    """The turns from `since` until (and without) `until`, and the dyads first told of, by date."""

    version: int
    since: str
    until: str | None
    turns: list[ChangeAnswer]
    appeared: list[AppearanceAnswer]
