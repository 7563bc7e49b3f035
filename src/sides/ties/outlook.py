"""What became of plans and predictions, and how each voice's fared (docs/outlook.md).

A prediction is judged by what was published after it, in other reports than its own, about the time that it was made
for. Nobody's word is judged by itself, and what was not known by `known` judges nothing.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sides.model.claim_type import ClaimType, Kind, Modality
from sides.model.dates import PartialDate
from sides.ties.atlas import Atlas
from sides.ties.evidence import Evidence
from sides.ties.predictions import Fate, Prediction, predictions
from sides.ties.signals import month_of
from sides.ties.states import STATES
from sides.ties.tie import derive
from sides.ties.windows import tells_of, windows

Z_95 = 1.959964  # of the normal distribution: an interval between -z and z holds 95 of 100
NOT_OVER = "its time is not over"
TOO_LITTLE = "too little is told of its time"


@dataclass(frozen=True, slots=True)
class Score:
    """How a voice's predictions fared."""

    voice: str
    speaker: str  # as the claims have it: "author", an actor's id, or the words of the text
    made: int  # plans and predictions that can be judged at some time
    judged: int
    borne_out: int

    @property
    def share(self) -> float | None:
        """Of those judged, how many were borne out. `None`: none was judged."""
        return self.borne_out / self.judged if self.judged else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Wilson's interval of the share, at 95 %."""
        return wilson(self.borne_out, self.judged) if self.judged else None


def outlook(atlas: Atlas, judge: Atlas, *, at: PartialDate | None = None,
            about: Collection[str] = ()) -> list[Prediction]:
    """Every plan and prediction of an atlas's claims, with its fate, by date.

    `judge` has the claims by which they are judged: everybody's, where `atlas` is under a lens. `at`: only what was
    said by then, judged by what had happened by then. `about`: only those in which all of these actors take part.
    """
    limit = last_day(judge, at)
    found = (one for one in predictions(atlas) if at is None or one.made.first <= at.last)
    return [judged(one, judge, limit) if one.fate is Fate.OPEN and limit else one
            for one in found if one.actors.issuperset(about)]


def last_day(atlas: Atlas, at: PartialDate | None) -> date | None:
    """The last day that is asked about and of which anything may be known. `None`: there are no documents."""
    if atlas.horizon is None:
        return None
    return min(atlas.horizon.last, at.last) if at else atlas.horizon.last


def judged(one: Prediction, judge: Atlas, limit: date) -> Prediction:
    """A prediction with its fate, by the claims of an atlas about what had happened by a day."""
    about = judge.about(one.source, one.target)
    others = [other for other in about.evidence if other.report not in one.reports]
    later = [other for other in others if other.document.published.first > one.made.last]
    telling = [other for other in later if _tells(other, one, min(one.until, limit))]
    if one.type not in windows().borne_out:
        mediation = [other for other in about.mediation if other.report not in one.reports]
        return _by_state(one, telling, others, mediation, judge, limit)
    bearing = [other for other in telling if other.claim.type in windows().borne_out[one.type]
               and _same_way(other, one, judge)]
    done = [other for other in bearing if other.claim.modality is Modality.ASSERTED]
    if sureness(done, one.since) >= windows().believed:
        return _fate(one, True, "told later of its time", done)
    if limit < one.until:
        return replace(one, because=NOT_OVER)
    denied = [other for other in bearing if other.claim.modality is Modality.NEGATED]
    if sureness(denied, one.since) >= windows().believed:
        return _fate(one, False, "denied", denied)
    reports = {other.report for other in telling if other.claim.modality in (Modality.ASSERTED, Modality.NEGATED)}
    if len(reports) >= windows().reports:
        return _fate(one, False, f"{len(reports)} reports on its time tell of the two, none of it", telling)
    return replace(one, because=TOO_LITTLE)


def sureness(evidence: Iterable[Evidence], since: date) -> float:
    """The probability that one of some claims at least is read rightly and tells of the time since a day.

    The readings of different reports err apart. What is not dated is news: of the months before its document, the last
    ones most.
    """
    best: dict[str, float] = {}
    for one in evidence:
        months = month_of(one.document.published.last) - month_of(since)
        recent = 1 - math.exp(-max(months, 0) / windows().news_fades) if one.is_undated else 1.0
        best[one.report] = max(best.get(one.report, 0.0), one.claim.confidence * recent)
    return 1 - math.prod(1 - best[report] for report in sorted(best))


