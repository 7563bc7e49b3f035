"""All patterns of the grammar over one document, and an account of what each of them found or lacked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from sides.actors.resolution import Resolution
from sides.claims.grammar.adjectives import Adjectives
from sides.claims.grammar.agents import Agents
from sides.claims.grammar.clauses import Clauses
from sides.claims.grammar.discourse import Discourse
from sides.claims.grammar.lexicon import Lexicon
from sides.claims.grammar.nouns import Nouns
from sides.claims.grammar.phrases import Filler, Phrases
from sides.claims.grammar.places import Places
from sides.claims.grammar.proposals import Half, Proposal, Step, Trial
from sides.claims.grammar.refusals import Refusals
from sides.claims.grammar.verbs import Verbs

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

# Where a verb may hide that the tagger did not take for one.
MISREAD = frozenset({"NOUN", "ADV", "ADJ", "ADP", "PROPN"})
DESCRIPTIVE = frozenset({"ADJ", "ADV", "NOUN", "PROPN"})


class Patterns:
    """Reads proposals from the sentences of one document."""

    def __init__(self, lexicon: Lexicon, resolution: Resolution) -> None:
        phrases = Phrases(resolution, lexicon.opaque)
        clauses = Clauses(*(lexicon.control[part] for part in ("object", "mover", "paper")))
        self._heads, self._phrases, self._needing = resolution.heads, phrases, lexicon.carriers
        self._nouns = Nouns(lexicon, phrases, clauses)
        self._verbs = Verbs(lexicon, phrases, clauses, self._nouns,
                            {actor.id: actor.kind for actor in resolution.actors},
                            {actor.id: actor.country for actor in resolution.actors})
        self._refusals = Refusals(lexicon, phrases, clauses)
        self._adjectives = Adjectives(lexicon, phrases, clauses)
        self._agents = Agents(lexicon, phrases, clauses, resolution)
        self._places = Places(phrases, resolution, lexicon.objects)

    def proposals(self, doc: Doc) -> Iterator[Proposal]:
        """What is found, sentence by sentence. A sentence that names no actor is passed over."""
        for _, found in self._sentences(doc):
            yield from apart(found)

    def readings(self, doc: Doc) -> tuple[list[Proposal], list[Half]]:
        """What is found, and what is said of one actor by words that nothing was found at."""
        proposals: list[Proposal] = []
        halves: list[Half] = []
        for sentence, found in self._sentences(doc):
            proposals += apart(found)
            halves += self._halves(sentence, found)
        return proposals, halves

    def _sentences(self, doc: Doc) -> Iterator[tuple[Span, list[Proposal]]]:
        """The sentences that name an actor, with all that each of them gives."""
        discourse = Discourse()
        for number, sentence in enumerate(doc.sents):
            named = self.named(sentence)
            if not named:
                continue
            found = list(self._within(sentence) if len(named) > 1 else self._alone(sentence))
            found += list(self._across(sentence, number, found, discourse))
            discourse.remember(number, found)
            yield sentence, found

    def _halves(self, sentence: Span, found: Sequence[Proposal]) -> list[Half]:
        """What the sentence says of one actor, by words that no proposal was found at."""
        read = {token.i for proposal in found for token in proposal.trigger}
        halves: list[Half] = []
        for token in sentence:
            if token.i not in read:
                halves += self._half(token)
        return lone(halves, found)

    def _half(self, token: Token) -> Iterator[Half]:
        if is_verb(token):
            yield from (half for half in self._verbs.halves(token)
                        if len(half.proposal.trigger) > 1 or token.lemma_.lower() not in self._needing["pair"])
        if token.lemma_.lower() in self._needing["pair noun"]:
            return
        if token.pos_ in ("NOUN", "PROPN") and not self._phrases.is_name(token):
            yield from self._nouns.halves(token)
            yield from self._agents.halves(token)
        if token.pos_ in DESCRIPTIVE or token.tag_ in ("VBN", "VBG"):
            yield from self._adjectives.halves(token)

    def named(self, sentence: Span) -> set[str]:
        """The actors that a sentence names."""
        return {mention.actor for token in sentence for mention in self._heads.get(token.i, ())}

    def trials(self, sentence: Span) -> Iterator[Trial]:
        """Each entry of the lexicon that a word of the sentence fits, by itself."""
        for token in sentence:
            if is_verb(token):
                yield from self._verbs.trials(token)
            if token.pos_ in ("NOUN", "PROPN") and not self._phrases.is_name(token):
                yield from self._nouns.trials(token)
                yield from self._agents.trials(token)
            if token.pos_ in DESCRIPTIVE or token.tag_ in ("VBN", "VBG"):
                yield from self._adjectives.trials(token)

    def _within(self, sentence: Span) -> Iterator[Proposal]:
        """What a sentence says of two actors that it names."""
        for token in sentence:
            if is_verb(token):
                yield from self._verbs.read(token)
                yield from self._refusals.read(token)
            elif token.pos_ in MISREAD:
                yield from self._verbs.misread(token)
            if self._phrases.is_name(token):
                yield from self._places.read(token)
            elif token.pos_ in ("NOUN", "PROPN"):
                yield from self._nouns.read(token)
                yield from self._agents.read(token)
                yield from self._places.read(token)
            if token.pos_ in DESCRIPTIVE or token.tag_ in ("VBN", "VBG"):
                yield from self._adjectives.read(token)

    def _alone(self, sentence: Span) -> Iterator[Proposal]:
        """What a sentence says of the only actor that it names: the office, whose state goes without saying."""
        for token in sentence:
            if token.pos_ in ("NOUN", "PROPN") and not self._phrases.is_name(token):
                yield from self._agents.implied(token)

    def _across(self, sentence: Span, number: int, found: list[Proposal], discourse: Discourse) -> Iterator[Proposal]:
        """What a sentence says of two actors who were spoken of together before."""
        for token in sentence:
            if is_verb(token):
                if mediation := self._verbs.mediators(token):
                    yield from discourse.mediation(number, mediation, found)
            elif token.pos_ == "NOUN" and (tie := self._nouns.partnerless(token)):
                yield from discourse.tie(number, tie, found)

    def steps(self, doc: Doc) -> Iterator[Step]:
        """Each proposal, and each verb that the lexicon knows but that lacks an argument."""
        read: set[int] = set()
        for proposal in self.proposals(doc):
            read.update(token.i for token in proposal.trigger)
            yield Step(proposal.trigger[0].idx, phrase(proposal.trigger), proposal.pattern, proposal.type.value,
                       told([proposal.source]), told([proposal.target]))
        for token in doc:
            if is_verb(token) and token.i not in read and (lacking := self._verbs.lacking(token)):
                entry, sources, targets = lacking
                yield Step(token.idx, entry.phrase, "incomplete", entry.type.value if entry.type else "",
                           told(sources), told(targets))


def is_verb(token: Token) -> bool:
    """Whether a token may be read as a verb."""
    return token.pos_ in ("VERB", "AUX") or token.tag_.startswith("VB")


def apart(proposals: Iterable[Proposal]) -> list[Proposal]:
    """The proposals with one reading for each trigger and pair: the one that uses most words, else the first."""
    kept: list[Proposal] = []
    for proposal in sorted(proposals, key=lambda proposal: -len(proposal.trigger)):
        if not any(proposal.pair == other.pair and proposal.third == other.third and same_reading(proposal, other)
                   for other in kept):
            kept.append(proposal)
    return kept


def lone(halves: Iterable[Half], found: Sequence[Proposal]) -> list[Half]:
    """The halves that neither a proposal nor another half tells: one for each word and actor, the longest first.

    A verb and its object say one thing together: "signed a deal with Turkey" lacks nobody, though "signed" does.
    """
    kept: list[Half] = []
    for half in sorted(halves, key=lambda half: (-len(half.proposal.trigger), half.proposal.trigger[-1].i)):
        one = half.proposal
        rivals = [*(other for other in found if one.source.mention.actor in other.pair),
                  *(other.proposal for other in kept if other.proposal.pair == one.pair)]
        if not any(is_together(one, other) for other in rivals):
            kept.append(half)
    return sorted(kept, key=lambda half: (half.proposal.trigger[0].i, half.proposal.source.mention.actor))


def is_together(proposal: Proposal, other: Proposal) -> bool:
    """Whether two readings share a word, or one reads a verb and the other what it carries."""
    words, others = ({token.i for token in trigger} for trigger in (proposal.trigger, other.trigger))
    return bool(words & others) or any(carrying(token) & around for trigger, around in (
        (proposal.trigger, others), (other.trigger, words)) for token in trigger)


def carrying(token: Token) -> set[int]:
    """The verb whose object a noun is, or by a preposition its complement."""
    if token.dep_ in ("dobj", "nsubjpass", "attr", "dative"):
        return {token.head.i}
    return {token.head.head.i} if token.dep_ == "pobj" else set()


def same_reading(proposal: Proposal, other: Proposal) -> bool:
    """Whether two proposals read the same words, or say the same of a verb and of its object: "supplying weapons"."""
    words, others = ({token.i for token in trigger} for trigger in (proposal.trigger, other.trigger))
    return bool(words & others) or (proposal.type is other.type and any(
        token.head.i in around for trigger, around in ((proposal.trigger, others), (other.trigger, words))
        for token in trigger if token.dep_ == "dobj"))


def phrase(trigger: Iterable[Token]) -> str:
    """The words of a trigger."""
    return " ".join(token.text for token in trigger)


def told(fillers: Iterable[Filler]) -> tuple[str, ...]:
    """Actors with the way that each was reached, for a reader."""
    return tuple(f"{filler.mention.actor} ({filler.route.value} {filler.token.text!r})" for filler in fillers)
