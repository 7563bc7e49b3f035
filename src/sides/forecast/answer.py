"""What a forecast of a ledger says, with all that it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sides.forecast.explanation import Reason
from sides.model.claim import Claim
from sides.model.dates import PartialDate
from sides.ties.states import State


@dataclass(frozen=True, slots=True)
class Point:
    """The chance within some days, and between which ends it lies with 90 %."""

    days: int
    chance: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Beside:
    """What a chance within some days is to be compared with."""

    days: int
    base_rate: float  # of all dyads
    like_rate: float  # of dyads alike
    recurrence_rate: float  # of the dyad's own last windows


@dataclass(frozen=True, slots=True)
class Item:
    """A dated event that a forecast points at."""

    day: date
    source: str
    type: str
    target: str
    why: str  # how near it is to what is asked
    claim: str  # its id


@dataclass(frozen=True, slots=True)
class Rule:
    """An event of the dyad of late, and how often what is asked has followed such events."""

    item: Item
    confidence: float
    support: float  # such events, the older counting less
    within_days: int


@dataclass(frozen=True, slots=True)
class Like:
    """What a dyad like the one asked about has done, in windows as long as the one asked about."""

    source: str
    target: str
    windows: int
    hits: int
    last: Item | None  # the last such event


@dataclass(frozen=True, slots=True)
class Forecast:
    """The chance that `source` does something of `event` to `target` in the days after `asked_on`."""

    source: str
    target: str
    event: str  # a claim type, or a quad class
    asked_on: date  # the forecast is made at its end
    known: PartialDate
    within_days: int
    chance: float
    low: float  # of 90 %
    high: float
    base_rate: float  # of all dyads
    like_rate: float  # of dyads like this one
    recurrence_rate: float  # of its own last windows
    curve: tuple[Point, ...]  # ascending in days, the one asked about among them; chances never fall
    beside: tuple[Beside, ...]  # for each point of the curve
    forecaster: str
    is_onset: bool  # no such event in the 180 days before
    reasons: tuple[Reason, ...]  # the strongest first
    rules: tuple[Rule, ...]
    precedents: tuple[Item, ...]
    lacking: str | None  # why there are fewer than three precedents
    likes: tuple[Like, ...]
    events: int  # of the whole log
    own_events: int  # of the two, either way
    like_windows: float  # of dyads alike, as many as if none overlapped
    silent: str | None  # why the learned forecaster does not answer, or would not if it were asked
    notes: tuple[str, ...]
    names: Mapping[str, str]
    quotes: Mapping[str, Claim]  # by id, the claims that items name


@dataclass(frozen=True, slots=True)
class StateForecast:
    """The chance that a tie is in a state in a month to come."""

    left: str
    right: str
    state: State
    asked_on: date
    known: PartialDate
    by: PartialDate  # month
    months: int  # ahead
    chance: float
    low: float  # of 90 %
    high: float
    said: Mapping[State, float]  # of all five states then
    now: Mapping[State, float]  # in the month of `asked_on`: what "nothing changes" says
    base_rate: float  # of all dyads so many months later
    like_rate: float  # of those that stood where this tie stands
    like_windows: float  # as many as if none overlapped
    likes: tuple[tuple[str, str, int, int], ...]  # left, right, months that were alike, months after which it was so
    claims: int  # that it rests on
    notes: tuple[str, ...]
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Ranked:
    """One of those to whom something may be done next."""

    target: str
    chance: float
    low: float
    high: float
    recurrence_rate: float
    last: Item | None  # the last such event
    precedents: tuple[Item, ...]
    lacking: str | None  # why there are fewer than three precedents


@dataclass(frozen=True, slots=True)
class Ranking:
    """To whom `source` does something of `event` next, the likeliest first."""

    source: str
    event: str
    asked_on: date
    known: PartialDate
    within_days: int
    ranker: str
    rows: tuple[Ranked, ...]
    asked: int  # how many were considered
    events: int
    notes: tuple[str, ...]
    names: Mapping[str, str]
    quotes: Mapping[str, Claim]