def scoreboard(found: Iterable[Prediction]) -> list[Score]:
    """How each voice's predictions fared, those most often judged first; what cannot be judged is left out."""
    counts: dict[tuple[str, str], list[int]] = {}
    for one in found:
        if one.fate is not Fate.NOT_JUDGED:
            row = counts.setdefault((one.voice, one.claim.speaker), [0, 0, 0])
            row[0] += 1
            row[1] += one.fate is not Fate.OPEN
            row[2] += one.fate is Fate.BORNE_OUT
    scores = [Score(*voice, *row) for voice, row in counts.items()]
    return sorted(scores, key=lambda one: (-one.judged, -one.made, one.voice, one.speaker))


def wilson(hits: int, trials: int, z: float = Z_95) -> tuple[float, float]:
    """The score interval of a share (Wilson 1927, J. Am. Stat. Assoc. 22: 209-212).

    >>> [round(end, 3) for end in wilson(8, 10)]
    [0.49, 0.943]
    """
    share, scale = hits / trials, 1 + z * z / trials
    middle = (share + z * z / (2 * trials)) / scale
    half = z * math.sqrt(share * (1 - share) / trials + (z / (2 * trials)) ** 2) / scale
    return max(0.0, middle - half), min(1.0, middle + half)


def _tells(other: Evidence, one: Prediction, until: date) -> bool:
    """Whether a claim is about the time of a prediction.

    A relation that goes on tells of the day of its document too, where a relation is predicted.
    """
    if tells_of(other, one.since, until, windows().late_report):
        return True
    published = other.document.published
    return (one.type not in windows().borne_out and other.claim.kind is Kind.TIE and other.claim.end is None
            and one.since <= published.last and published.first <= until)


def _same_way(other: Evidence, one: Prediction, judge: Atlas) -> bool:
    """Whether a claim that may bear a prediction out is about the same doing: by the same side, where that matters."""
    claim, at = other.claim, judge.view.date_of(other.claim)
    if one.type is ClaimType.MEDIATE and one.third and claim.third:
        parties = {judge.side(party, at) for party in (claim.target, claim.third)}
        return judge.side(claim.source, at) == one.source and parties == {one.target, one.third}
    if one.type.meaning.is_reciprocal or claim.type.meaning.is_reciprocal:
        return True
    return judge.side(claim.source, at) == one.source


def _by_state(one: Prediction, telling: Sequence[Evidence], others: Sequence[Evidence],
              mediation: Sequence[Evidence], judge: Atlas, limit: date) -> Prediction:
    """The fate of a predicted relation: by the state at the end of its time, from all that other reports tell."""
    if limit < one.until:
        return replace(one, because=NOT_OVER)
    telling = [other for other in telling if other.claim.modality in (Modality.ASSERTED, Modality.NEGATED)]
    if not telling:
        return replace(one, because=TOO_LITTLE)
    at = PartialDate.of(one.until)
    tie = derive(min(one.source, one.target), max(one.source, one.target), others, mediation, at, judge.known,
                 judge.horizon)
    sign = one.claim.sign
    share = sum(tie.probabilities.get(state, 0.0) for state in STATES
                if (state.level > 0) - (state.level < 0) == sign)
    words = {1: "friendly or allied", 0: "neutral", -1: "strained or hostile"}[sign]
    one = replace(one, probability=share)
    if 1 - windows().sure < share < windows().sure:
        return replace(one, because=f"{words} at its end is about as likely as not", bearing=tuple(telling))
    return _fate(one, share >= windows().sure, f"{words} at its end with probability {share:.2f}", telling)


def _fate(one: Prediction, happened: bool, because: str, bearing: Sequence[Evidence]) -> Prediction:
    fate = Fate.BORNE_OUT if happened is one.expects else Fate.NOT_BORNE_OUT
    return replace(one, fate=fate, because=because, bearing=tuple(bearing))
