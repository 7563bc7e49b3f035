"""Bare nouns for actors: "the movement", "the president", "the army"; whose they are, weighed by learned weights."""

from __future__ import annotations

import math
from dataclasses import dataclass

from sides.actors.clauses import clause_of
from sides.actors.descriptions import left_edge
from sides.actors.discourse import Discourse, Referent
from sides.actors.draft import Draft, Spot
from sides.actors.names import fold
from sides.actors.phrases import Phrases, office_holder
from sides.actors.quotes import Quote
from sides.actors.ranker import Features, Ranker, Reading, choose
from sides.actors.registry import Registry
from sides.actors.topics import dominant_state
from sides.actors.wordlists import Wordlists
from sides.model.actor import ActorKind, Form

MODEL = "noun"
# A bare noun is read from this likelihood on (benchmarks/resolution.py watches it).
LIKELY = 0.33
DEFINITE = frozenset(("the", "this", "that", "these", "those"))
NEVER_BARE = frozenset(("compound", "amod", "npadvmod", "attr", "nmod", "dep"))
READINGS_MAX = 30
# "The latter" and "the other" may be anybody.
ORDINALS = frozenset(("latter", "former", "other"))
ORDINAL_DEPS = frozenset(("nsubj", "nsubjpass", "dobj", "pobj", "dative", "poss"))
COUNT_MAX = 20
KINDS = {
    "person": frozenset((ActorKind.PERSON,)),
    "organization": frozenset((ActorKind.ORGANIZATION, ActorKind.ORGAN, ActorKind.BLOC, ActorKind.GROUP)),
    "state": frozenset((ActorKind.STATE, ActorKind.OTHER)),
    **dict.fromkeys(ORDINALS, frozenset(ActorKind)),
    "rulers": frozenset((ActorKind.ORGANIZATION, ActorKind.ORGAN, ActorKind.BLOC, ActorKind.GROUP, ActorKind.STATE,
                         ActorKind.OTHER)),
}


@dataclass(frozen=True, slots=True)
class Noun:
    """A bare noun: where it stands, what it is called, and what sort of actor that may be."""

    index: int
    begin: int
    lemma: str
    kind: str
    office: str
    organ: str | None  # the organ of a state that it names: "foreign ministry"
    is_plural: bool
    is_bare: bool


