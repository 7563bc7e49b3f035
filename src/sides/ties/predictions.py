"""What documents say is ahead: who said so and when, and for what time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from sides.model.claim import AUTHOR, Claim
from sides.model.claim_type import ClaimType, Modality
from sides.model.dates import PartialDate
from sides.ties.atlas import Atlas
from sides.ties.evidence import Evidence
from sides.ties.windows import months_later, windows

AHEAD = frozenset({Modality.PLANNED, Modality.FORECAST})
# What somebody wants, or what hangs on something else, is no prediction.
ONLY_SHOWN = frozenset({Modality.DEMANDED, Modality.CONDITIONAL})
WHY_ONLY_SHOWN = {Modality.DEMANDED: "asked for, not predicted", Modality.CONDITIONAL: "hangs on a condition"}
TOLD_AFTERWARDS = "told after its time"


class Fate(StrEnum):
    """What became of a prediction."""

    BORNE_OUT = "borne out"
    NOT_BORNE_OUT = "not borne out"
    OPEN = "open"
    NOT_JUDGED = "not judged"


@dataclass(frozen=True, slots=True, kw_only=True)
class Prediction:
    """One thing that a report says is ahead.

    Read aloud: "On `made`, `voice` said that `source` would do `type` to `target` between `since` and `until`"; that it
    would not, if not `expects`.
    """

    evidence: tuple[Evidence, ...]  # several where a report says it again; the surest first
    source: str  # the sides that its actors are on
    target: str
    third: str | None
    expects: bool
    voice: str  # the speaker's name; of a document's own word its author's, else its outlets'
    side: str | None  # the actor that the speaker speaks for; `None`: a document's own word, or nobody known
    since: date
    until: date  # the last day
    is_dated: bool  # whether the text says for when; otherwise `until` is a rule's
    fate: Fate = Fate.OPEN
    because: str = ""  # why that fate
    bearing: tuple[Evidence, ...] = ()  # the later claims that it rests on
    probability: float | None = None  # of the predicted side at `until`, where the state decides

    @property
    def claim(self) -> Claim:
        """The surest claim that makes it."""
        return self.evidence[0].claim

    @property
    def type(self) -> ClaimType:
        """What is predicted."""
        return self.claim.type

    @property
    def made(self) -> PartialDate:
        """When it was published."""
        return self.evidence[0].document.published

    @property
    def reports(self) -> frozenset[str]:
        """The reports that make it: they never judge it."""
        return frozenset(one.report for one in self.evidence)

    @property
    def actors(self) -> frozenset[str]:
        """The sides that it is about, and those who are counted for them."""
        named = (actor for one in self.evidence for actor in (one.claim.source, one.claim.target, one.claim.third))
        return frozenset(actor for actor in (self.source, self.target, self.third, *named) if actor)


def predictions(atlas: Atlas) -> list[Prediction]:
    """What is said to be ahead, by date, not yet judged; what one report says again is one prediction."""
    return predictions_of(atlas.claims, atlas)


def predictions_of(claims: Iterable[Evidence], atlas: Atlas) -> list[Prediction]:
    """The same of some claims of an atlas."""
    groups: dict[tuple[str, ...], list[Prediction]] = {}
    for one in claims:
        found = _prediction(one, atlas)
        if found is not None:
            ends = (found.source, found.target)
            key = (one.report, found.type, str(found.expects), found.fate, found.third or "",
                   *(sorted(ends) if found.type.meaning.is_reciprocal else ends))
            groups.setdefault(key, []).append(found)
    folded = [whole for group in groups.values() for whole in _folded(group)]
    return sorted(folded, key=lambda one: (one.made, one.claim.document, one.claim.begin_char, one.claim.id))


def _prediction(one: Evidence, atlas: Atlas) -> Prediction | None:
    claim, made = one.claim, one.document.published
    told = (claim.end or claim.start) if not one.is_undated else None
    expects = claim.modality is not Modality.NEGATED
    if claim.modality not in AHEAD | ONLY_SHOWN and (expects or not _is_ahead(one)):
        return None
    at = atlas.view.date_of(claim)
    source, target = atlas.side(claim.source, at), atlas.side(claim.target, at)
    third = atlas.side(claim.third, at) if claim.third else None
    if source in (target, third) or target == third:
        return None
    since, until = made.first, months_later(made.last, windows().horizon(claim.type))
    fate, because = Fate.OPEN, ""
    if told is not None:
        since, until = max(since, (claim.start or told).first), told.last
        if until < made.first:
            since, fate, because = min((claim.start or told).first, until), Fate.NOT_JUDGED, TOLD_AFTERWARDS
    if claim.modality in ONLY_SHOWN:
        fate, because = Fate.NOT_JUDGED, WHY_ONLY_SHOWN[claim.modality]
    side = None if claim.speaker == AUTHOR else atlas.view.speaks_for(claim, atlas.day)
    return Prediction(
        evidence=(one,), source=source, target=target, third=third,
        expects=expects, voice=voice(one), side=side if side and atlas.view.actor(side) else None,
        since=since, until=until, is_dated=told is not None, fate=fate, because=because)


def _is_ahead(one: Evidence) -> bool:
    """Whether a denial is about the future: by its date, or by its words where it has none."""
    if one.is_undated:
        said = " ".join(one.quote.lower().split())
        return any(words in said for words in windows().refused)
    told = one.claim.start or one.claim.end
    return told is not None and told.first > one.document.published.last


def voice(one: Evidence) -> str:
    """Whose word it is, as a reader would want to see it."""
    if one.claim.speaker != AUTHOR:
        return one.speaker_name
    return one.document.author or ", ".join(one.outlets)


def _folded(group: Sequence[Prediction]) -> list[Prediction]:
    """Predictions of one thing in one report: those by one voice for the same time as one.

    One that gives no time is taken for the first that does. What only a copy of the report says is nobody else's word.
    """
    dated = sorted((one.since, one.until) for one in group if one.is_dated)
    first = min((one.made, one.claim.document) for one in group)
    told: dict[tuple[tuple[date, date] | None, str], list[Prediction]] = {}
    for one in sorted(group, key=lambda one: ((one.made, one.claim.document) != first, *_rank(one))):
        time = (one.since, one.until) if one.is_dated else dated[0] if dated else None
        same = [key for key in told if key[0] == time]
        is_copied = (one.made, one.claim.document) != first and same and (time, one.claim.speaker) not in told
        told.setdefault(same[0] if is_copied else (time, one.claim.speaker), []).append(one)
    return [replace(some[0], evidence=tuple(one.evidence[0] for one in some)) for some in told.values()]


def _rank(one: Prediction) -> tuple[bool, float, str, int, str]:
    """What is dated and surest first."""
    return not one.is_dated, -one.claim.confidence, one.claim.document, one.claim.begin_char, one.claim.id
