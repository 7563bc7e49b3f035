"""What is likely next, with all that it rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel

from sides.forecast.answer import Forecast, Item, Ranking, StateForecast
from sides.forecast.reference_class import NAME as REFERENCE_CLASS
from sides.report.backtest import REFERENCE as RECURRENCE
from sides.web.answers.evidence import EvidenceAnswer
from sides.web.answers.tie import Named

DECIMALS = 6  # of chances: in a large ledger most are small
LEARNED = "learned"
Name = Mapping[str, str]


class EventTypeAnswer(BaseModel):
    """A type of claims that is an event; `quad`: the class that it belongs to, null: to none."""

    type: str
    quad: str | None
    sign: int


class ForecastChoicesAnswer(BaseModel):
    """What a forecast can be asked of, and what the learned forecaster wants to learn from."""

    quads: list[str]
    events: list[EventTypeAnswer]
    states: list[str]
    longest_days: int
    least_events: int
    least_days: int


class EventAnswer(BaseModel):
    """A dated event that a forecast points at; `why`: how near it is to what is asked."""

    day: str
    source: Named
    type: str
    target: Named
    why: str
    claim: str  # its id


class HorizonAnswer(BaseModel):
    """The chance within some days with its 90 % interval, and what it is to be compared with."""

    days: int
    probability: float
    low: float
    high: float
    base_rate: float
    like_rate: float
    recurrence_rate: float


class ForecasterAnswer(BaseModel):
    """What one forecaster says. `probability` null: it says nothing, for the reason in `silent`; none: not yet."""

    name: str
    probability: float | None
    low: float | None
    high: float | None
    silent: str | None


class ReasonAnswer(BaseModel):
    """What moves the logit of the chance; above 0 it speaks for the event."""

    topic: str
    text: str
    push: float


class RuleAnswer(BaseModel):
    """An event of the dyad of late, and how often what is asked has followed such events."""

    event: EventAnswer
    confidence: float
    support: float  # such events, the older counting less
    within_days: int


class LikeAnswer(BaseModel):
    """What a dyad like the one asked about has done, in windows as long."""

    source: Named
    target: Named
    windows: int
    hits: int
    last: EventAnswer | None


class ForecastAnswer(BaseModel):
    """The chance that `source` does something of `event` to `target` in the days after `asked_on`."""

    source: Named
    target: Named
    event: str
    asked_on: str
    known: str
    within_days: int
    forecaster: str  # whose the chance is
    probability: float
    low: float
    high: float
    base_rate: float
    like_rate: float
    recurrence_rate: float
    is_onset: bool  # no such event in the 180 days before
    curve: list[HorizonAnswer]  # ascending in days, the one asked about among them
    forecasters: list[ForecasterAnswer]
    reasons: list[ReasonAnswer]  # the strongest first
    rules: list[RuleAnswer]
    precedents: list[EventAnswer]
    lacking: str | None  # why there are fewer than three precedents
    likes: list[LikeAnswer]
    events: int  # of the whole ledger
    own_events: int  # of the two, either way
    like_windows: float  # of dyads alike, as many as if none overlapped
    notes: list[str]
    evidence: list[EvidenceAnswer]  # of all events that are named


class ForecastTold(BaseModel):
    """A forecast. Ask again while `is_done` is false: it is being worked out, or the learned forecaster is."""

    version: int
    is_done: bool
    forecast: ForecastAnswer | None


class StateLikeAnswer(BaseModel):
    """A dyad that stood alike: in how many months, and after how many of these it was in the state."""

    left: Named
    right: Named
    months: int
    hits: int


class StateForecastAnswer(BaseModel):
    """The chance that a tie is in a state in a month. `said`: of all five then; `now`: what "nothing changes" says."""

    left: Named
    right: Named
    state: str
    asked_on: str
    known: str
    by: str
    months: int
    probability: float
    low: float
    high: float
    said: dict[str, float]
    now: dict[str, float]
    base_rate: float
    like_rate: float
    like_windows: float
    likes: list[StateLikeAnswer]
    claims: int
    notes: list[str]


class StateForecastTold(BaseModel):
    """A forecast of a state. Ask again while `is_done` is false."""

    version: int
    is_done: bool
    forecast: StateForecastAnswer | None


class RankedAnswer(BaseModel):
    """One of those to whom something may be done next."""

    target: Named
    probability: float
    low: float
    high: float
    recurrence_rate: float
    last: EventAnswer | None
    precedents: list[EventAnswer]
    lacking: str | None  # why there are fewer than three


class RankingAnswer(BaseModel):
    """To whom `source` does something of `event` next, the likeliest first; `asked`: how many were ranked."""

    source: Named
    event: str
    asked_on: str
    known: str
    within_days: int
    ranker: str
    rows: list[RankedAnswer]
    asked: int
    events: int
    notes: list[str]
    evidence: list[EvidenceAnswer]


class RankingTold(BaseModel):
    """A ranking. Ask again while `is_done` is false."""

    version: int
    is_done: bool
    ranking: RankingAnswer | None


def forecast_answer(found: Forecast, plain: Forecast | None, *, is_done: bool) -> dict[str, Any]:
    """A forecast as plain values, less its evidence. `plain`: what the reference class says, where it was asked."""
    names = found.names
    return {
        "source": named(found.source, names), "target": named(found.target, names), "event": found.event,
        "asked_on": str(found.asked_on), "known": str(found.known), "within_days": found.within_days,
        "forecaster": found.forecaster, **chances(found), "base_rate": rounded(found.base_rate),
        "like_rate": rounded(found.like_rate), "recurrence_rate": rounded(found.recurrence_rate),
        "is_onset": found.is_onset, "curve": [
            {"days": point.days, **chances(point), "base_rate": rounded(beside.base_rate),
             "like_rate": rounded(beside.like_rate), "recurrence_rate": rounded(beside.recurrence_rate)}
            for point, beside in zip(found.curve, found.beside, strict=True)],
        "forecasters": forecasters(found, plain, is_done=is_done),
        "reasons": [{"topic": one.topic, "text": one.text, "push": rounded(one.push)} for one in found.reasons],
        "rules": [{"event": event_answer(one.item, names), "confidence": rounded(one.confidence),
                   "support": rounded(one.support), "within_days": one.within_days} for one in found.rules],
        "precedents": [event_answer(one, names) for one in found.precedents], "lacking": found.lacking,
        "likes": [{"source": named(one.source, names), "target": named(one.target, names), "windows": one.windows,
                   "hits": one.hits, "last": event_answer(one.last, names) if one.last else None}
                  for one in found.likes],
        "events": found.events, "own_events": found.own_events, "like_windows": rounded(found.like_windows),
        "notes": [one for one in found.notes if one != found.silent]}


def forecasters(found: Forecast, plain: Forecast | None, *, is_done: bool) -> list[dict[str, Any]]:
    """Who says what: the learned forecaster where it was asked, the reference class, the recurrence rate."""
    silent: dict[str, Any] = {"probability": None, "low": None, "high": None, "silent": found.silent}
    is_learned = found.forecaster != REFERENCE_CLASS
    told: list[dict[str, Any]] = []
    if is_learned or found.silent or not is_done:
        told.append({"name": LEARNED, **(chances(found) | {"silent": None} if is_learned else silent)})
    reference = plain or (None if is_learned else found)
    if reference:
        told.append({"name": REFERENCE_CLASS, **chances(reference), "silent": None})
    return [*told, {"name": RECURRENCE, "probability": rounded(found.recurrence_rate), "low": None, "high": None,
                    "silent": None}]


def state_forecast_answer(found: StateForecast) -> dict[str, Any]:
    """A forecast of a state as plain values."""
    names = found.names
    return {
        "left": named(found.left, names), "right": named(found.right, names), "state": found.state.value,
        "asked_on": str(found.asked_on), "known": str(found.known), "by": str(found.by), "months": found.months,
        **chances(found), "said": {state.value: rounded(share) for state, share in found.said.items()},
        "now": {state.value: rounded(share) for state, share in found.now.items()},
        "base_rate": rounded(found.base_rate), "like_rate": rounded(found.like_rate),
        "like_windows": rounded(found.like_windows), "likes": [
            {"left": named(left, names), "right": named(right, names), "months": months, "hits": hits}
            for left, right, months, hits in found.likes],
        "claims": found.claims, "notes": list(found.notes)}


def ranking_answer(found: Ranking) -> dict[str, Any]:
    """A ranking as plain values, less its evidence."""
    names = found.names
    return {
        "source": named(found.source, names), "event": found.event, "asked_on": str(found.asked_on),
        "known": str(found.known), "within_days": found.within_days, "ranker": found.ranker, "rows": [
            {"target": named(one.target, names), **chances(one), "recurrence_rate": rounded(one.recurrence_rate),
             "last": event_answer(one.last, names) if one.last else None, "lacking": one.lacking,
             "precedents": [event_answer(each, names) for each in one.precedents]} for one in found.rows],
        "asked": found.asked, "events": found.events, "notes": list(found.notes)}


def event_answer(item: Item, names: Name) -> dict[str, Any]:
    """A dated event as plain values."""
    return {"day": str(item.day), "source": named(item.source, names), "type": item.type,
            "target": named(item.target, names), "why": item.why, "claim": item.claim}


def chances(found: Any) -> dict[str, float]:
    """A chance with the ends of its interval."""
    return {"probability": rounded(found.chance), "low": rounded(found.low), "high": rounded(found.high)}


def named(actor: str, names: Name) -> dict[str, str]:
    """An actor by id and name."""
    return {"id": actor, "name": names.get(actor, actor)}


def rounded(number: float) -> float:
    """As it is sent."""
    return round(number, DECIMALS)


def event_types(kinds: Sequence[Any], events: Sequence[str], quads: Sequence[str]) -> list[dict[str, Any]]:
    """The types that are events, with their quad class and sign."""
    known = {kind.name: kind for kind in kinds}
    return [{"type": one, "quad": quads[known[one].quad - 1] if known[one].quad else None, "sign": known[one].sign}
            for one in events]
