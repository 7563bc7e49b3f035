"""All ties at once: every dyad that documents speak of, inferred together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from sides.model.claim import Claim
from sides.model.claim_type import ClaimType, Kind
from sides.model.dates import PartialDate
from sides.ties.evidence import Evidence
from sides.ties.lens import OPEN, Lens
from sides.ties.rollup import Counted
from sides.ties.strength import says_something
from sides.ties.tie import Tie, derive
from sides.ties.view import View, targets

Dyad = tuple[str, str]  # sorted


@dataclass(frozen=True, slots=True)
class About:
    """The evidence of one dyad: what is said of the two, and who is said to broker between them."""

    evidence: tuple[Evidence, ...]
    mediation: tuple[Evidence, ...]


class Atlas:
    """Every dyad of a ledger under one lens, by what was known at a date. What is derived is computed once."""

    def __init__(self, view: View, *, known: PartialDate | None = None, lens: Lens = OPEN, exact: bool = False,
                 near: str | None = None) -> None:
        """`near`: only claims in which this actor takes part, or one that counts for it at some time.

        Then only the dyads of that actor are whole.
        """
        self.view, self.known, self.lens, self.exact, self.near = view, known, lens, exact, near
        self._ties: dict[tuple[Dyad, PartialDate | None], Tie] = {}

    @cached_property
    def day(self) -> date | None:
        """The last day that a document may have been published on to count."""
        return self.known.last if self.known else None

    @cached_property
    def horizon(self) -> PartialDate | None:
        """The latest date that the documents tell of."""
        return self.view.horizon(self.day)

    @cached_property
    def claims(self) -> list[Evidence]:
        """All claims that speak of a state, once each, as evidence."""
        actors = None if self.near is None else self.view.ever([self.near], known=self.day, exact=self.exact)
        found = self.view.snapshot.claims(actors=actors, known=self.day, outlets=self.lens.outlets,
                                          speakers=self.lens.speakers)
        speaking = [claim for claim in found if claim.kind is not Kind.STRUCTURE and says_something(claim)]
        return self.view.evidence(speaking, known=self.day, lens=self.lens)

    @cached_property
    def dyads(self) -> dict[Dyad, About]:
        """The evidence of each dyad, by the organizations that the actors acted for at each claim's date."""
        between: dict[Dyad, list[Evidence]] = {}
        brokered: dict[Dyad, list[Evidence]] = {}
        for one in self.claims:
            for dyad, counted in self._dyads_of(one.claim, [(one.claim.source, other) for other in targets(one.claim)]):
                between.setdefault(dyad, []).append(_counted(one, counted))
            if one.claim.type is ClaimType.MEDIATE and one.claim.third:
                broker = self.side(one.claim.source, self.view.date_of(one.claim))
                for dyad, counted in self._dyads_of(one.claim, [(one.claim.target, one.claim.third)]):
                    if broker not in dyad:
                        brokered.setdefault(dyad, []).append(_counted(one, counted))
        return {dyad: About(tuple(between.get(dyad, ())), tuple(brokered.get(dyad, ())))
                for dyad in sorted({*between, *brokered})}

    def about(self, left: str, right: str) -> About:
        """The evidence of the dyad of two sides; none where nothing is said."""
        return self.dyads.get((min(left, right), max(left, right)), About((), ()))

    def side(self, actor: str, at: PartialDate) -> str:
        """The actor that it counts for at a date."""
        return actor if self.exact else self.view.organization(self.day).principal(actor, at)

    def tie(self, left: str, right: str, at: PartialDate | None = None) -> Tie:
        """The tie of two sides; one without steps where nothing is said."""
        dyad = (min(left, right), max(left, right))
        if (dyad, at) not in self._ties:
            about = self.about(*dyad)
            self._ties[dyad, at] = derive(*dyad, about.evidence, about.mediation, at, self.known, self.horizon)
        return self._ties[dyad, at]

    def ties(self, at: PartialDate | None = None) -> Iterator[Tie]:
        """The tie of every dyad that something is said of, in the order of their ids."""
        for dyad in self.dyads:
            tie = self.tie(*dyad, at)
            if tie.history is not None:
                yield tie

    def _dyads_of(self, claim: Claim, pairs: list[tuple[str, str]]) -> Iterator[tuple[Dyad, tuple[Counted, ...]]]:
        """The dyads that some pairs of a claim's actors count for, each with who is counted for whom."""
        at = self.view.date_of(claim)
        for pair in pairs:
            sides = [self.side(actor, at) for actor in pair]
            if sides[0] == sides[1]:
                continue
            counted = () if self.exact else tuple(
                Counted(actor, side, at, self.view.organization(self.day).path(actor, side, at) or ())
                for actor, side in zip(pair, sides, strict=True) if actor != side)
            yield (min(sides), max(sides)), counted


def _counted(one: Evidence, counted: tuple[Counted, ...]) -> Evidence:
    return replace(one, counted=counted) if counted else one
