"""Who gives whom what, and who withholds it, with the amounts that are told (docs/outlook.md)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sides.model.amount import Amount, AmountKind
from sides.model.claim import Claim
from sides.model.claim_type import ClaimType, Layer, Modality
from sides.model.dates import PartialDate
from sides.ties.evidence import Evidence
from sides.ties.windows import windows


@dataclass(frozen=True, slots=True)
class Total:
    """The sum of amounts of one kind and unit; `amounts` told so often, the same one of the same year only once.

    A sum has no highest number if one of its parts has none. Shares ("a third of its budget") are never added.
    """

    kind: AmountKind
    unit: str
    low: float
    high: float | None
    amounts: tuple[Amount, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """What one side gives another, or withholds from it, on one field, in one modality."""

    giver: str
    receiver: str
    is_withheld: bool
    layer: Layer
    modality: Modality
    types: tuple[ClaimType, ...]
    evidence: tuple[Evidence, ...]  # by date
    totals: tuple[Total, ...]

    @property
    def first(self) -> PartialDate:
        """The earliest date that is told."""
        return self.evidence[0].date

    @property
    def last(self) -> PartialDate:
        """The latest."""
        return self.evidence[-1].date


def flows(evidence: Iterable[Evidence]) -> list[Flow]:
    """Who gives whom what, from the evidence of a tie: what is asserted first, then what most claims tell of.

    Actors that are counted for a side give and receive for it. Of joint action the first-named is listed as the giver.
    """
    groups: dict[tuple[str, str, bool, Layer, Modality], list[Evidence]] = {}
    for one in evidence:
        claim = one.claim
        if is_flow(claim):
            whole = {counted.actor: counted.whole for counted in one.counted}
            ends = whole.get(claim.source, claim.source), whole.get(claim.target, claim.target)
            key = (*ends, claim.type in windows().withheld, claim.layer, claim.modality)
            groups.setdefault(key, []).append(one)
    found = []
    for (giver, receiver, is_withheld, layer, modality), some in groups.items():
        in_order = sorted(some, key=lambda one: (one.date, one.document.published, one.claim.document,
                                                 one.claim.begin_char, one.claim.id))
        found.append(Flow(giver=giver, receiver=receiver, is_withheld=is_withheld, layer=layer, modality=modality,
                          types=tuple(sorted({one.claim.type for one in some})), evidence=tuple(in_order),
                          totals=tuple(totals(in_order))))
    return sorted(found, key=lambda one: (one.modality is not Modality.ASSERTED, -len(one.evidence), one.giver,
                                          one.receiver, one.is_withheld, one.layer, one.modality))


def is_flow(claim: Claim) -> bool:
    """Whether a claim tells of something given or withheld."""
    kinds = windows()
    return (claim.type in kinds.given or claim.type in kinds.withheld
            or (claim.type in kinds.given_on and (claim.layer in kinds.fields or bool(claim.amounts))))


def totals(evidence: Iterable[Evidence]) -> list[Total]:
    """The amounts of some claims, by kind and unit. The same amount told of the same year is one, whoever tells it."""
    told: dict[tuple[AmountKind, str], dict[tuple[float | None, float | None, int], Amount]] = {}
    for one in evidence:
        for amount in one.claim.amounts:
            told.setdefault((amount.kind, amount.unit), {}).setdefault((amount.low, amount.high, one.date.year), amount)
    found = []
    for (kind, unit), by_year in sorted(told.items()):
        each = [(amount,) for amount in by_year.values()] if kind is AmountKind.SHARE else [tuple(by_year.values())]
        for amounts in each:
            highs = [amount.high for amount in amounts]
            found.append(Total(kind, unit, sum(amount.low or 0.0 for amount in amounts),
                               None if None in highs else sum(high for high in highs if high is not None), amounts))
    return found
