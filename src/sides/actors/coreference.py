"""Pronouns and bare nouns: whom "he", "its", "the movement" stand for, weighed by what was learned from texts.

A document is read from its begin, so that what "the movement" stands for is known when "it" follows. A word is read
where its likeliest actors are likely enough, and keeps that likelihood as its confidence.
"""

from __future__ import annotations

from sides.actors.antecedents import Antecedents, Asked, is_empty, kind_of
from sides.actors.collectives import Collectives
from sides.actors.discourse import Discourse
from sides.actors.draft import Draft, Spot
from sides.actors.heads import Heads
from sides.actors.nominals import Nominals
from sides.actors.quotes import Quote
from sides.actors.ranker import Ranker, choose
from sides.actors.registry import Registry
from sides.actors.wordlists import Pronoun, Wordlists
from sides.model.actor import ActorKind, Form

# A pronoun is read from this likelihood on (benchmarks/resolution.py watches it).
LIKELY = {"he": .5, "she": .5, "it": .36, "they": .5}
# "He" and "she" share what was learned: the gender of each candidate is a feature.
MODELS = {"he": "person", "she": "person", "it": "it", "they": "they"}
ARGUMENTS = frozenset(("nsubj", "nsubjpass", "dobj", "pobj", "dative", "poss", "agent", "obj", "appos", "conj"))


