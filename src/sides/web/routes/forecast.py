"""What is likely next, and how such forecasts of earlier days fared."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Annotated, Any, Literal

import numpy as np
from fastapi import APIRouter, Query

from sides.export.evidence import evidence_fields
from sides.face import Ledger
from sides.forecast.asked import LONGEST_DAYS
from sides.forecast.backtest import POOLED
from sides.forecast.learned_answer import LEAST_DAYS, LEAST_EVENTS
from sides.forecast.of_ledger import EVENTS, KINDS
from sides.forecast.questions import QUADS
from sides.model.claim import Claim
from sides.model.dates import PartialDate
from sides.model.errors import ForecastError
from sides.ties.states import STATES, State
from sides.web.answers.backtest import BacktestQuestionsTold, BacktestTold, question_answer
from sides.web.answers.forecast import (
    ForecastChoicesAnswer,
    ForecastTold,
    RankingTold,
    StateForecastTold,
    event_types,
    forecast_answer,
    ranking_answer,
    state_forecast_answer,
)
from sides.web.asked import Asked, AskedHere
from sides.web.foreseen import backtests, forecasts, once
from sides.web.names import names_of

router = APIRouter()
# How long an answer waits for what is not worked out yet.
WAIT_SECONDS = 3.0
ORIGINS = 40
MOST = 500
AnActor = Annotated[str, Query(max_length=300, description="An actor's id, or a name that one actor bears.")]
AnEvent = Annotated[str, Query(max_length=100, description="A type of claims that is an event (COOPERATE), or a quad "
                                                          "class (verbal cooperation).")]
Within = Annotated[int, Query(ge=1, le=LONGEST_DAYS, description="Days after the date that is asked about.")]
Wait = Annotated[float, Query(ge=0, le=60, description="Seconds to wait for all of it.")]
Origins = Annotated[int, Query(ge=1, le=ORIGINS, description="On how many days it is asked.")]
Learn = Annotated[bool, Query(description="The learned forecaster too, where there is enough to learn from.")]


@router.get("/api/forecast/choices", response_model=ForecastChoicesAnswer)
def choices() -> dict[str, Any]:
    """What a forecast can be asked of."""
    return {"quads": QUADS, "events": event_types(KINDS, EVENTS, QUADS), "states": [one.value for one in STATES],
            "longest_days": LONGEST_DAYS, "least_events": LEAST_EVENTS, "least_days": LEAST_DAYS}


@router.get("/api/forecast", response_model=ForecastTold)
def forecast(asked: AskedHere, source: AnActor, target: AnActor, event: AnEvent, within: Within = 30,
             forecaster: Literal["auto", "reference", "learned"] = "auto", wait: Wait = WAIT_SECONDS) -> dict[str, Any]:
    """How likely one actor does something to another within some days, how surely, and because of what."""
    pair = asked.ledger.actor(source).id, asked.ledger.actor(target).id
    found, is_done = forecasts(asked, *pair, event, within, forecaster).items(wait)
    return {"version": asked.version, "is_done": is_done, "forecast": {
        **forecast_answer(found[-1], found[0] if len(found) > 1 else None, is_done=is_done),
        "evidence": evidence_of(asked, found[-1].quotes)} if found else None}


@router.get("/api/forecast/state", response_model=StateForecastTold)
def forecast_state(asked: AskedHere, left: AnActor, right: AnActor, state: State,
                   by: Annotated[str, Query(max_length=10, description="The month: 2024-01.")],
                   wait: Wait = WAIT_SECONDS) -> dict[str, Any]:
    """How likely a tie is in a state in a month, beside what became of dyads that stood alike."""
    pair, month = (asked.ledger.actor(left).id, asked.ledger.actor(right).id), PartialDate.parse(by)
    found, is_done = once(asked, ("forecast/state", *pair, state.value, str(month)), partial(
        Ledger.forecast_state, left=pair[0], right=pair[1], state=state.value, by=month, **asked.arguments)).items(wait)
    return {"version": asked.version, "is_done": is_done,
            "forecast": state_forecast_answer(found[0]) if found else None}


@router.get("/api/forecast/ranking", response_model=RankingTold)
def ranking(asked: AskedHere, source: AnActor, event: AnEvent, within: Within = 30,
            most: Annotated[int, Query(ge=1, le=MOST)] = 20, wait: Wait = WAIT_SECONDS) -> dict[str, Any]:
    """To whom an actor does something next, of those who ever dealt with it, the likeliest first."""
    actor = asked.ledger.actor(source).id
    found, is_done = once(asked, ("forecast/ranking", actor, event, within, most), partial(
        Ledger.ranking, source=actor, event=event, within_days=within, most=most, **asked.arguments)).items(wait)
    return {"version": asked.version, "is_done": is_done, "ranking": {
        **ranking_answer(found[0]), "evidence": evidence_of(asked, found[0].quotes)} if found else None}


@router.get("/api/backtest", response_model=BacktestTold)
def backtest(asked: AskedHere, within: Within = 30, origins: Origins = 12, learn: Learn = True,
             wait: Wait = WAIT_SECONDS) -> dict[str, Any]:
    """How forecasts of the latest days whose windows have closed fared, by what is known now; onsets apart."""
    found, is_done = backtests(asked, within, origins, learn=learn).items(wait)
    return {"version": asked.version, "is_done": is_done, "backtest": found[0][1] if found else None}


@router.get("/api/backtest/questions", response_model=BacktestQuestionsTold)
def backtest_questions(
        asked: AskedHere, channel: Annotated[str, Query(max_length=100)],
        forecaster: Annotated[str, Query(max_length=100)], within: Within = 30, origins: Origins = 12,
        learn: Learn = True, low: Annotated[float, Query(ge=0, le=1, description="Chances from here.")] = 0,
        high: Annotated[float, Query(ge=0, le=1, description="And below this, or up to 1.")] = 1,
        onsets: Annotated[bool, Query(description="Only where the class had been quiet for 180 days.")] = False,
        came: bool | None = None, offset: Annotated[int, Query(ge=0, le=2**31)] = 0,
        most: Annotated[int, Query(ge=1, le=MOST)] = 100, wait: Wait = WAIT_SECONDS) -> dict[str, Any]:
    """The single forecasts of a back-test, the surest first: each can be asked for again as it was made."""
    found, is_done = backtests(asked, within, origins, learn=learn).items(wait)
    told: dict[str, Any] = {"version": asked.version, "is_done": is_done, "total": 0, "offset": offset, "questions": []}
    if not found:
        return told
    rolled = found[0][0]
    test = rolled.backtest
    channels = (POOLED, *test.channels.names)
    for word, name, names in (("class", channel, channels), ("forecaster", forecaster, tuple(test.chances))):
        if name not in names:
            raise ForecastError(f"The back-test has no {word} {name!r}. Give one of: {', '.join(names)}.")
    chance = test.chances[forecaster]
    kept = (chance >= low) & ((chance < high) | (high == 1))
    if channel != POOLED:
        kept &= np.array(test.channels.names) == channel
    if onsets:
        kept &= test.is_onset
    if came is not None:
        kept &= test.happened == came
    row, at = np.nonzero(kept)
    order = np.lexsort((at, row, -chance[row, at]))
    return {**told, "total": len(order), "questions": [
        question_answer(rolled, int(row[place]), int(at[place]), float(chance[row[place], at[place]]))
        for place in order[offset:offset + most]]}


def evidence_of(asked: Asked, quotes: Mapping[str, Claim]) -> list[dict[str, Any]]:
    """The claims that an answer points at, by id."""
    names = names_of(asked)
    return [evidence_fields(one, names) for one in asked.ledger.evidence([quotes[each] for each in sorted(quotes)])]
