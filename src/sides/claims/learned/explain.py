"""What the encoder makes of each sentence: the claims that it finds likely, what they rest on, and what it drops."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sides.claims.grammar.reader import Weighed
from sides.claims.learned.findings import Finding, Hearing
from sides.claims.learned.model import Judgement
from sides.claims.learned.nearest import Precedent, Precedents
from sides.claims.learned.thresholds import Thresholds
from sides.claims.learned.windows import TYPE_PLACES, Window
from sides.model.claim import Claim
from sides.model.claim_type import ClaimType

MERGED = "a surer claim says the same"
SAID_SURER = "of readings that say the same, the surest is taken"
TOO_UNSURE = "weighed with what else is known, it is too unsure"
UNLIKELY = "the encoder finds it unlikely"
UNSEEN = "the encoder has no say in it, and it is too unsure by itself"
Way = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Likely:
    """A claim that the encoder finds likely, and what it rests on."""

    source: str
    target: str
    third: str | None
    type: ClaimType
    share: float  # of the encoder's probability
    trigger: str  # the word that the encoder looks at most
    is_read_by_grammar: bool
    confidence: float
    reasons: tuple[str, ...]  # what each sign adds to the odds of its confidence, the weightiest first: "tie +0.31"
    precedents: tuple[Precedent, ...]  # the training claims most like it, the likest first
    claim: Claim | None  # as it is finally made
    why: str | None  # why no claim comes of it


@dataclass(frozen=True, slots=True)
class Dropped:
    """A reading of the grammar that no claim comes of."""

    begin_char: int  # of its trigger
    trigger: str
    source: str
    target: str
    third: str | None
    type: ClaimType
    confidence: float  # by the grammar
    share: float | None  # of the encoder's probability; None where it sees not both actors in the sentence
    why: str


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the encoder makes of one sentence, or of the readings that stand where it has no say."""

    begin_char: int
    end_char: int
    likely: tuple[Likely, ...]
    dropped: tuple[Dropped, ...]


def opinions(hearings: Iterable[Hearing], unseen: Sequence[Weighed], claims: Iterable[Claim], thresholds: Thresholds,
             precedents: Precedents) -> list[Opinion]:
    """What the encoder makes of each window, by offset; readings outside of all windows stand for themselves.

    `claims` are those that the document finally has.
    """
    kept = {identity(claim): claim for claim in claims}
    found = []
    left = [dropped(one, None, UNSEEN) for one in unseen if one.claim.confidence < thresholds.unjudged]
    for hearing in hearings:
        window = hearing.window
        here = [one for one in left if window.begin_char <= one.begin_char < window.end_char]
        left = [one for one in left if one not in here]
        found.append(Opinion(window.begin_char, window.end_char,
                             tuple(likely(finding, hearing, kept, precedents, thresholds)
                                   for finding in hearing.kept(thresholds.least)),
                             tuple(sorted([*passed_over(hearing, thresholds.least), *here], key=place))))
    found += [Opinion(one.begin_char, one.begin_char + 1, (), (one,)) for one in left]
    return sorted(found, key=lambda one: (one.begin_char, one.end_char))


def likely(finding: Finding, hearing: Hearing, kept: dict[tuple[str, str], Claim], precedents: Precedents,
           thresholds: Thresholds) -> Likely:
    """A finding with the training claims that its pair is most like."""
    verdict, claim = finding.verdict, finding.claim
    shown = kept.get(identity(claim))
    vector = hearing.judgement.vectors[way_of(hearing.window, (verdict.source, verdict.target))]
    return Likely(verdict.source, verdict.target, verdict.third, verdict.type, verdict.share, finding.looked_at,
                  finding.reading is not None, claim.confidence,
                  tuple(f"{sign} {weight:+.2f}" for sign, weight in thresholds.reasons(finding.signs)),
                  tuple(precedents.nearest(vector, verdict.type.value)), shown, None if shown else MERGED)


def passed_over(hearing: Hearing, least: float) -> list[Dropped]:
    """The readings of a window that no finding takes up, and those whose finding is too unsure."""
    kept = {id(finding.reading) for finding in hearing.kept(least)}
    taken = [finding.reading for finding in hearing.findings if finding.reading is not None]
    found = []
    for one in hearing.readings:
        if id(one) in kept:
            continue
        is_taken, is_said = any(one is other for other in taken), any(alike(one.claim, other.claim) for other in taken)
        found.append(dropped(one, share(one.claim, hearing.window, hearing.judgement),
                             TOO_UNSURE if is_taken else SAID_SURER if is_said else UNLIKELY))
    return found


def alike(claim: Claim, other: Claim) -> bool:
    """Whether two readings of a sentence are of one type and the same two, either way round if the type has none."""
    ways = {(other.source, other.target)} | (
        {(other.target, other.source)} if other.type.meaning.is_reciprocal else set())
    return claim.type is other.type and (claim.source, claim.target) in ways


def share(claim: Claim, window: Window, judgement: Judgement) -> float:
    """What the encoder gives to a claim's type between its two actors, the better way round if the type has none."""
    ways = [(claim.source, claim.target)]
    if claim.type.meaning.is_reciprocal:
        ways.append((claim.target, claim.source))
    return max(float(judgement.shares[way_of(window, way), TYPE_PLACES[claim.type]]) for way in ways)


def way_of(window: Window, way: Way) -> int:
    """The place of an ordered pair among those of a window."""
    return next(place for place, (one, other) in enumerate(window.pairs)
                if (window.actors[one], window.actors[other]) == way)


def dropped(one: Weighed, share_: float | None, why: str) -> Dropped:
    """A reading that is dropped, and why."""
    claim = one.claim
    return Dropped(one.proposal.trigger[0].idx, claim.trigger, claim.source, claim.target, claim.third, claim.type,
                   claim.confidence, share_, why)


def place(one: Dropped) -> tuple[int, str, str, str]:
    """Where a dropped reading stands among others."""
    return one.begin_char, one.type.value, one.source, one.target


def identity(claim: Claim) -> tuple[str, str]:
    """What tells claims of a document apart, whatever was added when those that say the same were merged."""
    return claim.id, claim.modality.value
