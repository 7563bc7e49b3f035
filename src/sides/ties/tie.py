"""The tie of a dyad: its state at a date, its history as steps and turns, each resting on quotes (docs/ties.md)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sides.model.claim import AUTHOR
from sides.model.claim_type import ClaimType, Kind, Layer, Modality
from sides.model.dates import PartialDate
from sides.ties.evidence import Evidence
from sides.ties.history import Contribution, History, Turn, layers_of
from sides.ties.parameters import Parameters
from sides.ties.rollup import Standing, standings
from sides.ties.shown import tie_html, tie_words
from sides.ties.signals import month_date, month_of
from sides.ties.states import STATES, State
from sides.ties.strength import says_something, strength

# A period is contested if the smaller side of its evidence is at least this share of it.
CONTESTED_SHARE = 1 / 3
# What is said of what has not happened, in the order in which it is shown.
AHEAD = (Modality.FORECAST, Modality.PLANNED, Modality.DEMANDED, Modality.CONDITIONAL, Modality.POSSIBLE)
# How long before the first date that is told a history begins, in months: what only ended then held before.
LEAD = 60


@dataclass(frozen=True, slots=True)
class Step:
    """A stretch of months without a turn: its state, how probable it was over them, and the evidence in it."""

    state: State
    probability: float  # mean over its months
    first: PartialDate  # month
    last: PartialDate  # month, inclusive
    is_contested: bool
    agreeing: tuple[Evidence, ...]
    opposing: tuple[Evidence, ...]

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """All evidence of the step, what agrees with its state first."""
        return self.agreeing + self.opposing

    @property
    def only_voices(self) -> tuple[str, ...]:
        """Those on whose word alone the state rests; empty if a document says it in its own name.

        What an accuser says of the accused is a claim like any other, but it is the accuser's.
        """
        if any(one.claim.speaker == AUTHOR for one in self.agreeing):
            return ()
        return tuple(sorted({one.speaker_name for one in self.agreeing}))


@dataclass(frozen=True, slots=True)
class LayerTie:
    """The tie on one field, from what is said of that field alone."""

    layer: Layer
    history: History


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two voices that say opposite things about the dyad in the same year."""

    year: int
    one: Evidence
    other: Evidence


@dataclass(frozen=True, slots=True)
class Mediator:
    """An actor said to broker between the two, and the evidence for it."""

    actor: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Tie:
    """The relation of two actors over time, as far as the documents tell, under a lens and as of two clocks."""

    left: str
    right: str
    at: PartialDate | None
    known: PartialDate | None
    now_at: PartialDate  # the month that is asked about: `at`, else the latest that documents tell of
    history: History | None  # None: nothing is said that speaks of a state
    steps: tuple[Step, ...]
    layers: tuple[LayerTie, ...]
    disagreements: tuple[Disagreement, ...]
    mediators: tuple[Mediator, ...]
    ahead: tuple[Evidence, ...]  # planned, forecast, demanded, possible, conditional
    denied: tuple[Evidence, ...]
    evidence: tuple[Evidence, ...]  # all of it, sorted by date

    def __repr__(self) -> str:
        return tie_words(self)

    def _repr_html_(self) -> str:
        """What a notebook shows."""
        return tie_html(self)

    @property
    def standings(self) -> tuple[Standing, ...]:
        """Which persons and parts are counted for one of the two, in how many claims, and why."""
        return standings(counted for one in self.evidence for counted in one.counted)

    @property
    def state(self) -> State | None:
        """The likeliest state at the date; `None`: nothing is said."""
        return self.history.state(self.now_at) if self.history else None

    @property
    def probabilities(self) -> dict[State, float]:
        """The probability of each state at the date; empty: nothing is said."""
        return self.history.probabilities(self.now_at) if self.history else {}

    @property
    def turns(self) -> list[Turn]:
        """The turns of the whole history, in order."""
        return self.history.turns() if self.history else []

    @property
    def contributions(self) -> list[Contribution]:
        """What each piece of evidence adds to the state at the date, that which moves it most first."""
        return self.history.contributions(self.now_at) if self.history else []

    @property
    def years(self) -> list[tuple[int, State, float]]:
        """The likeliest state at the end of each year that is told of, until the date, and its probability."""
        if self.history is None or not self.steps:
            return []
        first, last = self.steps[0].first.year, min(self.steps[-1].last.year, self.now_at.year)
        found = []
        for year in range(first, last + 1):
            probabilities = self.history.probabilities(min(PartialDate(year, 12), self.now_at))
            state = max(probabilities, key=lambda one: probabilities[one])
            found.append((year, state, probabilities[state]))
        return found

    @property
    def now(self) -> Step | None:
        """The step that holds at the date, the first one before it begins. `None`: nothing is said."""
        past = [step for step in self.steps if step.first.first <= self.now_at.last]
        return past[-1] if past else self.steps[0] if self.steps else None


