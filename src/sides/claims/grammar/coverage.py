"""What the lexicon lacks: the predicates that stand between two actors and that no entry reads, with examples."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sides.actors.resolution import Resolution
from sides.claims.grammar.clauses import Clauses, agents, is_passive
from sides.claims.grammar.lexicon import Lexicon
from sides.claims.grammar.patterns import Patterns
from sides.claims.grammar.phrases import Filler, Phrases
from sides.parsing.pipeline import Parsed

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

EXAMPLES = 3
# What says nothing by itself: adjectives and nouns after them are predicates of their own.
EMPTY = frozenset({"be", "become", "have", "do"})
# Prepositions that lead to no second actor of the predicate.
ASIDE = frozenset({"amid", "as", "besides", "by", "despite", "during", "following", "given", "including", "like", "per",
                   "since", "than", "unlike", "until"})


@dataclass(frozen=True, slots=True, order=True)
class Predicate:
    """Words that stand between two actors, as an entry of the lexicon would list them."""

    words: str  # "rail", "close ranks with"
    target: str  # the place of the second actor: obj, each, of, a preposition
    part: str  # verb, idiom, noun, adjective


@dataclass(frozen=True, slots=True, order=True)
class Gap:
    """One place of a document where a predicate stands between two actors and no entry reads it."""

    predicate: Predicate
    document: str  # its name
    text: str  # the id of its text, which several names may share
    begin_char: int
    sentence: str
    source: str  # actors
    target: str
    is_known: bool  # whether the lexicon lists its first word, in another place or phrase


@dataclass(frozen=True, slots=True)
class Lack:
    """A predicate that is not read, how often it stands where, and sentences that show it."""

    predicate: Predicate
    count: int
    documents: int
    is_known: bool
    examples: tuple[Gap, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A predicate with its word and the actors on its two sides; in a list they are the same."""

    predicate: Predicate
    words: tuple[Token, ...]
    sources: list[Filler]
    targets: list[Filler]


def tally(gaps: Iterable[Gap], *, most: int | None = None) -> list[Lack]:
    """Predicates by how often they are not read, the commonest first; the shortest sentences are the examples.

    Depends on what the gaps are, not on their order. A text that was given under several names counts once.
    """
    names: dict[tuple[Predicate, str, int], Gap] = {}
    for gap in sorted(gaps):
        names.setdefault((gap.predicate, gap.text, gap.begin_char), gap)
    places: dict[Predicate, list[Gap]] = {}
    for gap in names.values():
        places.setdefault(gap.predicate, []).append(gap)
    lacks = [lack(predicate, found) for predicate, found in sorted(places.items())]
    return sorted(lacks, key=lambda one: -one.count)[:most]


def lack(predicate: Predicate, gaps: list[Gap]) -> Lack:
    """A predicate with its count and examples."""
    examples: dict[str, Gap] = {}
    for gap in sorted(gaps, key=lambda gap: (len(gap.sentence), gap.sentence, gap.document, gap)):
        examples.setdefault(gap.sentence, gap)
    return Lack(predicate, len(gaps), len({gap.text for gap in gaps}), gaps[0].is_known,
                tuple(examples.values())[:EXAMPLES])


