"""Words cut into the pieces that the encoder knows: BERT's WordPiece, lower case without accents.

Devlin et al., "BERT: Pre-training of Deep Bidirectional Transformers" (2019). Written here because the library that has
it brings a client of a model hub and 20 MB with it, and because the pipeline has found the words already.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping

UNKNOWN, OPENING, CLOSING = "[UNK]", "[CLS]", "[SEP]"
LONGEST_WORD = 100
# Words whose pieces are remembered: some megabytes. A process that reads for days forgets them and begins anew.
MOST_KNOWN = 100_000
INSIDE = "##"
IDEOGRAPHS = (("\u3400", "\u4dbf"), ("\u4e00", "\u9fff"), ("\U00020000", "\U0002ceaf"))


class Pieces:
    """Cuts words into pieces of a vocabulary."""

    def __init__(self, vocabulary: Mapping[str, int]) -> None:
        self._vocabulary = vocabulary
        self._known: dict[str, tuple[int, ...]] = {}
        self.opening, self.closing = vocabulary[OPENING], vocabulary[CLOSING]

    @classmethod
    def parse(cls, listing: str) -> Pieces:
        """The pieces of a vocabulary, one a line, numbered from 0.

        >>> Pieces.parse("[CLS]\\n[SEP]\\n[UNK]\\nassad\\n##ist\\n-\\npro").of("Pro-Assadist")
        (6, 5, 3, 4)
        """
        return cls({piece: place for place, piece in enumerate(listing.rstrip("\n").split("\n"))})

    def of(self, word: str) -> tuple[int, ...]:
        """The numbers of a word's pieces; none of what is only space or control characters."""
        if word not in self._known:
            if len(self._known) >= MOST_KNOWN:
                self._known.clear()
            self._known[word] = tuple(number for part in parts(word) for number in self._cut(part))
        return self._known[word]

    def _cut(self, part: str) -> list[int]:
        """The longest pieces from the left; one unknown piece where they do not reach the end."""
        found: list[int] = []
        begin = 0
        while begin < len(part) <= LONGEST_WORD:
            prefix = INSIDE if begin else ""
            end = next((end for end in range(len(part), begin, -1) if prefix + part[begin:end] in self._vocabulary), 0)
            if not end:
                break
            found.append(self._vocabulary[prefix + part[begin:end]])
            begin = end
        return found if begin == len(part) else [self._vocabulary[UNKNOWN]]


def parts(word: str) -> Iterator[str]:
    """A word in lower case without accents, each mark of punctuation and each ideograph by itself.

    >>> list(parts("Müller’s"))
    ['muller', '’', 's']
    """
    part = ""
    for letter in unicodedata.normalize("NFD", word.lower()):
        category = unicodedata.category(letter)
        if category == "Mn" or category in ("Cc", "Cf", "Cs", "Cn", "Co"):
            continue
        if is_alone(letter, category) or letter.isspace():
            if part:
                yield part
            part = ""
            if not letter.isspace():
                yield letter
        else:
            part += letter
    if part:
        yield part


def is_alone(letter: str, category: str) -> bool:
    """Whether a character is a piece by itself: punctuation, an ASCII symbol or an ideograph."""
    return (category.startswith("P") or (letter.isascii() and not letter.isalnum() and not letter.isspace())
            or any(first <= letter <= last for first, last in IDEOGRAPHS))