def derive(left: str, right: str, evidence: Sequence[Evidence], mediation: Sequence[Evidence],
           at: PartialDate | None = None, known: PartialDate | None = None, horizon: PartialDate | None = None,
           parameters: Parameters | None = None) -> Tie:
    """The tie of a dyad from the evidence about it. Depends on the set of evidence, not on its order.

    `horizon`: the latest date that documents tell of; by default that of the evidence.
    """
    about = sorted((one for one in evidence if says_something(one.claim)), key=_order)
    brokers = sorted(mediation, key=_order)
    every = [*about, *brokers]
    latest = horizon or max((one.document.published for one in every), default=None)
    now_at = at or known or latest or PartialDate(1)
    now_at = min(now_at, latest, key=lambda one: one.last) if latest and not at else now_at
    history = None
    if any(one.claim.modality is not Modality.NEGATED for one in every):
        history = History(about, brokers, *months_told(every, now_at), parameters)
    return Tie(
        left, right, at, known, now_at, history,
        steps=tuple(steps(history, about, now_at)) if history else (),
        layers=tuple(LayerTie(layer, History(about, brokers, history.begin, history.end, parameters, layer))
                     for layer in layers_of(about)) if history else (),
        disagreements=tuple(disagreements(one for one in about if one.claim.modality is Modality.ASSERTED)),
        mediators=tuple(mediators(mediation)),
        ahead=tuple(sorted((one for one in about if one.claim.modality in AHEAD), key=_latest_ahead)),
        denied=tuple(one for one in about if one.claim.modality is Modality.NEGATED),
        evidence=tuple(sorted({one.claim.id: one for one in every}.values(), key=_order)),
    )


def months_told(evidence: Iterable[Evidence], now_at: PartialDate) -> tuple[int, int]:
    """The first and the last month of the history that some evidence makes, with that of a date."""
    listed = list(evidence)
    begin = min(month_of(min(one.date.first, now_at.first)) for one in listed) - LEAD
    end = max(month_of(max(one.date.last, one.document.published.last, now_at.last)) for one in listed)
    return max(begin, 12), end


def steps(history: History, about: Sequence[Evidence], until: PartialDate) -> list[Step]:
    """The months between turns, from the first that is told of until a date at least, with the evidence of each."""
    said = [one for one in about if one.claim.modality is Modality.ASSERTED]
    months = [max(history.begin, min(month_of(one.date.last), history.end)) - history.begin for one in said]
    earliest = min(month_of(one.date.first) for one in said or history.evidence)
    first = max(history.begin, min(earliest, history.end)) - history.begin
    last = max([history.place(until), first, *months])
    cuts = [first, *(change.month for change in history.changes if first < change.month <= last), last + 1]
    found = []
    for start, stop in pairwise(cuts):
        is_first, is_last = start == cuts[0], stop == cuts[-1]
        shares = history.shares[start:stop].mean(0)
        state = STATES[int(shares.argmax())]
        here = [one for one, month in zip(said, months, strict=True)
                if (is_first or start <= month) and (is_last or month < stop)]
        side = (state.level > 0) - (state.level < 0)
        agreeing = tuple(one for one in here if side in (0, one.claim.sign))
        opposing = tuple(one for one in here if side and one.claim.sign == -side)
        smaller = min(sum(one.claim.sign > 0 for one in here), sum(one.claim.sign < 0 for one in here))
        found.append(Step(state, float(shares.max()), month_date(history.begin + start),
                          month_date(history.begin + stop - 1),
                          bool(here) and smaller / len(here) >= CONTESTED_SHARE, agreeing, opposing))
    return found


def disagreements(said: Iterable[Evidence]) -> list[Disagreement]:
    """For each year, the firmest pair of voices of different outlets or speakers with opposite signs about a tie."""
    found = []
    years: dict[int, list[Evidence]] = {}
    for one in said:
        years.setdefault(one.date.year, []).append(one)
    for year in sorted(years):
        good = [one for one in years[year] if one.claim.sign > 0]
        bad = [one for one in years[year] if one.claim.sign < 0]
        pairs = [(one, other) for one in good for other in bad if one.report != other.report
                 and (one.outlets, one.speaker_name) != (other.outlets, other.speaker_name)]
        if pairs:
            one, other = min(pairs, key=lambda pair: (-_standing(pair[0]) - _standing(pair[1]), -_firmness(pair[0])
                                                      - _firmness(pair[1]), _order(pair[0]), _order(pair[1])))
            found.append(Disagreement(year, one, other))
    return found


def mediators(mediation: Iterable[Evidence]) -> list[Mediator]:
    """Who is said to broker, most evidence first."""
    by_actor: dict[str, list[Evidence]] = {}
    for one in sorted(mediation, key=_order):
        if one.claim.type is ClaimType.MEDIATE and one.claim.modality is not Modality.NEGATED:
            by_actor.setdefault(one.claim.source, []).append(one)
    ranked = sorted(by_actor, key=lambda actor: (-len(by_actor[actor]), actor))
    return [Mediator(actor, tuple(by_actor[actor])) for actor in ranked]


def best_quotes(evidence: Sequence[Evidence], most: int) -> list[Evidence]:
    """The firmest evidence, one for each report first, so that the quotes shown come from several voices."""
    ranked = sorted(evidence, key=lambda one: (-_firmness(one), len(one.quote), _order(one)))
    chosen: list[Evidence] = []
    for fresh in (True, False):
        for one in ranked:
            if len(chosen) < most and one not in chosen and (not fresh or one.report not in {c.report for c in chosen}):
                chosen.append(one)
    return sorted(chosen, key=_order)


def _firmness(one: Evidence) -> float:
    """How well a quote carries a screen: sure of its reading, strong in what it says, dated by its text."""
    return one.claim.confidence * strength(one.claim) * (0.8 if one.is_undated else 1.0)


def _standing(one: Evidence) -> int:
    return int(one.claim.kind is Kind.TIE)


def _order(one: Evidence) -> tuple[PartialDate, PartialDate, str, int, str]:
    return (one.date, one.document.published, one.claim.document, one.claim.begin_char, one.claim.id)


def _latest_ahead(one: Evidence) -> tuple[int, int, str, int, str]:
    return (AHEAD.index(one.claim.modality), -one.document.published.last.toordinal(), one.claim.document,
            one.claim.begin_char, one.claim.id)
