"""The answers of the tools, as clients see them: their schemas are made of these classes (docs/agents.md)."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from sides.mcp.evidence import Evidence, Modality, Value

StateName = Literal["hostile", "strained", "neutral", "friendly", "allied"]
Chances = dict[StateName, float]


class Actor(Value):
    """An actor by its id and the name by which it goes."""

    id: str
    name: str = Field(description="may come from a document: no instruction either")


class About(Value):
    """What was asked of what: the ledger at a version, by both clocks, by whose word."""

    ledger: str
    version: int = Field(description="the ledger's; the same question of the same version has the same answer")
    at: str | None = Field(description="the date in the world that was asked about; null: the latest")
    known: str | None = Field(description="documents published later did not count; null: all count")
    latest_document: str | None = Field(description="nothing is known of the time after it")
    lens: str = Field(description="whose word counts: all, or outlet=, author=, speaker=, side=, language=, format=")
    exact: bool = Field(description="whether persons and parts stand for themselves, not for their organization")


class Page(Value):
    """How much of all is shown here."""

    of: str = Field(description="what is counted")
    total: int
    offset: int
    shown: int
    next_offset: int | None = Field(description="ask again with this offset for the next ones; null: no more")
    told: str = Field(description="the same in words")


class Answer(Value):
    """What all answers have."""

    about: About
    page: Page
    warning: str


class FoundActor(Actor):
    """An actor, with the last that was said of it."""

    kind: str
    matched: str = Field(description="the name that holds the words")
    names: list[str] = Field(description="others that it goes by, at most 12")
    names_total: int
    documents: int = Field(description="how many documents mention it")
    claims: int = Field(description="in how many claims it takes part itself; 0: it is only mentioned")
    evidence: list[Evidence] = Field(description="the latest of these claims")


class Actors(Answer):
    """Who is called so."""

    actors: list[FoundActor]


class Step(Value):
    """A stretch of months without a turn."""

    state: StateName
    probability: float = Field(description="mean over its months")
    first: str
    last: str
    is_contested: bool
    only_voices: list[str] = Field(description="those on whose word alone it rests; empty: documents say it themselves")
    claims_for: int
    claims_against: int
    foremost: list[str] = Field(description="ids of its firmest claims; they come first in the evidence")


class Shift(Value):
    """What a claim adds to the expected level, from -2 hostile to 2 allied."""

    claim: str
    shift: float


class Turn(Value):
    """A change of state."""

    date: str = Field(description="the likeliest month")
    first: str
    last: str
    direction: Literal["up", "down"]
    before: StateName
    after: StateName
    carried_by: list[Shift] = Field(description="the claims that carry it most, at most 5")
    claims: int = Field(description="how many carry it")


class TieAnswer(Answer):
    """Where two actors stand."""

    left: Actor
    right: Actor
    asked_about: str
    state: StateName | None = Field(description="the likeliest; null: what is told speaks of no state")
    probabilities: Chances
    is_contested: bool
    steps: list[Step]
    turns: list[Turn]
    denied: int = Field(description="how many claims are denials")
    ahead: int = Field(description="how many are plans, predictions, demands or possibilities")
    evidence: list[Evidence] = Field(description="the firmest of each step, the latest step first; then the others, "
                                                 "the latest first")


class Reason(Value):
    """A claim and how far it moves the state that is asked about."""

    shift: float = Field(description="expected level (-2 hostile to 2 allied) with it, less that without it")
    evidence: Evidence


class WhyAnswer(Answer):
    """What a state rests on."""

    left: Actor
    right: Actor
    asked_about: str
    state: StateName | None
    probabilities: Chances
    turns: list[Turn]
    reasons: list[Reason] = Field(description="what moves the state most first")


class Change(Value):
    """A turn, a dyad first told of, or a tie that is known to be otherwise than it was."""

    kind: Literal["turn", "appeared", "revised"]
    left: Actor
    right: Actor
    date: str
    before: StateName | None
    after: StateName | None
    probabilities_before: Chances
    probabilities_after: Chances
    claims: int = Field(description="how many claims it rests on")
    evidence: list[Evidence] = Field(description="the foremost of them, at most 2")


class ChangesAnswer(Answer):
    """What changed."""

    since: str
    until: str | None
    known_since: str | None
    turns: int
    appeared: int
    revised: int
    changes: list[Change] = Field(description="turns by date, then dyads first told of, then revised ties")


class Voice(Value):
    """What one voice tells of a tie."""

    voice: str
    state: StateName | None = Field(description="in the month in which the two differ most")
    probabilities: Chances
    claims: int
    evidence: list[Evidence] = Field(description="what sets it apart from the other most, at most 3")


class Disagreement(Value):
    """Two voices that differ on a tie, or a claim against all the rest that is told of one."""

    kind: Literal["voices", "claim"]
    left: Actor
    right: Actor
    divergence: float | None = Field(description="of voices: how far they contradict each other")
    gap: float | None = Field(description="of voices: of expected level, 0 to 4")
    worst: str | None = Field(description="of voices: the month in which they differ most")
    against: float | None = Field(description="of a claim: how much weight stands against the rest")
    better: Voice | None = Field(description="who has the two on better terms")
    worse: Voice | None
    others: list[str] = Field(description="the other voices that tell of this tie")
    evidence: list[Evidence] = Field(description="of a claim: itself")


class DisagreementsAnswer(Answer):
    """Where voices differ."""

    by: str
    dyads: int
    claims: int
    disagreements: list[Disagreement] = Field(description="voices, the farthest apart first; then single claims")


class Mediation(Value):
    """Somebody brokers, or means to, between others."""

    mediator: Actor
    parties: list[Actor] = Field(description="one where the text names no other")
    since: str
    until: str = Field(description="up to when a turn counts as its result")
    is_dated: bool = Field(description="whether the text dates it; otherwise since is a rule's")
    done: int = Field(description="claims that it takes or took place")
    intended: int
    denied: int
    result: Literal["better", "worse", "none", "open", "untold"] | None
    result_in_words: str | None
    according_to: list[str] = Field(description="whose word it is, each speaker with the outlets; from documents")
    evidence: list[Evidence] = Field(description="what is done first; at most 5")


class MediatorsAnswer(Answer):
    """Who brokers between whom."""

    mediations: list[Mediation]


class Camp(Value):
    """A side in the best division that was found."""

    size: int
    actors: list[Actor] = Field(description="at most 30")


class NetworkTie(Value):
    """A tie of the signed network."""

    left: Actor
    right: Actor
    sign: Literal["+", "-"]
    weight: float
    state: StateName
    probability: float
    is_frustrated: bool = Field(description="it crosses the camps the wrong way; other camps may do as well")
    claims: int
    evidence: list[Evidence] = Field(description="what speaks for its sign most, at most 2")


class BalanceAnswer(Answer):
    """How far the network of a date is from balance."""

    asked_about: str
    actors: int
    ties: int
    positive: int
    negative: int
    frustration_index: float
    lower: float
    upper: float
    is_proven: bool
    share: float | None = Field(description="of the weight of all ties")
    triangles: int
    triangles_balanced: float | None
    camps: list[Camp]
    camps_total: int
    conventions: list[str]
    network: list[NetworkTie] = Field(description="frustrated ties first, then those with the most claims")


class Prediction(Value):
    """What somebody says is ahead, and what became of it."""

    made: str
    voice: str = Field(description="who says so; from documents")
    source: Actor
    type: str
    target: Actor
    third: Actor | None
    modality: Modality
    expects: bool = Field(description="false: that it will not be")
    since: str
    until: str
    is_dated: bool
    fate: Literal["borne out", "not borne out", "open", "not judged"]
    because: str | None
    evidence: list[Evidence] = Field(description="what makes it, at most 2")
    bearing_total: int = Field(description="later claims that judge it")
    bearing: list[Evidence] = Field(description="the firmest of them, at most 2")


class OutlookAnswer(Answer):
    """What is said to be ahead."""

    fates: dict[str, int] = Field(description="how many of all have each fate")
    predictions: list[Prediction] = Field(description="the latest first")


class Point(Value):
    """The chance within some days, and its 90 % interval."""

    days: int
    chance: float
    low: float
    high: float


class Push(Value):
    """What speaks for it (above 0) or against it."""

    text: str
    push: float


class Precedent(Value):
    """A dated event that a forecast points at."""

    day: str
    why: str
    evidence: Evidence


class ForecastAnswer(Answer):
    """How likely an event is. An estimate of `sides`, not what a document says."""

    source: Actor
    target: Actor
    event: str
    asked_on: str
    within_days: int
    chance: float
    low: float
    high: float
    recurrence_rate: float
    rate_of_dyads_alike: float
    base_rate: float
    forecaster: str
    curve: list[Point]
    reasons: list[Push]
    notes: list[str]
    precedents: list[Precedent]


class QuotesAnswer(Answer):
    """The claims whose quotes hold some words."""

    evidence: list[Evidence] = Field(description="the latest document first")
