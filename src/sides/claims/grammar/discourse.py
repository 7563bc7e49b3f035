"""Ties and mediations whose two sides were named a little earlier: "ties were mended", "Qatar brokered the truce"."""

from __future__ import annotations

from collections.abc import Iterator

from sides.claims.grammar.phrases import Filler
from sides.claims.grammar.proposals import Partnerless, Proposal, mediated
from sides.model.claim_type import Kind

# How many sentences back the two sides may stand: chosen on the reading corpus.
REACH_SENTENCES = 2


class Discourse:
    """Remembers which two actors were last spoken of together."""

    def __init__(self) -> None:
        self._recent: list[tuple[int, Filler, Filler]] = []

    def remember(self, sentence: int, proposals: list[Proposal]) -> None:
        """Take note of the pairs of a sentence. Pairs that were themselves taken from memory are not noted again."""
        self._recent = [row for row in self._recent if sentence - row[0] <= REACH_SENTENCES]
        self._recent += [(sentence, proposal.source, proposal.target) for proposal in proposals
                         if proposal.type.meaning.kind is not Kind.STRUCTURE
                         and not proposal.pattern.startswith("pair")]

    def tie(self, sentence: int, found: Partnerless, here: list[Proposal]) -> Iterator[Proposal]:
        """The tie between the last two who were spoken of together, one of them the side that is named, if one is."""
        known = {filler.mention.actor for filler in found.known}
        if len(known) > 1 or not found.is_new:
            return
        for source, target in self._pairs(sentence, here):
            if known <= {source.mention.actor, target.mention.actor}:
                here_named = {filler.mention.actor: filler for filler in found.known}
                source, target = (here_named.get(side.mention.actor, side) for side in (source, target))
                yield Proposal(found.type, found.sign, found.layer, source, target, found.trigger, "pair")
                return

    def mediation(self, sentence: int, found: Partnerless, here: list[Proposal]) -> Iterator[Proposal]:
        """A mediation between the last two who were spoken of together, none of them a mediator."""
        mediators = {filler.mention.actor for filler in found.known}
        for source, target in self._pairs(sentence, here):
            if not mediators & {source.mention.actor, target.mention.actor}:
                yield from mediated(list(found.known), [source, target], found.trigger, "pair-mediated")
                return

    def _pairs(self, sentence: int, here: list[Proposal]) -> Iterator[tuple[Filler, Filler]]:
        """The pairs spoken of, the last first."""
        for proposal in reversed(here):
            if proposal.type.meaning.kind is not Kind.STRUCTURE:
                yield proposal.source, proposal.target
        for number, source, target in reversed(self._recent):
            if sentence - number <= REACH_SENTENCES:
                yield source, target
