"""What is said to be ahead, what the tie model carried forward says, and what became of either."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from sides.ties.carried import Bin, Question, Tally
from sides.ties.states import STATES
from sides.web.answers.evidence import EvidenceAnswer

DECIMALS = 4


class PredictionAnswer(BaseModel):
    """A plan or prediction with its fate; claims by their ids."""

    made: str
    speaker: str
    voice: str
    side: str | None
    source: str
    source_name: str
    type: str
    target: str
    target_name: str
    third: str | None
    modality: str
    expects: bool
    since: str
    until: str  # the day by which it is judged
    is_dated: bool
    fate: str
    because: str | None
    probability: float | None
    quote: str
    claims: list[str]
    bearing_claims: list[str]  # those that decided its fate


class ScoreAnswer(BaseModel):
    """How a voice's predictions fared; `low` and `high` of Wilson's interval of the share."""

    voice: str
    speaker: str
    made: int
    judged: int
    borne_out: int
    share: float | None
    low: float | None
    high: float | None


class OutlookAnswer(BaseModel):
    """A page of predictions, by the date they were made; `counts` by fate and `scores` are of all that is asked for."""

    version: int
    horizon: str | None
    total: int
    offset: int
    counts: dict[str, int]
    scores: list[ScoreAnswer]  # of all voices, whoever is asked for
    predictions: list[PredictionAnswer]
    evidence: list[EvidenceAnswer]  # of the page: quotes, and those that decided fates


class MarksAnswer(BaseModel):
    """Means over some questions; lower is better."""

    judged: int
    brier: float | None
    log_loss: float | None


class BoardRowAnswer(MarksAnswer):
    """How the forecasts of a voice or of one of our forecasters fared, and ours on the same questions."""

    who: str  # documents (all of them), speaker, outlet or forecaster
    name: str
    speaker: str | None
    made: int
    open: int
    afterwards: int  # kept when documents of later days were at hand
    base_rate: float | None  # share of the judged questions whose event came
    beside: dict[str, MarksAnswer]  # by forecaster


class BoardQuestionAnswer(BaseModel):
    """A question that a document answered beforehand, with everybody's chance that the event comes."""

    claim: str
    voice: str
    speaker: str
    source: str
    source_name: str
    target: str
    target_name: str
    type: str  # what was predicted
    expects: bool  # or that it would not come
    types: list[str]  # any of these events is a yes
    is_either_way: bool
    asked_on: str
    within_days: int
    until: str
    said: float  # what the words come to
    came: bool
    quote: str
    probabilities: dict[str, float]  # by forecaster


class KeptForecastAnswer(BaseModel):
    """A forecast of ours as it was kept, and what became of it."""

    id: str
    source: str
    source_name: str
    target: str
    target_name: str
    event: str
    asked_on: str
    known: str
    within_days: int
    until: str
    lens: str
    is_exact: bool
    probability: float
    low: float
    high: float
    base_rate: float
    recurrence_rate: float
    forecaster: str
    forecaster_version: str
    is_afterwards: bool
    outcome: str  # came, did not come, open
    because: str
    claim: str | None  # that tells of the event


class BoardAnswer(BaseModel):
    """How forecasts of events fared: those of documents, and ours that were kept."""

    version: int
    horizon: str | None
    documents: list[BoardRowAnswer]
    ours: list[BoardRowAnswer]
    questions: list[BoardQuestionAnswer]
    kept: list[KeptForecastAnswer]
    left_out: dict[str, int]
    notes: list[str]
    evidence: list[EvidenceAnswer]  # what makes the questions, and what decided them and the kept forecasts


class QuestionAnswer(BaseModel):
    """What a tie would be, by the model frozen at a day, and what it became; probabilities hostile first."""

    left: str
    left_name: str
    right: str
    right_name: str
    frozen: str
    ahead_months: int
    resolves: str
    claims: int
    before: list[float]
    said: list[float]
    likeliest: str
    verdict: str
    because: str | None
    became: str | None
    sureness: float | None
    brier: float | None
    baseline: float | None
    bearing_claims: list[str]


class TallyAnswer(BaseModel):
    """How the questions of one distance fared; Brier scores over five states (0 to 2), and of "nothing changes"."""

    ahead_months: int
    asked: int
    open: int
    judged: int
    brier: float | None
    baseline: float | None
    right: int
    unchanged: int


class BinAnswer(BaseModel):
    """Of probabilities between `low` and `high` given to a state: how many, their mean, how many came true."""

    low: float
    high: float
    count: int
    mean: float | None
    came_true: int


class CarriedAnswer(BaseModel):
    """A page of questions, by the month they resolve; tallies and calibration are of all that is asked for."""

    version: int
    horizon: str | None
    states: list[str]
    frozen: list[str]  # the days that it was frozen at
    is_every_year: bool  # otherwise the last few of many years, or those that were asked for
    total: int
    offset: int
    counts: dict[str, int]  # by verdict
    tallies: list[TallyAnswer]
    calibration: list[BinAnswer]
    enough: int  # judged questions below which calibration means nothing
    questions: list[QuestionAnswer]
    evidence: list[EvidenceAnswer]  # of the page: what tells what became of it


def question_answer(one: Question, names: dict[str, str]) -> dict[str, Any]:
    """A question as plain values."""
    return {"left": one.left, "left_name": names.get(one.left, one.left), "right": one.right,
            "right_name": names.get(one.right, one.right), "frozen": str(one.frozen), "ahead_months": one.ahead_months,
            "resolves": str(one.resolves), "claims": one.claims, "before": _rounded(one.before),
            "said": _rounded(one.said), "likeliest": one.likeliest.value, "verdict": one.verdict.value,
            "because": one.because or None, "became": one.became.value if one.became else None,
            "sureness": _round(one.sureness), "brier": _round(one.brier), "baseline": _round(one.baseline),
            "bearing_claims": [each.claim.id for each in one.bearing]}


def tally_answer(one: Tally) -> dict[str, Any]:
    """How the questions of one distance fared, as plain values."""
    return {"ahead_months": one.ahead_months, "asked": one.asked, "open": one.open, "judged": one.judged,
            "brier": _round(one.brier), "baseline": _round(one.baseline), "right": one.right,
            "unchanged": one.unchanged}


def bin_answer(one: Bin) -> dict[str, Any]:
    """One bin of probabilities as plain values."""
    return {"low": one.low, "high": one.high, "count": one.count, "mean": _round(one.mean), "came_true": one.came_true}


STATE_NAMES = [state.value for state in STATES]


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, DECIMALS)


def _rounded(shares: Any) -> list[float]:
    return [round(float(share), DECIMALS) for share in shares]
