"""Claims as the model of ties takes them: columns of numbers, one row a claim.

A row says of which dyad a claim speaks, in which months it began, how far it reaches, and how much it weighs.
Months are counted from the year 0: 12 * year + month - 1.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from sides.model.claim import AUTHOR, Claim
from sides.model.claim_type import ClaimType, Kind, Layer, Modality
from sides.model.dates import PartialDate
from sides.ties.evidence import Evidence
from sides.ties.parameters import PLACES, Parameters

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]


class Reach(IntEnum):
    """How a claim speaks of the months around its date."""

    ONCE = 0  # something that happened at some time in its window
    OPEN = 1  # a tie that began in its window, and held until its document's date as far as anyone knows
    CLOSED = 2  # it held from its window to its end
    ENDED = 3  # only its end is told, and stands in its window
    UNDATED = 4  # it speaks of the time before its document
    RECENT = 5  # its document's date stands in: it is news of the last weeks


@dataclass(frozen=True, slots=True)
class Signals:
    """N claims, as columns (N,)."""

    dyad: Ints  # place in whatever list of dyads is asked about
    reach: Ints
    first: Ints  # month: the window in which it began, inclusive
    last: Ints
    end_first: Ints  # month: the window in which it ended; for OPEN, UNDATED and RECENT the document's month
    end_last: Ints
    type: Ints  # place in `parameters.TYPES`
    sign: Ints  # -1, 0, 1
    layer: Ints  # place in `LAYERS`
    is_denied: NDArray[np.bool_]
    weight: Floats  # as evidence of the state
    push: Floats  # as evidence that the state moved, for the types that speak of a change; 0: none

    def __len__(self) -> int:
        return len(self.dyad)

    def taken(self, rows: NDArray[np.bool_] | NDArray[np.intp]) -> Signals:
        """Some of the rows."""
        return Signals(*(getattr(self, one.name)[rows] for one in fields(self)))

    @classmethod
    def joined(cls, parts: Sequence[Signals]) -> Signals:
        """The rows of several, one after another."""
        return cls(*(np.concatenate([getattr(part, one.name) for part in parts]) for one in fields(cls)))


LAYERS = tuple(Layer)
LAYER_PLACES = {layer: place for place, layer in enumerate(LAYERS)}
HEDGED = frozenset({Modality.PLANNED, Modality.POSSIBLE})


def month_of(day: date) -> int:
    """The month of a day, counted from the year 0.

    >>> month_of(date(2012, 7, 31)) - month_of(date(2011, 7, 1))
    12
    """
    return 12 * day.year + day.month - 1


def month_date(month: int) -> PartialDate:
    """The month of that number.

    >>> str(month_date(month_of(date(2012, 7, 31))))
    '2012-07'
    """
    return PartialDate(month // 12, month % 12 + 1)


def signals(evidence: Sequence[Evidence], mediation: Iterable[Evidence], sides: frozenset[str],
            parameters: Parameters, dyad: int = 0) -> Signals:
    """The evidence about one dyad as rows: what is said of the two, then who is said to broker between them.

    `sides`: the two actors, and all who are counted for them. Rows of a claim that says nothing of a state (the type
    has no emission) weigh nothing. Of n claims of one document, speaker, type, date and modality each weighs
    (1 + ln n) / n of one: saying it again adds little.
    """
    rows = []
    echoes = Counter(_said(one.claim) for one in evidence)
    for one in evidence:
        claim = one.claim
        said = echoes[_said(claim)]
        voice = "author" if claim.speaker == AUTHOR else "party" if claim.speaker in sides else "third"
        weight = (parameters.modality[claim.modality] * parameters.speaker[voice] * claim.confidence
                  * (1 + math.log(said)) / said)
        hedge = {Modality.ASSERTED: 1.0}.get(claim.modality, parameters.change_weak * (claim.modality in HEDGED))
        rows.append(_row(one, claim.type, dyad, weight, hedge * claim.confidence * parameters.speaker[voice]))
    for one in mediation:
        weight = parameters.modality[Modality.POSSIBLE] * parameters.modality[one.claim.modality] * one.claim.confidence
        is_denied = one.claim.modality is Modality.NEGATED
        rows.append(_row(one, ClaimType.RAPPROCHEMENT, dyad, 0.0 if is_denied else weight,
                         0.0 if is_denied else parameters.change_weak * one.claim.confidence))
    return columns(rows)


def columns(rows: Sequence[tuple[float, ...]]) -> Signals:
    """Rows in the order of the fields as columns."""
    table = np.asarray(rows, float).reshape(len(rows), len(fields(Signals)))
    kinds = {"is_denied": np.bool_, "weight": np.float64, "push": np.float64}
    return Signals(*(table[:, place].astype(kinds.get(one.name, np.int32))
                     for place, one in enumerate(fields(Signals))))


def _row(one: Evidence, kind: ClaimType, dyad: int, weight: float, push: float) -> tuple[float, ...]:
    claim = one.claim
    document = month_of(one.document.published.last)
    start, end = (claim.start, claim.end) if claim.dated_from == "text" else (None, None)
    is_tie = kind.meaning.kind is Kind.TIE
    if start is not None and end is not None and (end.last > start.last or is_tie):
        reach = Reach.CLOSED
    elif start is not None:
        reach = Reach.OPEN if is_tie else Reach.ONCE
    elif end is not None:
        reach = Reach.ENDED if is_tie else Reach.ONCE
    else:
        reach = Reach.RECENT if claim.dated_from == "document" else Reach.UNDATED
    began = start or end
    first, last = (month_of(began.first), month_of(began.last)) if began else (document, document)
    ends = (month_of(end.first), month_of(end.last)) if end and reach is Reach.CLOSED else (document, document)
    if first <= document:
        last = min(last, document)
    sign = claim.sign if kind is claim.type else kind.meaning.sign
    return (dyad, reach, first, last, max(ends[0], first), max(ends[1], last), PLACES[kind], sign,
            LAYER_PLACES[claim.layer], claim.modality is Modality.NEGATED, weight, push)


def _said(claim: Claim) -> tuple[str, ...]:
    """What a claim has in common with those that say the same again."""
    return (claim.document, claim.speaker, claim.type, str(claim.start), claim.modality, str(claim.sign))
