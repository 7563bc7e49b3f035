"""A parsed document as resolution looks at it: folded words that names are matched against, sentences, grammar."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Sequence
from typing import NamedTuple, TypeVar

from sides.actors.names import fold
from sides.parsing.pipeline import Parsed

Value = TypeVar("Value", bound=Hashable)
Result = TypeVar("Result")

# Marks that may stand inside a name without ending it.
JOINS = frozenset("-–'/&.")
# A sentence of at least this many words, more than half of them in capitals, is set in capitals throughout.
CAPITALS_MIN_WORDS = 3
# A line of at least this many words, of which this share begin with a capital, is a heading in title case.
TITLE_CASE_MIN_WORDS = 4
TITLE_CASE_SHARE = 0.8
SHORT_WORD_CHARS = 4
# Marks after a place in capitals that opens a dispatch.
DATELINE_MARKS = frozenset((",", "-", "–", "—", ":", "|"))
DATELINE_TOKENS = 6
# An abbreviation with points: "U.N.".
INITIALS = re.compile(r"(?:[A-Z]\.){2,}[A-Z]?")
ELIDED = re.compile(r"[dl]['’](?=\w)")  # "Côte d'Ivoire", "Val d'Aosta"
# So many blanks in a row part two names.
WIDE_GAP_CHARS = 3


class Word(NamedTuple):
    """A folded word, the token it stands in, and the stretch without a break that it belongs to."""

    text: str
    token: int
    stretch: int


class Surface:
    """The words of a parse and what the grammar says of them, token by token."""

    def __init__(self, parsed: Parsed) -> None:
        doc = parsed.doc
        self.document = parsed.document
        self.size = len(doc)
        keys: list[list[int]] = [doc.to_array(column).tolist()
                                 for column in ("ORTH", "LEMMA", "POS", "TAG", "DEP", "ENT_TYPE")]
        self.text, lemmas, self.pos, self.tag, self.dep, self.entity = (
            once_each(lambda key: str(doc.vocab.strings[key]), column) for column in keys)
        self.lower, self.lemma = once_each(str.lower, self.text), once_each(str.lower, lemmas)
        offsets: list[tuple[int, int, int]] = doc.to_array(["HEAD", "IDX", "LENGTH"]).astype("int64").tolist()
        self.head = [index + to_head for index, (to_head, _, _) in enumerate(offsets)]
        self.begin_char = [begin for _, begin, _ in offsets]
        self.end_char = [begin + length for _, begin, length in offsets]
        self.children: list[list[int]] = [[] for _ in offsets]
        for index, head in enumerate(self.head):
            if head != index:
                self.children[head].append(index)
        self.sentence, self.sentence_begin = [0] * self.size, [0] * self.size
        for number, span in enumerate(doc.sents if self.size else ()):
            for index in range(span.start, span.end):
                self.sentence[index], self.sentence_begin[index] = number, span.start
        self.capital = once_each(is_capitalized, self.text)
        self.in_capitals, self.in_title_case = self._cases()
        self._folded = [""] * self.size  # the words of each token
        self.words, self.first_word = self._words()

    def _cases(self) -> tuple[list[bool], list[bool]]:
        capitals, titled = [False] * self.size, [False] * self.size
        begin = 0
        while begin < self.size:
            end = begin + 1
            while end < self.size and self.sentence[end] == self.sentence[begin]:
                end += 1
            words = [index for index in range(begin, end) if self.text[index].isalpha() and len(self.text[index]) > 1]
            long = [self.text[index] for index in words if len(self.text[index]) > SHORT_WORD_CHARS]
            loud = sum(self.text[index].isupper() for index in words)
            opening = next((place for place, index in enumerate(words) if not self.text[index].isupper()), len(words))
            if loud * 2 > len(words) and (len(words) >= CAPITALS_MIN_WORDS or loud == len(words)):
                capitals[begin:end] = [True] * (end - begin)
            elif opening >= 2 and any(len(self.text[index]) > SHORT_WORD_CHARS for index in words[:opening]):
                last = words[opening - 1]
                capitals[begin:last + 1] = [True] * (last + 1 - begin)
            elif opening == 1 and len(self.text[words[0]]) > 3 and words[0] + 1 < end \
                    and is_dateline(self.text[words[0] + 1:end][:DATELINE_TOKENS]):
                capitals[words[0]] = True
            elif (len(long) >= TITLE_CASE_MIN_WORDS and not ends_sentence(self.text[begin:end])
                  and sum(word[0].isupper() for word in long) >= TITLE_CASE_SHARE * len(long)):
                titled[begin:end] = [True] * (end - begin)
            begin = end
        return capitals, titled

    def _words(self) -> tuple[list[Word], dict[int, int]]:
        folded = once_each(fold_token, self.text)
        words: list[Word] = []
        first: dict[int, int] = {}
        stretch = 0
        for index, text in enumerate(self.text):
            if self.tag[index] == "POS":
                continue
            parts = folded[index]
            if not parts and not (text and all(mark in JOINS for mark in text)):
                stretch += not (text.isspace() and "\n" not in text and len(text) < WIDE_GAP_CHARS)
            if parts and index and self.sentence[index] != self.sentence[index - 1]:
                stretch += 1
            if parts:
                first[index] = len(words)
                words += [Word(part, index, stretch) for part in parts]
                self._folded[index] = " ".join(parts)
        return words, first

    def folded(self, begin: int, end: int) -> str:
        """The folded words of the tokens from `begin` up to `end`."""
        return " ".join(filter(None, self._folded[begin:end]))

    def slice(self, begin: int, end: int) -> str:
        """The document's own text of the tokens from `begin` up to `end`."""
        return self.document.text[self.begin_char[begin]:self.end_char[end - 1]]

    def root(self, begin: int, end: int) -> int:
        """The token that the others from `begin` up to `end` hang on; the last of several."""
        for index in range(end - 1, begin - 1, -1):
            is_outer = not begin <= self.head[index] < end or self.head[index] == index
            if is_outer and self.pos[index] not in ("PUNCT", "SPACE"):
                return index
        return end - 1

    def is_sentence_start(self, index: int) -> bool:
        """Whether nothing but marks stands before the token in its sentence."""
        return all(not text.isalnum() for text in self.text[self.sentence_begin[index]:index])


