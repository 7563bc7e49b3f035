"""The tie model carried forward from a day, and what became of each tie by what is known now (docs/outlook.md).

Carried forward, the chain says of later months what its own moves make of the last state that is told of. That is no
calibrated forecaster: it looks at nothing but the dyad's own claims. It is frozen with what had been published by a
day, and judged by what was published after it, never by itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from sides.model.claim_type import Kind, Modality
from sides.model.dates import PartialDate
from sides.ties.atlas import About, Atlas, Dyad
from sides.ties.evidence import Evidence
from sides.ties.inference import infer_all
from sides.ties.parameters import shipped
from sides.ties.signals import Signals, month_date, month_of, signals
from sides.ties.states import STATES, State
from sides.ties.support import parties
from sides.ties.tie import months_told
from sides.ties.windows import months_later, tells_of, windows

Floats = NDArray[np.float64]
# How many months ahead it is asked what a tie will be.
AHEAD = (6, 12, 24)
# On how many days it is frozen where nobody says which: of the first of them all questions are over.
FREEZES = 4
# Claims about so many months up to a date tell what became of a tie by then. Judgement.
TOLD_WITHIN = 12
# Bins of said probabilities, and how many judged questions there must be for their picture to mean anything. Judgement.
BINS = 10
ENOUGH = 20
NOT_OVER = "its time is not over"
UNTOLD = "nothing published later tells of its time"


class Verdict(StrEnum):
    """Whether it is known what became of a tie."""

    OPEN = "open"
    JUDGED = "judged"
    NOT_JUDGED = "not judged"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a tie will be some months after a day, by what had been published by that day.

    Read aloud: "By what was known at the end of `frozen`, the model gave `said` to the five states of the tie in
    `resolves`; it became `became`". Probabilities are (5,), hostile first.
    """

    left: str
    right: str
    frozen: PartialDate
    ahead_months: int
    resolves: PartialDate  # month
    claims: int  # that it rests on
    before: Floats  # in the month of `frozen`: what "nothing changes" says
    said: Floats
    verdict: Verdict
    because: str = ""  # why it is not judged
    became: State | None = None
    sureness: float | None = None  # probability of what it became, by all that is known now
    bearing: tuple[Evidence, ...] = ()  # published later, about its time

    @property
    def likeliest(self) -> State:
        """The state that was likeliest."""
        return STATES[int(self.said.argmax())]

    @property
    def brier(self) -> float | None:
        """The Brier score over the five states, 0 to 2 (Brier 1950). `None`: not judged."""
        return None if self.became is None else brier(self.said, self.became)

    @property
    def baseline(self) -> float | None:
        """That of "nothing changes"."""
        return None if self.became is None else brier(self.before, self.became)


@dataclass(frozen=True, slots=True)
class Tally:
    """The questions of one distance, and how they fared: means over those that are judged, `None` without any."""

    ahead_months: int
    asked: int
    open: int
    judged: int
    brier: float | None
    baseline: float | None
    right: int  # became what had been likeliest
    unchanged: int  # became what had been likeliest on the day it was frozen


@dataclass(frozen=True, slots=True)
class Bin:
    """Of all probabilities between two that were given to a state: how many, their mean, how many came true."""

    low: float
    high: float
    count: int
    mean: float | None
    came_true: int


def brier(said: Floats, became: State) -> float:
    """The squares of what each of the five probabilities is off by, added up (Brier 1950, Mon. Weather Rev. 78: 1-3).

    >>> round(brier(np.asarray([0.1, 0.2, 0.7, 0.0, 0.0]), State.NEUTRAL), 2)
    0.14
    """
    truth = np.asarray([state is became for state in STATES], float)
    return float(((said - truth) ** 2).sum())


def questions(then: Atlas, now: Atlas, about: Collection[str] = (), ahead: Sequence[int] = AHEAD) -> list[Question]:
    """What the tie of each dyad would be after the day of `then`, and what `now` tells of it; by date and ids.

    `then`: by what had been published by its `known`, which it must have. `now` has everybody's word, known later.
    `about`: only the dyads of all of these actors.
    """
    if then.known is None:
        raise ValueError("What is carried forward is frozen at a day: give an atlas that has one.")
    frozen = month_of(then.known.last)
    dyads = {dyad: some for dyad, some in then.dyads.items() if set(about) <= set(dyad) and _says_a_state(some)}
    months = [frozen, *(frozen + each for each in ahead)]
    said = shares(dyads, months)
    horizon = month_of(now.horizon.last) if now.horizon else frozen
    over = [month for month in months[1:] if month < horizon]
    later = {dyad: now.about(*dyad) for dyad in dyads}
    fresh = {dyad: _fresh(dyads[dyad], later[dyad], then.known) for dyad in dyads} if over else {}
    told = {dyad: later[dyad] for dyad in dyads if fresh.get(dyad)}
    became = shares(told, over)
    found = []
    for dyad, some in dyads.items():
        for place, month in enumerate(months[1:], 1):
            asked = Question(left=dyad[0], right=dyad[1], frozen=then.known, ahead_months=month - frozen,
                             resolves=month_date(month), claims=len(some.evidence), before=said[dyad][0],
                             said=said[dyad][place], verdict=Verdict.OPEN, because=NOT_OVER)
            if month in over:
                asked = _judged(asked, fresh[dyad], became[dyad][over.index(month)] if dyad in became else None)
            found.append(asked)
    return sorted(found, key=lambda one: (one.resolves, one.left, one.right))


