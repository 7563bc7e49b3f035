"""Who says what a document says: the author, or whoever the words are attributed to.

Each token of a document has a voice. Reading a sentence from its root down, the voice changes where a clause hangs on
a verb or noun of saying, where "according to" or its like stands beside it, and where a quotation begins.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from sides.actors.resolution import Resolution
from sides.claims.clauses import with_particle
from sides.claims.quotes import quotations
from sides.model.actor import Form
from sides.model.claim import AUTHOR
from sides.parsing.pipeline import Parsed

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

SUBJECTS = frozenset({"nsubj", "csubj"})
# A verb of saying under one of these tells what happened, not who speaks.
SUBORDINATING = frozenset({"that", "because", "when", "while", "after", "before", "if", "where"})
# A voice without an actor's id is named by at most this many of the text's words.
LONGEST_DESCRIPTION_WORDS = 8
# How far from a quotation a verb of saying is looked for.
REACH_TOKENS = 80
# Clauses nest this deep at most before a chain of subjects is given up on.
DEEPEST = 12

# After a noun of saying, what names its maker: "a statement of Hamas", but "reports of a deal" are about the deal.
MAKERS = frozenset({"by", "from"})
OWNERS = MAKERS | {"of"}



@dataclass(frozen=True, slots=True)
class Speech:
    """The words by which a text hands over to someone else (`data/lexicon/speech.toml`)."""

    verbs: Mapping[str, frozenset[str]]
    accuse: Mapping[str, frozenset[str]]
    nouns: Mapping[str, frozenset[str]]
    prepositions: Mapping[str, frozenset[str]]
    participles: Mapping[str, frozenset[str]]
    pronouns: Mapping[str, frozenset[str]]

    @classmethod
    @cache
    def load(cls) -> Speech:
        """The words that ship with the package. Read once; never changed."""
        path = resources.files("sides") / "data" / "lexicon" / "speech.toml"
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        return cls(**{part: {name: frozenset(words) for name, words in lists.items()} for part, lists in data.items()})


class Voices:
    """The voice of every token of a document, read once.

    `at(token)` is the speaker of what is said at the token: "author", an actor's id, or a short description in the
    text's own words.
    """

    def __init__(self, parsed: Parsed, resolution: Resolution) -> None:
        self._doc = parsed.doc
        self._text = parsed.document.text
        self._heads = resolution.heads
        self._speech = Speech.load()
        self._voice = [AUTHOR] * len(self._doc)
        self._last = AUTHOR  # the last voice that was not the author's: whom "he said" goes on from
        self._quotes = quotations(self._text, self._doc.text)
        self._quote_of = self._quoted_tokens()
        self._quote_voice: list[str | None] = [None] * len(self._quotes)
        for sentence in self._doc.sents:
            self._read(sentence)

    def at(self, token: Token) -> str:
        """Who says what is said at this token."""
        return self._voice[token.i]

    def is_quoted(self, token: Token) -> bool:
        """Whether a token stands in quotation marks."""
        return self._quote_of[token.i] != -1

    def _quoted_tokens(self) -> list[int]:
        """For each token the number of the quotation that it stands in, or -1."""
        quote_of = [-1] * len(self._doc)
        number = 0
        for token in self._doc:
            while number < len(self._quotes) and self._quotes[number].end <= token.idx:
                number += 1
            if number < len(self._quotes) and self._quotes[number].begin <= token.idx:
                quote_of[token.i] = number
        return quote_of

    # One sentence, from its root down.

    def _read(self, sentence: Span) -> None:
        for number in sorted({self._quote_of[token.i] for token in sentence} - {-1}):
            if self._quote_voice[number] is None:
                self._quote_voice[number] = self._speaker_of_quote(number)
        outside = self._label(sentence) or AUTHOR
        stack = [(sentence.root, outside, -1)]
        while stack:
            node, voice, outer = stack.pop()
            quote = self._quote_of[node.i]
            if quote == -1 and outer != -1 and self._quote_voice[outer] == voice:
                voice = outside  # the sentence around a quotation that its parse hangs on
            elif quote not in (-1, outer):
                voice = self._quote_voice[quote] or voice
            voice = self._beside(node, voice) or voice
            self._voice[node.i] = voice
            changes = self._changes(node, voice)
            if quote == -1 and voice != AUTHOR:
                changes |= {child.i: AUTHOR for child in node.children
                            if child.dep_ == "appos" and self._doc[child.left_edge.i - 1].text == ","}
            stack += [(child, changes.get(child.i, voice), quote) for child in node.children]

    def _beside(self, node: Token, voice: str) -> str | None:
        """Whose a clause is because of what stands beside it: "according to", "…, he said", "as he said"."""
        for child in node.children:
            if child.dep_ in {"prep", "advmod", "pcomp"}:
                noun = self._according(child)
                if noun is not None:
                    return self._named(noun, voice)
            elif child.dep_ in {"parataxis", "ccomp", "advcl", "dep"} and self._is_aside(child, node) \
                    and not _is_apart(node, child):
                return self._holder(child, voice)
        return None

    def _according(self, preposition: Token) -> Token | None:
        """The noun after "according to", or the owner of the view in "in Ankara's view"."""
        for child in preposition.children:
            if preposition.lower_ in self._speech.prepositions["according"]:
                for noun in [child, *child.children]:
                    if noun.dep_ == "pobj":
                        return noun
            if preposition.lower_ in {"in", "to", "by"} and child.dep_ == "pobj" \
                    and child.lower_ in self._speech.prepositions["views"]:
                return self._owner(child)
        return None

    def _is_aside(self, verb: Token, clause: Token) -> bool:
        """Whether a clause only tells who speaks: "X, officials insist, …" or "as officials insist"."""
        if verb.pos_ not in {"VERB", "AUX"} or not self._says(verb, strongly=True):
            return False
        if not any(child.dep_ == "nsubj" for child in verb.children):
            return False
        if any(child.dep_ in {"ccomp", "dobj", "xcomp"} for child in verb.children):
            return False
        marks = [child.lower_ for child in verb.children if child.dep_ in {"mark", "advmod", "prep"}]
        return "as" in marks or not set(marks) & SUBORDINATING

    def _changes(self, node: Token, voice: str) -> dict[int, str]:
        """The children of a word that are someone else's, with whose they are."""
        if node.pos_ in {"VERB", "AUX"}:
            return self._under_verb(node, voice)
        if node.pos_ in {"NOUN", "PROPN"} and node.lemma_.lower() in self._speech.nouns["say"]:
            return self._under_noun(node, voice)
        return {}

    def _under_verb(self, verb: Token, voice: str) -> dict[int, str]:
        key, words = with_particle(verb), self._speech
        prepositions = words.accuse.get(verb.lemma_.lower(), frozenset())
        theirs = [child.i for child in verb.children if (
            (child.dep_ == "ccomp" and key in words.verbs["say"] and not self._is_aside(child, verb)
             and (child.i > verb.i or (self._says(verb, strongly=True) and not _has_object(verb))))
            or (child.dep_ in {"xcomp", "ccomp"} and key in words.verbs["infinitive"])
            or (child.dep_ == "dobj" and key in words.verbs["object"])
            or (child.dep_ in {"oprd", "acomp"} and key in words.verbs["label"])
            or (child.dep_ == "prep" and child.lower_ in prepositions)) and not _is_apart(child, verb)]
        if prepositions and not theirs:
            theirs = [part.i for child in verb.children if child.dep_ == "dobj" for noun in [child, *child.conjuncts]
                      for part in noun.children if part.dep_ == "prep" and part.lower_ in prepositions
                      and any(clause.dep_ == "pcomp" for clause in part.children)]
        if not theirs:
            return {}
        holder = self._holder(verb, voice)
        return dict.fromkeys(theirs, holder)

    def _under_noun(self, noun: Token, voice: str) -> dict[int, str]:
        clauses = [child.i for child in noun.children
                   if (child.dep_ in {"acl", "ccomp", "relcl"} and any(
                       part.dep_ == "mark" and part.lower_ == "that" for part in child.children))
                   or (child.dep_ == "prep" and child.lower_ in {"of", "for", "against"})]
        if not clauses:
            return {}
        is_anonymous = noun.lemma_.lower() in self._speech.nouns["anonymous"]
        owner = self._owner(noun, MAKERS if is_anonymous else OWNERS)
        if owner is not None:
            return dict.fromkeys(clauses, self._named(owner, voice))
        if is_anonymous:
            return dict.fromkeys(clauses, self._described(noun, is_bare=True))
        return {}

    def _says(self, verb: Token, *, strongly: bool) -> bool:
        key = with_particle(verb)
        return key in self._speech.verbs["say"] and not (strongly and key in self._speech.verbs["weak"])

    # Quotations.

    def _speaker_of_quote(self, number: int) -> str | None:
        """Whose a quotation is; None where it is a few words that the sentence around them accounts for."""
        quote = self._quotes[number]
        inside = self._doc.char_span(quote.begin, quote.end, alignment_mode="expand")
        if inside is None:
            return None
        if quote.continues and number and self._quote_voice[number - 1]:
            return self._quote_voice[number - 1]
        if not _is_clausal(inside):
            return None
        speaker = self._introducing(inside)
        if speaker is not None:
            return speaker
        if number and self._quote_voice[number - 1] and "\n" not in self._between(number - 1, number):
            return self._quote_voice[number - 1]
        for sentence in self._neighbours(inside):
            verb = self._nearest(sentence[:REACH_TOKENS], inside)
            if verb is not None:
                return self._holder(verb, AUTHOR)
        return None

    def _between(self, one: int, other: int) -> str:
        return self._doc.text[self._quotes[one].end:self._quotes[other].begin]

    def _introducing(self, inside: Span) -> str | None:
        """Who is named in the first or last sentence of a quotation, by the verb of saying nearest to it or a colon."""
        first, last = self._doc[inside.start].sent, self._doc[inside.end - 1].sent
        verb = self._nearest([*self._doc[max(first.start, inside.start - REACH_TOKENS):inside.start],
                              *self._doc[inside.end:min(last.end, inside.end + REACH_TOKENS)]], inside)
        if verb is not None:
            return self._holder(verb, AUTHOR)
        before = next((token for token in reversed(self._doc[max(0, inside.start - 4):inside.start])
                       if not token.is_space and not token.is_quote), None)
        if before is None or before.text != ":":
            return None
        opening = self._doc[max(before.sent.start, before.i - REACH_TOKENS):before.i]
        if not len(opening):
            return None
        if opening.root.pos_ not in {"VERB", "AUX"}:
            return self._named(opening.root, AUTHOR) if self._is_voice(opening.root, before.sent) else None
        verb = self._nearest(list(opening), inside)
        return self._holder(verb if verb is not None else opening.root, AUTHOR)

    def _nearest(self, tokens: Iterable[Token], inside: Span) -> Token | None:
        """The verb of saying outside quotations that stands nearest to one."""
        found = [(inside.start - token.i if token.i < inside.start else token.i - inside.end + 1, token.i)
                 for token in tokens
                 if token.pos_ == "VERB" and self._quote_of[token.i] == -1 and self._says(token, strongly=True)]
        return self._doc[min(found)[1]] if found else None

    def _neighbours(self, inside: Span) -> Iterator[Span]:
        """The sentence before and the sentence after, where they stand in the same paragraph."""
        first, last = self._doc[inside.start].sent, self._doc[inside.end - 1].sent
        if first.start > 0 and "\n" not in self._doc[first.start - 1].text:
            yield self._doc[first.start - 1].sent
        if last.end < len(self._doc) and "\n" not in self._doc[last.end - 1].text:
            yield self._doc[last.end].sent

    def _label(self, sentence: Span) -> str | None:
        """The speaker before a colon: "Oppositionists: We were betrayed"."""
        for token in sentence[:LONGEST_DESCRIPTION_WORDS]:
            if token.text == ":":
                noun = self._doc[sentence.start:token.i].root if token.i > sentence.start else None
                return self._named(noun, AUTHOR) if noun is not None and self._is_voice(noun, sentence) else None
            if token.pos_ in {"VERB", "AUX", "PUNCT"}:
                return None
        return None

    def _is_voice(self, noun: Token, sentence: Span) -> bool:
        if noun.lemma_.lower() in self._speech.nouns["voices"] or noun.ent_type_ == "PERSON":
            return True
        speaks = any(token.lower_ in self._speech.pronouns["own"] or token.is_quote for token in sentence)
        return speaks and noun.i in self._heads

    # Who a noun or the subject of a verb is.

    def _holder(self, verb: Token, voice: str) -> str:
        """Whose words a verb of saying introduces: its agent, its subject, or the subject it shares."""
        cited = self._cited(verb)
        noun = cited if cited is not None else self._subject(verb)
        return self._named(noun, voice) if noun is not None else voice

    def _cited(self, verb: Token) -> Token | None:
        """The source that a reporting outlet cites: "Reuters reported, citing an official"."""
        for child in [verb, *verb.children]:
            if child.tag_ == "VBG" and child.lemma_.lower() in self._speech.participles["citing"]:
                return next((noun for noun in child.children if noun.dep_ == "dobj"), None)
        return None

    def _subject(self, verb: Token) -> Token | None:
        auxiliaries = {child.lemma_.lower() for child in verb.children if child.dep_ in {"aux", "auxpass"}}
        if any(child.dep_ == "auxpass" for child in verb.children) or (
                verb.tag_ == "VBN" and verb.dep_ in {"acl", "advcl", "amod", "relcl"} and "have" not in auxiliaries):
            return _agent(verb)
        node = verb
        for _ in range(DEEPEST):
            subjects = [child for child in node.children if child.dep_ in SUBJECTS
                        or (child.dep_ == "nsubjpass" and node.i != verb.i)]
            at = node.i
            subject = min(subjects, key=lambda child: abs(child.i - at), default=None)
            if subject is not None:
                return _antecedent(subject, node) if subject.lower_ in self._speech.pronouns["relative"] else subject
            if node.dep_ in {"acl", "relcl"}:
                return node.head
            if node.head.i == node.i:
                return None
            node = node.head
        return None

    def _owner(self, noun: Token, prepositions: frozenset[str] = OWNERS) -> Token | None:
        """Whose a statement, view or envoy is: "Iran's claim", "a statement by Hamas", "Greek diplomats"."""
        owners = [child for child in noun.children if child.dep_ == "poss"]
        owners += [part for child in noun.children if child.dep_ == "prep" and child.lower_ in prepositions
                   for part in child.children if part.dep_ == "pobj"]
        owners += [child for child in noun.children
                   if child.dep_ in {"amod", "compound", "nmod"} and child.i in self._heads]
        return owners[0] if owners else None

    def _named(self, noun: Token, voice: str) -> str:
        """The actor that a noun stands for, or its words."""
        pronouns = self._speech.pronouns
        if noun.lower_ in pronouns["own"]:
            return voice
        mentions = self._heads.get(noun.i, ())
        if mentions and mentions[0].form is Form.PHRASE and _is_someone(noun):
            return self._described(noun)
        if mentions:
            self._last = min(mentions, key=lambda mention: (mention.begin_char, mention.actor)).actor
            return self._last
        apposed = next((child for child in noun.children if child.dep_ == "appos" and child.i in self._heads), None)
        if apposed is not None:
            return self._named(apposed, voice)
        word = noun.lemma_.lower()
        if word in self._speech.nouns["carriers"] or word in self._speech.nouns["envoys"]:
            owner = self._owner(noun, OWNERS if word in self._speech.nouns["carriers"] else frozenset())
            if owner is not None and owner.i in self._heads:
                return self._named(owner, voice)
        if noun.lower_ in pronouns["person"]:
            return self._last if self._last != AUTHOR else self._described(noun)
        if noun.lower_ in pronouns["empty"]:
            return voice
        return self._described(noun)

    def _described(self, noun: Token, *, is_bare: bool = False) -> str:
        """A noun and what closely belongs to it, in the text's own words."""
        begin, end = noun.left_edge.i, noun.i + 1
        while begin < noun.i and (self._doc[begin].is_punct or self._doc[begin].is_space):
            begin += 1
        for child in noun.rights:
            if not is_bare and child.dep_ == "prep" and child.i == end \
                    and not any(token.is_punct for token in child.subtree):
                end = child.right_edge.i + 1
        begin = max(begin, end - LONGEST_DESCRIPTION_WORDS)
        first, last = self._doc[begin], self._doc[min(end, begin + LONGEST_DESCRIPTION_WORDS) - 1]
        words = " ".join(self._text[first.idx:last.idx + len(last)].split())
        return words[0].lower() + words[1:] if first.pos_ in {"DET", "ADJ", "NOUN", "PRON", "NUM"} and words else words


