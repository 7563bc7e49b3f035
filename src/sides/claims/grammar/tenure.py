"""When a place in an organization was held: "former", "then", "until 2014", "from 2003 to 2011", "since 2019"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sides.claims.dating import DOCUMENT, TEXT, Dates, Dating
from sides.claims.grammar.lexicon import Lexicon
from sides.model.claim_type import Modality
from sides.model.dates import PartialDate

if TYPE_CHECKING:
    from spacy.tokens import Token

MODIFIERS = frozenset({"amod", "advmod", "compound", "nmod", "npadvmod", "punct", "det", "poss", "prep"})
LONGEST_PHRASE = 5  # words before an office that may qualify it: "then acting Syrian foreign minister"


class Tenures:
    """Says when the places that structure claims speak of were held."""

    def __init__(self, lexicon: Lexicon, dating: Dating, published: PartialDate) -> None:
        self._words, self._dating, self._published = lexicon.tenure, dating, published

    def dates(self, word: Token) -> Dates:
        """Start, end and what dates them.

        A place that is said to be over has the document's date as its end, `document`: it was over by then. One that
        is only named ("the Syrian president met ...") was held in the year that its clause tells of, else in the
        document's.
        """
        if word.pos_ in ("VERB", "AUX"):
            return self._dating.at(word)
        start, end, dated_from = self._dating.within(word)
        if dated_from != TEXT and (verb := copula(word)) is not None:
            start, end, dated_from = self._dating.at(verb)
        if self.is_over(word):
            return (None, end or start, TEXT) if dated_from == TEXT else (None, self._published, DOCUMENT)
        if dated_from == TEXT:
            return start, end, TEXT
        told, _, told_from = self._dating.at(outside(word))
        if told is None or told_from != TEXT or told.year == self._published.year:
            return PartialDate(self._published.year), None, DOCUMENT
        return PartialDate(told.year), None, TEXT

    def is_over(self, word: Token) -> bool:
        """Whether the place is said to be held no longer: "former", "ex-", "the late"."""
        return self._is_said(word, "past")

    def modality(self, word: Token, modality: Modality) -> Modality:
        """Planned, where the place is yet to be taken ("the incoming minister"); else as it was."""
        return Modality.PLANNED if modality is Modality.ASSERTED and self._is_said(word, "coming") else modality

    def _is_said(self, word: Token, kind: str) -> bool:
        return any(token.lower_ in self._words[kind] for token in around(word))


def around(word: Token) -> Iterator[Token]:
    """The words that qualify an office: before it and its name inside the phrase, or right after it by a hyphen."""
    yield from (child for child in word.children if child.dep_ in MODIFIERS)
    if word.dep_ in ("compound", "nmod", "amod"):
        yield from (child for child in word.head.children if child.i < word.i and child.dep_ in MODIFIERS)
    for place in range(word.i - 1, max(word.sent.start, word.i - LONGEST_PHRASE) - 1, -1):
        token = word.doc[place]
        if token.pos_ in ("VERB", "AUX", "ADP", "CCONJ", "SCONJ", "PRON") or token.text in (",", ";", ":", "("):
            break
        yield token
    if word.i + 2 < len(word.doc) and word.nbor(1).text == "-":
        yield word.nbor(2)


def copula(word: Token) -> Token | None:
    """The verb that says of somebody that they hold the office: "was president", "served as minister"."""
    if word.dep_ in ("attr", "oprd") and word.head.pos_ in ("VERB", "AUX"):
        return word.head
    if word.dep_ == "pobj" and word.head.lower_ == "as" and word.head.head.pos_ in ("VERB", "AUX"):
        return word.head.head
    return None


def outside(word: Token) -> Token:
    """The word that a title or apposition hangs on, outside of its name's phrase."""
    node = word
    while node.dep_ in ("appos", "compound", "nmod", "amod", "conj") and node.head.i != node.i:
        node = node.head
    return node
