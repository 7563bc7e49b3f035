"""Where voices disagree: the tie of a dyad under each lens of a kind, how far they diverge, and on what.

Two voices contradict each other in a month by -log sum(p q / c) over the states, p and q being their probabilities and
c those of the chain before anything is said: how much less likely it is that both tell of one and the same state than
that they tell of any two. A voice that says nothing has q = c and contradicts nobody; what agrees counts as 0. The mean
over the months of which both speak is weighed by what the voice that says less says of each. Dyads are ranked by it
times shared / (shared + 1), shared being that weight in all: two voices that share the weight of one sure claim count
half, so that a thin one does not lead. How far apart they lie is told beside it: the distance of Wasserstein (the earth
mover's) over the five states in their order, 0 alike and 4 for hostile against allied.

Beside them stand the claims that all the rest about their dyad speaks against, whoever says it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from sides.ledger.values import StoredDocument
from sides.model.claim import Claim
from sides.model.claim_type import ClaimType, Kind, Layer
from sides.model.dates import PartialDate
from sides.model.errors import LensError
from sides.ties.atlas import About, Atlas, Dyad
from sides.ties.evidence import Evidence
from sides.ties.field import field_of
from sides.ties.history import Contribution, History
from sides.ties.lens import KEYS, UNNAMED, Lens
from sides.ties.parameters import shipped
from sides.ties.selection import selected, tie_of
from sides.ties.signals import Signals, month_date, month_of, signals
from sides.ties.states import LEVELS, State
from sides.ties.strength import says_something
from sides.ties.support import Support, parties, supports
from sides.ties.tie import Tie

Floats = NDArray[np.float64]
BY = tuple(key[:-1] for key in KEYS)
# A voice has a tie of its own if what it says of a dyad weighs so much: about one sure claim of an author. Judgement.
LEAST_WEIGHT = 0.5
# Weight of one sure claim: what two voices must share for half of what parts them to count. Judgement.
HALF = 1.0
# What parts two voices by less than this is no disagreement. Judgement.
LEAST_DIVERGENCE = 0.05
# With a date, the months that count: a year up to it.
YEAR = 12


@dataclass(frozen=True, slots=True)
class Voice:
    """The tie of a dyad under one lens, and how much it rests on."""

    lens: Lens
    name: str  # the outlet, author, speaker... that it is
    tie: Tie
    weight: float  # of its claims in the model
    volume: Floats = field(compare=False, repr=False)  # (T,) of what it says of each month of the tie's history

    @property
    def history(self) -> History:
        """The history of its tie."""
        assert self.tie.history is not None  # else it would be no voice
        return self.tie.history

    def probabilities(self, month: PartialDate) -> Mapping[State, float]:
        """The probability of each state in a month; empty where it says nothing of it."""
        place = month_of(month.last) - self.history.begin
        is_told = 0 <= place < len(self.volume) and self.volume[place] > 0
        return self.history.probabilities(month) if is_told else {}


@dataclass(frozen=True, slots=True)
class Ground:
    """What two voices differ on: the claims of one type and layer, and how far they pull the two apart."""

    layer: Layer
    type: ClaimType
    pull: float  # of expected level; below 0: they bring the two together
    contributions: tuple[Contribution, ...]  # to the voice of each, that which pulls most first


@dataclass(frozen=True, slots=True)
class Divergence:
    """How far two voices lie apart about a dyad."""

    better: Voice  # the one that has the two on better terms
    worse: Voice
    contradiction: float  # mean over the months of which both speak, in natural logarithms
    distance: float  # the same of the distance between their probabilities, 0 to 4
    shared: float  # weight of what both speak of
    gap: float  # of expected level, better less worse
    first: PartialDate  # the months of which both speak
    last: PartialDate
    worst: PartialDate  # the month in which what they say parts them most
    grounds: tuple[Ground, ...]  # what pulls them apart most first

    @property
    def divergence(self) -> float:
        """The contradiction as it is ranked by: less where little is shared."""
        return self.contradiction * self.shared / (self.shared + HALF)


@dataclass(frozen=True, slots=True)
class DyadDisagreement:
    """A dyad under the voices that say enough of it, and the two that lie farthest apart."""

    left: str
    right: str
    voices: tuple[Voice, ...]  # by name
    farthest: Divergence


@dataclass(frozen=True, slots=True)
class Opponent:
    """A claim that stands against all the rest that is said of its dyad."""

    left: str
    right: str
    support: Support


@dataclass(frozen=True, slots=True)
class Disagreements:
    """Where voices of one kind disagree, and the claims that stand against the rest."""

    by: str
    at: PartialDate | None
    dyads: tuple[DyadDisagreement, ...]  # the farthest apart first
    claims: tuple[Opponent, ...]  # most against the rest first


class Under(Atlas):
    """The claims of another atlas under a narrower lens."""

    def __init__(self, whole: Atlas, lens: Lens, claims: Sequence[Claim]) -> None:
        super().__init__(whole.view, known=whole.known, lens=lens, exact=whole.exact)
        self._chosen = claims

    @cached_property
    def claims(self) -> list[Evidence]:
        """Its claims as evidence."""
        return self.view.evidence(self._chosen, known=self.day, lens=self.lens)


def disagreements(atlas: Atlas, by: str, actors: Sequence[str] = (), at: PartialDate | None = None) -> Disagreements:
    """Where voices of a kind (`BY`) disagree, all dyads or (`actors`) some, at all times or in the year up to `at`.

    Raises `LensError` for a kind that there is not.
    """
    if by not in BY:
        raise LensError(f"{by!r} is nothing that voices are told apart by. Take one of: {', '.join(BY)}.")
    whole = selected(atlas, actors)
    said: dict[Dyad, list[tuple[str, Under, About, Signals]]] = {dyad: [] for dyad in whole}
    for name, claims in sorted(_said_by(atlas, by, whole).items()):
        under = Under(atlas, replace(atlas.lens, **{f"{by}s": frozenset({name})}), claims)
        for dyad, about in selected(under, actors).items():
            rows = signals(about.evidence, about.mediation, parties(about.evidence), shipped())
            if dyad in said and float(rows.weight.sum()) >= LEAST_WEIGHT:
                said[dyad].append((name, under, about, rows))
    found = []
    for dyad, some in said.items():
        voices = _voices(dyad, some, at) if len(some) > 1 else []
        apart = [one for one in (_parted(*pair, at) for pair in combinations(voices, 2))
                 if one is not None and one.divergence >= LEAST_DIVERGENCE]
        if apart:
            farthest = min(apart, key=lambda one: (-round(one.divergence, 9), one.better.name, one.worse.name))
            found.append(DyadDisagreement(*dyad, tuple(voices), _grounded(farthest)))
    found.sort(key=lambda one: (-round(one.farthest.divergence, 9), one.left, one.right))
    return Disagreements(by, at, tuple(found), tuple(_opponents(whole)))


def _voices(dyad: Dyad, some: Iterable[tuple[str, Under, About, Signals]], at: PartialDate | None) -> list[Voice]:
    """The voices that have a tie of a dyad, by name."""
    found = []
    for name, under, about, rows in some:
        tie = tie_of(under, dyad, about, at)
        if tie.history is not None:
            months = tie.history.end - tie.history.begin + 1
            volume = field_of(rows, tie.history.begin, months, 1, shipped()).volume[:, 0]
            found.append(Voice(under.lens, name, tie, float(rows.weight.sum()), volume))
    return found


def _said_by(atlas: Atlas, by: str, whole: Mapping[Dyad, About]) -> dict[str, list[Claim]]:
    """The claims of each voice that says something of the dyads asked about."""
    speaking = [claim for claim in atlas.view.snapshot.claims(known=atlas.day, outlets=atlas.lens.outlets,
                                                              speakers=atlas.lens.speakers)
                if claim.kind is not Kind.STRUCTURE and says_something(claim)]
    documents = atlas.view.documents(speaking)
    names = _names(atlas, by)
    allowed = getattr(atlas.lens, f"{by}s")
    found: dict[str, list[Claim]] = {}
    for claim in speaking:
        for name in names(claim, documents[claim.document]):
            if allowed is None or name in allowed:
                found.setdefault(name, []).append(claim)
    about = [one for about in whole.values() for one in (*about.evidence, *about.mediation)]
    told = {name for one in about for name in names(one.claim, one.document)}
    if by == "outlet":  # those that printed a copy, too
        told.update(outlet for one in about for outlet in one.outlets)
    return {name: claims for name, claims in found.items() if name in told}


def _names(atlas: Atlas, by: str) -> Callable[[Claim, StoredDocument], Iterable[str]]:
    """Tells the voices of one kind that a claim is the word of; as `Lens.accepts` does."""
    def names(claim: Claim, document: StoredDocument) -> Iterable[str]:
        if by == "outlet":
            return document.outlets or (UNNAMED,)
        if by == "speaker":
            return (claim.speaker,)
        if by == "side":
            return (atlas.view.speaks_for(claim, atlas.day),)
        return (getattr(document, by) or UNNAMED,)
    return names


def _parted(one: Voice, other: Voice, at: PartialDate | None) -> Divergence | None:
    """How far two voices lie apart; `None` where they speak of no month both."""
    months, weights = _shared(one, other, at)
    shared = float(weights.sum())
    if shared <= 0:
        return None
    shares = [voice.history.shares[months - voice.history.begin].astype(np.float64) for voice in (one, other)]
    apart = np.abs((shares[0] - shares[1]).cumsum(1)[:, :-1]).sum(1)
    same = (shares[0] * shares[1] / _unsaid(min(one.history.begin, other.history.begin), months)).sum(1)
    contrary = np.maximum(-np.log(same), 0)
    gap = float(weights @ ((shares[0] - shares[1]) @ LEVELS) / shared)
    better, worse = (one, other) if gap >= 0 else (other, one)
    spoken = months[weights > 0]
    return Divergence(better, worse, float(weights @ contrary / shared), float(weights @ apart / shared), shared,
                      abs(gap), month_date(int(spoken[0])), month_date(int(spoken[-1])),
                      month_date(int(months[(weights * contrary).argmax()])), ())


def _unsaid(begin: int, months: NDArray[np.int64]) -> Floats:
    """The probability of each state in some months of a chain that begins at `begin`, before anything is said."""
    numbers = shipped()
    shares = [numbers.initial]
    for _ in range(int(months[-1]) - begin):
        shares.append(shares[-1] @ numbers.move)
    return np.asarray(shares)[months - begin]


def _shared(one: Voice, other: Voice, at: PartialDate | None) -> tuple[NDArray[np.int64], Floats]:
    """The months that the histories of two voices have in common, and what the one that says less says of each."""
    begin = max(voice.history.begin for voice in (one, other))
    end = min(voice.history.end for voice in (one, other))
    if at is not None:
        begin, end = max(begin, month_of(at.last) - YEAR + 1), min(end, month_of(at.last))
    months = np.arange(begin, end + 1)
    volumes = [voice.volume[months - voice.history.begin] for voice in (one, other)]
    return months, np.minimum(*volumes)


def _grounded(found: Divergence) -> Divergence:
    """With what the two voices differ on."""
    months, weights = _shared(found.better, found.worse, None)
    is_told = (months >= month_of(found.first.first)) & (months <= month_of(found.last.last))
    weights = np.where(is_told, weights, 0.0)
    pulls: dict[tuple[Layer, ClaimType], list[tuple[float, Contribution]]] = {}
    for voice, sign in ((found.better, 1), (found.worse, -1)):
        history = voice.history
        shifts = history.influence[:, months - history.begin] @ weights / weights.sum()
        for one, shift in zip(history.evidence, shifts, strict=True):
            pulls.setdefault((one.claim.layer, one.claim.type), []).append(
                (sign * float(shift), Contribution(one, float(shift))))
    grounds = []
    for (layer, kind), some in pulls.items():
        some.sort(key=lambda pair: (-round(pair[0], 9), pair[1].evidence.claim.id))
        grounds.append(Ground(layer, kind, sum(sorted(pull for pull, _ in some)), tuple(one for _, one in some)))
    grounds.sort(key=lambda one: (-round(one.pull, 9), one.layer, one.type))
    return replace(found, grounds=tuple(grounds))


def _opponents(whole: Mapping[Dyad, About]) -> list[Opponent]:
    """The claims that stand against the rest of what is said of their dyad, most first."""
    found = []
    for dyad, about in whole.items():
        found += [Opponent(*dyad, one) for one in supports(about.evidence, about.mediation) if one.against > 0]
    return sorted(found, key=lambda one: (-round(one.support.against, 9), one.left, one.right,
                                          one.support.evidence.claim.id))
