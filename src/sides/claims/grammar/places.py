"""Who belongs where, from how names stand together: "Igor Dodon's Socialists", "Iran's Quds Force", "X of the SDA"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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
GATHERED = frozenset({ActorKind.BLOC, ActorKind.ORGANIZATION, ActorKind.GROUP})
MEMBERS = frozenset({ActorKind.STATE, *HOUSES})
PERSONS, ORGANS = frozenset({ActorKind.PERSON}), frozenset({ActorKind.ORGAN})


class Places:
    """Reads where names stand toward each other."""

    def __init__(self, phrases: Phrases, resolution: Resolution, words: Mapping[str, frozenset[str]]) -> None:
        self._phrases, self._words = phrases, words
        self._countries = {actor.id: actor.country for actor in resolution.actors}
        self._kinds = {actor.id: actor.kind for actor in resolution.actors}

    def read(self, token: Token) -> Iterator[Proposal]:
        """The proposals of one name."""
        if token.lemma_.lower() in self._words["house"]:
            yield from self._house(token)
        own = self._phrases.named(token)
        yield from self._included(token, own)
        if token.lemma_.lower() in self._words["following"]:
            yield from self._one(ClaimType.LEADS, self._phrases.owners(token) or self._of(token), own, PERSONS, HOUSES,
                                 token, "place-house")
        if len(own) != 1 or own[0].route is not Route.HEAD or own[0].mention.form not in NAMING:
            return
        kind = self._kinds.get(own[0].mention.actor)
        if kind is ActorKind.PERSON:
            yield from self._sent(token, own)
            yield from self._speaking(token, own)
        elif kind in HOUSES:
            yield from self._ruling(token, own)
        for child in token.children:
            if child.dep_ == "poss":
                yield from self._owned(token, kind, own, self._before(child) or self._phrases.owners(token))
            elif child.dep_ == "prep" and child.lower_ in ("of", "under", "from"):
                for inner in child.children:
                    if inner.dep_ == "pobj":
                        yield from self._attached(token, kind, own, child.lower_, self._phrases.named(inner) or (
                            self._phrases.describing(inner) if inner.lemma_.lower() in self._words["house"] else []))
            elif (child.left_edge.i == token.i + 2 and token.nbor(1).text == "(" and child.dep_ != "conj"):
                yield from self._one(ClaimType.MEMBER_OF, own, self._phrases.named(child), PERSONS, HOUSES, token,
                                     "place-bracket")

    def _house(self, token: Token) -> Iterator[Proposal]:
        """Whose party or government it is: "his party, the SDA", "the movement of Sadr", "Sadr, whose movement"."""
        if governing := self._governing(token):
            yield from self._one(ClaimType.LEADS, governing, self._phrases.named(token), PERSONS, WHOLES, token,
                                 "place-implied")
            return
        owned = self._phrases.owners(token) or self._whose(token) or self._of(token)
        owners = self._of_kind(owned, PERSONS)
        if len(owners) == 1:
            beside = [child for child in token.children if child.dep_ == "appos"]
            if token.dep_ == "appos":  # "Fanmi Lavalas, the party of Jean-Bertrand Aristide"
                beside.append(token.head)
            named = [filler for place in beside for filler in self._phrases.named(place)
                     ] or self._phrases.named(token)
            yield from self._one(ClaimType.LEADS, owners, named, PERSONS, WHOLES, token, "place-house")

    def _of(self, token: Token) -> list[Filler]:
        return [filler for child in token.children if child.dep_ == "prep" and child.lower_ in ("of", "under")
                for inner in child.children if inner.dep_ == "pobj" for filler in self._phrases.named(inner)]

    def _whose(self, token: Token) -> list[Filler]:
        return next((found for child in token.children if child.dep_ == "poss" and (found := self._before(child))), [])

    def _governing(self, token: Token) -> list[Filler]:
        """Whose a state's government is, where the pronoun is not resolved: "Orbán repeated that his government"."""
        if not any(child.dep_ == "poss" and child.lower_ in ("his", "her") and not self._phrases.named(child)
                   for child in token.children):
            return []
        states = {filler.mention.actor for filler in self._of_kind(self._phrases.named(token), STATES)}
        persons: list[Filler] = []
        for word in token.doc[token.sent.start:token.i]:
            persons = [] if word.text in (";", ":") else self._of_kind(self._phrases.named(word), PERSONS) or persons
        return [filler for filler in persons if self._countries.get(filler.mention.actor) in states]

    def _before(self, word: Token) -> list[Filler]:
        """The person whose name ends at the comma before "whose"."""
        if word.lower_ != "whose" or word.i - 2 < word.sent.start or word.nbor(-1).text != ",":
            return []
        return [filler for filler in self._phrases.named(word.nbor(-2)) if filler.route is Route.HEAD]

    def _sent(self, token: Token, own: list[Filler]) -> Iterator[Proposal]:
        """Who sent whom: "Guterres sent Holguín to Nicosia"."""
        verb, place = token.head, token
        if token.dep_ == "appos":
            verb, place = token.head.head, token.head
        if place.dep_ in ("dobj", "nsubjpass") and verb.lemma_.lower() in self._words["sending"]:
            wanted = ("nsubj",) if place.dep_ == "dobj" else ("agent",)
            senders = [inner for child in verb.children if child.dep_ in wanted
                       for inner in ([child] if child.dep_ == "nsubj" else child.children)]
            yield from self._one(ClaimType.REPRESENTS, own, self._phrases.each(senders, deep=False), PERSONS,
                                 WHOLES | PERSONS, verb, "place-sent")

    def _speaking(self, token: Token, own: list[Filler]) -> Iterator[Proposal]:
        """For whom someone speaks: "Ned Price, for the State Department, said"."""
        if token.i + 2 < token.sent.end and token.nbor(1).text == "," and token.nbor(2).lower_ in ("for", "on"):
            places = [child for child in token.nbor(2).children if child.dep_ == "pobj"]
            is_for = token.nbor(2).lower_ == "for"
            if places and places[0].lower_ == "behalf":  # "X, on behalf of the UN, said"
                is_for, places = True, [inner for child in places[0].children if child.lower_ == "of"
                                        for inner in child.children if inner.dep_ == "pobj"]
            if is_for and places and places[0].i + 1 < token.sent.end and places[0].nbor(1).text in (",", ".", ")"):
                yield from self._one(ClaimType.OFFICIAL_OF, own, self._phrases.each(places, deep=False), PERSONS,
                                     WHOLES, token, "place-for")

    def _ruling(self, token: Token, own: list[Filler]) -> Iterator[Proposal]:
        """Which state a party governs: "Turkey's ruling AKP", "the governing AKP"."""
        if any(child.dep_ == "amod" and child.lower_ in self._words["ruling"] for child in token.children):
            states = self._of_kind([*self._phrases.owners(token), *self._phrases.describing(token)], STATES)
            yield from self._one(ClaimType.LEADS, own, states, HOUSES, STATES, token, "place-ruling")

    def _included(self, token: Token, own: list[Filler]) -> Iterator[Proposal]:
        """Who is in a bloc or a plural of groups: "the factions, including Hamas", "the Troika of A, B and C"."""
        wholes = self._of_kind(own, GATHERED)
        if not wholes or wholes[0].route is Route.PRONOUN:
            return
        members = self._of_kind(self._phrases.examples(token) or self._made_of(token), MEMBERS)
        if not members and own[0].mention.form is Form.NAME:
            joined = self._of_kind(self._beside(token), MEMBERS)
            members = joined if len(joined) > 1 else []
        yield from self._one(ClaimType.MEMBER_OF, members, wholes, MEMBERS, GATHERED, token, "place-including")

    def _made_of(self, token: Token) -> list[Filler]:
        """Whom a verb says the whole is made of: "which includes A and B", "made up of A and B"."""
        verbs = [child for child in token.children if child.dep_ in ("relcl", "acl") and not any(
            self._phrases.named(word) and word.pos_ != "PRON" for word in token.doc[token.i + 1:child.i])]
        if token.dep_ in ("nsubj", "nsubjpass"):
            verbs.append(token.head)
        for verb in verbs:
            if verb.lemma_.lower() in self._words["comprising"]:
                places = [child for child in verb.children if child.dep_ == "dobj"]
                places += [inner for child in verb.children if child.dep_ == "prep" and child.lower_ in ("of", "around")
                           for inner in child.children if inner.dep_ == "pobj"]
                return self._phrases.each(places, deep=False)
        return []

    def _beside(self, token: Token) -> list[Filler]:
        """The list that follows a whole: "the alliance of A and B", "the Troika (A, B and C)"."""
        for child in token.children:
            if child.dep_ == "prep" and child.lower_ == "of":
                return self._phrases.each((inner for inner in child.children if inner.dep_ == "pobj"), deep=False)
            if child.dep_ == "appos" and token.nbor(1).text == "(" and child.i > token.i + 1:
                return self._phrases.at(child, deep=False)
        return []

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
