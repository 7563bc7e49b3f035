"""Nouns: "Iran's support for Hamas", "talks between A and B", "launched an attack on"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from sides.claims.grammar.carriers import Carriers
from sides.claims.grammar.clauses import (
    Clauses,
    agents,
    anchor,
    container,
    governed,
    is_passive,
    next_preposition,
)
from sides.claims.grammar.lexicon import Entry, Lexicon
from sides.claims.grammar.phrases import Filler, Phrases, Route
from sides.claims.grammar.proposals import (
    Half,
    Partnerless,
    Proposal,
    Sought,
    Trial,
    crossed,
    halved,
    mediated,
    paired,
    reached,
)
from sides.model.claim_type import ClaimType

if TYPE_CHECKING:
    from spacy.tokens import Token

ADJUNCTS = frozenset({"in", "with", "on", "for", "during", "through", "by", "after", "at", "over", "via", "under"})
# What someone does with the help of these is helped by their source.
HELPFUL = frozenset({ClaimType.SUPPORT, ClaimType.BACKING, ClaimType.AID, ClaimType.REQUEST})
# "Threatened sanctions on B" is a threat, not a sanction.
THREATENED = frozenset({ClaimType.SANCTION, ClaimType.ASSAULT, ClaimType.COERCE})
HELPING = frozenset({"with", "through", "via", "under", "at"})


class Nouns:
    """Reads what nouns say."""

    def __init__(self, lexicon: Lexicon, phrases: Phrases, clauses: Clauses) -> None:
        self._lexicon, self._phrases, self._clauses = lexicon, phrases, clauses
        self._carriers = Carriers(lexicon)

    def read(self, noun: Token) -> Iterator[Proposal]:
        """The proposals of one noun. In "mediation efforts between A and B" the arguments are those of "efforts"."""
        place = anchor(noun)
        for entry in self._entries(noun, self._lexicon.directed):
            found = list(self._directed(place, entry))
            yield from found
            if found:
                return
        for entry in self._entries(noun, self._lexicon.mutual):
            found = list(self._mutual(place, entry))
            yield from found
            if found:
                return

    def trials(self, noun: Token) -> Iterator[Trial]:
        """Every entry that the noun fits, each by itself."""
        place = anchor(noun)
        for entry in self._entries(noun, self._lexicon.directed):
            sources, targets = self._own(place, entry)
            yield Trial(entry, (noun,), tuple(sources), tuple(targets), tuple(self._directed(place, entry)))
        for entry in self._entries(noun, self._lexicon.mutual):
            sides = self._phrases.owners(place) or self._phrases.describing(place) or self._after(place, "between")
            partners = next((fillers for slot in entry.target if (fillers := self._after(place, slot))), [])
            yield Trial(entry, (noun,), tuple(sides), tuple(partners), tuple(self._mutual(place, entry)))

    def halves(self, noun: Token) -> Iterator[Half]:
        """What the noun says of one actor, the other not being named: "Iran's attacks", "held talks in Geneva"."""
        place = anchor(noun)
        for entry in self._entries(noun, self._lexicon.directed):
            sought = self._sought(place, entry)
            if sought is not None and bool(sought.sources) != bool(sought.targets):
                told = replace(entry, type=sought.type, sign=sought.sign, layer=sought.layer)
                yield from halved(told, sought.sources, sought.targets, sought.trigger, "noun")
                return
        for entry in self._entries(noun, self._lexicon.mutual):
            yield from self._one_sided(place, entry)
            return

    def _one_sided(self, noun: Token, entry: Entry) -> Iterator[Half]:
        """The one side of a mutual noun that is named, as source; as target where it stands as the partner."""
        carried = self._carriers.of(noun)
        kind, sign, layer, words = self._carriers.meaning(noun, entry, carried)
        if kind is None:
            return
        partners = next((fillers for slot in entry.target if (fillers := self._after(noun, slot))), [])
        sides = self._phrases.owners(noun) or self._phrases.describing(noun)
        sides = sides or self._after(noun, "between") or self._after(noun, "of")
        if not sides and not partners and carried and carried[1] == "obj" and self._carriers.role(*carried):
            sides = reached(self._phrases.each(self._clauses.subject(carried[0])[0], through=False), Route.SHARED)
        if len(sides) + len(partners) == 1:
            told = replace(entry, type=kind, sign=sign, layer=layer)
            yield from halved(told, sides, partners, (*words, noun), "noun")

    def _entries(self, noun: Token, index: Mapping[str, tuple[Entry, ...]]) -> list[Entry]:
        """The entries of a noun; of a compound ("drone strike") as listed, else of its last word."""
        lemma = noun.lemma_.lower()
        whole = [entry for child in noun.children if child.dep_ in ("compound", "amod") and child.i == noun.i - 1
                 for entry in index.get(child.lower_, ()) if entry.words[1:] == (lemma,)]
        return whole or [entry for entry in index.get(lemma, ()) if len(entry.words) == 1] or [
            entry for entry in index.get(noun.lower_, ()) if len(entry.words) == 1]

    def is_event(self, noun: Token) -> bool:
        """Whether the noun is one that says what actors do to each other."""
        return bool(self._entries(noun, self._lexicon.directed) or self._entries(noun, self._lexicon.mutual))

    def possessed(self, noun: Token) -> list[Filler]:
        """The actors to whom a noun belongs or is directed: "Syria's aid", "the aid of Syria", "an eye on Syria"."""
        owned = self._phrases.owners(noun) or self._phrases.describing(noun)
        if owned:
            return owned
        return next((fillers for name in ("of", "for", "to", "with", "from", "against", "on")
                     if (fillers := self._after(noun, name))), [])

    def arguments(self, noun: Token) -> tuple[list[Filler], list[Filler], int] | None:
        """Who is behind an event and whom it befalls, and its sign; None if the noun is no event."""
        for index in (self._lexicon.directed, self._lexicon.mutual):
            for entry in self._entries(noun, index):
                doers, sufferers = self._own(noun, entry)
                if index is self._lexicon.mutual:
                    doers = self._phrases.owners(noun) or self._phrases.describing(noun)
                    between = self._after(noun, "between") or self._after(noun, "among")
                    sufferers = sufferers or between
                if doers or sufferers:
                    return doers, sufferers, entry.sign
        return None

    def _own(self, noun: Token, entry: Entry) -> tuple[list[Filler], list[Filler]]:
        """Sources and targets in the noun's own phrase."""
        sources: list[Filler] = []
        targets: list[Filler] = []
        owners, describing = self._phrases.owners(noun), self._phrases.describing(noun)
        for slot in entry.source:
            if slot == "own" and "own" not in entry.target:
                sources = owners or describing
            elif slot == "by":
                sources = self._phrases.each(agents(noun))
            elif slot == "of" and "of" in entry.target:
                continue
            else:
                sources = self._after(noun, slot)
            if sources:
                break
        taken = {filler.mention.actor for filler in sources}
        for slot in entry.target:
            places = (owners or describing) if slot == "own" else self._after(noun, slot)
            targets = [filler for filler in places if filler.mention.actor not in taken]
            if targets:
                return sources, targets
        if owners and describing and "own" not in entry.target:
            targets = [filler for filler in describing if filler.mention.actor not in taken]
        return sources, targets

    def _after(self, noun: Token, preposition: str) -> list[Filler]:
        """The actors after a preposition at the noun, or at the list that the noun closes."""
        for child in noun.children:
            if child.lower_ == preposition and child.dep_ in ("prep", "agent", "dative") and (
                    places := governed(child)):
                return self._phrases.each(places)
        if beside := next_preposition(noun, preposition):
            for place in beside.children:
                if place.dep_ == "pobj":
                    return self._phrases.at(place)
        for child in noun.children:
            if child.dep_ == "conj" and child.pos_ in ("NOUN", "PROPN") and child.i > noun.i and (
                    fillers := self._after(child, preposition)):
                return fillers
        return []

    def partnerless(self, noun: Token) -> Partnerless | None:
        """The mutual reading of a noun whose sides must come from what was said before; None if it has its own."""
        for entry in self._entries(noun, self._lexicon.mutual):
            if entry.type is not None or any(True for _ in self._mutual(noun, entry)):
                return None
            carried = self._carriers.of(noun)
            kind, sign, layer, words = self._carriers.meaning(noun, entry, carried)
            if kind is None or any(child.dep_ in ("prep", "compound", "amod")
                                   and child.lower_ in ("with", "civil", "of", "for") for child in noun.children):
                return None
            owners = tuple(self._phrases.owners(noun) or self._phrases.describing(noun))
            return Partnerless(kind, sign, layer, (*words, noun), owners, bool(words))
        return None

    def _directed(self, noun: Token, entry: Entry) -> Iterator[Proposal]:
        sought = self._sought(noun, entry)
        if sought is None:
            return
        if sought.type is ClaimType.MEDIATE:
            yield from mediated(sought.sources, self._after(noun, "between") or sought.targets, sought.trigger,
                                sought.pattern)
            return
        yield from crossed(sought.type, sought.sign, sought.layer, sought.sources, sought.targets, sought.trigger,
                           sought.pattern)

    def _sought(self, noun: Token, entry: Entry) -> Sought | None:
        """What a directed noun says, and who was found on either side; None where it says nothing."""
        assert entry.type is not None
        sources, targets = self._own(noun, entry)
        kind, sign, layer, pattern = entry.type, entry.sign, entry.layer, "noun"
        outer = container(noun)
        if outer is not None and targets and not sources:
            sources = self._phrases.owners(outer)  # "their words of praise for B"
        carried = self._carriers.of(outer or noun)
        trigger: tuple[Token, ...] = (noun,)
        if carried and not (sources and targets):
            verb, place = carried
            role = self._carriers.role(verb, place)
            subjects = reached(self._phrases.each(self._clauses.subject(verb)[0], through=False), Route.SHARED)
            if (place in ("obj", "attr") and role in ("source", "stop", "light")) or (
                    role == "source" and place not in ("subj", "obj", "attr")):
                pattern = "noun-light"
                sources = sources or subjects
                targets = targets or self._at_verb(verb, entry, sources)
            elif place != "subj" and role == "target":
                pattern = "noun-under"
                targets = targets or subjects
                sources = sources or self._from_verb(verb)
            elif place in HELPING and kind in HELPFUL and (bool(sources) != bool(targets)):
                pattern = "noun-help"
                helpers = sources or (self._after(noun, "of") if kind is not ClaimType.REQUEST or place == "at" else [])
                sources = helpers
                targets = self._phrases.each(self._clauses.subject(verb)[0] or self._clauses.surface(verb), deep=False)
                if not helpers:
                    return None
            elif place in ADJUNCTS and targets and not sources and (place != "for" or kind not in HELPFUL):
                pattern = "noun-adjunct"
                sources = reached(subjects, Route.ADJUNCT)
            elif place == "with" and sources and not targets and not is_passive(verb):
                return None
        if carried and sources and targets and carried[1] in ("obj", "subj") and self._carriers.ends(*carried):
            kind = self._lexicon.stops.get(kind.value, kind)
            stopping = self._phrases.each(self._clauses.subject(carried[0])[0]) if carried[1] == "obj" else []
            sources = stopping or sources  # "Hungary blocked EU aid to Ukraine"
            if kind is not entry.type:
                sign, layer, pattern = kind.meaning.sign, entry.layer, "noun-stop"
                trigger = (carried[0], noun)
        if (kind in THREATENED and carried and carried[1] == "obj"
                and carried[0].lemma_.lower() in self._lexicon.carriers["threaten"]):
            kind, trigger = ClaimType.THREATEN, (carried[0], noun)
            sign, layer = kind.meaning.sign, kind.meaning.layer
        return Sought(kind, sign, layer, sources, targets, trigger, pattern)

    def _at_verb(self, verb: Token, entry: Entry, sources: list[Filler]) -> list[Filler]:
        """Targets that hang on the carrying verb: "imposed sanctions on B", "gave B support"."""
        for child in verb.children:
            if child.dep_ == "dative":
                places = [child] if child.pos_ != "ADP" else [inner for inner in child.children if inner.dep_ == "pobj"]
                if found := [filler for place in places for filler in self._phrases.at(place)]:
                    return found
        taken = {filler.mention.actor for filler in sources}
        for slot in entry.target:
            found = [filler for token in self._clauses.after(verb, slot) for filler in self._phrases.at(token)
                     if filler.mention.actor not in taken]
            if found:
                return found
        return []

    def _from_verb(self, verb: Token) -> list[Filler]:
        return next((fillers for name in ("from", "by") if (fillers := [
            filler for token in self._clauses.after(verb, name) for filler in self._phrases.at(token)])), [])

    def _mutual(self, noun: Token, entry: Entry) -> Iterator[Proposal]:
        carried = self._carriers.of(noun)
        kind, sign, layer, words = self._carriers.meaning(noun, entry, carried)
        if kind is None:
            return
        trigger = (*words, noun)
        owners = self._phrases.owners(noun) or self._phrases.describing(noun)
        between = self._after(noun, "between") or self._after(noun, "among")
        if not between and carried:
            between = self._phrases.each(token for name in ("between", "among")
                                         for token in self._clauses.after(carried[0], name, near=True))
        if len(between) > 1:
            yield from paired(kind, sign, layer, between, trigger, "noun-between")
            brokers = self._phrases.each(agents(noun))
            yield from mediated(brokers, between, trigger, "noun-between")
            return
        partners = next((fillers for slot in entry.target if (fillers := self._after(noun, slot))), [])
        if partners and (sides := owners or self._after(noun, "of")):
            yield from crossed(kind, sign, layer, sides, partners, trigger, "noun-with")
            return
        if len(owners) > 1:
            yield from paired(kind, sign, layer, owners, trigger, "noun-pair")
            return
        of = self._after(noun, "of")
        if len(of) > 1:
            yield from paired(kind, sign, layer, of, trigger, "noun-pair")
            return
        if not carried:
            return
        verb, place = carried
        if place == "subj" and partners and not owners:  # "the dispute with Turkey has hurt Egypt"
            yield from crossed(kind, sign, layer, self._phrases.each(self._clauses.object(verb)[0]), partners, trigger,
                               "noun-hurts")
            return
        carries = self._carriers.role(verb, place) is not None or verb.lemma_.lower() in self._lexicon.aspects["verbs"]
        doers = self._clauses.subject(verb)[0] or (self._clauses.surface(verb) if place in ADJUNCTS else [])
        subjects = self._phrases.each(doers, through=False) if place != "subj" else []
        subjects = reached(subjects, Route.SHARED if place == "obj" else Route.ADJUNCT)
        if not partners and carries:
            partners = next((fillers for slot in entry.target if (fillers := [
                filler for token in self._clauses.after(verb, slot) for filler in self._phrases.at(token)])), [])
        if partners and (carries or place in ADJUNCTS):
            yield from crossed(kind, sign, layer, owners or subjects, partners, trigger, "noun-carried")
        elif len(subjects) > 1 and carries and place == "obj" and not owners:
            yield from paired(kind, sign, layer, subjects, trigger, "noun-each")
