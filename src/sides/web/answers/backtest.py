"""How forecasts of earlier days fared, down to each of them."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel

from sides.forecast.of_ledger import calendar_day
from sides.forecast.rolling import Rolled
from sides.web.answers.forecast import named, rounded
from sides.web.answers.tie import Named


class ReliabilityAnswer(BaseModel):
    """The forecasts between two chances; `share`: of them that came true."""

    low: float
    high: float
    count: int
    mean_chance: float
    share: float


class BacktestScoreAnswer(BaseModel):
    """How one forecaster did on one set of questions; null: it cannot be told, such as an AUC without an event."""

    questions: Literal["all", "onsets"]
    channel: str  # or "pooled"
    forecaster: str
    count: int
    prevalence: float | None
    trained_prevalence: float | None
    brier: float | None
    log_loss: float | None
    auc: float | None
    average_precision: float | None
    calibration_error: float | None
    skill: float | None
    skill_over_recurrence: float | None
    interval: list[float | None] | None  # 90 %
    reliability: list[ReliabilityAnswer]


class OriginShareAnswer(BaseModel):
    """How often a class came on the questions of one day."""

    day: str
    share: float | None


class DriftAnswer(BaseModel):
    """How often a class came, beside how often where its base rate was learned."""

    channel: str
    trained: float | None
    scored: float | None
    by_origin: list[OriginShareAnswer]


class BacktestAnswer(BaseModel):
    """How forecasts of earlier days fared; `origins`: the days at whose opening they were made."""

    within_days: int
    origins: list[str]
    events: int
    scores: list[BacktestScoreAnswer]
    drift: list[DriftAnswer]
    notes: list[str]


class BacktestTold(BaseModel):
    """A back-test. Ask again while `is_done` is false."""

    version: int
    is_done: bool
    backtest: BacktestAnswer | None


class BacktestQuestionAnswer(BaseModel):
    """One forecast of a back-test: `asked_on` is the day at whose end it was made, from what was published by then."""

    asked_on: str
    source: Named
    target: Named
    channel: str
    probability: float
    came: bool
    is_onset: bool


class BacktestQuestionsTold(BaseModel):
    """A page of the forecasts of a back-test, the surest first. Ask again while `is_done` is false."""

    version: int
    is_done: bool
    total: int
    offset: int
    questions: list[BacktestQuestionAnswer]


def question_answer(found: Rolled, row: int, channel: int, probability: float) -> dict[str, Any]:
    """One forecast of a back-test as plain values."""
    told = found.backtest
    return {
        "asked_on": str(calendar_day(int(told.origin[row]) - 1)),
        "source": named(found.actors[int(told.source[row])], found.names),
        "target": named(found.actors[int(told.target[row])], found.names), "channel": told.channels.names[channel],
        "probability": rounded(probability), "came": bool(told.happened[row, channel]),
        "is_onset": bool(told.is_onset[row, channel])}
