"""Which names fold to a key, and which are an actor's: found among a million names without holding their text again.

Up to a hundred thousand names a dictionary is fastest. Above, it would take more memory than the names themselves: then
sorted 64-bit hashes are searched, and what they find is compared with the name itself.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Sequence

import numpy

from sides.actors.names import fold

# Up to here the dictionaries take some 40 MB; benchmarks/registry_scale.py watches both sides of it.
DICTIONARY_MAX_NAMES = 100_000
HASH_MASK = (1 << 64) - 1

Rows = Sequence[tuple[str, ...]]


class NameIndex:
    """The places of names in a table of names: by folded text, and by actor."""

    def __init__(self, rows: Rows) -> None:
        self._widths: dict[str, int] = {}  # by first word the numbers of words, a bit for each
        folded = [plain(row[1]) for row in rows]
        for text in folded:
            first = text.partition(" ")[0]
            self._widths[first] = self._widths.get(first, 0) | 1 << text.count(" ")
        self._by_text = _places(folded, lambda place: fold(rows[place][1]))
        self._by_actor = _places([row[0] for row in rows], lambda place: rows[place][0])

    def called(self, folded: str) -> Sequence[int]:
        """The places of the names that fold to exactly this, in the order of the table."""
        return self._by_text.find(folded)

    def of(self, actor: str) -> Sequence[int]:
        """The places of an actor's names, in the order of the table."""
        return self._by_actor.find(actor)

    def widths(self, first: str) -> tuple[int, ...]:
        """How many words the names have that begin with this folded word, the most first."""
        bits = self._widths.get(first, 0)
        return tuple(width for width in range(bits.bit_length(), 0, -1) if bits >> (width - 1) & 1) if bits else ()


def plain(name: str) -> str:
    """A name folded. Two of three need no closer look.

    >>> plain("Hamas"), plain("Sa'ada")
    ('hamas', 'saada')
    """
    is_plain = name.isascii() and name.replace(" ", "").isalnum()
    return " ".join(name.lower().split()) if is_plain else fold.__wrapped__(name)  # each comes once


class ByDictionary:
    """Places by key. Most keys have one place: a list for each would double the memory, and the collector's work."""

    def __init__(self, keys: Sequence[str]) -> None:
        self._first: dict[str, int] = {}
        self._several: dict[str, list[int]] = {}
        for place, key in enumerate(keys):
            first = self._first.setdefault(key, place)
            if first != place:
                self._several.setdefault(key, [first]).append(place)

    def find(self, key: str) -> Sequence[int]:
        """The places of a key."""
        first = self._first.get(key)
        return () if first is None else self._several.get(key, (first,))


class ByHash:
    """Places by the hash of a key, sixteen bytes each. What is found is compared with the key that stands there."""

    def __init__(self, keys: Sequence[str], key_at: Callable[[int], str]) -> None:
        self._key_at = key_at
        hashes = numpy.fromiter((hash(key) & HASH_MASK for key in keys), dtype=numpy.uint64, count=len(keys))
        order = numpy.argsort(hashes, kind="stable")
        self._hashes = array("Q", hashes[order].tobytes())
        self._order = array("Q", order.astype(numpy.uint64).tobytes())

    def find(self, key: str) -> Sequence[int]:
        """The places of a key."""
        wanted = hash(key) & HASH_MASK
        begin = end = bisect_left(self._hashes, wanted)
        while end < len(self._hashes) and self._hashes[end] == wanted:
            end += 1
        return [place for place in self._order[begin:end] if self._key_at(place) == key]


def _places(keys: Sequence[str], key_at: Callable[[int], str]) -> ByDictionary | ByHash:
    return ByDictionary(keys) if len(keys) <= DICTIONARY_MAX_NAMES else ByHash(keys, key_at)