class Coreference:
    """Resolves the pronouns, bare nouns and counted nouns of one document, from its begin to its end."""

    def __init__(self, draft: Draft, registry: Registry, lists: Wordlists, heads: Heads, quotations: list[Quote],
                 ranker: Ranker) -> None:
        self.draft, self.lists, self.heads, self.ranker = draft, lists, heads, ranker
        self.quoted = {index: quote for quote in quotations for index in range(quote.begin, quote.end)}
        self.discourse = Discourse(draft, lists)
        self.antecedents = Antecedents(draft, self.discourse, self.quoted)
        self.nominals = Nominals(draft, registry, heads, self.discourse, self.quoted, ranker)
        self.collectives = Collectives(draft, self.discourse, ranker)

    def place(self) -> None:
        """Put a mention on every word that stands for actors that are likely enough."""
        surface = self.draft.surface
        # Those who speak may be named after what they say: first persons come last.
        spoken: list[tuple[int, Pronoun, Quote | None]] = []
        for index in range(surface.size):
            spots = self.draft.headed.get(index, ())
            for spot in spots:
                self.discourse.notice(spot)
            if spots or self.draft.taken[index] is not None:
                continue
            pronoun = self.lists.pronouns.get(surface.lower[index])
            if pronoun is None or surface.pos[index] in ("PROPN", "SCONJ", "CCONJ"):
                found = self.collectives.resolve(index) or self.nominals.resolve(index)
            elif pronoun.person == "1":
                spoken.append((index, pronoun, self.quoted.get(index)))
                continue
            else:
                found = self._resolve(index, pronoun, self.quoted.get(index))
            if found is None:
                self.discourse.pass_token(index)
                continue
            self.discourse.notice(found)
            owned = self._owned(index, found) if pronoun is not None and pronoun.use == "possessive" else None
            self.draft.put(owned or found)
        for index, pronoun, quote in spoken:
            found = self._speaker(index, pronoun, quote)
            if found is not None:
                self.draft.put(found)

    def _resolve(self, index: int, pronoun: Pronoun, quote: Quote | None) -> Spot | None:
        surface = self.draft.surface
        if surface.dep[index] not in ARGUMENTS or is_empty(surface, index):
            return None
        if pronoun.person == "relative":
            return self._relative(index)
        kind = kind_of(pronoun)
        readings = self.antecedents.readings(Asked(index, kind, pronoun, quote))
        choice = choose(self.ranker, MODELS[kind], index, readings)
        if not choice.actors:
            return None
        found = Spot(index, index + 1, index, choice.actors, Form.PRONOUN, f"pronoun-{kind}",
                     is_plural=kind == "they", confidence=choice.confidence)
        if choice.confidence < LIKELY[kind]:
            self.draft.guess(found)
            return None
        if kind in ("he", "she"):
            self.draft.notes[choice.actors[0]].genders["male" if kind == "he" else "female"] += 1
        return found

    def _owned(self, index: int, owner: Spot) -> Spot | None:
        """What "his government", "its army", "her party" stand for, once it is known whose they are."""
        surface = self.draft.surface
        noun = surface.head[index]
        if noun <= index or self.draft.headed.get(noun) or surface.tag[noun] not in ("NN", "NNP", "NNS"):
            return None
        actors = self._owned_many(owner, noun) if surface.tag[noun] == "NNS" else \
            self.heads.owned(owner.actors, noun) or self._opposite(owner, noun)
        return Spot(index, noun + 1, noun, actors, Form.PHRASE, "phrase-possessive") if actors else None

    def _owned_many(self, owner: Spot, noun: int) -> tuple[str, ...]:
        """Whom "their troops", "its officials", "his fighters" stand for: the body, or what the person leads."""
        surface, names = self.draft.surface, self.lists.nominals
        if len(owner.actors) > 1 or names.get(surface.lower[noun], names.get(surface.lemma[noun])) not in (
                "person", "organization"):
            return ()
        if self.draft.kind(owner.actors[0]) is ActorKind.PERSON and surface.lemma[noun] not in self.lists.servants:
            return ()
        return self._spoken_for(owner.actors[0])

    def _opposite(self, owner: Spot, noun: int) -> tuple[str, ...]:
        """The other of the two states that the document is about, for "its neighbour"."""
        pair = self.collectives.pair
        if pair is None or len(owner.actors) > 1 or owner.actors[0] not in pair \
                or self.draft.surface.lemma[noun] not in self.lists.opposites:
            return ()
        return (pair[1] if owner.actors[0] == pair[0] else pair[0],)

    def _relative(self, index: int) -> Spot | None:
        """A relative pronoun stands for the noun that its clause modifies."""
        surface = self.draft.surface
        if surface.tag[index] not in ("WDT", "WP", "WP$") or surface.dep[index] == "conj":
            return None
        clause = index
        for _ in range(6):
            if surface.dep[clause] == "relcl" or surface.head[clause] == clause:
                break
            clause = surface.head[clause]
        noun = surface.head[clause]
        if surface.dep[clause] != "relcl" or noun >= index:
            return None
        found = self.draft.at(noun)
        if found is None and surface.dep[noun] == "appos":
            found = self.draft.at(surface.head[noun])
        if found is None or (found.form is Form.DEMONYM and surface.pos[noun] == "ADJ"):
            return None
        if surface.lower[index] == "which" and any(self.draft.kind(actor) is ActorKind.PERSON
                                                   for actor in found.actors):
            return None
        return Spot(index, index + 1, index, found.actors, Form.PRONOUN, "relative", is_plural=found.is_plural)

    def _speaker(self, index: int, pronoun: Pronoun, quote: Quote | None) -> Spot | None:
        if quote is None or quote.speaker is None or self.draft.surface.dep[index] not in ARGUMENTS:
            return None
        spoken = self.draft.at(quote.speaker)
        if spoken is None or (pronoun.number == "one" and self.draft.kind(spoken.actors[0]) is not ActorKind.PERSON):
            return None
        actors = spoken.actors[:1]
        if pronoun.number == "many":
            actors = self._spoken_for(actors[0])
        if not actors:
            return None
        return Spot(index, index + 1, index, actors, Form.PRONOUN, "quote-speaker",
                    is_plural=pronoun.number == "many")

    def _spoken_for(self, speaker: str) -> tuple[str, ...]:
        """Whom a speaker means by "we": a body itself; what a person leads or governs, if the text says so."""
        if self.draft.kind(speaker) is not ActorKind.PERSON:
            return (speaker,)
        notes = self.draft.notes[speaker]
        governs = any(office in self.lists.leading_offices or office.endswith("minister") for office in notes.offices)
        for tied in (notes.leads, notes.countries if governs else None):
            if tied:
                chosen = min(tied, key=lambda actor: (-tied[actor], actor))
                if chosen in self.draft.cast:
                    return (chosen,)
        return ()
