"""Bare nouns for actors: "the movement", "the president", "the army"; whose they are, weighed by learned weights."""

from __future__ import annotations

import math
from dataclasses import dataclass

from sides.actors.clauses import SUBJECTS, clause_of
from sides.actors.descriptions import left_edge
from sides.actors.discourse import Discourse, Referent
from sides.actors.draft import Draft, Spot
from sides.actors.groups import Groups
from sides.actors.heads import Heads, bears, office_holder
from sides.actors.names import fold
from sides.actors.quotes import Quote
from sides.actors.ranker import Choice, Features, Ranker, Reading, choose
from sides.actors.registry import Registry
from sides.actors.topics import dominant_state
from sides.actors.wordlists import Wordlists
from sides.model.actor import ActorKind, Form

MODEL = "noun"
# A bare noun of a kind is read from this likelihood on: where, on articles left out of training, the next answers
# would be right about half the time (training/coreference.py prints what each bound gives).
LIKELY = {"person": .45, "organization": .48, "rulers": .2, "state": .3, "any": .25}
LIKELY_ELSE = .33
LIKELY_ORGAN = .3  # of a noun that names an organ of a state: "the army"
# From this likelihood on that a noun stands for nobody who was named, it may be a group of its own.
NOBODY = .4
# What is sure of the holder of an office that is one in the world.
SOLE_OFFICE = .9
DEFINITE = frozenset(("the", "this", "that", "these", "those"))
# Nouns without an article are read only as subjects: "rebels attacked", not "an attack of rebels".
UNMARKED_MAY = SUBJECTS
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
    **dict.fromkeys((*ORDINALS, "any"), frozenset(ActorKind)),
    "rulers": frozenset((ActorKind.ORGANIZATION, ActorKind.ORGAN, ActorKind.BLOC, ActorKind.GROUP, ActorKind.STATE,
                         ActorKind.OTHER)),
    # Several persons stand for the body that they serve: "the generals", "the negotiators".
    "agents": frozenset((ActorKind.ORGANIZATION, ActorKind.ORGAN, ActorKind.BLOC, ActorKind.GROUP, ActorKind.STATE,
                         ActorKind.PEOPLE, ActorKind.OTHER)),
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
    marked: str  # what stands before it: `definite`, `owned` or `nothing`
    modifiers: frozenset[str]  # the folded words before it
    is_former: bool
    owners: tuple[str, ...]  # whose it is, if a pronoun says so that is resolved


