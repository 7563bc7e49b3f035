"""When what a word names happened or held, as far as the text tells.

First the clause is asked: the date expression that hangs on the word itself, or on what the word hangs on inside its
clause. Then the sentence ("In 2012, Hamas left Damascus and moved to Doha" dates the move as well), then the sentences
before it in the paragraph, as long as the telling goes on in the past. Where all are silent, the year of the document
stands in for what is told; a bare present ("Iran backs Hamas") has no date.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sides.model.date_words import grammar
from sides.model.dates import PartialDate
from sides.model.expressions import Expression, find
from sides.parsing.pipeline import Parsed

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

Dates = tuple[PartialDate | None, PartialDate | None, str]

TEXT, DOCUMENT, NONE = "text", "document", "none"
UNDATED: Dates = (None, None, NONE)
# A clause of its own: a date inside it says nothing about the clause around it.
CLAUSES = frozenset({"ccomp", "advcl", "relcl", "acl", "csubj", "csubjpass", "parataxis", "pcomp", "conj", "appos"})
# Through these a clause shares the date of what it hangs on.
JOINED = frozenset({"xcomp", "conj", "prep", "pcomp", "advcl", "relcl", "acl", "dobj", "pobj", "attr", "ccomp"})
# What only narrows a noun ("the 2006 war", "Monday's vote") dates that noun alone.
NARROWING = frozenset({"nummod", "amod", "compound", "nmod", "poss", "appos"})
YEARS = {"year": 1, "decade": 10}
VERBAL = frozenset({"VERB", "AUX"})
DEEPEST = 40


@dataclass(frozen=True, slots=True)
class Placed:
    """A date expression, the word that it hangs on, and how."""

    expression: Expression
    at: int  # index of its first token
    governor: int
    preposition: str | None
    is_narrowing: bool
    is_fronted: bool


class Dating:
    """The dates of what the words of a document name. Built once for a document."""

    def __init__(self, parsed: Parsed) -> None:
        self._doc = parsed.doc
        self._published = parsed.document.published
        self._placed: dict[int, list[Placed]] = {}
        self._told: dict[int, Placed | None] = {}  # the date that a sentence, by its start, inherits from those before
        reference: PartialDate | None = None
        told: Placed | None = None
        for sentence in self._doc.sents:
            if sentence.start == 0 or "\n" in self._doc[sentence.start - 1].text:
                told = None
            self._told[sentence.start] = told
            began = told.expression.interval.start if told is not None else None
            for expression in find(sentence.text, self._published, reference, began):
                placed = self._place(sentence, expression)
                if placed is None:
                    continue
                self._placed.setdefault(placed.governor, []).append(placed)
                given = expression.interval.start or expression.interval.end
                if given is None or expression.kind == "now" or placed.is_narrowing:
                    continue
                reference = given
                if self._is_main(placed.governor, sentence):
                    told = placed

    def at(self, token: Token, *, is_standing: bool = False) -> Dates:
        """Start, end, and what dates it: `text`, `document` (its date stands in) or `none`.

        `is_standing` for a tie or a structure: in a bare present, or where no verb tells it, it has no date but one
        that the text gives, while an event is taken to be of the document's year.
        """
        verb = _clause(token)
        earlier = self._earlier(verb)
        if earlier is not None:
            return (earlier, None, TEXT)
        found = self._in_clause(token, verb) or self._in_sentence(token, verb)
        if found:
            return self._read(found, verb)
        tense = _tense(verb)
        told = self._told.get(token.sent.start)
        if told is not None and tense == "past":
            return self._read([told], verb)
        if tense == "future" or (is_standing and tense in {"present", "none"}):
            return UNDATED
        return (PartialDate(self._published.year), None, DOCUMENT)

    def within(self, token: Token) -> Dates:
        """The dates inside a word's own phrase: "president since 2019", "minister from 2003 until 2011"."""
        found = self._below(token)
        return self._read(found, token) if found else UNDATED

    def _earlier(self, verb: Token) -> PartialDate | None:
        """The year of what came so long before the clause above: "ten years after it broke with B"."""
        if verb.dep_ != "advcl" or not any(child.dep_ == "mark" and child.lower_ == "after" for child in verb.children):
            return None
        for length in verb.children:
            years = YEARS.get(length.lemma_.lower())
            if length.dep_ == "npadvmod" and years is not None:
                counts = (grammar().words.number(part.lower_) for part in length.children if part.dep_ == "nummod")
                count = next((count for count in counts if count is not None), None)
                above = self.at(verb.head)[0] or self._published
                if count is not None and above.year > count * years:
                    return PartialDate(above.year - count * years)
        return None

    def _place(self, sentence: Span, expression: Expression) -> Placed | None:
        span = self._doc.char_span(sentence.start_char + expression.begin, sentence.start_char + expression.end,
                                   alignment_mode="expand")
        if span is None or not len(span):
            return None
        node, preposition = span.root, None
        for token in span:
            if token.dep_ == "prep" and token.head.i < span.start:
                preposition = token.lower_
        is_narrowing = False
        for _ in range(DEEPEST):
            head = node.head
            if head.i == node.i:
                break
            if node.dep_ == "prep":
                preposition = node.lower_
            is_narrowing = node.dep_ in NARROWING and not span.start <= head.i < span.end
            node = head
            is_of_date = (span.start <= node.i < span.end or node.pos_ in {"ADP", "SCONJ"}
                          or (node.dep_ in {"prep", "pcomp"} and node.pos_ == "ADV")
                          or (node.ent_type_ in {"DATE", "TIME"} and node.pos_ not in VERBAL))
            if is_narrowing or not is_of_date:
                break
        return Placed(expression, span.start, node.i, preposition, is_narrowing, span.start < node.i)

    def _is_main(self, governor: int, sentence: Span) -> bool:
        """Whether a word belongs to the main clause of its sentence, so that the telling moves to its date."""
        node = self._doc[governor]
        for _ in range(DEEPEST):
            if node.i == sentence.root.i:
                return True
            if node.dep_ in {"relcl", "advcl", "acl", "ccomp", "parataxis", "pcomp", "appos"} or node.head.i == node.i:
                return False
            node = node.head
        return False

    # Where a date is looked for: nearer places first.

    def _in_clause(self, token: Token, verb: Token) -> list[Placed]:
        """The date on the word or below it, else on what it hangs on up to the verb of its clause."""
        own = self._below(token)
        node = token
        while not own and node.i != verb.i:
            node = node.head
            own = [placed for placed in self._dated(node) if not placed.is_narrowing or node.pos_ in VERBAL]
        return own or self._below(verb)

    def _below(self, token: Token) -> list[Placed]:
        """The dates that hang on a word or on what depends on it, inside its clause; the least deep of them."""
        level = [token]
        for _ in range(DEEPEST):
            found = [placed for node in level for placed in self._dated(node)
                     if not placed.is_narrowing or node.i == token.i]
            if found or not level:
                return sorted(found, key=lambda placed: (abs(placed.at - token.i), placed.at))
            level = [child for node in level for child in node.children
                     if child.dep_ not in CLAUSES]
        return []

    def _in_sentence(self, token: Token, verb: Token) -> list[Placed]:
        """A date that opens the sentence or the clause above holds for what is joined to it."""
        node = verb
        for _ in range(DEEPEST):
            head = node.head
            if head.i == node.i:
                return []
            if node.dep_ in JOINED:
                shared = [placed for placed in self._dated(head) if not placed.is_narrowing and (
                    node.dep_ == "xcomp" or (placed.at < node.i and (placed.is_fronted or node.dep_ == "conj")))]
                if shared and head.pos_ in VERBAL:
                    return shared
            node = head
        return []

    def _dated(self, node: Token) -> list[Placed]:
        return [placed for placed in self._placed.get(node.i, ())
                if placed.expression.interval.start is not None or placed.expression.interval.end is not None]

    def _read(self, found: list[Placed], verb: Token) -> Dates:
        """Start and end of one date, or of two that bound each other: "since 2011 … until 2014"."""
        start: PartialDate | None = None
        end: PartialDate | None = None
        for placed in found:
            interval = placed.expression.interval
            if placed.expression.ahead is not None and _tense(verb) == "future":
                interval = placed.expression.ahead
            begins, ends = interval.start, interval.end
            if placed.preposition == "before" and ends is None:
                begins, ends = None, begins
            if start is None and begins is not None and (end is None or begins <= end):
                start, end = begins, end or ends
            elif end is None and begins is None and ends is not None and (start is None or start <= ends):
                end = ends
        return (start, end, TEXT)


