"""When what a word names happened or held, as far as the text tells.

First the clause is asked: the date expression that hangs on the word itself, or on what the word hangs on inside its
clause. Then the sentence: "in 2012, Hamas left Damascus and moved to Doha" dates the move as well, as does "in 2012,
when Hamas moved". Then the sentences before it, as long as the telling goes on in the past (`telling.py`). Under a date
that stands as a heading ("February 1988. Juries indict ...") the present is told of too. Where all are silent, the year
of the document stands in for what is told; a bare present ("Iran backs Hamas") has no date.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sides.claims.telling import Placed, Telling, is_retrospective
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
BELOW = frozenset({"relcl", "advcl", "acl", "pcomp", "appos"})
# Through these a clause shares the date of what it hangs on.
JOINED = frozenset({"xcomp", "conj", "prep", "pcomp", "advcl", "relcl", "acl", "dobj", "pobj", "attr", "ccomp"})
# What only narrows a noun ("the 2006 war", "Monday's vote") dates that noun alone.
NARROWING = frozenset({"nummod", "amod", "compound", "nmod", "poss", "appos"})
YEARS = {"year": 1, "decade": 10}
# Clauses that these open are of about the time of the clause above.
TEMPORAL = frozenset({"when", "after", "once", "as", "while", "before"})
# What follows a date that is a heading; a range of days ("15-16") may come before.
HEADED = re.compile(r"(?:[-–]\d\d?)?\s*(?:[.:|]|[-–—]\s|\s[-–—]|$)")
STANDING = frozenset({"date", "interval", "anaphoric"})
VERBAL = frozenset({"VERB", "AUX"})
DEEPEST = 40


class Dating:
    """The dates of what the words of a document name. Built once for a document."""

    def __init__(self, parsed: Parsed) -> None:
        self._doc = parsed.doc
        self._published = parsed.document.published
        self._placed: dict[int, list[Placed]] = {}
        self._told: dict[int, Placed | None] = {}  # the date that a sentence, by its start, inherits from those before
        self._sentences: dict[int, list[Placed]] = {}
        self._headed: set[int] = set()  # sentences under a date that stands as a heading
        self._carried: dict[int, PartialDate | None] = {}  # by sentence, in a text that tells of the past
        sentences = list(self._doc.sents)
        texts = [sentence.text for sentence in sentences]
        telling = Telling(is_retrospective=is_retrospective(texts, self._published))
        for sentence, text in zip(sentences, texts, strict=True):
            if sentence.start == 0 or "\n" in self._doc[sentence.start - 1].text:
                telling.new_paragraph()
            found = find(text, self._published, telling.reference, telling.reached)
            here = [placed for expression in found if (placed := self._place(sentence, expression)) is not None]
            heading = self._heading(sentence, here) if telling.is_opening else None
            if heading is not None:
                telling.under(heading)
            self._told[sentence.start] = telling.told
            self._carried[sentence.start] = telling.kept
            if telling.is_headed:
                self._headed.add(sentence.start)
            self._sentences[sentence.start] = here
            for placed in here:
                self._placed.setdefault(placed.governor, []).append(placed)
                telling.hear(placed, is_main=self._is_main(placed.governor, sentence))
            telling.close(_tense(sentence.root))

    def at(self, token: Token, *, is_standing: bool = False, is_planned: bool = False) -> Dates:
        """Start, end, and what dates it: `text`, `document` (its date stands in) or `none`.

        `is_standing` for a tie or a structure: in a bare present, or where no verb tells it, it has no date but one
        that the text gives, while an event is taken to be of the document's year. `is_planned` for what is planned or
        demanded: it holds as such at the document's date, while a forecast without a date has none.
        """
        verb = _clause(token)
        earlier = self._earlier(verb)
        if earlier is not None:
            return (earlier, None, TEXT)
        if (age := self._age(token)) is not None:
            return (age, None, TEXT)
        found = self._in_clause(token, verb) or self._in_sentence(token, verb) or self._before_when(verb)
        if found:
            return self._read(found, verb)
        tense = _tense(verb)
        if tense == "perfect" and (began := self._lasting(verb)) is not None:
            return (began, None, TEXT)
        told = self._told.get(token.sent.start)
        if tense == "past" and (beside := self._beside(verb)):
            return self._read(beside, verb)
        if told is not None and (tense == "past" or (token.sent.start in self._headed and tense != "future")):
            start, end, _ = self._read([told], verb)
            return (start, end, TEXT) if start is not None else (end, None, TEXT)
        if tense == "past" and (around := self._around(token, verb)) is not None:
            return (around, None, TEXT)
        carried = self._carried.get(token.sent.start)
        if tense == "past" and carried is not None:
            return (PartialDate(carried.year), None, TEXT)
        if (tense == "future" and not is_planned) or (is_standing and tense in {"present", "none"}):
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
            if token.dep_ == "prep" and token.head.i < span.start and expression.kind != "anaphoric":
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
        before = self._doc[max(0, span.start - 1)]
        if is_narrowing and node.pos_ == "PROPN" and before.lower_ in {"in", "on", "at"} and before.head.pos_ in VERBAL:
            # "In 2014 Turkey left": there is no Turkey of 2014.
            node, preposition, is_narrowing = before.head, before.lower_, False
        is_naming = preposition == "of" and node.pos_ in {"NOUN", "PROPN"} and not span.start <= node.i < span.end
        return Placed(expression, span.start, node.i, preposition, is_narrowing, span.start < node.i, span.end - 1,
                      is_naming, expression.bound == "since" and _compares(span[0]))

    def _heading(self, sentence: Span, here: list[Placed]) -> Placed | None:
        """The date that opens a paragraph and stands for itself: "February 1988.", "3 May 2019: Iran leaves"."""
        if not here or not _is_dated(here[0]):
            return None
        placed, text = here[0], sentence.text
        before, after = text[:placed.expression.begin], text[placed.expression.end:]
        start = placed.expression.interval.start
        is_heading = not any(map(str.isalnum, before)) and HEADED.match(after) is not None
        is_other = start is not None and start != self._published
        return placed if is_heading and is_other and placed.expression.kind in STANDING else None

    def _is_main(self, governor: int, sentence: Span) -> bool:
        """Whether a word belongs to the main clause of its sentence, so that the telling moves to its date."""
        node = self._doc[governor]
        for _ in range(DEEPEST):
            if node.i == sentence.root.i:
                return True
            if node.dep_ in BELOW or node.head.i == node.i or (node.dep_ == "ccomp" and not _is_apart(node)):
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
                    placed.expression.kind != "now" or node.dep_ in {"xcomp", "conj"}) and (
                    node.dep_ == "xcomp" or (placed.at < node.i and (placed.is_fronted or node.dep_ == "conj")))]
                if shared and head.pos_ in VERBAL:
                    return shared
            node = head
        return []

    def _before_when(self, verb: Token) -> list[Placed]:
        """The date that a clause with "when" explains: "in 1999, when Jordan arrested him"."""
        clause = verb
        while clause.dep_ == "conj" and clause.head.pos_ in VERBAL:
            clause = clause.head
        word = next((child for child in clause.children if child.lower_ == "when" and child.i < clause.i), None)
        if word is None:
            return []
        before = word.i - 1
        while before > word.sent.start and self._doc[before].is_punct:
            before -= 1
        return [placed for placed in self._sentences.get(word.sent.start, ()) if placed.last == before
                and _is_dated(placed) and not placed.is_narrowing]

    def _beside(self, verb: Token) -> list[Placed]:
        """The last date before the verb that a clause of the same rank was told with: "In May they met; Iran left"."""
        above = {node.i for node in verb.ancestors}
        for placed in reversed(self._sentences.get(verb.sent.start, ())):
            governor = self._doc[placed.governor]
            if placed.at > verb.i or placed.is_narrowing or placed.expression.kind == "now" or not _is_dated(placed):
                continue
            clause = _clause(governor)
            if clause.i == verb.i or clause.i in above or _tense(clause) != "past" or not _is_level(clause):
                continue
            return [placed]
        return []

    def _around(self, token: Token, verb: Token) -> PartialDate | None:
        """The year of the clause that a clause of time hangs on, or of one before it in the sentence."""
        if verb.dep_ == "advcl" and any(child.lower_ in TEMPORAL and child.i < verb.i for child in verb.children):
            near = [placed for placed in self._below(verb.head) if placed.expression.kind != "now"]
            given = near[0].expression.interval if near else None
            if given is not None and given.start is not None:
                return PartialDate(given.start.year)
        above = {node.i for node in verb.ancestors}
        for placed in reversed(self._sentences.get(token.sent.start, ())):
            start, clause = placed.expression.interval.start, _clause(self._doc[placed.governor])
            if (start is not None and placed.at < verb.i and placed.expression.kind != "now" and not placed.is_narrowing
                    and placed.expression.bound is None and clause.i not in above
                    and (clause.i == verb.i or _is_setting(clause))):
                return PartialDate(start.year)
        return None

    def _age(self, token: Token) -> PartialDate | None:
        """Since when something of a known age has stood: "their ten-year-old alliance"; of persons it tells nothing."""
        if not grammar().words.says("aged", token.lemma_.lower()):
            return None
        ages = (placed.expression.began for placed in self._placed.get(token.i, ()) if placed.is_narrowing)
        return next((began for began in ages if began is not None), None)

    def _lasting(self, verb: Token) -> PartialDate | None:
        """Since when what is told in the perfect has lasted: "has ruled for 37 years"."""
        if any(child.dep_ == "neg" for child in verb.children):
            return None
        lengths = (placed.expression.began for node in verb.subtree for placed in self._placed.get(node.i, ())
                   if _clause(node).i == verb.i)
        return next((began for began in lengths if began is not None), None)

    def _dated(self, node: Token) -> list[Placed]:
        return [placed for placed in self._placed.get(node.i, ()) if _is_dated(placed) and not placed.is_comparing
                and (placed.expression.kind != "now" or _tense(_clause(node)) != "past")]

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


def _is_dated(placed: Placed) -> bool:
    return placed.expression.interval.start is not None or placed.expression.interval.end is not None


def _is_level(clause: Token) -> bool:
    """Whether a clause tells the story: a main clause, or one joined to it without a word that puts it below."""
    if clause.dep_ in {"ROOT", "conj", "parataxis"}:
        return True
    return clause.dep_ == "ccomp" and not any(child.dep_ == "mark" for child in clause.children)


def _is_apart(clause: Token) -> bool:
    """Whether a colon or semicolon sets a clause apart, so that it tells on: "Iran did its best: in 2018 it left"."""
    first, last = clause.left_edge.i, clause.right_edge.i
    sentence = clause.sent
    return ((first > sentence.start and clause.doc[first - 1].text in {":", ";"})
            or (last + 1 < sentence.end and clause.doc[last + 1].text in {":", ";"}))


def _is_setting(clause: Token) -> bool:
    """Whether a clause sets the time of what comes after it: "after winning the elections in 2006, ..."."""
    return clause.dep_ in {"advcl", "pcomp"} or (clause.dep_ == "conj" and clause.head.dep_ in {"advcl", "pcomp"})


def _compares(word: Token) -> bool:
    """Whether the date after "since" only says how rare something is: "for the first time since", "the worst since"."""
    since = word.i - 1 if word.lower_ != "since" else word.i
    near = word.doc[max(word.sent.start, since - 4):since]
    return any(token.tag_ in {"JJS", "RBS"} or token.lower_ == "first" for token in near)
