"""A tie over time, with everything that it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel

from sides.report.states import contributions_record
from sides.ties.evidence import Evidence
from sides.ties.history import Turn
from sides.ties.mediators import span
from sides.ties.tie import Step
from sides.web.answers.evidence import EvidenceAnswer
from sides.web.answers.outlook import PredictionAnswer


class Named(BaseModel):
    """An actor by id and name."""

    id: str
    name: str


class Shift(BaseModel):
    """What a claim adds to the expected level (-2 hostile to 2 allied)."""

    claim: str
    shift: float


class TurnAnswer(BaseModel):
    """A change of state, between `from` and `to`, with the claims that carry it."""

    direction: str
    before: str
    after: str
    date: str
    begun: str
    done: str
    claims: list[Shift]


class StepAnswer(BaseModel):
    """A stretch of months without a turn; claims by their ids."""

    state: str
    probability: float
    first: str
    last: str
    is_contested: bool
    only_voices: list[str]
    agreeing: list[str]
    opposing: list[str]


class MonthsAnswer(BaseModel):
    """The probabilities of the five states, hostile first, in each month from `first` on."""

    first: str
    states: list[str]
    probabilities: list[list[float]]


class LayerAnswer(BaseModel):
    """The tie on one field, from what is said of that field alone."""

    layer: str
    state: str
    probabilities: dict[str, float]
    turns: list[TurnAnswer]
    months: MonthsAnswer


class Against(BaseModel):
    """Two voices that say opposite things in one year; claims by their ids."""

    year: int
    claims: list[str]


class EpisodeAnswer(BaseModel):
    """A stretch of time of which mediation is told without a long gap; days, claims by their ids."""

    since: str
    until: str
    is_dated: bool  # otherwise it is taken for some time before its documents
    claims: list[str]


class MediatorAnswer(BaseModel):
    """Who is said to broker; claims by their ids."""

    actor: str
    name: str
    claims: list[str]
    episodes: list[EpisodeAnswer]


class BondAnswer(BaseModel):
    """What tells that an actor acted for another."""

    text: str
    claim: str | None


class StandingAnswer(BaseModel):
    """Who is counted for one of the two, over which dates, in how many claims, and why."""

    actor: str
    name: str
    whole: str
    first: str
    last: str
    claims: int
    because: list[BondAnswer]


class DriverAnswer(BaseModel):
    """What drives a turn, or hinders it, by the words of a claim."""

    turn: str
    direction: str
    role: str
    kind: str | None
    text: str | None
    shift: float
    claim: str
    quote: str
    document_id: str


class StandingNowAnswer(BaseModel):
    """Where two actors stand at a date, and who says so. Lists name claims by their ids; `evidence` has them all."""

    version: int
    left: Named
    right: Named
    at: str | None
    known: str | None
    lens: str
    asked_about: str
    horizon: str | None  # the month of the latest document; what is told of later ones is the model carried forward
    state: str | None
    probabilities: dict[str, float]
    now: StepAnswer | None
    contributions: list[Shift]
    ahead: list[str]
    denied: list[str]
    evidence: list[EvidenceAnswer]


class TieAnswer(StandingNowAnswer):
    """The whole tie of two actors."""

    steps: list[StepAnswer]
    turns: list[TurnAnswer]
    months: MonthsAnswer | None
    layers: list[LayerAnswer]
    disagreements: list[Against]
    mediators: list[MediatorAnswer]
    counted: list[StandingAnswer]
    drivers: list[DriverAnswer]
    predictions: list[PredictionAnswer]  # what its evidence says is ahead, and what became of it


def step_answer(step: Step) -> dict[str, Any]:
    """A stretch of months without a turn as plain values."""
    return {"state": step.state.value, "probability": round(step.probability, 4), "first": str(step.first),
            "last": str(step.last), "is_contested": step.is_contested, "only_voices": list(step.only_voices),
            "agreeing": [one.claim.id for one in step.agreeing], "opposing": [one.claim.id for one in step.opposing]}


def episode_answer(some: Sequence[Evidence]) -> dict[str, Any]:
    """A stretch of mediation as plain values."""
    spans = [span(one) for one in some]
    return {"since": str(min(first for first, _ in spans)), "until": str(max(last for _, last in spans)),
            "is_dated": any(not one.is_undated for one in some), "claims": [one.claim.id for one in some]}


def turn_answer(turn: Turn) -> dict[str, Any]:
    """A turn as plain values."""
    return {"direction": turn.direction, "before": turn.before.value, "after": turn.after.value,
            "date": str(turn.month), "begun": str(turn.first), "done": str(turn.last),
            "claims": contributions_record(turn.carried)}