def shares(dyads: Mapping[Dyad, About], months: Sequence[int]) -> dict[Dyad, Floats]:
    """(months, 5) the probability of each state in some months, for each dyad; as its own history has it.

    Dyads whose histories begin in one month are inferred together.
    """
    numbers = shipped()
    groups: dict[int, list[Dyad]] = {}
    last = max(months, default=0)
    for dyad, about in dyads.items():
        begin, end = months_told((*about.evidence, *about.mediation), month_date(min(months, default=12)))
        groups.setdefault(begin, []).append(dyad)
        last = max(last, end)
    found: dict[Dyad, Floats] = {}
    for begin, some in groups.items() if months else ():
        rows = Signals.joined([signals(dyads[dyad].evidence, dyads[dyad].mediation, parties(dyads[dyad].evidence),
                                       numbers, place) for place, dyad in enumerate(some)])
        inferred = infer_all(rows, begin, last - begin + 1, len(some), numbers, with_path=False).shares
        chosen = inferred[[month - begin for month in months]].astype(float)
        found |= {dyad: chosen[:, :, place] for place, dyad in enumerate(some)}
    return found


def tallies(found: Iterable[Question]) -> list[Tally]:
    """How the questions of each distance fared, the nearest first."""
    by_distance: dict[int, list[Question]] = {}
    for one in found:
        by_distance.setdefault(one.ahead_months, []).append(one)
    return [_tally(ahead, by_distance[ahead]) for ahead in sorted(by_distance)]


def calibration(found: Iterable[Question]) -> list[Bin]:
    """The probabilities that were given to the states of judged questions, by tenths, and how many came true."""
    judged = [one for one in found if one.became is not None]
    said = np.concatenate([one.said for one in judged]) if judged else np.zeros(0)
    true = np.asarray([state is one.became for one in judged for state in STATES], bool)
    places = np.minimum((said * BINS).astype(int), BINS - 1)
    return [Bin(place / BINS, (place + 1) / BINS, int(here.sum()), float(said[here].mean()) if here.any() else None,
                int(true[here].sum())) for place in range(BINS) for here in [places == place]]


def freezes(first: PartialDate | None, horizon: PartialDate | None, most: int) -> list[PartialDate]:
    """The days to freeze at: the latest that is told of and those whole years before it, the earliest first.

    >>> [str(one) for one in freezes(PartialDate(2010), PartialDate(2013, 5, 4), 3)]
    ['2011-05-04', '2012-05-04', '2013-05-04']
    """
    if horizon is None:
        return []
    days = [months_later(horizon.last, -12 * years) for years in range(most)]
    return [PartialDate.of(day) for day in reversed(days) if first is None or day >= first.first]


def _says_a_state(about: About) -> bool:
    return any(one.claim.modality is not Modality.NEGATED for one in (*about.evidence, *about.mediation))


def _fresh(then: About, now: About, known: PartialDate) -> tuple[Evidence, ...]:
    """What other reports that came out later say or deny of the two; copies of what was known are none of them."""
    reports = {one.report for one in then.evidence}
    return tuple(one for one in now.evidence if one.document.published.first > known.last
                 and one.claim.modality in (Modality.ASSERTED, Modality.NEGATED) and one.report not in reports)


def _judged(asked: Question, fresh: Iterable[Evidence], became: Floats | None) -> Question:
    """A question whose time is over, with what became of it."""
    last = asked.resolves.last
    since = max(months_later(asked.resolves.first, 1 - TOLD_WITHIN), asked.frozen.after)
    bearing = tuple(one for one in fresh if tells_of(one, since, last, windows().late_report)
                    or (one.claim.kind is Kind.TIE and one.claim.end is None and not one.is_undated
                        and one.date.first <= last and since <= one.document.published.last))
    if not bearing or became is None:
        return replace(asked, verdict=Verdict.NOT_JUDGED, because=UNTOLD)
    sureness, state = float(became.max()), STATES[int(became.argmax())]
    if sureness < windows().sure:
        return replace(asked, verdict=Verdict.NOT_JUDGED, bearing=bearing,
                       because=f"it is not sure what it became: {state.value} with probability {sureness:.2f}")
    return replace(asked, verdict=Verdict.JUDGED, because="", became=state, sureness=sureness, bearing=bearing)


def _tally(ahead: int, some: Sequence[Question]) -> Tally:
    judged = [one for one in some if one.became is not None]
    scores = [(brier(one.said, one.became), brier(one.before, one.became)) for one in judged if one.became]
    means = [float(np.mean(column)) for column in zip(*scores, strict=True)] if scores else [None, None]
    return Tally(ahead, len(some), sum(one.verdict is Verdict.OPEN for one in some), len(judged), means[0], means[1],
                 sum(one.likeliest is one.became for one in judged),
                 sum(STATES[int(one.before.argmax())] is one.became for one in judged))
