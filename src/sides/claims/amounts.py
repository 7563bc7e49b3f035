"""The amounts of a claim: how much money, how many arms or people, what share, with their units.

Found in the text by their numbers, the unit then by the sign or word beside them or by the noun that the parse hangs
them on. An amount belongs to a claim where it stands among the arguments of its trigger, with no clause between.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sides.claims.anchors import VERBAL, upward
from sides.claims.clauses import FINITE
from sides.claims.quantities import Quantities, Quantity
from sides.model.amount import Amount, AmountKind
from sides.model.claim_type import ClaimType, Kind
from sides.parsing.pipeline import Parsed

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

# Through these a number belongs to what its phrase hangs on.
THROUGH = frozenset({"nummod", "quantmod", "compound", "nmod", "amod", "dobj", "pobj", "prep", "nsubj", "nsubjpass",
                     "attr", "agent", "dative", "npadvmod", "appos", "conj", "oprd", "det", "predet", "advmod", "dep",
                     "acomp"})
TO_NOUN = frozenset({"nummod", "quantmod", "compound", "nmod", "amod", "det", "predet", "advmod"})
DEEPEST = 10
FARTHEST_NOUN_TOKENS = 7
SMALLEST_TOLD = 2  # "one" is seldom an amount, and "the two sides" are not counted but meant
LARGEST_MEANT = 10
MEANING = frozenset({"the", "these", "those", "both", "its", "their", "his", "her", "all", "other", "our"})


class Amounts:
    """The amounts that a document tells. Built once for a document."""

    def __init__(self, parsed: Parsed) -> None:
        self._doc, self._text = parsed.doc, parsed.document.text
        self._words = Quantities.load()
        self._by_sentence: dict[int, list[tuple[Token, Amount]]] = {}
        for sentence in self._doc.sents:
            found = [amount for quantity in self._words.within(sentence.text)
                     if (amount := self._amount(sentence, quantity)) is not None]
            if found:
                self._by_sentence[sentence.start] = found

    def at(self, trigger: Sequence[Token], type_: ClaimType) -> tuple[Amount, ...]:
        """The amounts in the clause of a claim that was read from these words, by offset.

        Who belongs where has none.
        """
        found = self._by_sentence.get(trigger[0].sent.start)
        if found is None or type_.meaning.kind is Kind.STRUCTURE:
            return ()
        own = {token.i for token in trigger} | {
            above.i for token in trigger if token.dep_ != "prep" or token.i == trigger[0].i
            for above, joined in upward(token) if joined is None}
        return tuple(amount for token, amount in found if self._belongs(token, own))

    def _belongs(self, token: Token, own: set[int]) -> bool:
        node = token
        for _ in range(DEEPEST):
            if node.i in own:
                return not self._is_parted(token, node, own)
            if node.dep_ not in THROUGH or node.head.i == node.i or (
                    node.pos_ in VERBAL and node.i != token.i) or (node.dep_ == "conj" and node.head.pos_ in VERBAL):
                return False
            node = node.head
        return False

    def _is_parted(self, token: Token, trigger: Token, own: set[int]) -> bool:
        """Whether another finite verb lies between: then the parse, not the text, hangs the amount there."""
        begin, end = sorted((token.i, trigger.i))
        return any(one.tag_ in FINITE and one.i not in own and one.head.i not in own
                   for one in self._doc[begin + 1:end])

    def _amount(self, sentence: Span, quantity: Quantity) -> tuple[Token, Amount] | None:
        """An amount with the word that it hangs by, or None for a number that counts nothing."""
        offset = sentence.start_char
        span = self._doc.char_span(offset + quantity.begin, offset + quantity.end, alignment_mode="expand")
        number = self._doc.char_span(offset + quantity.number_begin, offset + quantity.number_end,
                                     alignment_mode="expand")
        if span is None or number is None or not len(span) or not len(number) or self._is_name(number, quantity):
            return None
        head, kind, unit = span.root, quantity.kind, quantity.unit
        begin, end = offset + quantity.begin, offset + quantity.end
        if kind is None:
            counted = self._counted(number, quantity)
            if counted is None:
                return None
            head, kind, unit = counted
            if head.i >= number.end:
                end = max(end, head.idx + len(head))
        text = self._text[begin:end]
        if "\n\n" in text or not text.strip():
            return None
        return head, Amount(begin_char=begin, end_char=end, kind=kind, low=quantity.low, high=quantity.high, unit=unit,
                            text=text)

    def _is_name(self, number: Span, quantity: Quantity) -> bool:
        """Whether a number is part of a name, a date or a place on a list."""
        first, last = number[0], number[-1]
        if quantity.kind is None and (any(mark in token.text for token in number for mark in ":/") or (
                "." in first.text and first.text == last.text)):
            return True
        before = self._doc[first.i - 1] if first.i > first.sent.start else None
        after = self._doc[last.i + 1] if last.i + 1 < last.sent.end else None
        if before is not None and quantity.kind is None and (
                before.lower_.rstrip(".") in self._words.never_before or before.lower_ in {"every", "each"}
                or (before.text[0].isupper() and before.lower_ in self._words.months)):
            return True
        if after is not None and after.lower_ == "of" and after.i + 1 < after.sent.end \
                and after.nbor(1).lower_ in {"every", "each", "them", "us", "those"}:
            return True
        if first.text[:1].isupper() and first.i > first.sent.start and before is not None and not before.is_punct \
                and not before.is_space:
            return True
        if after is not None and quantity.kind is None and (
                (after.text in {"-", "/", ":", "st", "nd", "rd", "th"} and not last.whitespace_)
                or after.lower_ in self._words.never):
            return True
        return (before is not None and quantity.kind is None and before.text in {"/", ":", "-"}
                and not before.whitespace_)

    def _counted(self, number: Span, quantity: Quantity) -> tuple[Token, AmountKind, str] | None:
        """What a number counts: the noun that it hangs on, or whom the verb is about."""
        root = number.root
        noun = self._noun(number, root, quantity)
        if noun is None:
            return self._people(root, quantity)
        word = self._words
        lemma = noun.lemma_.lower()
        if lemma in word.never or noun.lower_ in word.never or noun.ent_type_ in {"DATE", "TIME"} \
                or lemma.endswith("-old"):
            return None
        kind, unit = self._kind(noun)
        if kind is AmountKind.OTHER and noun.pos_ == "ADJ":
            return None
        value = quantity.low if quantity.low is not None else quantity.high
        if value is not None and value < SMALLEST_TOLD and kind is not AmountKind.ARMS:
            return None
        is_small = value is not None and value <= LARGEST_MEANT
        if is_small and number.start > 0 and self._doc[number.start - 1].lower_ in MEANING:
            return None
        if quantity.may_be_year and (kind is AmountKind.OTHER or noun.i != number.end):
            return None
        return noun, kind, unit

    def _noun(self, number: Span, root: Token, quantity: Quantity) -> Token | None:
        of = next((child for child in root.children if child.lower_ == "of" and child.i >= number.end), None)
        if of is None and number.end < len(self._doc) and self._doc[number.end].lower_ == "of":
            of = self._doc[number.end]
        if of is not None:
            noun = next((child for child in of.children if child.dep_ == "pobj"), None)
            if noun is None or noun.pos_ == "PRON" or (quantity.low == 1 and quantity.high == 1):
                return None
            return noun if noun.tag_ in {"NNS", "NNPS", "NN"} and noun.i - number.end <= FARTHEST_NOUN_TOKENS else None
        node = root
        while node.dep_ in TO_NOUN and node.head.i != node.i and node.head.i - number.end <= FARTHEST_NOUN_TOKENS:
            node = node.head
            if node.pos_ in {"NOUN", "PROPN"} and node.dep_ not in {"compound", "nmod", "amod"}:
                break
        if node.i < number.end or node.pos_ not in {"NOUN", "PROPN", "ADJ"} or any(
                token.is_punct and token.text not in {"-", '"', "'"} for token in self._doc[number.end:node.i]):
            return None
        return node

    def _kind(self, noun: Token) -> tuple[AmountKind, str]:
        """What sort of thing a noun counts, and its word."""
        lemma, kinds = noun.lemma_.lower(), self._words.kinds
        before = self._doc[noun.i - 1].lower_ if noun.i else ""
        words = [f"{before} {lemma}", lemma, noun.lower_]
        if noun.lower_.endswith("s"):
            words.append(noun.lower_[:-1])
        for word in words:
            if word in kinds:
                return kinds[word], word
        pieces = lemma.replace("-", " ").split()
        if pieces and pieces[-1] in kinds and "-" in lemma:
            return kinds[pieces[-1]], lemma
        if noun.ent_type_ == "NORP" or noun.tag_ == "NNPS" or (noun.tag_ == "NNP" and noun.head.pos_ != "NOUN"):
            return AmountKind.PEOPLE, "person"
        return AmountKind.OTHER, lemma

    def _people(self, root: Token, quantity: Quantity) -> tuple[Token, AmountKind, str] | None:
        """People whom nothing names: "killed 40"."""
        head = root.head
        if quantity.may_be_year or root.dep_ not in {"dobj", "nsubjpass"} or root.ent_type_ in {"DATE", "TIME"} \
                or head.lemma_.lower() not in self._words.of_people or (quantity.low or 0) < SMALLEST_TOLD:
            return None
        return root, AmountKind.PEOPLE, "person"


