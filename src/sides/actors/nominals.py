"""Bare nouns for actors already named: "the movement", "the president", "the army", and counted ones: "both sides"."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator

from sides.actors.coreference import first_conjunct, governing_dep
from sides.actors.descriptions import left_edge
from sides.actors.draft import NAMING, Draft, Spot
from sides.actors.names import fold
from sides.actors.phrases import Phrases, office_holder
from sides.actors.registry import Registry
from sides.actors.wordlists import Wordlists
from sides.model.actor import ActorKind, Form

DEFINITE = frozenset(("the", "this", "that", "these", "those"))
# A pair or the salient actors that a counted noun stands for lie at most this many sentences back.
COLLECTIVE_REACH_SENTENCES = 3
# A state that has at least this share of the mentions of states, and so much more than the next, is what a text is
# about.
DOMINANT_SHARE = 0.24
DOMINANT_LEAD = 1.3
# Two states that have at least this share together, the second so much more than the third, are its pair.
PAIR_SHARE = 0.55
PAIR_LEAD = 1.6
NEVER_BARE = frozenset(("compound", "amod", "npadvmod", "attr", "nmod", "dep"))
# Mentions in the whole document count for a pair up to this many.
OFTEN_MENTIONS = 8
# A shared noun reaches this many sentences back to its actor.
NOMINAL_REACH_SENTENCES = 4


class Nominals:
    """Resolves the bare nouns of one document."""

    def __init__(self, draft: Draft, registry: Registry, lists: Wordlists, phrases: Phrases) -> None:
        self.draft, self.registry, self.lists, self.phrases = draft, registry, lists, phrases
        self.named = sorted((spot for spot in draft.spots if spot.form in NAMING | {Form.PHRASE}),
                            key=lambda spot: (spot.begin, spot.end))
        self.begins = [spot.begin for spot in self.named]
        self.words = {actor: self._nouns(actor) for actor in {actor for spot in self.named for actor in spot.actors}}
        self.dominant, self.pair = dominant_state(draft), dominant_pair(draft)
        self.often = Counter(actor for spot in self.named for actor in spot.actors)

    def place(self) -> None:
        """Put a mention on every bare noun whose actor is plain."""
        surface = self.draft.surface
        for noun in range(surface.size):
            if self.draft.headed.get(noun) or self.draft.taken[noun] is not None or self.draft.barred[noun]:
                continue
            count = self._counted(noun)
            if count is not None:
                self._put_collective(noun, *count)
            elif surface.pos[noun] in ("NOUN", "PROPN") and surface.dep[noun] not in NEVER_BARE:
                self._put_nominal(noun)

    def _put_nominal(self, noun: int) -> None:
        surface, lists = self.draft.surface, self.lists
        lemma = surface.lemma[noun]
        determiners = {surface.lower[child] for child in surface.children[noun] if surface.dep[child] == "det"}
        if not determiners & DEFINITE:
            return
        begin = left_edge(self.draft, noun)
        phrase = " ".join(surface.lower[index] for index in range(begin + 1, noun)) + f" {lemma}"
        organ = phrase.strip() if phrase.strip() in lists.state_organs else None
        office = self.phrases.office(noun)
        is_bare = not any(surface.dep[child] in ("amod", "compound", "nmod", "poss", "nummod") or
                          (surface.dep[child] == "prep" and surface.lower[child] == "of")
                          for child in surface.children[noun])
        if not is_bare and organ is None and office == lemma:
            return
        if lists.nominals.get(lemma) == "person" and surface.tag[noun] in ("NN", "NNP"):
            holder = self._holder(noun, office) or (self._sharing(noun, lemma, ActorKind.PERSON) if is_bare else None)
            if holder is not None:
                self.draft.put(Spot(begin, noun + 1, noun, (holder,), Form.TITLE, "nominal-office"))
            return
        if surface.tag[noun] == "NN" and is_bare and lemma in lists.nominals:
            actor = self._sharing(noun, lemma, None)
            if actor is not None:
                self.draft.put(Spot(begin, noun + 1, noun, (actor,), Form.NOMINAL, "nominal-shared-noun"))
                return
        if organ is not None and self.dominant is not None:
            head = self.registry.heads().get(organ) or self.registry.heads().get(lemma)
            is_part = head is not None and head.treatment == "organ"
            actor = self.phrases.organ(self.dominant, noun) if is_part else self.dominant
            self.draft.put(Spot(begin, noun + 1, noun, (actor,), Form.NOMINAL, "nominal-state-organ",
                                is_plural=surface.tag[noun] in ("NNS", "NNPS")))

    def _holder(self, noun: int, office: str) -> str | None:
        """Who holds an office in the state that the document is about; else the only one near who has it."""
        if self.dominant is not None:
            named = office_holder(self.draft, office, self.dominant)
            if named is not None:
                return named
            held = self.registry.holders(self.dominant, office, self.draft.surface.document.published)
            actor = self.registry.get(held[0]) if len(held) == 1 else None
            if actor is not None:
                return self.draft.enter(actor)
        near = {actor for spot in self._before(noun) if spot.form in NAMING for actor in spot.actors
                if self.draft.kind(actor) is ActorKind.PERSON and self.draft.notes[actor].offices[office]}
        return near.pop() if len(near) == 1 else None

    def _sharing(self, noun: int, lemma: str, kind: ActorKind | None) -> str | None:
        """The actor last named before here whose name or description has this noun."""
        for spot in self._before(noun, NOMINAL_REACH_SENTENCES):
            for actor in spot.actors:
                if lemma in self.lists.state_organs and self.draft.kind(actor) is not ActorKind.ORGAN:
                    continue
                if lemma in self.words[actor] and (kind is None or self.draft.kind(actor) is kind):
                    return actor
        return None

    def _nouns(self, identifier: str) -> frozenset[str]:
        """The nouns that an actor's names and descriptions have."""
        actor = self.draft.cast[identifier]
        found = set(self.draft.notes[identifier].nouns)
        if actor.kind is ActorKind.PERSON:
            return frozenset(found)
        names = [actor.name, *(name.text for name in self.registry.names_of(identifier)
                               if name.type in ("name", "official"))]
        if actor.kind is not ActorKind.STATE:
            names += actor.names
        if actor.description and not actor.is_provisional:
            names.append(actor.description)
        for name in names:
            found.update(word for word in fold(name).split() if word in self.lists.nominals)
        return frozenset(found)

    def _counted(self, noun: int) -> tuple[int, str, int, int] | None:
        """How many, of what kind, and the tokens: "both countries", "the two", "either side"."""
        surface, lists = self.draft.surface, self.lists
        lower = surface.lower[noun]
        if lower in lists.counts and surface.dep[noun] not in ("nummod", "det", "predet", "preconj", "quantmod", "cc",
                                                              "compound", "advmod"):
            if any(surface.dep[child] in ("prep", "relcl") for child in surface.children[noun]):
                return None
            determiner = any(surface.lower[child] in DEFINITE for child in surface.children[noun]
                             if surface.dep[child] == "det")
            if lower in ("both",) or (determiner and lower not in ("either", "neither")):
                return lists.counts[lower], "any", left_edge(self.draft, noun), noun + 1
            return None
        kind = lists.collectives.get(surface.lemma[noun])
        if kind is None:
            return None
        number = [child for child in surface.children[noun] if surface.lower[child] in lists.counts and child < noun]
        definite = any(surface.lower[child] in DEFINITE | {"both", "either", "neither"}
                       for child in surface.children[noun])
        if not number or (not definite and surface.lower[number[0]] not in ("both", "either", "neither")):
            return None
        if any(surface.dep[child] in ("amod", "compound", "nmod") and child not in number
               for child in surface.children[noun]):
            return None
        return lists.counts[surface.lower[number[0]]], kind, left_edge(self.draft, noun), noun + 1

    def _put_collective(self, noun: int, count: int, kind: str, begin: int, end: int) -> None:
        actors = self._coordinated(noun, count, kind)
        how = "collective-coordinated"
        if actors is None and count == 2 and kind in ("state", "any") and self.pair is not None:
            actors, how = self.pair, "collective-pair"
        elif actors is None and count == 2 and self.draft.surface.lower[noun] not in self.lists.counts:
            actors, how = self._salient(noun, kind), "collective-salient"
        if actors is not None:
            self.draft.put(Spot(begin, end, noun, actors, Form.COLLECTIVE, how, is_plural=True))

    def _coordinated(self, noun: int, count: int, kind: str) -> tuple[str, ...] | None:
        """The members of the last coordination of this many names before here."""
        surface = self.draft.surface
        groups: dict[int, list[str]] = {}
        for spot in reversed(list(self._before(noun))):
            if spot.form in NAMING and len(spot.actors) == 1 and self._fits(spot.actors[0], kind):
                groups.setdefault(first_conjunct(self.draft, spot.head), []).append(spot.actors[0])
        for key in sorted(groups, reverse=True):
            members = tuple(dict.fromkeys(groups[key]))
            if len(members) == count and surface.sentence[noun] - surface.sentence[key] <= COLLECTIVE_REACH_SENTENCES:
                return members
        return None

    def _salient(self, noun: int, kind: str) -> tuple[str, ...] | None:
        """The two actors of the kind named most in the last sentences, if no third comes near."""
        surface = self.draft.surface
        weights: Counter[str] = Counter()
        for spot in self._before(noun):
            back = surface.sentence[noun] - surface.sentence[spot.head]
            for actor in spot.actors:
                if self._fits(actor, kind) and (kind != "any" or self.draft.kind(actor) is ActorKind.STATE):
                    weights[actor] += 6 - 2 * back + 2 * (governing_dep(self.draft, spot.head) == "nsubj")
        for actor in weights:
            weights[actor] += min(self.often[actor], OFTEN_MENTIONS)
        ranked = sorted(weights, key=lambda actor: (-weights[actor], actor))
        if len(ranked) < 2 or (len(ranked) > 2 and weights[ranked[1]] - weights[ranked[2]] < 2):
            return None
        return tuple(ranked[:2])

    def _before(self, noun: int, reach: int = COLLECTIVE_REACH_SENTENCES) -> Iterator[Spot]:
        """The names and phrases before a noun, the nearest first, as far back as that many sentences."""
        surface = self.draft.surface
        for place in range(bisect_left(self.begins, noun) - 1, -1, -1):
            spot = self.named[place]
            if surface.sentence[noun] - surface.sentence[spot.head] > reach:
                return
            yield spot

    def _fits(self, actor: str, kind: str) -> bool:
        found = self.draft.kind(actor)
        if kind == "state":
            return found is ActorKind.STATE
        if kind == "person":
            return found is ActorKind.PERSON
        if kind == "organization":
            return found in (ActorKind.ORGANIZATION, ActorKind.ORGAN, ActorKind.BLOC)
        return found is not ActorKind.PEOPLE


