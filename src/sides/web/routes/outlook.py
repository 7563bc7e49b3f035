"""What is said to be ahead, and the tie model carried forward: each with what became of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Annotated, Any

from fastapi import APIRouter, Query

from sides.export.evidence import evidence_fields
from sides.model.dates import PartialDate
from sides.report.outlook import prediction_records, score_records
from sides.report.scoreboard import board_record
from sides.ties.carried import ENOUGH, FREEZES, Question, Verdict, calibration, freezes, tallies
from sides.ties.outlook import scoreboard
from sides.ties.predictions import Fate, Prediction
from sides.web.answers.outlook import (
    STATE_NAMES,
    BoardAnswer,
    CarriedAnswer,
    OutlookAnswer,
    bin_answer,
    question_answer,
    tally_answer,
)
from sides.web.asked import Asked, AskedHere
from sides.web.names import names_of

router = APIRouter()
MOST = 500
# A ledger of so many claims is frozen at every year; a larger one, where that takes long, at the last few.
EVERY_YEAR_CLAIMS = 5_000
# Days that one question may ask to freeze at.
DAYS = 40
Actors = Annotated[list[str], Query(max_length=2, description="Only what all of these actors take part in.")]
Offset = Annotated[int, Query(ge=0, le=2**31)]
Most = Annotated[int, Query(ge=1, le=MOST)]


@router.get("/api/outlook", response_model=OutlookAnswer)
def outlook(asked: AskedHere, actor: Actors = [], speaker: Annotated[str | None, Query(max_length=300)] = None,  # noqa: B006
            fate: Fate | None = None, offset: Offset = 0, most: Most = 100) -> dict[str, Any]:
    """What documents say is ahead, with what became of it, and how each voice's predictions fared.

    `speaker`: only those of this voice, by the name that the scores give.
    """
    every = asked.serving.once(("outlook", *asked.key, str(asked.at or "")),
                               lambda: asked.ledger.outlook(**asked.arguments))
    ids = {asked.ledger.actor(one).id for one in actor}
    about = [one for one in every if one.actors.issuperset(ids)]
    told = [one for one in about if not speaker or one.voice == speaker]
    found = [one for one in told if fate is None or one.fate is fate]
    page = found[offset:offset + most]
    return {"version": asked.version, "horizon": horizon_of(asked), "total": len(found), "offset": offset,
            "counts": counted(Fate, (one.fate for one in told)), "scores": score_records(scoreboard(about)),
            "predictions": prediction_records(page, names_of(asked)), "evidence": evidence_of(asked, page)}


@router.get("/api/outlook/scores", response_model=BoardAnswer)
def scores(asked: AskedHere, actor: Actors = []) -> dict[str, Any]:  # noqa: B006
    """How forecasts of events fared: those of documents beside ours on the same questions, and ours that were kept."""
    ids = sorted({asked.ledger.actor(one).id for one in actor})
    board = asked.serving.once(("scores", *asked.key, str(asked.at or ""), *ids),
                               lambda: asked.ledger.scoreboard(*ids, learn=False, **asked.arguments))
    return {"version": asked.version, "horizon": horizon_of(asked), **board_record(board, names_of(asked)),
            "evidence": evidence_of(asked, [one.prediction for one in board.questions], [
                one.event.claim for one in board.kept if one.event])}


@router.get("/api/outlook/carried", response_model=CarriedAnswer)
def carried(asked: AskedHere, actor: Actors = [],  # noqa: B006
            frozen: Annotated[list[str], Query(max_length=DAYS, description="Days to freeze the model at.")] = [],  # noqa: B006
            verdict: Verdict | None = None, offset: Offset = 0, most: Most = 100) -> dict[str, Any]:
    """What the tie model, frozen at some days, said of each dyad 6, 12 and 24 months later, and what it became.

    This is the model carried forward, not a calibrated forecaster: `baseline` says how "nothing changes" fares.
    """
    days = sorted({PartialDate.parse(day) for day in frozen}) or days_of(asked)
    key = ("carried", *asked.key, *map(str, days))
    every = asked.serving.once(key, lambda: asked.ledger.carried(frozen=days, **asked.voices))
    ids = {asked.ledger.actor(one).id for one in actor}
    about = [one for one in every if ids <= {one.left, one.right}]
    found = sorted((one for one in about if verdict is None or one.verdict is verdict),
                   key=lambda one: (one.resolves, one.left, one.right, one.frozen))
    page = found[offset:offset + most]
    names = names_of(asked)
    return {"version": asked.version, "horizon": horizon_of(asked), "states": STATE_NAMES,
            "frozen": [str(day) for day in days], "is_every_year": not frozen and is_small(asked),
            "total": len(found), "offset": offset, "counts": counted(Verdict, (one.verdict for one in about)),
            "tallies": [tally_answer(one) for one in tallies(about)],
            "calibration": [bin_answer(one) for one in calibration(about)], "enough": ENOUGH,
            "questions": [question_answer(one, names) for one in page],
            "evidence": evidence_of(asked, page)}


def days_of(asked: Asked) -> list[PartialDate]:
    """The days that the model is frozen at where nobody says which."""
    horizon = asked.ledger.horizon(known=asked.known)
    return freezes(asked.ledger.first_published(), horizon, DAYS if is_small(asked) else FREEZES)


def is_small(asked: Asked) -> bool:
    """Whether the ledger is small enough to freeze at every year."""
    return asked.ledger.counts().claims <= EVERY_YEAR_CLAIMS


def horizon_of(asked: Asked) -> str | None:
    """The latest date of a document."""
    horizon = asked.ledger.horizon(known=asked.known)
    return str(horizon) if horizon else None


def evidence_of(asked: Asked, page: Iterable[Prediction | Question], more: Iterable[str] = ()) -> list[dict[str, Any]]:
    """What makes the items of a page, and what decided their fate: each claim once, by date. `more`: claims by id."""
    told = [claim for one in sorted(set(more)) if (claim := asked.ledger.claim(one))]
    found = {one.claim.id: one for one in asked.ledger.evidence(told)}
    for one in page:
        for each in (*(one.evidence if isinstance(one, Prediction) else ()), *one.bearing):
            found.setdefault(each.claim.id, each)
    names = names_of(asked)
    return [evidence_fields(one, names)
            for one in sorted(found.values(), key=lambda one: (one.date, one.document.published, one.claim.id))]


def counted(values: type[Fate] | type[Verdict], found: Iterable[Fate | Verdict]) -> dict[str, int]:
    """How many there are of each value."""
    counts = Counter(found)
    return {value.value: counts[value] for value in values}