class Nominals:
    """Resolves the bare nouns of one document."""

    def __init__(self, draft: Draft, registry: Registry, heads: Heads, discourse: Discourse,
                 quoted: dict[int, Quote], ranker: Ranker) -> None:
        self.draft, self.registry, self.heads, self.discourse = draft, registry, heads, discourse
        self.quoted, self.ranker = quoted, ranker
        self.lists: Wordlists = discourse.lists
        self.dominant = dominant_state(draft)
        self.groups = Groups(draft, registry, self.lists, self.dominant)
        self.organ_heads = frozenset(organ.split()[-1] for organ in self.lists.state_organs)
        self.words: dict[str, tuple[frozenset[str], frozenset[str]]] = {}
        self.holding: dict[tuple[str, str], tuple[str, ...]] = {}
        self.name_words: dict[str, frozenset[str]] = {}
        self.titles: dict[str, frozenset[str | None]] = {}  # of persons, at any time, by the registry
        self.called: dict[str, str] = {}  # the actor that a noun last stood for

    def resolve(self, index: int) -> Spot | None:
        """The mention that a noun is, if its actor is likely."""
        noun = self._noun(index)
        if noun is None:
            return self.groups.resolve(index)
        choice = self._of_sole_office(noun) or choose(self.ranker, MODEL, index, self.readings(noun))
        least = LIKELY_ORGAN if noun.organ is not None else LIKELY.get(noun.kind, LIKELY_ELSE)
        if not choice.actors or choice.confidence < least:
            group = self.groups.resolve(index) if choice.nobody >= NOBODY else None
            if choice.actors and group is None:
                self.draft.guess(self._spot(noun, index, choice))
            return group
        actor = choice.actors[0]
        if actor not in self.draft.cast:
            known = self.registry.get(actor)
            if known is not None:
                self.draft.enter(known)
        self.called[noun.lemma] = actor
        return self._spot(noun, index, choice)

    def _spot(self, noun: Noun, index: int, choice: Choice) -> Spot:
        """The mention that a noun is of the likeliest actor."""
        actor, is_person = choice.actors[0], noun.kind == "person"
        how = "nominal-office" if is_person else \
            "nominal-state-organ" if noun.organ is not None and self._is_of_dominant(actor) else "nominal-shared-noun"
        return Spot(noun.begin, index + 1, index, (actor,), Form.TITLE if is_person else Form.NOMINAL, how,
                    is_plural=noun.is_plural, confidence=choice.confidence)

    def _of_sole_office(self, noun: Noun) -> Choice | None:
        """Who holds an office that is one in the world, unless the document names another who bears the title."""
        organization = self.lists.sole_offices.get(noun.office)
        if organization is None or noun.marked != "definite":
            return None
        held = self._holding(organization, noun.office)
        bearers = {actor for actor in self.draft.cast if self.draft.kind(actor) is ActorKind.PERSON
                   and self._bearing(actor, noun.office) == "said"}
        return Choice(held, SOLE_OFFICE) if len(held) == 1 and bearers <= set(held) else None

    def _is_of_dominant(self, actor: str) -> bool:
        return self.dominant is not None and (actor == self.dominant or (
            actor in self.draft.cast and self.draft.cast[actor].parent == self.dominant))

    def _noun(self, index: int) -> Noun | None:
        surface, lists = self.draft.surface, self.lists
        if surface.dep[index] in NEVER_BARE or self.draft.barred[index]:
            return None
        if surface.lower[index] in ORDINALS and surface.dep[index] in ORDINAL_DEPS and index \
                and surface.lower[index - 1] == "the":
            return Noun(index, index - 1, surface.lower[index], surface.lower[index], "", None, False, True,
                        "definite", frozenset(), False, ())
        if surface.pos[index] not in ("NOUN", "PROPN"):
            return None
        kind = next((names[word] for names in (lists.recalling_nouns, lists.nominals)
                     for word in (surface.lower[index], surface.lemma[index]) if word in names), None)
        if kind is None and surface.lemma[index] not in self.organ_heads:
            return None
        marked = self._marked(index)
        if marked is None:
            return None
        is_plural = surface.tag[index] in ("NNS", "NNPS")
        begin = left_edge(self.draft, index)
        phrase = " ".join(surface.lower[at] for at in range(begin + 1, index)) + f" {surface.lemma[index]}"
        organ = phrase.strip() if phrase.strip() in lists.state_organs else None
        kind = kind or ("organization" if organ else None)
        if kind is None:
            return None
        if is_plural:
            kind = {"person": "agents", "state": "any"}.get(kind, kind)
        modifiers = [child for child in surface.children[index] if surface.dep[child] in (
            "amod", "compound", "nmod", "nummod") or (
                surface.dep[child] == "prep" and surface.lower[child] == "of")]
        if any(self.draft.taken[child] is not None or surface.dep[child] == "nummod" for child in modifiers):
            return None
        if kind == "organization" and "rulers" in lists.noun_classes.get(surface.lower[index], ()):
            kind = "rulers"
        words = frozenset(surface.lower[child] for child in modifiers if child < index)
        return Noun(index, begin, surface.lemma[index], kind, self.heads.office(index), organ, is_plural,
                    not modifiers or organ is not None, marked, words, bool(words & self.lists.past),
                    self._owners(index))

    def _marked(self, index: int) -> str | None:
        """What stands before a noun that may be said of somebody mentioned before, if it is such a noun."""
        surface = self.draft.surface
        owners = [child for child in surface.children[index] if surface.dep[child] == "poss"]
        if owners:
            return "owned" if all(surface.tag[owner] == "PRP$" for owner in owners) else None
        determiners = {surface.lower[child] for child in surface.children[index] if surface.dep[child] == "det"}
        if determiners:
            return "definite" if determiners & DEFINITE else None
        is_many = surface.tag[index] == "NNS" or surface.lower[index] in self.lists.collective_nouns
        return "nothing" if is_many and surface.dep[index] in UNMARKED_MAY else None

    def _owners(self, index: int) -> tuple[str, ...]:
        surface = self.draft.surface
        return tuple(actor for child in surface.children[index] if surface.dep[child] == "poss"
                     for spot in self.draft.headed.get(child, ()) for actor in spot.actors)

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
        ordered = self._ordered(noun, list(candidates))
        found = []
        for rank, (actor, referent) in enumerate(candidates.items()):
            features = self._features(noun, actor, referent, actor == implied)
            features[f"rank={min(rank, 3)} of {noun.kind}"] = 1.0
            if actor == ordered:
                features["in its order"] = 1.0
            if actor in sharing:
                features[f"shares first={actor == sharing[0]} of={min(len(sharing), 2)}"] = 1.0
                features[f"shares {noun.kind}"] = 1.0
            elif actor in classed:
                features[f"class of={min(len(classed), 2)} {noun.kind}"] = 1.0
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

    def _ordered(self, noun: Noun, latest: list[str]) -> str | None:
        """Which of two persons, or of two others, "the latter" or "the former" is by the order of their mentions."""
        if noun.kind not in ("latter", "former") or not latest:
            return None
        is_person = self.draft.kind(latest[0]) is ActorKind.PERSON
        alike = [actor for actor in latest if (self.draft.kind(actor) is ActorKind.PERSON) == is_person]
        place = 0 if noun.kind == "latter" else 1
        return alike[place] if place < len(alike) else None

    def _implied(self, noun: Noun) -> str | None:
        """Who holds an office in the state that the document is about; that state, or its organ."""
        if self.dominant is None:
            return None
        if noun.kind == "person":
            named = office_holder(self.draft, self.registry, self.lists, noun.office, self.dominant)
            if named is not None:
                return named
            held = self._holding(self.dominant, noun.office) if noun.office not in self.lists.shared_offices else ()
            return held[0] if len(held) == 1 else None
        if noun.organ is None:
            return None
        head = self.registry.heads().get(noun.organ) or self.registry.heads().get(noun.lemma)
        return self.heads.organ(self.dominant, noun.index) if head is not None and head.treatment == "organ" \
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
        features[f"{noun.kind} capital={self._is_capital(noun)}"] = 1.0
        if noun.marked != "definite":
            features[f"{noun.marked} kind={known.kind.value}"] = 1.0
        if noun.owners:
            features[f"owned {self._bond(actor, noun.owners[0])} {noun.kind}"] = 1.0
        if noun.kind == "person":
            offices = self.draft.notes[actor].offices
            is_bearer = bears(self.registry, self.lists, self.draft.notes[actor], noun.office)
            features[f"office={is_bearer} title={noun.office in self.lists.titles}"] = 1.0
            bearing = self._bearing(actor, noun.office)
            features[f"office={bearing} capital={self._is_capital(noun)}"] = 1.0
            is_regnal = noun.office in self.lists.regnal_titles
            features[f"office={bearing} others={bool(offices)} regnal={is_regnal}"] = 1.0
            if known.country is not None and actor in self._holding(known.country, noun.office):
                features[f"holds the office former={noun.is_former}"] = 1.0
            if noun.is_former:
                features[f"former office={is_bearer} noted={self.draft.notes[actor].is_former}"] = 1.0
            if noun.lemma == "leader" and self.lists.leading_offices & offices.keys():
                features["leads"] = 1.0
        if self.dominant is not None:
            features[f"of dominant={self.dominant in (actor, known.country)} {noun.kind}"] = 1.0
        if noun.modifiers & self._name_words(actor):
            features["named by what modifies it"] = 1.0
        features["count"] = math.log1p(min(self.discourse.mentions[actor], COUNT_MAX)) / 2
        if referent is None:
            features["unmentioned"] = 1.0
            return features
        back = surface.sentence[noun.index] - referent.sentence
        features[f"sentence={back if back < 3 else 3 if back < 6 else 6}"] = 1.0
        features["sentences"] = math.log1p(back) / 2
        features[f"{noun.kind} sentence={min(back, 3)}"] = 1.0
        if back <= 1:
            features[f"sentence={back} role={referent.role}"] = 1.0
            features[f"{noun.kind} near role={referent.role}"] = 1.0
        if back == 0 and clause_of(surface, referent.head) == clause_of(surface, noun.index):
            features[f"same clause role={referent.role}"] = 1.0
        return features

    def _bearing(self, actor: str, office: str) -> str:
        """Whether the document says that a person bears a title (`said`), or the registry at some time (`held`)."""
        if bears(self.registry, self.lists, self.draft.notes[actor], office):
            return "said"
        if actor not in self.titles:
            self.titles[actor] = frozenset(relation.label for relation in self.registry.relations(actor))
        return "held" if office in self.titles[actor] else "no"

    def _is_capital(self, noun: Noun) -> bool:
        """Whether a noun is written as a name is: "the King gave in"."""
        return self.draft.surface.capital[noun.index] and noun.begin < noun.index

    def _bond(self, actor: str, owner: str) -> str:
        """How an actor is tied to the owner of a noun: itself, what it leads, its country, or not at all."""
        if actor == owner:
            return "itself"
        notes, known = self.draft.notes[owner], self.draft.cast[owner]
        if notes.leads[actor]:
            return "led"
        if actor == known.country or notes.countries[actor]:
            return "country"
        return "compatriot" if known.country is not None and self.draft.cast[actor].country == known.country \
            else "other"

    def _none(self, noun: Noun, candidates: int, sharing: int, is_implied: bool) -> Features:
        surface, index = self.draft.surface, noun.index
        features: Features = {
            "none": 1.0, f"none {noun.kind} bare={noun.is_bare}": 1.0, f"none plural={noun.is_plural}": 1.0,
            f"none candidates={min(candidates, 3)}": 1.0, f"none shared={min(sharing, 2)}": 1.0,
            f"none implied={is_implied} {noun.kind}": 1.0, f"none word={surface.lower[index]}": 1.0,
            f"none {noun.marked} {noun.kind}": 1.0, f"none {noun.kind} capital={self._is_capital(noun)}": 1.0,
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
        return noun.lemma in own or lower in own or (noun.kind == "person" and actor in self.draft.notes
                                                     and self._bearing(actor, noun.office) != "no")

    def _is_classed(self, actor: str, noun: Noun) -> bool:
        _, classes = self._words_of(actor)
        lower = self.draft.surface.lower[noun.index]
        wanted = self.lists.noun_classes.get(lower) or self.lists.noun_classes.get(noun.lemma)
        return bool(wanted and wanted & classes)

    def _holding(self, state: str, office: str) -> tuple[str, ...]:
        key = state, office
        if key not in self.holding:
            self.holding[key] = self.registry.holders(state, office, self.draft.surface.document.published)
        return self.holding[key]

    def _name_words(self, identifier: str) -> frozenset[str]:
        """The words of an actor's name and description."""
        if identifier not in self.name_words:
            actor = self.draft.cast[identifier]
            self.name_words[identifier] = frozenset(fold(f"{actor.name} {actor.description or ''}").split())
        return self.name_words[identifier]

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
