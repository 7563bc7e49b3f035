"""Every reason that a document gives, with the words that it hangs on: before it is asked what it is the reason of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from sides.claims.clauses import SUBJECTS, is_future, is_inverted, is_passive, with_particle
from sides.claims.connectives import Connective, Connectives
from sides.claims.making import Found, Making
from sides.claims.stretches import reach, trimmed
from sides.model.claim_type import ClaimType
from sides.model.reason import ReasonKind

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

VERBAL = frozenset({"VERB", "AUX"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
DESCRIBING = frozenset({"acl", "amod", "appos", "relcl", "prep"})
CONDITIONAL = frozenset({"should", "were", "had"})
LONGEST_SUBJECT_TOKENS = 25
ANY: frozenset[ClaimType] = frozenset()


class Finder:
    """Finds the reasons of a document."""

    def __init__(self, doc: Doc, words: Connectives) -> None:
        self._doc, self._words, self._making = doc, words, Making(doc, words)

    def all(self) -> list[Found]:
        """The reasons, by place."""
        found: list[Found] = []
        before: Span | None = None
        text = self._doc.text  # put together from the words anew each time that it is asked for
        for sentence in self._doc.sents:
            if not any(token.is_alpha for token in sentence):
                continue
            found += self._within(sentence)
            if before is not None and "\n" not in text[before.end_char:sentence.start_char] + (
                    self._doc[sentence.start - 1].text):
                found += self._across(before, sentence)
            before = sentence
        return sorted(found, key=lambda one: (one.begin, one.end, one.kind.value))

    def _within(self, sentence: Span) -> Iterator[Found]:
        taken: set[int] = set()
        for one, place in self._words.within(sentence):
            if place in taken:
                continue
            reading = {"clause": self._clause, "phrase": self._phrase, "participle": self._phrase}[one.form](one, place)
            if reading is not None:
                taken.update(range(place, place + len(one.words)))
                yield reading
        for token in sentence:
            if token.i not in taken:
                yield from self._infinitive(token)
                yield from self._inverted(token)
                yield from self._wanted(token)
                yield from self._making.at(token)

    # Connectives that open a clause or a phrase.

    def _clause(self, one: Connective, place: int) -> Found | None:
        first = self._doc[place]
        if place and self._doc[place - 1].lower_ in {"as", "what", "even", "asked", "wonder"} and one.words[0] == "if":
            return None
        if one.words[0] in {"once", "till"} and first.dep_ != "mark":
            return None
        if one.words[0] in {"after", "before"} and self._is_measured(place):
            return None
        verb = self._clause_verb(place, len(one.words))
        if verb is not None and one.words == ("since",) and not _is_present(verb):
            return None
        if verb is None or verb.dep_ not in {"advcl", "pcomp", "acl", "relcl", "ccomp", "conj", "dep"}:
            return None
        governor = verb.head
        if verb.dep_ == "pcomp" and governor.i >= place:
            governor = governor.head
        while place <= governor.i < place + len(one.words) and governor.head.i != governor.i:
            governor = governor.head
        if verb.dep_ == "ccomp" and (one.words[0] in ("once", "after", "before")
                                     or (one.words[0] == "if") != (governor.i > verb.i)):
            return None  # "asked if", but not "If he stays, they fight on, said"
        if verb.dep_ == "conj" and one.words[0] not in {"because", "although", "though"}:
            return None
        begin = place
        if place and self._doc[place - 1].lower_ in {"only", "even"} and self._doc[place - 1].sent == first.sent:
            begin -= 1
        end = reach(self._doc, begin, [verb], is_clause=True)
        if end <= place + len(one.words) or begin <= governor.i < end:
            return None
        return Found(one.kind, begin, end, self._governors(governor, begin), one.types, of=one.of,
                     looks_ahead=one.looks_ahead)

    def _clause_verb(self, place: int, length: int) -> Token | None:
        """The verb of the clause that some words open."""
        inside = range(place, place + length)
        for step in inside:
            token = self._doc[step]
            if token.dep_ in {"mark", "advmod", "prep", "nsubj"} and token.head.i > inside[-1] \
                    and token.head.pos_ in VERBAL:
                return token.head
        for step in inside:
            for child in self._doc[step].children:
                if child.i > inside[-1] and child.pos_ in VERBAL and child.dep_ in {"pcomp", "ccomp", "acl", "advcl",
                                                                                    "relcl"}:
                    return child
        return None

    def _phrase(self, one: Connective, place: int) -> Found | None:
        last = place + len(one.words) - 1
        inside = range(place, last + 1)
        roots = [self._doc[step] for step in inside if self._doc[step].head.i not in inside]
        if not roots:
            return None
        root = roots[0]
        if one.form == "participle" and (root.dep_ in {"aux", "xcomp", "acomp", "pobj"} or (
                root.dep_ in {"conj", "ccomp"} and not self._is_set_off(place))):
            return None
        if root.dep_ in {"ROOT", "mark"} or (one.form == "phrase" and root.dep_ in {"pobj", "dobj", "nsubj", "aux",
                                                                                  "compound", "nsubjpass"}):
            return None
        governor = root.head
        if governor.i > last and place > governor.left_edge.i + 3 and governor.pos_ not in VERBAL:
            return None
        if one.of and not self._is_of(one, governor):
            return None
        if last + 1 < len(self._doc) and one.words[-1] == "to" and one.kind is ReasonKind.AIM and (
                self._doc[last + 1].tag_ not in {"VB", "RB", "DT", "VBG"}):
            return None
        begin = place
        if place and self._doc[place - 1].dep_ in {"advmod", "neg", "preconj"} and (
                self._doc[place - 1].head.i in inside and self._doc[place - 1].lower_ in {
                    "partly", "largely", "mainly", "apparently", "solely", "only", "mostly", "chiefly", "precisely",
                    "not", "especially", "ostensibly", "deeply", "increasingly"}):
            begin -= 1
        end = reach(self._doc, begin, roots, is_clause=False)
        opened = self._doc[last + 1:end]
        if one.words == ("after",) and self._is_measured(place):
            return None
        if one.of and (governor.i > place or (len(opened) == 2 and opened[-1].lower_ in {"part", "time"})):
            return None
        if len(opened) and (opened[0].tag_ in {"WDT", "WP"} or (len(opened) == 1 and opened[0].pos_ == "PRON")):
            return None
        if end <= last + 1 or begin <= governor.i < end or self._is_time(range(last + 1, end)):
            return None
        is_strict = len(one.words) == 1 and one.form == "phrase" and bool(one.types or one.of)
        return Found(one.kind, begin, end, self._governors(governor, begin), one.types, is_strict, one.of,
                     one.looks_ahead)

    def _is_measured(self, place: int) -> bool:
        """Whether a length of time stands before "after", so that it only tells when: "ten years after"."""
        before = self._doc[place - 1] if place else None
        return before is not None and (before.ent_type_ in {"DATE", "TIME"} or before.lower_ in self._words.lengths
                                       or before.lower_ in {"soon", "shortly", "long", "just", "immediately", "even"})

    def _is_set_off(self, place: int) -> bool:
        """Whether words open their sentence, or stand behind a comma."""
        first = self._doc[place]
        return first.is_sent_start is True or place == first.sent.start or self._doc[place - 1].text == ","

    def _is_of(self, one: Connective, governor: Token) -> bool:
        """Whether a word is one of those after which the connective gives a reason, or an object of one."""
        for node in (governor, governor.head, governor.head.head):
            if node.i > governor.i:
                return False
            if node.lemma_.lower() in one.of or (node.pos_ in VERBAL and with_particle(node) in one.of):
                return True
            if node.pos_ in VERBAL:
                return False
        return False

    def _is_time(self, places: Iterable[int]) -> bool:
        """Whether all that a connective opens is a date or a length of time: "after 2015", "over two years"."""
        tokens = [self._doc[place] for place in places]
        head = next((token for token in tokens if token.dep_ in {"pobj", "npadvmod"}), None)
        return head is not None and head.ent_type_ in {"DATE", "TIME"}

    def _governors(self, governor: Token, begin: int) -> frozenset[int]:
        """The word that a reason hangs on, and its verb where the reason only stands beside the subject."""
        found = {governor.i}
        node = governor
        if node.pos_ in NOMINAL and (node.dep_ in SUBJECTS or node.dep_ == "appos") and (
                self._doc[begin - 1].text == "," if begin else False):
            head = node.head.head if node.dep_ == "appos" else node.head
            found.add(head.i)
        if governor.i > begin and node.pos_ in NOMINAL and node.dep_ in SUBJECTS:
            found.add(node.head.i)
        if node.dep_ in {"prep", "agent", "aux", "auxpass", "acomp", "attr", "prt", "advmod"}:
            found.add(node.head.i)
        return frozenset(found)

    # Reasons without a connective of their own.

    def _infinitive(self, to: Token) -> Iterator[Found]:
        """An aim: "met to end the war", "sent troops to defend B"."""
        verb, words = to.head, self._words.to
        if to.lower_ != "to" or to.dep_ != "aux" or verb.i <= to.i or verb.lemma_.lower() in words["not_before"]:
            return
        head, before = verb.head, self._doc[to.i - 1].lower_ if to.i else ""
        if before in words["not_behind"] or any(
                child.dep_ in SUBJECTS or child.lower_ in {"too", "enough"} for child in verb.children):
            return
        if verb.dep_ == "advcl" and head.pos_ in VERBAL:
            is_fronted = verb.i < head.i
            if not is_fronted and ({with_particle(head), head.lemma_.lower()} & words["not_after"] or any(
                    child.lemma_.lower() in words["content"] for child in head.children
                    if child.dep_ in {"dobj", "nsubjpass"} and child.i < to.i)):
                return
            if any(child.lower_ == "too" for child in head.children):
                return
        elif verb.dep_ == "xcomp" and head.pos_ in VERBAL:
            if head.lemma_.lower() not in words["complement"] or (is_passive(head) and head.lemma_ == "use"):
                return
        elif verb.dep_ in {"acl", "relcl"} and head.lemma_.lower() in words["instruments"]:
            above = head.head
            if head.dep_ not in {"dobj", "nsubjpass", "pobj"} or above.lemma_.lower() in words["not_after"]:
                return
            head = above if head.dep_ != "pobj" else above.head
        else:
            return
        end = reach(self._doc, to.i, [verb], is_clause=True)
        if not to.i <= head.i < end:
            yield Found(ReasonKind.AIM, to.i, end, self._governors(head, to.i))

    def _wanted(self, preposition: Token) -> Iterator[Found]:
        """A cause that somebody gave: "at Turkey's request"."""
        if preposition.dep_ != "prep" or preposition.lower_ not in {"at", "on"}:
            return
        if any(noun.lower_ in self._words.wanted and any(child.dep_ == "poss" for child in noun.children)
               for noun in preposition.children):
            end = reach(self._doc, preposition.i, [preposition], is_clause=False)
            yield Found(ReasonKind.CAUSE, preposition.i, end, self._governors(preposition.head, preposition.i))

    def _inverted(self, auxiliary: Token) -> Iterator[Found]:
        """A condition without "if": "should they attack", "were they to attack"."""
        verb = auxiliary.head
        if auxiliary.lower_ not in CONDITIONAL or verb.dep_ != "advcl" or auxiliary.dep_ != "aux" \
                or verb.left_edge.i != auxiliary.i or not is_inverted(auxiliary, verb):
            return
        end = reach(self._doc, auxiliary.i, [verb], is_clause=True)
        if not auxiliary.i <= verb.head.i < end:
            yield Found(ReasonKind.CONDITION, auxiliary.i, end, frozenset({verb.head.i}))

    # Reasons in another sentence.

    def _across(self, before: Span, sentence: Span) -> Iterator[Found]:
        """A sentence that gives the reason of the one before it, or that follows from it."""
        if (opening := self._words.opening(sentence, self._words.openings)) is not None:
            kind, place = opening
            begin = next((token.i for token in self._doc[sentence.start:place] if token.is_alpha), sentence.start)
            if kind is ReasonKind.CAUSE and self._doc[begin].lower_ == "because" and not _is_alone(sentence):
                return
            end = trimmed(self._doc, begin, sentence.end)
            yield Found(kind, begin, end, frozenset({before.root.i}))
        noun = _subject(sentence.root)
        kind_of = self._words.nouns.get(noun.lemma_.lower()) if noun is not None else None
        if noun is not None and kind_of is not None and sentence.root.lemma_ == "be" and not any(
                child.dep_ == "prep" for child in noun.children) and _is_bare(noun):
            begin = next(token.i for token in sentence if not token.is_punct and not token.is_space)
            yield Found(kind_of, begin, trimmed(self._doc, begin, sentence.end), frozenset({before.root.i}))
        if (conclusion := self._words.opening(sentence, self._words.conclusions)) is not None:
            begin = next((token.i for token in before if not token.is_punct and not token.is_space), before.start)
            yield Found(conclusion[0], begin, trimmed(self._doc, begin, before.end), frozenset({sentence.root.i}))


def _is_alone(sentence: Span) -> bool:
    """Whether a sentence that opens with "because" has no main clause of its own."""
    return sentence.root.i > sentence.start and any(
        child.dep_ == "mark" and child.lower_ == "because" for child in sentence.root.children)


def _subject(verb: Token) -> Token | None:
    return next((child for child in verb.children if child.dep_ == "nsubj"), None)


def _is_bare(noun: Token) -> bool:
    """Whether a noun stands with an article and adjectives at most: "the main reason"."""
    return any(child.dep_ in {"det", "poss"} for child in noun.children) and not any(
        child.dep_ in {"relcl", "acl"} for child in noun.children)


def _is_present(verb: Token) -> bool:
    """Whether a clause is told in the present: "since they fear it", but not "since they met"."""
    auxiliaries = [child for child in verb.children if child.dep_ in {"aux", "auxpass"}]
    return (auxiliaries[0] if auxiliaries else verb).tag_ in {"VBZ", "VBP", "MD"} and not any(
        child.lemma_ == "have" for child in auxiliaries)


def is_ahead(verb: Token) -> bool:
    """Whether what a verb says is still to come, or is refused: "will not", "refused to"."""
    return is_future(verb) or any(child.dep_ == "neg" for child in verb.children)
