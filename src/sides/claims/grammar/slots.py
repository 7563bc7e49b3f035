"""Where the actors of a verb or idiom stand: subject, object, after a preposition, in the event that it is part of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from sides.claims.grammar.clauses import Clauses, governed, is_passive, objects_of
from sides.claims.grammar.lexicon import Entry
from sides.claims.grammar.nouns import Nouns
from sides.claims.grammar.phrases import Filler, Phrases, Route, relative_clause
from sides.claims.grammar.proposals import reached
from sides.claims.grammar.turns import FORCEFUL
from sides.model.actor import ActorKind
from sides.model.claim_type import ClaimType

if TYPE_CHECKING:
    from spacy.tokens import Token

# Verbs that take a stand: what they say of an event, they say of whoever is behind it.
ATTITUDES = frozenset({ClaimType.ACCUSE, ClaimType.SUPPORT, ClaimType.REJECT, ClaimType.HOSTILE, ClaimType.STRAINED,
                       ClaimType.BACKING})
BEYOND = frozenset({"to", "against", "with", "on", "toward", "towards", "between"})
HOUSES = frozenset({ActorKind.ORGANIZATION, ActorKind.BLOC, ActorKind.ORGAN, ActorKind.GROUP, ActorKind.OTHER})
AFAR = frozenset({"in", "inside", "to"})  # where a thing lies that is struck, or goes that is stopped
PLACES_OUT = frozenset({ClaimType.CONSULT, ClaimType.AID, ClaimType.FRIENDLY})
ANY = "*"  # an entry for any verb that says nothing by itself


class Slots:
    """Finds who stands in the places that an entry names."""

    def __init__(self, phrases: Phrases, clauses: Clauses, nouns: Nouns, kinds: Mapping[str, ActorKind]) -> None:
        self._phrases, self._clauses, self._nouns, self._kinds = phrases, clauses, nouns, kinds

    def _is_happening(self, token: Token) -> bool:
        """Whether the word is something that happens, whom one cannot meet: "hosted five rounds of talks between"."""
        content = [inner for child in token.children if child.lower_ == "of" for inner in child.children]
        return not self._phrases.named(token) and any(self._nouns.is_event(word) for word in (token, *content))

    def _is_harm(self, token: Token) -> bool:
        """Whether the word is a hostile event, not an actor: "fuelled criticism of B", "responded to B's attacks"."""
        arguments = None if self._phrases.named(token) else self._nouns.arguments(token)
        return arguments is not None and arguments[2] < 0

    def fill(self, verb: Token, entry: Entry, slots: tuple[str, ...], trigger: tuple[Token, ...]) -> list[Filler]:
        """The actors in the first of the places that is filled."""
        for slot in slots:
            if fillers := self.slot(verb, entry, slot, trigger, deep=True):
                return fillers
        return []

    def slot(self, verb: Token, entry: Entry, slot: str, trigger: tuple[Token, ...], *, deep: bool) -> list[Filler]:
        """The actors in one place; with `deep` also those of events and parts inside its noun phrase."""
        if slot == "subj":
            tokens, shared = self._clauses.subject(verb)
            found = self.fillers(tokens, shared, through=False)
            if not found and not is_passive(verb) and (not tokens or shared):
                found = self.left(verb)
            if not found and not tokens and entry.type in FORCEFUL and is_passive(verb):
                found = self.during(verb)
            return found
        if slot in ("obj", "objeach"):
            tokens, shared = self._clauses.object(verb)
            tokens = [token for token in tokens if token.i not in {word.i for word in trigger} and not (
                (entry.type is ClaimType.CONSULT or entry.kinds) and self._is_happening(token))
                and not (entry.type is ClaimType.AID and self._is_harm(token))]
            through = entry.type not in PLACES_OUT
            deep = deep and entry.type is not ClaimType.AGREE  # not "promised his resignation"
            if entry.type in ATTITUDES:
                found = [filler for token in tokens for filler in self.holders(token)]
            else:
                found = self.fillers(tokens, shared, through=through, deep=deep)
            found = found or [filler for token in tokens if deep and not self._nouns.is_event(token)
                              for filler in self._beyond(token)]
            if not found and tokens and not shared and entry.type in FORCEFUL:
                found = self._afar(verb, tokens)
            return found
        if slot == "dative":
            return [filler for child in verb.children if child.dep_ == "dative" for place in
                    ([child] if child.pos_ != "ADP" else [inner for inner in child.children if inner.dep_ == "pobj"])
                    for filler in self._phrases.at(place)]
        if slot == "clause":
            return self._phrases.each((token for token in self._clauses.said_of(verb)
                                       if entry.needs not in ("wrong", "must") or not self._nouns.is_event(token)),
                                      through=False)
        if slot == "each":
            return []
        if slot == "during":
            return self.during(verb)
        last = trigger[-1]
        if len(trigger) > 1 and slot == entry.words[-1]:
            if last.pos_ not in ("ADP", "PART", "ADV", "SCONJ"):
                return self._past(verb, last, trigger)
            tokens = objects_of(last, verb)
            tokens = tokens or ([child for child in verb.children if child.dep_ == "dobj"]
                                if last.dep_ in ("prt", "advmod") else [])
            if is_passive(verb) and not tokens:
                tokens = self._clauses.object(verb)[0]
        else:
            tokens = [place for word in reversed(trigger) for place in self._clauses.after(word, slot)][:1] if len(
                trigger) > 1 else self._clauses.after(verb, slot, near=entry.words[0] == ANY)
        return [filler for token in tokens for filler in self._phrases.at(token)
                if entry.type is not ClaimType.CONSULT or not self._is_harm(token)]

    def fillers(self, tokens: list[Token], shared: bool, *, through: bool = True, deep: bool = True) -> list[Filler]:
        """The actors of some arguments."""
        found = [filler for token in tokens for filler in self._phrases.at(token, deep=deep, through=through)]
        return reached(found, Route.SHARED) if shared else found

    def _beyond(self, token: Token) -> list[Filler]:
        """The actors after a preposition at the object: "barred entry to B", "endorsed the case against B"."""
        return next((reached(fillers, Route.PART) for child in token.children
                     if child.dep_ == "prep" and child.lower_ in BEYOND
                     for place in child.children if place.dep_ == "pobj" and (fillers := self._phrases.at(place))), [])

    def _afar(self, verb: Token, tokens: list[Token]) -> list[Filler]:
        """Whom a blow at a thing hits: "bombed a camp in Syria", "banned exports to Iran"."""
        for place in (*tokens, verb):
            for child in place.children:
                if child.dep_ == "prep" and child.lower_ in AFAR and child.i > verb.i and (
                        found := self._phrases.each(governed(child))):
                    return reached(found, Route.PART)
        return []

    def _past(self, verb: Token, last: Token, trigger: tuple[Token, ...]) -> list[Filler]:
        """The target of an idiom that ends in a noun or adjective: whose the noun is, else the object of the verb."""
        doers = {filler.mention.actor for token in self._clauses.subject(verb)[0] for filler in self._phrases.at(token)}
        owned = [filler for filler in self._nouns.possessed(last) if filler.mention.actor not in doers]
        words = {token.i for token in trigger}
        return owned or [filler for token in self._clauses.object(verb)[0] if token.i not in words
                         for filler in self._phrases.at(token)] or [
            filler for child in verb.children if child.dep_ == "dative" for filler in self._phrases.at(child)]

    def during(self, verb: Token) -> list[Filler]:
        """Who is behind the event in which something was done: "killed in an Israeli raid"."""
        for child in verb.children:
            if child.dep_ == "prep" and child.lower_ == "from":  # "suspended from the Arab League"
                places = [inner for inner in child.children if inner.dep_ == "pobj"]
                houses = [filler for filler in self._phrases.each(places)
                          if self._kinds.get(filler.mention.actor) in HOUSES]
                if houses:
                    return houses
            if child.dep_ == "prep" and child.lower_ in ("in", "during", "after", "under", "from"):
                for event in child.children:
                    clause = relative_clause(event)  # "a raid in which fighters were killed"
                    event = event if clause is None else clause.head
                    arguments = self._nouns.arguments(event) if clause is not None or event.dep_ == "pobj" else None
                    if arguments is not None:
                        return reached(arguments[0], Route.EVENT)
        return []

    def left(self, verb: Token) -> list[Filler]:
        """The actor whose name ends just before a finite verb, where the parse gave the verb no subject."""
        if verb.tag_ not in ("VBD", "VBZ", "VBP", "VBN", "VB", "MD"):
            return []
        place = verb.i - 1
        while (place > verb.sent.start and verb.doc[place].pos_ in ("AUX", "ADV", "PART", "PUNCT")
               and verb.doc[place].text not in ('"', ";", ":", "(", ")")):
            place -= 1
        token = verb.doc[place]
        return [filler.by(Route.NEAR) for filler in self._phrases.named(token)] if place >= verb.sent.start else []

    def holders(self, token: Token) -> list[Filler]:
        """Toward whom a stand is taken: the actor named, or the one that owns what is named; not inside an event."""
        if self._nouns.is_event(token) and not self._phrases.named(token):
            return []
        return self._phrases.at(token)