def once_each(work: Callable[[Value], Result], values: Sequence[Value]) -> list[Result]:
    """The result for each value, worked out once for equal ones: a text has far fewer words than tokens.

    >>> once_each(str.lower, ["The", "the", "The"])
    ['the', 'the', 'the']
    """
    known = {value: work(value) for value in set(values)}
    return [known[value] for value in values]


def fold_token(text: str) -> tuple[str, ...]:
    """The folded words of a token.

    >>> fold_token("Al-Assad"), fold_token("U.N."), fold_token(",")
    (('al', 'assad'), ('un',), ())
    """
    return tuple(fold(text.replace(".", "") if INITIALS.fullmatch(text) else text).split())


def ends_sentence(words: list[str]) -> bool:
    """Whether the last mark of a line is one that ends a sentence, as headings have none.

    >>> ends_sentence(["It", "ends", ".", '"']), ends_sentence(["A", "Heading"])
    (True, False)
    """
    last = next((word for word in reversed(words) if not word.isspace() and word not in ('"', "'", ")")), "")
    return last in (".", ";", ",")


def is_dateline(after: list[str]) -> bool:
    """Whether a place in capitals opens a dispatch, by what follows it.

    >>> is_dateline([",", "3", "May"]), is_dateline([",", "of", "which", "both"])
    (True, False)
    """
    return bool(after) and after[0] in DATELINE_MARKS and (
        after[0] != "," or any(text in DATELINE_MARKS or any(letter.isdigit() for letter in text)
                               for text in after[1:]))


def is_capitalized(text: str) -> bool:
    """Whether the first letter of a word is a capital, an elided article apart.

    >>> is_capitalized("Hamas"), is_capitalized("'Abd"), is_capitalized("d'Ivoire"), is_capitalized("al")
    (True, True, True, False)
    """
    elided = ELIDED.match(text)
    return next((letter.isupper() for letter in text[elided.end() if elided else 0:] if letter.isalpha()), False)