def dominant_state(draft: Draft) -> str | None:
    """The state that a document is about: named, or its persons and organizations, clearly more than any other."""
    counts = state_weights(draft)
    ranked = sorted(counts, key=lambda actor: (-counts[actor], actor))
    if not ranked or counts[ranked[0]] < DOMINANT_SHARE * sum(counts.values()):
        return None
    if len(ranked) > 1 and counts[ranked[0]] < DOMINANT_LEAD * counts[ranked[1]]:
        return None
    return ranked[0]


def dominant_pair(draft: Draft) -> tuple[str, str] | None:
    """The two states that a document is about, if no third comes near."""
    counts = state_weights(draft)
    ranked = sorted(counts, key=lambda actor: (-counts[actor], actor))
    if len(ranked) < 2 or counts[ranked[0]] + counts[ranked[1]] < PAIR_SHARE * sum(counts.values()):
        return None
    if len(ranked) > 2 and counts[ranked[1]] < PAIR_LEAD * counts[ranked[2]]:
        return None
    return ranked[0], ranked[1]


def state_weights(draft: Draft) -> Counter[str]:
    """How much a document speaks of each state: twice for its names, once for its persons and organizations."""
    counts: Counter[str] = Counter()
    for spot in draft.spots:
        if spot.form not in NAMING:
            continue
        for actor in spot.actors:
            country = draft.cast[actor].country
            if draft.kind(actor) is ActorKind.STATE:
                counts[actor] += 2
            elif country is not None and country in draft.cast:
                counts[country] += 1
    return counts
