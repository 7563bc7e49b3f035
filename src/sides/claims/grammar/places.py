"""Who belongs where, from how names stand together: "Igor Dodon's Socialists", "Iran's Quds Force", "X of the SDA"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sides.actors.resolution import Resolution
from sides.claims.grammar.phrases import Filler, Phrases, Route
from sides.claims.grammar.proposals import Proposal, crossed
from sides.model.actor import ActorKind, Form
from sides.model.claim_type import ClaimType

if TYPE_CHECKING:
    from spacy.tokens import Token

HOUSES = frozenset({ActorKind.ORGANIZATION, ActorKind.BLOC, ActorKind.ORGAN})
WHOLES = frozenset({ActorKind.STATE, *HOUSES})


NAMING = frozenset({Form.NAME, Form.METONYM})  # not "his Cambodian counterpart", which is resolved to Cambodia
STATES = frozenset({ActorKind.STATE})
PERSONS, ORGANS = frozenset({ActorKind.PERSON}), frozenset({ActorKind.ORGAN})


class Places:
    """Reads where names stand toward each other."""

    def __init__(self, phrases: Phrases, resolution: Resolution, houses: frozenset[str]) -> None:
        self._phrases, self._houses = phrases, houses
        self._kinds = {actor.id: actor.kind for actor in resolution.actors}

    def read(self, token: Token) -> Iterator[Proposal]:
        """The proposals of one name."""
        if token.lemma_.lower() in self._houses:
            yield from self._house(token)
        own = self._phrases.named(token)
        if len(own) != 1 or own[0].route is not Route.HEAD or own[0].mention.form not in NAMING:
            return
        kind = self._kinds.get(own[0].mention.actor)
        for child in token.children:
            if child.dep_ == "poss":
                yield from self._owned(token, kind, own, self._phrases.owners(token))
            elif child.dep_ == "prep" and child.lower_ in ("of", "under", "from"):
                for inner in child.children:
                    if inner.dep_ == "pobj":
                        yield from self._attached(token, kind, own, child.lower_, self._phrases.named(inner))
            elif (child.left_edge.i == token.i + 2 and token.nbor(1).text == "(" and child.dep_ != "conj"):
                yield from self._one(ClaimType.MEMBER_OF, own, self._phrases.named(child), PERSONS, HOUSES, token,
                                     "place-bracket")

    def _house(self, token: Token) -> Iterator[Proposal]:
        """Whose party or government it is: "his party, the SDA", "the movement of Sadr", "Sadr, whose movement"."""
        owned = self._phrases.owners(token) or [
            filler for child in token.children if child.dep_ == "prep" and child.lower_ in ("of", "under")
            for inner in child.children if inner.dep_ == "pobj" for filler in self._phrases.named(inner)]
        owners = self._of_kind(owned, PERSONS)
        if len(owners) == 1:
            beside = [child for child in token.children if child.dep_ == "appos"]
            if token.dep_ == "appos":  # "Fanmi Lavalas, the party of Jean-Bertrand Aristide"
                beside.append(token.head)
            named = [filler for place in beside for filler in self._phrases.named(place)
                     ] or self._phrases.named(token)
            yield from self._one(ClaimType.LEADS, owners, named, PERSONS, WHOLES, token, "place-house")

    def _owned(self, token: Token, kind: ActorKind | None, own: list[Filler],
               owners: list[Filler]) -> Iterator[Proposal]:
        if len(owners) != 1:
            return
        owner = self._kinds.get(owners[0].mention.actor)
        if kind in HOUSES and owner is ActorKind.PERSON:
            yield from self._one(ClaimType.LEADS, owners, own, PERSONS, HOUSES, token, "place-owner")
        elif kind is ActorKind.STATE and owner is ActorKind.PERSON:  # "Tito's Yugoslavia"
            yield from self._one(ClaimType.LEADS, owners, own, PERSONS, WHOLES, token, "place-owner")
        elif kind is ActorKind.PERSON and owner in WHOLES and owners[0].route is Route.HEAD:
            yield from self._one(ClaimType.OFFICIAL_OF, own, owners, PERSONS, WHOLES, token, "place-owned")
        elif kind is ActorKind.ORGAN:
            yield from self._one(ClaimType.PART_OF, own, owners, ORGANS, WHOLES, token, "place-organ")

    def _attached(self, token: Token, kind: ActorKind | None, own: list[Filler], preposition: str, others: list[Filler]
                  ) -> Iterator[Proposal]:
        if preposition == "under" or (preposition == "of" and kind in HOUSES):
            yield from self._one(ClaimType.LEADS, others, own, PERSONS, WHOLES, token, f"place-{preposition}")
        elif kind is ActorKind.PERSON:
            yield from self._one(ClaimType.OFFICIAL_OF, own, others if preposition == "of" else [], PERSONS, STATES,
                                 token, "place-state")
            yield from self._one(ClaimType.MEMBER_OF, own, others, PERSONS, HOUSES, token, "place-from")

    def _one(self, type_: ClaimType, sources: list[Filler], targets: list[Filler], kinds: frozenset[ActorKind],
             of: frozenset[ActorKind], token: Token, pattern: str) -> Iterator[Proposal]:
        meaning = type_.meaning
        yield from crossed(type_, meaning.sign, meaning.layer, self._of_kind(sources, kinds),
                           self._of_kind(targets, of), (token,), pattern)

    def _of_kind(self, fillers: list[Filler], kinds: frozenset[ActorKind]) -> list[Filler]:
        return [filler for filler in fillers if self._kinds.get(filler.mention.actor) in kinds]
