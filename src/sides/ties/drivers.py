"""What drives a turn and what stands in its way, from the reasons that its claims give (docs/outlook.md)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sides.model.claim import Claim
from sides.model.claim_type import Modality
from sides.model.reason import Reason, ReasonKind
from sides.ties.evidence import Evidence
from sides.ties.history import Turn
from sides.ties.windows import tells_of

DRIVING = frozenset({ReasonKind.CAUSE, ReasonKind.AIM})


@dataclass(frozen=True, slots=True)
class Driver:
    """A reason that a claim gives, or, without one, a claim that goes against a turn.

    `shift`: how far its claim moves the level over the turn, if it carries it; 0 for one that only falls in its months.
    """

    reason: Reason | None
    evidence: Evidence
    shift: float


@dataclass(frozen=True, slots=True)
class Drivers:
    """Of one turn: what drives it, what stands in its way; what weighs most first."""

    turn: Turn
    drivers: tuple[Driver, ...]
    obstacles: tuple[Driver, ...]


def drivers(turn: Turn, evidence: Iterable[Evidence]) -> Drivers:
    """What drives a turn and what stands in its way, by the claims that carry it and those about its months.

    Causes and aims of claims in its direction drive it. Obstacles and conditions of theirs, and claims in the other
    direction with all their reasons, stand in its way. Demands and what hangs on a condition are neither; plans and
    predictions lend their reasons, and are no obstacle by themselves.
    """
    carried = {one.evidence.claim.id: one.shift for one in turn.carried}
    direction = 1 if turn.is_up else -1
    pushing: list[Driver] = []
    hindering: list[Driver] = []
    for one in {one.claim.id: one for one in (*(found.evidence for found in turn.carried), *evidence)}.values():
        shift = carried.get(one.claim.id, 0.0)
        if not shift and not tells_of(one, turn.first.first, turn.last.last):
            continue
        if one.claim.modality in (Modality.DEMANDED, Modality.CONDITIONAL):
            continue
        points = bearing(one.claim)
        if points == -direction and not tells_of(one, turn.first.first, turn.last.last):
            continue  # it carries the turn by what it says of the time before
        reasons = [Driver(reason, one, shift) for reason in reasons_of(one)]
        if points == -direction:
            hindering += reasons
            if not reasons and one.claim.modality in (Modality.ASSERTED, Modality.NEGATED):
                hindering.append(Driver(None, one, shift))
        else:
            pushing += [found for found in reasons if found.reason and found.reason.kind in DRIVING]
            hindering += [found for found in reasons if found.reason and found.reason.kind not in DRIVING]
    return Drivers(turn, _once(pushing), _once(hindering))


def bearing(claim: Claim) -> int:
    """Whether a claim speaks for a better tie (1), a worse one (-1), or neither; a denial for the contrary."""
    return -claim.sign if claim.modality is Modality.NEGATED else claim.sign


def reasons_of(one: Evidence) -> list[Reason]:
    """The reasons of a claim and of what its document says again of it, by their place; each stretch once."""
    found = {(reason.begin_char, reason.end_char, reason.kind): reason
             for claim in (one.claim, *one.restatements) for reason in claim.reasons}
    return [found[key] for key in sorted(found)]


def _once(found: Iterable[Driver]) -> tuple[Driver, ...]:
    """What weighs most first; of one report the same words once."""
    ranked = sorted(found, key=lambda one: (-round(abs(one.shift), 9), one.reason is None, one.evidence.date,
                                            one.evidence.document.published, one.evidence.claim.document,
                                            one.reason.begin_char if one.reason else one.evidence.claim.begin_char,
                                            one.evidence.claim.id))
    kept: dict[tuple[str, str], Driver] = {}
    for one in ranked:
        words = one.reason.text if one.reason else one.evidence.quote
        kept.setdefault((one.evidence.report, " ".join(words.lower().split())), one)
    return tuple(kept.values())
