"""Adjectives and compounds: "hostile to", "forces loyal to", "the Iran-backed militia", "pro-Russian"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sides.claims.grammar.clauses import VERBAL, Clauses, next_preposition, noun_beside
from sides.claims.grammar.lexicon import Entry, Lexicon
from sides.claims.grammar.phrases import Filler, Phrases
from sides.claims.grammar.proposals import Half, Proposal, Trial, crossed, halved, mediated, paired
from sides.model.claim_type import ClaimType

if TYPE_CHECKING:
    from spacy.tokens import Token


class Adjectives:
    """Reads what adjectives and participial compounds say."""

    def __init__(self, lexicon: Lexicon, phrases: Phrases, clauses: Clauses) -> None:
        self._lexicon, self._phrases, self._clauses = lexicon, phrases, clauses

    def read(self, word: Token) -> Iterator[Proposal]:
        """The proposals of one adjective or participle."""
        if word.i >= 2 and word.nbor(-1).text == "-":
            yield from self._compound(word)
            return
        for entry in self._lexicon.adjectives.get(word.lower_, ()):
            yield from self._adjective(word, entry)

    def trials(self, word: Token) -> Iterator[Trial]:
        """Every entry that the adjective, participle or compound fits, each by itself."""
        if word.i >= 2 and word.nbor(-1).text == "-":
            entry = self._lexicon.prefixes.get(word.nbor(-2).lower_) or self._lexicon.compounds.get(word.lower_)
            if entry is not None:
                yield Trial(entry, (word,), (), (), tuple(self._compound(word)))
            return
        for entry in self._lexicon.adjectives.get(word.lower_, ()):
            yield Trial(entry, (word,), tuple(self._bearers(word)), tuple(self._toward(word, entry)),
                        tuple(self._adjective(word, entry)))

    def halves(self, word: Token) -> Iterator[Half]:
        """What the word says of one actor: "Turkey was furious", "forces loyal to Iran", "the Iran-backed militia"."""
        if word.i >= 2 and word.nbor(-1).text == "-":
            first = word.nbor(-2)
            if entry := self._lexicon.prefixes.get(first.lower_):
                noun = word.head if word.dep_ in ("amod", "compound", "nmod") else None
                yield from halved(entry, self._phrases.named(noun) if noun is not None else [],
                                  self._phrases.named(word), (first,), "prefix")
            elif entry := self._lexicon.compounds.get(word.lower_):
                noun = self._described(word)
                if noun.i > word.i:
                    yield from halved(entry, self._phrases.named(first), self._phrases.named(noun), (word,), "compound")
            return
        for entry in self._lexicon.adjectives.get(word.lower_, ()):
            bearers, toward = self._bearers(word), self._toward(word, entry)
            if toward or word.dep_ in ("acomp", "oprd"):
                yield from halved(entry, bearers, toward, (word,), "adjective")
                return

    def _toward(self, word: Token, entry: Entry) -> list[Filler]:
        """The actors after the first of the entry's prepositions that has any."""
        targets: list[Filler] = []
        for slot in entry.target:
            hosts = [word, word.head] if word.dep_ in ("acomp", "oprd", "amod") else [word]
            targets = self._phrases.each(
                inner for host in hosts for child in host.children
                if child.lower_ == slot and child.dep_ in ("prep", "agent") and child.i > word.i
                for inner in child.children if inner.dep_ in ("pobj", "pcomp"))
            if not targets and (beside := next_preposition(word, slot)):
                targets = self._phrases.each(inner for inner in beside.children if inner.dep_ == "pobj")
            if targets:
                break
        return targets

    def _adjective(self, word: Token, entry: Entry) -> Iterator[Proposal]:
        assert entry.type is not None
        targets, sources = self._toward(word, entry), self._bearers(word)
        if targets and sources:
            if entry.is_reversed:
                sources, targets = targets, sources
            pattern = "adjective-is" if word.dep_ in ("acomp", "ROOT", "conj", "ccomp", "relcl") else "adjective"
            yield from crossed(entry.type, entry.sign, entry.layer, sources, targets, (word,), pattern)
        elif len(sources) > 1 and "each" in entry.target and not targets and (
                word.dep_ == "acomp" or any(child.dep_ == "nsubjpass" for child in word.children)):
            yield from paired(entry.type, entry.sign, entry.layer, sources, (word,), "adjective-each")

    def _bearers(self, word: Token) -> list[Filler]:
        """Of whom the adjective is said."""
        head = word.head
        while word.dep_ == "conj" and head.pos_ in ("ADJ", "VERB"):
            word, head = head, head.head
        if word.dep_ == "advcl" and (beside := noun_beside(word)):
            return self._phrases.at(beside, through=False)
        if word.dep_ in ("acomp", "oprd", "xcomp", "advcl", "ccomp", "attr", "prep", "advmod") and head.pos_ in VERBAL:
            return self._phrases.each(self._clauses.surface(head), through=False)
        if word.dep_ in ("amod", "acl", "relcl", "appos") and head.pos_ in ("NOUN", "PROPN", "PRON", "DET"):
            return self._phrases.at(head, through=False)
        own = [child for child in word.children if child.dep_ in ("nsubj", "nsubjpass")]
        return self._phrases.each(own, through=False)

    def _described(self, word: Token) -> Token:
        """The noun that a compound describes."""
        noun = word.head
        while noun.dep_ in ("compound", "amod", "nmod") and noun.head.i > noun.i:
            noun = noun.head
        return noun

    def _compound(self, word: Token) -> Iterator[Proposal]:
        first = word.nbor(-2)
        if entry := self._lexicon.prefixes.get(first.lower_):
            noun = word.head if word.dep_ in ("amod", "compound", "nmod") else None
            if noun is not None and entry.type:
                yield from crossed(entry.type, entry.sign, entry.layer, self._phrases.named(noun),
                                   self._phrases.named(word), (first,), "prefix")
            return
        entry = self._lexicon.compounds.get(word.lower_)
        if entry is None or entry.type is None:
            return
        sources = self._phrases.named(first)
        for left in first.children:
            sources = sources or self._phrases.named(left)
        place = first
        while place.i >= 2 and place.nbor(-1).text == "-" and self._phrases.named(place.nbor(-2)):  # "US-Israeli-led"
            place = place.nbor(-2)
            sources = [*self._phrases.named(place), *sources]
        noun = self._described(word)
        if noun.i <= word.i:
            return
        if entry.type is ClaimType.MEDIATE:
            between = [filler for child in noun.children if child.lower_ == "between" for inner in child.children
                       for filler in self._phrases.at(inner)]
            yield from mediated(sources, between, (word,), "compound")
            return
        yield from crossed(entry.type, entry.sign, entry.layer, sources, self._phrases.named(noun), (word,), "compound")