def _clause(token: Token) -> Token:
    """The verb of the clause that a word stands in; the word itself where there is none."""
    node = token
    for _ in range(DEEPEST):
        if node.pos_ in VERBAL and node.dep_ not in {"aux", "auxpass", "amod", "compound"}:
            return node
        if node.head.i == node.i or node.dep_ == "appos":
            return node
        node = node.head
    return node


def _tense(verb: Token) -> str:
    """`past`, `perfect`, `present`, `future` or, where the form tells nothing, `none`."""
    auxiliaries = {child.lower_: child for child in verb.children if child.dep_ in {"aux", "auxpass"}}
    if {"will", "shall", "wo", "'ll"} & set(auxiliaries):
        return "future"
    if verb.tag_ in {"VBG", "VBN", "VB"}:
        if {"has", "have", "'ve"} & set(auxiliaries):
            return "perfect"
        if {"was", "were", "had", "did", "been"} & set(auxiliaries):
            return "past"
        if {"is", "are", "does", "do", "am", "'s", "'re", "being"} & set(auxiliaries):
            return "progressive" if verb.tag_ == "VBG" else "present"
        if "to" in auxiliaries and verb.head.i != verb.i and verb.head.pos_ in VERBAL:
            above = _tense(verb.head)
            return "future" if above in {"present", "perfect", "progressive"} else above
    if verb.tag_ == "VBD":
        return "past"
    if verb.tag_ in {"VBZ", "VBP"}:
        return "present"
    if verb.pos_ in VERBAL and verb.tag_ in {"VBG", "VBN"} and verb.head.i != verb.i and verb.dep_ != "ROOT":
        return _tense(_clause(verb.head))
    return "none"
