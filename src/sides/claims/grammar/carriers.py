"""Verbs that carry a noun, and what these and the words around it make of it: "cut aid", "relations hit a low"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sides.claims.grammar.clauses import VERBAL, is_passive
from sides.claims.grammar.lexicon import Entry, Lexicon
from sides.model.claim_type import ClaimType, Layer

if TYPE_CHECKING:
    from spacy.tokens import Token

# Ties that may last, and what may become of them.
STANDING = frozenset({ClaimType.ALLIANCE, ClaimType.COOPERATE, ClaimType.FRIENDLY, ClaimType.BACKING})
TURNS = frozenset({ClaimType.STRAINED, ClaimType.SEVERED, ClaimType.RAPPROCHEMENT})


class Carriers:
    """Says which verb carries a noun, what its subject is to the noun, and what becomes of the noun's type."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def of(self, noun: Token) -> tuple[Token, str] | None:
        """The verb that carries the noun, and the noun's place there: obj, subj, or the preposition between them."""
        for child in noun.children:
            if child.dep_ in ("relcl", "acl") and child.tag_ in ("VBN", "VBD", "VBZ", "VBP", "VB") and (
                    self.role(child) or child.lemma_.lower() in self._lexicon.aspects["verbs"]):
                if (child.dep_ == "acl" and child.tag_ == "VBN") or (child.dep_ == "relcl" and is_passive(child)):
                    return child, "obj"
                if child.dep_ == "relcl" and any(inner.dep_ == "nsubj" and not inner.tag_.startswith("W")
                                                 for inner in child.children):
                    return child, "obj"
        while noun.dep_ == "conj" and noun.head.pos_ in ("NOUN", "PROPN"):
            noun = noun.head
        head = noun.head
        if noun.dep_ in ("dobj", "nsubjpass") and head.pos_ in VERBAL:
            return head, "obj"
        if noun.dep_ in ("nsubj", "attr") and head.pos_ in VERBAL:
            return head, "subj" if noun.dep_ == "nsubj" else "attr"
        if noun.dep_ == "pobj":
            above = head
            while above.dep_ in ("prep", "prt") and above.head.pos_ == "ADP":
                above = above.head
            host = above.head
            if host.pos_ == "NOUN" and host.dep_ in ("dobj", "attr") and host.head.pos_ in VERBAL:
                host = host.head  # "closed ranks in support of": the parse hung the adjunct on the object
            if host.pos_ in VERBAL:
                return host, head.lower_
        return None

    def role(self, verb: Token, preposition: str | None = None) -> str | None:
        """What the subject of a carrying verb is to the noun: source, target, stop, light or nothing."""
        lemma = verb.lemma_.lower()
        names = [f"{lemma} {child.lower_}" for child in verb.children if child.dep_ in ("prt", "prep", "advmod")]
        if preposition not in (None, "obj", "subj", "attr"):
            names = [name for name in names if name.endswith(f" {preposition}")]
        else:
            names = [*names, lemma]
        return next((role for role in ("stop", "target", "source", "light") for name in names
                     if name in self._lexicon.carriers[role]), None)

    def ends(self, verb: Token, place: str) -> bool:
        """Whether the verb ends what the noun names: its object, or its subject if it has no object."""
        return self.role(verb) == "stop" and (
            place == "obj" or not any(child.dep_ == "dobj" for child in verb.children))

    def meaning(self, noun: Token, entry: Entry, carried: tuple[Token, str] | None
                ) -> tuple[ClaimType | None, int, Layer, tuple[Token, ...]]:
        """The type of a mutual noun, with the words around it that decide."""
        kind = entry.type
        words: tuple[Token, ...] = ()
        if carried and kind is not None and carried[1] in ("obj", "subj") and self.ends(*carried):
            kind = self._lexicon.stops.get(kind.value, kind)
            if carried[1] == "subj" and kind.meaning.sign < 0:
                kind = ClaimType.SEVERED if entry.type in STANDING else ClaimType.STRAINED
            words = (carried[0],) if kind is not entry.type else ()
        elif kind in STANDING and carried and carried[1] in ("obj", "subj") and (
                turn := self._lexicon.aspects["verbs"].get(carried[0].lemma_.lower())) in TURNS:
            kind, words = turn, (carried[0],)
        elif kind is None:
            kind, words = self._aspect(noun, carried)
        if kind is None:
            kind = ClaimType.FRIENDLY if entry.type is None else None
        if kind is None:
            return None, 0, entry.layer, ()
        return kind, kind.meaning.sign if kind is not entry.type else entry.sign, (
            kind.meaning.layer if kind is not entry.type else entry.layer), words

    def _aspect(self, noun: Token, carried: tuple[Token, str] | None) -> tuple[ClaimType | None, tuple[Token, ...]]:
        """What the words around a tie make of it."""
        aspects = self._lexicon.aspects
        if carried and carried[1] in ("obj", "subj"):
            verb = carried[0]
            name = next((f"{verb.lemma_.lower()} {child.lower_}" for child in verb.children if child.dep_ == "prt"), "")
            for lemma in (name, verb.lemma_.lower()):
                if lemma in aspects["verbs"]:
                    return aspects["verbs"][lemma], (verb,)
            for child in verb.children if carried[1] == "subj" else ():
                reached_state = [child] if child.dep_ in ("dobj", "attr") else [
                    inner for inner in child.children if inner.dep_ == "pobj"] if child.dep_ == "prep" else []
                for state in reached_state:  # "relations hit a new low", "ties are in crisis"
                    if kind := aspects["nouns"].get(state.lemma_.lower()):
                        return kind, (verb, state)
                if child.dep_ in ("acomp", "oprd", "attr", "advmod") and (kind := self._described(child)):
                    return kind, (child,)
        for child in noun.children:
            if child.dep_ in ("amod", "compound") and (kind := self._described(child)):
                return kind, (child,)
        if noun.dep_ == "pobj" and noun.head.head.pos_ == "NOUN" and noun.head.lower_ in ("in", "of", "to", "between"):
            holder = noun.head.head
            if kind := aspects["nouns"].get(holder.lemma_.lower()):
                return kind, (holder,)
        return None, ()

    def _described(self, word: Token) -> ClaimType | None:
        """What an adjective makes of a tie."""
        adjectives = self._lexicon.aspects["adjectives"]
        return adjectives.get(word.lower_) or adjectives.get(word.lemma_.lower())
