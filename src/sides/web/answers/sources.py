"""How voices compare."""

from __future__ import annotations

from pydantic import BaseModel

from sides.web.answers.evidence import EvidenceAnswer
from sides.web.answers.tie import Named


class HeardAnswer(BaseModel):
    """How much a voice says. `lens` chooses it alone."""

    voice: str
    label: str
    lens: str
    claims: int
    documents: int
    pairs: int
    first: str
    last: str


class VoiceOfDyad(BaseModel):
    """A voice's tie of a dyad. `probabilities`: in the month in which the two farthest voices differ most."""

    voice: str
    label: str
    lens: str
    weight: float
    state: str | None
    probabilities: dict[str, float]
    claims: int
    quotes: list[str]  # ids of claims, of the two farthest voices only: those that pull the two apart most


class GroundAnswer(BaseModel):
    """What the two farthest voices differ on, and how far it pulls them apart."""

    layer: str
    type: str
    pull: float


class DyadAnswer(BaseModel):
    """A dyad on which voices differ; `better` has the two on better terms than `worse`. `distance`: 0 alike, 4 most."""

    left: Named
    right: Named
    better: VoiceOfDyad
    worse: VoiceOfDyad
    others: list[VoiceOfDyad]
    divergence: float
    distance: float
    gap: float
    shared: float
    first: str
    last: str
    worst: str
    grounds: list[GroundAnswer]


class TellingAnswer(BaseModel):
    """A voice's first word of a turn."""

    voice: str
    label: str
    published: str
    lag_days: int
    claim: str


class LeadAnswer(BaseModel):
    """A turn, and the voices that told of it, the first one first."""

    left: Named
    right: Named
    before: str
    after: str
    date: str
    tellings: list[TellingAnswer]


class PaceAnswer(BaseModel):
    """How soon a voice tells of turns."""

    voice: str
    label: str
    turns: int
    first: int
    alone: int
    median_lag_days: float | None


class CopyAnswer(BaseModel):
    """One printing of a report."""

    published: str
    outlet: str
    document_id: str
    document: str


class EchoAnswer(BaseModel):
    """A report that is told in several copies, the first printed first."""

    report: str
    title: str | None
    claims: int
    copies: list[CopyAnswer]


class StandingAnswerOfVoice(BaseModel):
    """How reliable a voice is, by one measure: how many of its claims stand against the rest; `examples` by ids."""

    voice: str
    label: str
    claims: int
    against: int
    examples: list[str]


class SourcesAnswer(BaseModel):
    """The voices of one kind. A part that is not worked out yet is null: ask again while `is_done` is false.

    Lists hold at most `most`; the totals tell of all.
    """

    version: int
    by: str
    at: str | None
    is_done: bool
    voices: list[HeardAnswer] | None
    echoes: list[EchoAnswer] | None
    paces: list[PaceAnswer] | None
    leads: list[LeadAnswer] | None
    dyads: list[DyadAnswer] | None
    standings: list[StandingAnswerOfVoice] | None
    totals: dict[str, int]
    evidence: list[EvidenceAnswer]
