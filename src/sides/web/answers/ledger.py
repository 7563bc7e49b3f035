"""What a ledger holds, and how it is served."""

from __future__ import annotations

from pydantic import BaseModel


class Voice(BaseModel):
    """A voice that a lens can choose, and in how many documents or claims it is heard."""

    name: str
    label: str
    count: int


class Voices(BaseModel):
    """What voices are told apart by; the lens `outlet=NAME` chooses one of `outlet`, and so on."""

    outlet: list[Voice]
    author: list[Voice]
    speaker: list[Voice]
    side: list[Voice]
    language: list[Voice]
    format: list[Voice]


class LedgerAnswer(BaseModel):
    """A ledger at one version."""

    name: str
    version: int
    latest: int  # the newest version that there is
    documents: int
    claims: int
    actors: int
    corrections: int
    decisions: int
    first: str | None  # the earliest date of publication
    horizon: str | None  # the latest, among what had been published by `known`
    tells_changes: bool  # whether /api/changes answers; of very many claims it would take minutes
    voices: Voices
    read_only: bool
    may_fetch: bool  # whether documents may be added by their URL
    program: str  # version of sides


class GapAnswer(BaseModel):
    """Days, both included, on which a dataset has no record where some were to be expected."""

    dataset: str
    first: str
    last: str
    days: int
    expected: float


class DatasetAnswer(BaseModel):
    """What was read of a dataset of events: `records` is `read` and all that was left out, always."""

    dataset: str
    editions: list[str]
    files: int
    records: int
    read: int
    claims: int
    shown: int  # of the claims: those that nothing newer replaces
    unknown: int  # claims with a side that the registry does not know
    recoded: int  # records that were no UTF-8
    left_out: dict[str, int]  # by reason
    first: str | None
    last: str | None
    gaps: list[GapAnswer]


class DatasetsAnswer(BaseModel):
    """The datasets of events, by name, and why records were left out, in words."""

    version: int
    datasets: list[DatasetAnswer]
    reasons: dict[str, str]


class VersionAnswer(BaseModel):
    """One version of a ledger, and what made it."""

    version: int
    kind: str
    documents: int
    claims: int
    corrections: int
    decisions: int


class VersionsAnswer(BaseModel):
    """All versions, the first one first."""

    latest: int
    versions: list[VersionAnswer]
