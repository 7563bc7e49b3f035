"""The tie of a dyad: its history as dated steps, each resting on quotes.

The rule is plain on purpose and its every step can be checked by hand (docs/ties.md):

1. Asserted claims between the two sides count, each under the year that it is about. A report that says the same thing
   twice counts once. What is planned, possible, demanded, conditional, forecast or denied is shown, and not counted.
2. The mean valence of a year's claims, each weighed by the confidence of its reading, gives its state. A year is
   called allied or hostile only if a claim of a type that says so speaks for it (`data/ties/valence.tsv`).
3. Neighbouring years with the same state are one step. A year of which nothing is said has no state.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sides.model.claim import AUTHOR
from sides.model.claim_type import ClaimType, Kind, Modality
from sides.model.dates import PartialDate
from sides.ties.evidence import Evidence
from sides.ties.rollup import Standing, standings
from sides.ties.valence import valences


class State(StrEnum):
    """Where two actors stand."""

    ALLIED = "allied"
    FRIENDLY = "friendly"
    NEUTRAL = "neutral"
    STRAINED = "strained"
    HOSTILE = "hostile"


# Chosen on the seeds so that a single CONSULT is friendly and a single REJECT strained; `tests/ties/test_tie.py`
# holds what they must tell apart.
ALLIED_FROM, FRIENDLY_FROM, STRAINED_BELOW, HOSTILE_BELOW = 6.0, 1.0, -1.0, -5.0
# A period is contested if the smaller side of its evidence is at least this share of it.
CONTESTED_SHARE = 1 / 3
# What is said of what has not happened, in the order in which it is shown.
AHEAD = (Modality.FORECAST, Modality.PLANNED, Modality.DEMANDED, Modality.CONDITIONAL, Modality.POSSIBLE)


@dataclass(frozen=True, slots=True)
class Step:
    """A stretch of years with one state, and the evidence in it."""

    state: State
    first: int  # year
    last: int  # year, inclusive
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
    steps: tuple[Step, ...]
    disagreements: tuple[Disagreement, ...]
    mediators: tuple[Mediator, ...]
    ahead: tuple[Evidence, ...]  # planned, forecast, demanded, possible, conditional
    denied: tuple[Evidence, ...]
    evidence: tuple[Evidence, ...]  # all of it, sorted by date

    @property
    def standings(self) -> tuple[Standing, ...]:
        """Which persons and parts are counted for one of the two, in how many claims, and why."""
        return standings(counted for one in self.evidence for counted in one.counted)

    @property
    def now(self) -> Step | None:
        """The step that holds at `at`, or the latest one before it. `None`: nothing is said."""
        until = self.at.last.year if self.at else None
        past = [step for step in self.steps if until is None or step.first <= until]
        return past[-1] if past else None


def derive(left: str, right: str, evidence: Sequence[Evidence], mediation: Sequence[Evidence],
           at: PartialDate | None = None, known: PartialDate | None = None) -> Tie:
    """The tie of a dyad from the evidence about it. Depends on the set of evidence, not on its order."""
    about = sorted((one for one in evidence
                    if one.claim.type in valences() and (at is None or one.date.first <= at.last)), key=_order)
    said = [one for one in about if one.claim.modality is Modality.ASSERTED]
    return Tie(
        left, right, at, known,
        steps=tuple(steps(said)),
        disagreements=tuple(disagreements(said)),
        mediators=tuple(mediators(mediation)),
        ahead=tuple(sorted((one for one in about if one.claim.modality in AHEAD), key=_latest_ahead)),
        denied=tuple(one for one in about if one.claim.modality is Modality.NEGATED),
        evidence=tuple(sorted({one.claim.id: one for one in [*about, *mediation]}.values(), key=_order)),
    )


def steps(said: Iterable[Evidence]) -> list[Step]:
    """Years of asserted evidence, judged one by one; neighbours of one state merged."""
    years: dict[int, list[Evidence]] = {}
    for one in said:
        years.setdefault(one.date.year, []).append(one)
    merged: list[Step] = []
    for year in sorted(years):
        step = judged(year, years[year])
        if merged and merged[-1].state is step.state and merged[-1].last == year - 1:
            before = merged.pop()
            step = Step(step.state, before.first, year, before.is_contested or step.is_contested,
                        before.agreeing + step.agreeing, before.opposing + step.opposing)
        merged.append(step)
    return merged


def judged(year: int, evidence: Sequence[Evidence]) -> Step:
    """The state of one year. A report counts once for each type and direction; what has no valence speaks for none."""
    counted = {(one.report, one.claim.type, one.claim.source, one.claim.target): one for one in reversed(evidence)}
    scores = [score(one) for one in counted.values()]
    weights = [one.claim.confidence for one in counted.values()]
    mean = sum(value * weight for value, weight in zip(scores, weights, strict=True)) / sum(weights)
    proved = {valences()[one.claim.type].proves for one in evidence if score(one)}
    if mean >= FRIENDLY_FROM:
        state = State.ALLIED if mean >= ALLIED_FROM and State.ALLIED in proved else State.FRIENDLY
    elif mean <= STRAINED_BELOW:
        state = State.HOSTILE if mean <= HOSTILE_BELOW and State.HOSTILE in proved else State.STRAINED
    else:
        state = State.NEUTRAL
    side = (mean >= FRIENDLY_FROM) - (mean <= STRAINED_BELOW)
    smaller = min(sum(value > 0 for value in scores), sum(value < 0 for value in scores))
    agreeing = tuple(one for one in evidence if side in (0, _sign(score(one))))
    opposing = tuple(one for one in evidence if side and _sign(score(one)) == -side)
    return Step(state, year, year, smaller / len(scores) >= CONTESTED_SHARE, agreeing, opposing)


def score(one: Evidence) -> float:
    """The valence of a claim: its type's, or its sign's where the claim's sign differs from the type's usual one."""
    valence = valences()[one.claim.type].score
    if one.claim.sign and _sign(valence) != one.claim.sign:
        return 2.0 * one.claim.sign
    return valence


def disagreements(said: Iterable[Evidence]) -> list[Disagreement]:
    """For each year, the firmest pair of voices of different outlets or speakers with opposite signs about a tie."""
    found = []
    years: dict[int, list[Evidence]] = {}
    for one in said:
        years.setdefault(one.date.year, []).append(one)
    for year in sorted(years):
        good = [one for one in years[year] if score(one) > 0]
        bad = [one for one in years[year] if score(one) < 0]
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
    strength = abs(score(one)) if one.claim.type in valences() else 1.0
    return one.claim.confidence * strength * (0.8 if one.is_undated else 1.0)


def _standing(one: Evidence) -> int:
    return int(one.claim.kind is Kind.TIE)


def _sign(value: float) -> int:
    return (value > 0) - (value < 0)


def _order(one: Evidence) -> tuple[PartialDate, PartialDate, str, int, str]:
    return (one.date, one.document.published, one.claim.document, one.claim.begin_char, one.claim.id)


def _latest_ahead(one: Evidence) -> tuple[int, int, str, int, str]:
    return (AHEAD.index(one.claim.modality), -one.document.published.last.toordinal(), one.claim.document,
            one.claim.begin_char, one.claim.id)
