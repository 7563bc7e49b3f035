"""One claim for what several patterns, triggers or readers say alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from sides.model.amount import Amount
from sides.model.claim import Claim
from sides.model.claim_type import Kind
from sides.model.reason import Reason

Part = TypeVar("Part", Reason, Amount)
CELL_CHARS = 1000  # of the text, by which claims are sorted before they are compared


def merged(claims: Iterable[Claim]) -> list[Claim]:
    """The claims with those left out that say the same as a surer one, sorted by offset.

    Two claims are the same when their quotes overlap and source, target, type and modality agree; reciprocal types
    agree in either direction. Who belongs where is kept once for a document. Among equals the first in the text stays.
    Reasons and amounts of those left out go over to the claim that stays.
    """
    kept: list[Claim] = []
    near: defaultdict[tuple[object, ...], list[int]] = defaultdict(list)  # only these can say the same
    for claim in sorted(claims, key=lambda claim: (-claim.confidence, *place(claim), *_told(claim))):
        cells = _cells(claim)
        known = next((index for cell in cells for index in near[cell] if same(claim, kept[index])), None)
        if known is None:
            for cell in cells:
                near[cell].append(len(kept))
            kept.append(claim)
        elif claim.reasons or claim.amounts:
            kept[known] = replace(kept[known], reasons=_added(kept[known].reasons, claim.reasons),
                                  amounts=_added(kept[known].amounts, claim.amounts))
    return sorted(kept, key=place)


def _told(claim: Claim) -> tuple[list[int], list[int]]:
    """Where its reasons and amounts stand: what tells claims apart that are alike in all else."""
    return [one.begin_char for one in claim.reasons], [one.begin_char for one in claim.amounts]


def _added(own: tuple[Part, ...], others: tuple[Part, ...]) -> tuple[Part, ...]:
    """Reasons or amounts with those of another claim that lie elsewhere in the text, by offset."""
    together = list(own)
    together += [other for other in others
                 if not any(one.begin_char < other.end_char and other.begin_char < one.end_char for one in own)]
    return tuple(sorted(together, key=lambda part: (part.begin_char, part.end_char, part.kind)))


def _cells(claim: Claim) -> list[tuple[object, ...]]:
    """Where to look for a claim that says the same: two such claims share the first, or one of the others."""
    pair = claim.document, min(claim.source, claim.target), max(claim.source, claim.target)
    if claim.kind is Kind.STRUCTURE:
        return [pair]
    return [(*pair, claim.type, cell) for cell in
            range(claim.begin_char // CELL_CHARS, claim.end_char // CELL_CHARS + 1)]


def place(claim: Claim) -> tuple[int, int, str, str, str, str]:
    """Where a claim stands among others: by offset, then by what it says."""
    return claim.begin_char, claim.end_char, claim.source, claim.target, claim.type.value, claim.third or ""


def same(claim: Claim, other: Claim) -> bool:
    """Whether two claims of a document say the same thing in the same place."""
    if claim.document != other.document:
        return False
    forth = (claim.source, claim.target) == (other.source, other.target)
    back = (claim.source, claim.target) == (other.target, other.source)
    if claim.kind is Kind.STRUCTURE and other.kind is Kind.STRUCTURE:
        return forth or back
    return (claim.type is other.type and claim.modality is other.modality
            and (claim.third == other.third or claim.third is None)
            and (forth or (back and claim.type.meaning.is_reciprocal))
            and claim.begin_char < other.end_char and other.begin_char < claim.end_char)