class Nominals:
    """Resolves the bare nouns of one document."""

    def __init__(self, draft: Draft, registry: Registry, phrases: Phrases, discourse: Discourse,
                 quoted: dict[int, Quote], ranker: Ranker) -> None:
        self.draft, self.registry, self.phrases, self.discourse = draft, registry, phrases, discourse
        self.quoted, self.ranker = quoted, ranker
        self.lists: Wordlists = discourse.lists
        self.dominant = dominant_state(draft)
        self.words: dict[str, tuple[frozenset[str], frozenset[str]]] = {}
        self.called: dict[str, str] = {}  # the actor that a noun last stood for

    def resolve(self, index: int) -> Spot | None:
        """The mention that a noun is, if its actor is likely."""
        noun = self._noun(index)
        if noun is None:
            return None
        choice = choose(self.ranker, MODEL, index, self.readings(noun))
        if not choice.actors or choice.confidence < LIKELY:
            return None
        actor = choice.actors[0]
        if actor not in self.draft.cast:
            known = self.registry.get(actor)
            if known is not None:
                self.draft.enter(known)
        self.called[noun.lemma] = actor
        is_person = noun.kind == "person"
        how = "nominal-office" if is_person else \
            "nominal-state-organ" if noun.organ is not None and self._is_of_dominant(actor) else "nominal-shared-noun"
        return Spot(noun.begin, index + 1, index, (actor,), Form.TITLE if is_person else Form.NOMINAL, how,
                    is_plural=noun.is_plural, confidence=choice.confidence)

    def _is_of_dominant(self, actor: str) -> bool:
        return self.dominant is not None and (
            actor == self.dominant or self.draft.cast[actor].parent == self.dominant)

    def _noun(self, index: int) -> Noun | None:
        surface, lists = self.draft.surface, self.lists
        if surface.dep[index] in NEVER_BARE or self.draft.barred[index]:
            return None
        if surface.lower[index] in ORDINALS and surface.dep[index] in ORDINAL_DEPS and index \
                and surface.lower[index - 1] == "the":
            return Noun(index, index - 1, surface.lower[index], surface.lower[index], "", None, False, True)
        if surface.pos[index] not in ("NOUN", "PROPN"):
            return None
        if not {surface.lower[child] for child in surface.children[index] if surface.dep[child] == "det"} & DEFINITE:
            return None
        is_plural = surface.tag[index] in ("NNS", "NNPS")
        begin = left_edge(self.draft, index)
        phrase = " ".join(surface.lower[at] for at in range(begin + 1, index)) + f" {surface.lemma[index]}"
        organ = phrase.strip() if phrase.strip() in lists.state_organs else None
        kind = lists.nominals.get(surface.lower[index]) or lists.nominals.get(surface.lemma[index]) or (
            "organization" if organ else None)
        if kind is None or (is_plural and kind != "organization"):
            return None
        modifiers = [child for child in surface.children[index] if surface.dep[child] in (
            "amod", "compound", "nmod", "poss", "nummod") or (
                surface.dep[child] == "prep" and surface.lower[child] == "of")]
        if any(self.draft.taken[child] is not None for child in modifiers):
            return None
        if any(surface.dep[child] in ("poss", "nummod") for child in modifiers):
            return None
        if kind == "organization" and "rulers" in lists.noun_classes.get(surface.lower[index], ()):
            kind = "rulers"
        return Noun(index, begin, surface.lemma[index], kind, self.phrases.office(index), organ, is_plural,
                    not modifiers or organ is not None)

    def readings(self, noun: Noun) -> list[Reading]:
        """The actors of a fitting kind mentioned before, those that an office or organ implies, and "none"."""
        draft, discourse = self.draft, self.discourse
        recent = [(actor, referent) for actor, referent in discourse.latest(READINGS_MAX)
                  if draft.kind(actor) in KINDS[noun.kind] and not referent.begin <= noun.index < referent.end]
        candidates: dict[str, Referent | None] = dict(recent)
        implied = self._implied(noun)
        if implied is not None:
            candidates.setdefault(implied, None)
        sharing = [actor for actor in candidates if self._shares(actor, noun)]
        classed = [actor for actor in candidates if self._is_classed(actor, noun)]
        most = max((discourse.mentions[actor] for actor in candidates), default=0)
        found = []
        for rank, (actor, referent) in enumerate(candidates.items()):
            features = self._features(noun, actor, referent, actor == implied)
            features[f"rank={min(rank, 3)} of {noun.kind}"] = 1.0
            if actor in sharing:
                features[f"shares first={actor == sharing[0]} of={min(len(sharing), 2)}"] = 1.0
            elif actor in classed:
                features[f"class first={actor == classed[0]} shared={bool(sharing)}"] = 1.0
            else:
                features[f"strange shared={bool(sharing)} {noun.kind}"] = 1.0
                features[f"strange rank={min(rank, 2)} {noun.kind} lone={len(candidates) == 1}"] = 1.0
            if discourse.mentions[actor] == most:
                features[f"most mentioned {noun.kind}"] = 1.0
            found.append(Reading((actor,), features, *(
                (referent.begin, referent.end, referent.head) if referent is not None else ())))
        found.append(Reading((), self._none(noun, len(candidates), len(sharing), implied is not None)))
        return found

    def _implied(self, noun: Noun) -> str | None:
        """Who holds an office in the state that the document is about; that state, or its organ."""
        if self.dominant is None:
            return None
        if noun.kind == "person":
            named = office_holder(self.draft, noun.office, self.dominant)
            if named is not None:
                return named
            held = self.registry.holders(self.dominant, noun.office, self.draft.surface.document.published)
            return held[0] if len(held) == 1 else None
        if noun.organ is None:
            return None
        head = self.registry.heads().get(noun.organ) or self.registry.heads().get(noun.lemma)
        return self.phrases.organ(self.dominant, noun.index) if head is not None and head.treatment == "organ" \
            else self.dominant

    def _features(self, noun: Noun, actor: str, referent: Referent | None, is_implied: bool) -> Features:
        surface = self.draft.surface
        features: Features = {}
        if is_implied:
            features[f"implied {noun.kind}"] = 1.0
            features[f"implied organ={noun.organ is not None} mentioned={referent is not None}"] = 1.0
        if self.called.get(noun.lemma) == actor:
            features[f"called so {noun.kind}"] = 1.0
        elif noun.lemma in self.called:
            features["another called so"] = 1.0
        if actor not in self.draft.cast:
            features["unmentioned"] = 1.0
            return features
        known = self.draft.cast[actor]
        features[f"{noun.kind} kind={known.kind.value} plural={noun.is_plural}"] = 1.0
        if noun.kind == "person":
            offices = self.draft.notes[actor].offices
            features[f"office={bool(offices[noun.office])} title={noun.office in self.lists.titles}"] = 1.0
            if noun.lemma == "leader" and self.lists.leading_offices & offices.keys():
                features["leads"] = 1.0
        if self.dominant is not None:
            features[f"of dominant={self.dominant in (actor, known.country)} {noun.kind}"] = 1.0
        features["count"] = math.log1p(min(self.discourse.mentions[actor], COUNT_MAX)) / 2
        if referent is None:
            features["unmentioned"] = 1.0
            return features
        back = surface.sentence[noun.index] - referent.sentence
        features[f"sentence={back if back < 3 else 3 if back < 6 else 6}"] = 1.0
        features["sentences"] = math.log1p(back) / 2
        if back <= 1:
            features[f"sentence={back} role={referent.role}"] = 1.0
        if back == 0 and clause_of(surface, referent.head) == clause_of(surface, noun.index):
            features[f"same clause role={referent.role}"] = 1.0
        return features

    def _none(self, noun: Noun, candidates: int, sharing: int, is_implied: bool) -> Features:
        surface, index = self.draft.surface, noun.index
        features: Features = {
            "none": 1.0, f"none {noun.kind} bare={noun.is_bare}": 1.0, f"none plural={noun.is_plural}": 1.0,
            f"none candidates={min(candidates, 3)}": 1.0, f"none shared={min(sharing, 2)}": 1.0,
            f"none implied={is_implied} {noun.kind}": 1.0, f"none word={surface.lower[index]}": 1.0,
        }
        if any(surface.dep[child] in ("relcl", "prep", "acl") for child in surface.children[index]):
            features["none modified after"] = 1.0
        if index in self.quoted:
            features["none quoted"] = 1.0
        if noun.lemma in self.called:
            features["none called so"] = 1.0
        return features

    def _shares(self, actor: str, noun: Noun) -> bool:
        own, _ = self._words_of(actor)
        lower = self.draft.surface.lower[noun.index]
        return noun.lemma in own or lower in own or bool(
            noun.kind == "person" and actor in self.draft.notes and self.draft.notes[actor].offices[noun.office])

    def _is_classed(self, actor: str, noun: Noun) -> bool:
        _, classes = self._words_of(actor)
        lower = self.draft.surface.lower[noun.index]
        wanted = self.lists.noun_classes.get(lower) or self.lists.noun_classes.get(noun.lemma)
        return bool(wanted and wanted & classes)

    def _words_of(self, identifier: str) -> tuple[frozenset[str], frozenset[str]]:
        """The nouns that an actor's names and descriptions have, and their classes."""
        if identifier in self.words:
            return self.words[identifier]
        actor = self.draft.cast.get(identifier) or self.registry.get(identifier)
        found: set[str] = set()
        if identifier in self.draft.notes:
            notes = self.draft.notes[identifier]
            found.update(notes.nouns, (office.split()[-1] for office in notes.offices))
        if actor is not None and actor.kind is not ActorKind.PERSON:
            names = [actor.name, *(name.text for name in self.registry.names_of(identifier)
                                   if name.type in ("name", "official"))]
            if actor.kind is not ActorKind.STATE:
                names += actor.names
            if actor.description and not actor.is_provisional:
                names.append(actor.description)
            for name in names:
                found.update(word for word in fold(name).split()
                             if word in self.lists.nominals or word in self.lists.noun_classes)
        classes = frozenset(name for word in found for name in self.lists.noun_classes.get(word, ()))
        self.words[identifier] = frozenset(found), classes
        return self.words[identifier]