def _is_someone(noun: Token) -> bool:
    """Whether a noun phrase is about some of many, unnamed: "a Palestinian official", but not "Hamas officials"."""
    return any((child.dep_ == "det" and child.lower_ in {"a", "an", "one", "some", "another"})
               or child.dep_ == "nummod" for child in noun.children)


def _agent(verb: Token) -> Token | None:
    """Who does it, in the passive: "was accused by"."""
    for child in verb.children:
        if child.dep_ == "agent":
            return next((noun for noun in child.children if noun.dep_ == "pobj"), None)
    return None


def _antecedent(pronoun: Token, clause: Token) -> Token:
    """The noun that a relative pronoun stands for."""
    return clause.head if clause.dep_ == "relcl" and clause.head.i != clause.i else pronoun


def _is_apart(clause: Token, verb: Token) -> bool:
    """Whether clause and verb of saying stand for themselves: a semicolon between them, or the verb after a colon."""
    begin, end = sorted((clause.i, verb.i))
    marks = {token.text for token in clause.doc[begin + 1:end]}
    return ";" in marks or (":" in marks and clause.i < verb.i)


def _has_object(verb: Token) -> bool:
    """Whether a verb has an object, so that the clause before it is not what was said."""
    return any(child.dep_ == "dobj" for child in verb.children)


def _is_clausal(inside: Span) -> bool:
    """Whether a quotation says something of its own, rather than lends a few words to the sentence."""
    return any(token.tag_ in {"VBD", "VBZ", "VBP", "MD"} for token in inside)