class Coverage:
    """Finds the predicates between actors that a lexicon does not read."""

    def __init__(self, lexicon: Lexicon, resolution: Resolution) -> None:
        self._lexicon, self._patterns = lexicon, Patterns(lexicon, resolution)
        self._phrases = Phrases(resolution, lexicon.opaque)
        self._clauses = Clauses(*(lexicon.control[part] for part in ("object", "mover", "paper")))

    def gaps(self, parsed: Parsed) -> list[Gap]:
        """The places of a document where two actors stand on the two sides of a predicate that is not read."""
        read = [({token.i for token in proposal.trigger}, proposal.pair)
                for proposal in self._patterns.proposals(parsed.doc)]
        found = []
        for sentence in parsed.doc.sents:
            if len(self._patterns.named(sentence)) < 2:
                continue
            known = {(trial.trigger[0].i, slot) for trial in self._patterns.trials(sentence)
                     for slot in getattr(trial.entry, "target", getattr(trial.entry, "prepositions", ()))}
            for one in self._found(sentence):
                if (one.words[0].i, one.predicate.target) in known or (one.words[-1].i, one.predicate.target) in known:
                    continue
                if (pair := next((pair for pair in pairs(one) if not is_read(one, pair, read)), None)) is not None:
                    found.append(Gap(one.predicate, parsed.document.name, parsed.document.id, one.words[0].idx,
                                     " ".join(sentence.text.split()), *pair, self._lists(one)))
        return found

    def _lists(self, found: Found) -> bool:
        """Whether the lexicon lists the first word of a predicate at all."""
        lemma, form = found.words[0].lemma_.lower(), found.words[0].lower_
        if found.predicate.part in ("verb", "idiom"):
            return lemma in self._lexicon.verbs
        if found.predicate.part == "adjective":
            return form in self._lexicon.adjectives
        return any(lemma in part for part in (self._lexicon.directed, self._lexicon.mutual, self._lexicon.agents,
                                              self._lexicon.offices))

    def _found(self, sentence: Span) -> Iterator[Found]:
        for token in sentence:
            if not token.is_alpha or self._phrases.named(token):
                continue
            if token.pos_ == "VERB" and token.lemma_.lower() not in EMPTY:
                yield from self._verb(token)
            elif token.pos_ == "NOUN":
                yield from self._noun(token)
            elif token.pos_ == "ADJ":
                yield from self._adjective(token)

    def _verb(self, verb: Token) -> Iterator[Found]:
        """What stands after a verb whose logical subject is an actor: object, prepositions, or nothing in a list."""
        sources = self._phrases.each(self._clauses.subject(verb)[0], through=False)
        if not sources:
            return
        particle = next((child for child in verb.children if child.dep_ == "prt"), None)
        words = (verb,) if particle is None else (verb, particle)
        objects = self._clauses.object(verb)[0]
        aims = self._phrases.each(objects)
        if aims and not any(child.dep_ == "ccomp" for child in verb.children):  # not "whom he said they had met"
            yield Found(Predicate(lemmas(words), "obj", "verb"), words, sources, aims)
        goods = [] if aims else [noun for noun in objects if noun.pos_ == "NOUN" and noun.i > verb.i][:1]
        if goods and self._is_listed(goods[0]):
            return
        hosts = [(verb, words), *((noun, (*words, noun)) for noun in goods)]
        taken: set[int] = set()
        for host, phrase in reversed(hosts):
            for preposition, aims in self._after(host):
                if preposition.i not in taken and preposition.i > verb.i:
                    taken.add(preposition.i)
                    through = (*words, *goods) if host is verb and goods and goods[0].i < preposition.i else phrase
                    part = "idiom" if len(through) > len(words) else "verb"
                    yield Found(Predicate(f"{lemmas(through)} {preposition.lower_}", preposition.lower_, part),
                                (*through, preposition), sources, aims)
        is_bare = verb.lemma_.lower() not in self._lexicon.verbs and not objects and not is_passive(verb) and not any(
            child.dep_ in ("ccomp", "xcomp", "acomp", "attr", "oprd", "prep", "dative") for child in verb.children)
        listed = self._phrases.each(self._clauses.subject(verb)[0], deep=False) if is_bare else []
        if len(listed) > 1:
            yield Found(Predicate(lemmas(words), "each", "verb"), words, listed, listed)

    def _noun(self, noun: Token) -> Iterator[Found]:
        """A noun with its owner and an actor after its preposition; or that is said of an actor: "A, a guest of B"."""
        owners = self._phrases.owners(noun) or self._phrases.describing(noun) or self._phrases.each(agents(noun))
        bearers = self._bearers(noun)
        after = [(preposition, aims) for preposition, aims in self._after(noun) if preposition.lower_ != "by"]
        for preposition, aims in after:
            if preposition.lower_ in ("between", "among") or owners or bearers:
                yield Found(Predicate(noun.lemma_.lower(), preposition.lower_, "noun"), (noun,),
                            aims if preposition.lower_ in ("between", "among") else bearers or owners, aims)
        if bearers and owners and not after:
            yield Found(Predicate(noun.lemma_.lower(), "of", "noun"), (noun,), bearers, owners)

    def _bearers(self, noun: Token) -> list[Filler]:
        """Of whom the noun is said."""
        if noun.dep_ == "appos":
            return self._phrases.named(noun.head)
        if noun.dep_ == "attr" and noun.head.lemma_ in EMPTY:
            return self._phrases.each(self._clauses.surface(noun.head), deep=False)
        return [filler for child in noun.children if child.dep_ == "appos" for filler in self._phrases.named(child)]

    def _adjective(self, word: Token) -> Iterator[Found]:
        """An adjective that is said of an actor, with an actor after its preposition."""
        head = word.head
        if word.dep_ in ("acomp", "oprd") and head.pos_ in ("VERB", "AUX"):
            bearers = self._phrases.each(self._clauses.surface(head), through=False)
        else:
            bearers = self._phrases.at(head) if word.dep_ in ("amod", "relcl", "acl") and head.i < word.i else []
        for preposition, aims in self._after(word) if bearers else ():
            yield Found(Predicate(word.lower_, preposition.lower_, "adjective"), (word,), bearers, aims)

    def _after(self, host: Token) -> Iterator[tuple[Token, list[Filler]]]:
        """The prepositions of a word, two in a row as their last ("out of"), with the actors after them."""
        for child in host.children:
            if child.dep_ not in ("prep", "dative") or child.pos_ not in ("ADP", "SCONJ") or child.i < host.i:
                continue
            last = next((inner for inner in child.children if inner.dep_ == "prep" and inner.i == child.i + 1), child)
            if last.lower_ not in ASIDE:
                aims = self._phrases.each(inner for inner in last.children if inner.dep_ == "pobj")
                if aims:
                    yield last, aims

    def _is_listed(self, noun: Token) -> bool:
        """Whether a noun is one of the lexicon's, so that it and not its verb is to be read."""
        return any(noun.lemma_.lower() in part for part in (self._lexicon.directed, self._lexicon.mutual))


def pairs(found: Found) -> Iterator[tuple[str, str]]:
    """The pairs of different actors on the two sides of a predicate."""
    for source in found.sources:
        for target in found.targets:
            if source.mention.actor != target.mention.actor:
                yield source.mention.actor, target.mention.actor


def is_read(found: Found, pair: tuple[str, str], read: Iterable[tuple[set[int], frozenset[str]]]) -> bool:
    """Whether an entry reads the pair at the predicate or close to it, or the predicate of its source: "met B in C"."""
    around = {token.i for token in reached_from(found.words[0])}
    is_further = found.predicate.part == "verb" and found.predicate.target != "obj"
    return any((triggers & around and frozenset(pair) == other)
               or (is_further and found.words[0].i in triggers and pair[0] in other) for triggers, other in read)


def reached_from(word: Token) -> Iterator[Token]:
    """A word, what it depends on, and what depends on it, two steps down: where an entry that reads it may stand."""
    yield word
    yield word.head
    for child in word.children:
        yield child
        yield from child.children


def lemmas(words: Iterable[Token]) -> str:
    """The words of a phrase as a lexicon lists them.

    >>> lemmas([])
    ''
    """
    return " ".join(token.lemma_.lower() for token in words)
