"""Whose forecasts were good: speakers and outlets of documents, and our own forecasters, on the same questions.

Brier score (Brier 1950) and log-loss (Good 1952); lower is better. A row is scored on the questions that its voice
answered, and beside it stand the scores that each of our forecasters has on the same ones.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from sides.forecast.contest import Question, answered, asked
from sides.forecast.kept import Kept
from sides.forecast.scores import brier, log_loss
from sides.ties.predictions import Fate, Prediction
from sides.ties.view import View

EVERYBODY = "all documents"


class Who(StrEnum):
    """What a row is about."""

    DOCUMENTS = "documents"  # all of them together
    SPEAKER = "speaker"
    OUTLET = "outlet"
    FORECASTER = "forecaster"


@dataclass(frozen=True, slots=True)
class Marks:
    """Means over some questions."""

    count: int
    brier: float
    log_loss: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One voice, or one of our forecasters, and how its forecasts fared."""

    who: Who
    name: str
    speaker: str | None = None  # of a speaker, as the claims have it
    made: int  # forecasts of events
    open: int
    base_rate: float | None  # share of the resolved questions whose event came
    own: Marks | None  # none is resolved
    beside: Mapping[str, Marks]  # our forecasters on the same questions; those that answered any
    afterwards: int = 0  # kept when documents of later days were at hand


@dataclass(frozen=True, slots=True, kw_only=True)
class Scoreboard:
    """How forecasts fared: those that documents made, and our own that were kept."""

    documents: tuple[Standing, ...]  # all of them, then speakers, outlets and our forecasters on their questions
    ours: tuple[Standing, ...]  # forecasts that were kept, by forecaster
    questions: tuple[Question, ...]  # those of documents that are resolved
    kept: tuple[Kept, ...]
    left_out: Mapping[str, int]  # judged predictions that are no such question, by why


def scoreboard(view: View, found: Sequence[Prediction], kept: Sequence[Kept], *, exact: bool = False,
               learn: bool = True) -> Scoreboard:
    """How the predictions of documents and our kept forecasts fared. `learn`: see `contest.answered`."""
    told = [(one, asked(one)) for one in found if one.fate is not Fate.NOT_JUDGED]
    judged = [question for one, question in told if isinstance(question, Question) and one.fate is not Fate.OPEN]
    questions = answered(view, judged, exact=exact, learn=learn)
    answers = {id(question.prediction): question for question in questions}
    forecast = [one for one, question in told if isinstance(question, Question)]
    rows = [_row(Who.DOCUMENTS, EVERYBODY, forecast, answers)] if forecast else []
    rows += _grouped(Who.SPEAKER, (((one.voice, one.claim.speaker), one) for one in forecast), answers)
    rows += _grouped(Who.OUTLET, (((outlet, None), one) for one in forecast for outlet in one.evidence[0].outlets),
                     answers)
    return Scoreboard(
        documents=(*rows, *_ours(questions)), ours=tuple(_kept(kept)), questions=tuple(questions), kept=tuple(kept),
        left_out=dict(sorted(Counter(why for one, why in told
                                     if isinstance(why, str) and one.fate is not Fate.OPEN).items())))


def _grouped(who: Who, some: Iterable[tuple[tuple[str, str | None], Prediction]],
             answers: Mapping[int, Question]) -> list[Standing]:
    """A row for each voice, those with most resolved questions first."""
    groups: dict[tuple[str, str | None], list[Prediction]] = {}
    for voice, one in some:
        groups.setdefault(voice, []).append(one)
    rows = [_row(who, name, group, answers, speaker) for (name, speaker), group in groups.items()]
    return sorted(rows, key=lambda row: (-(row.own.count if row.own else 0), -row.made, row.name, row.speaker or ""))


def _row(who: Who, name: str, some: Sequence[Prediction], answers: Mapping[int, Question],
         speaker: str | None = None) -> Standing:
    questions = [answers[id(one)] for one in some if id(one) in answers]
    names = dict.fromkeys(name for one in questions for name in one.chances)
    return Standing(
        who=who, name=name, speaker=speaker, made=len(some), open=len(some) - len(questions),
        base_rate=_share([one.came for one in questions]),
        own=_marks([(one.said, one.came) for one in questions]),
        beside=_beside({each: [(one.chances[each], one.came) for one in questions if each in one.chances]
                        for each in names}))


def _ours(questions: Sequence[Question]) -> list[Standing]:
    """Our forecasters on all questions of documents that they answered."""
    rows = []
    for name in dict.fromkeys(name for one in questions for name in one.chances):
        some = [one for one in questions if name in one.chances]
        rows.append(Standing(
            who=Who.FORECASTER, name=name, made=len(some), open=0, base_rate=_share([one.came for one in some]),
            own=_marks([(one.chances[name], one.came) for one in some]), beside={}))
    return rows


def _kept(kept: Sequence[Kept]) -> list[Standing]:
    """Our forecasters on the questions of the forecasts that were kept."""
    rows = []
    for name in sorted({one.forecast.forecaster for one in kept}):
        some = [one for one in kept if one.forecast.forecaster == name]
        told = [(one.forecast, one.came) for one in some if one.came is not None]
        rows.append(Standing(
            who=Who.FORECASTER, name=name, made=len(some), open=len(some) - len(told),
            base_rate=_share([came for _, came in told]), own=_marks([(one.chance, came) for one, came in told]),
            beside=_beside({"base rate": [(one.base_rate, came) for one, came in told],
                            "recurrence": [(one.recurrence_rate, came) for one, came in told]}),
            afterwards=sum(one.forecast.is_afterwards for one in some)))
    return rows


def _beside(told: Mapping[str, Sequence[tuple[float, bool]]]) -> dict[str, Marks]:
    return {name: marks for name, some in told.items() if (marks := _marks(some)) is not None}


def _marks(told: Sequence[tuple[float, bool]]) -> Marks | None:
    if not told:
        return None
    chances, came = np.array([chance for chance, _ in told]), np.array([each for _, each in told], np.bool_)
    return Marks(len(told), brier(chances, came), log_loss(chances, came))


def _share(came: Sequence[bool]) -> float | None:
    return sum(came) / len(came) if came else None
