"""Near-duplicates: which documents are copies of one report, as wire copy printed by several outlets is.

MinHash (Broder 1997) over word shingles, locality-sensitive hashing in bands (Leskovec, Rajaraman and Ullman, *Mining
of Massive Datasets*, chapter 3), then connected components. Nothing depends on the order of documents.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from sides.documents.lines import WORD

SHINGLE_WORDS = 3
BANDS = 96
ROWS = 2
HASHES = BANDS * ROWS
# Two documents with at least this estimated share of shingles in common are one report. Measured on copies made from
# 32 articles (docs/documents.md): copies cut to two thirds, or with a new head, byline and paragraph, stay above 0.39;
# different articles on one conflict are below 0.02, and about 0.22 if they share three of their longest paragraphs.
# Watched by tests/documents/test_reports.py.
MIN_SIMILARITY = 0.3
SEED = 0x51DE5
GOLDEN = 0x9E3779B97F4A7C15  # increment of SplitMix64 (Steele, Lea and Flood 2014), whose finalizer mixes the hashes
MASK = (1 << 64) - 1


def signature(text: str) -> tuple[int, ...]:
    """192 numbers of 32 bits that stand for the words of a text: two texts agree in as many as they share shingles.

    Give the text without what is set aside (`outside_asides`), or a site's own phrases will count too. A text without
    words has an empty signature, which resembles nothing.

    >>> len(signature("The talks in Doha ended without a deal.")), signature("...")
    (192, ())
    """
    words = [word.casefold() for word in WORD.findall(text)]
    if not words:
        return ()
    numbers: dict[str, int] = {}
    codes = np.array([_code(word, numbers) for word in words], dtype=np.uint64)
    length = min(SHINGLE_WORDS, len(words))
    shingles = codes[:len(codes) - length + 1].copy()
    for place in range(1, length):
        shingles = _mixed(shingles) + codes[place:len(codes) - length + 1 + place]
    shingles = np.unique(_mixed(shingles))
    # One multiplication for each hash: the high half of an odd multiple is a 2-universal hash (Dietzfelbinger 1997).
    multipliers, increments = _hashes()
    smallest = [int(((shingles * multiplier + increment) >> np.uint64(32)).min())
                for multiplier, increment in zip(multipliers, increments, strict=True)]
    return tuple(smallest)


def reports(signatures: Mapping[str, Sequence[int]]) -> dict[str, str]:
    """The report that each document belongs to: the smallest id among the documents that resemble it or each other.

    >>> copy = signature("Iran and Saudi Arabia agreed in Beijing to reopen their embassies within two months.")
    >>> reports({"b": copy, "a": copy, "c": signature("Rain fell over most of the country for a third day.")})
    {'a': 'a', 'b': 'a', 'c': 'c'}
    """
    ids = sorted(signatures)
    report = {identifier: identifier for identifier in ids}

    def root(identifier: str) -> str:
        while report[identifier] != identifier:
            report[identifier] = report[report[identifier]]
            identifier = report[identifier]
        return identifier

    # Equal signatures first, so that a thousand copies of one report are compared as one.
    representatives: dict[tuple[int, ...], str] = {}
    for identifier in ids:
        own = tuple(signatures[identifier])
        if own:
            report[identifier] = representatives.setdefault(own, identifier)
    distinct = sorted(representatives.values())
    rows = [signatures[identifier] for identifier in distinct]
    matrix = np.array(rows, dtype=np.int64).reshape(len(distinct), HASHES)
    for bucket in _buckets(matrix):
        for place, first in enumerate(bucket):
            others = [other for other in bucket[place + 1:] if root(distinct[other]) != root(distinct[first])]
            if not others:
                continue
            alike = (matrix[others] == matrix[first]).mean(axis=1) >= MIN_SIMILARITY
            for other, is_alike in zip(others, alike, strict=True):
                if is_alike:
                    low, high = sorted((root(distinct[first]), root(distinct[other])))
                    report[high] = low
    return {identifier: root(identifier) for identifier in ids}


def similarity(first: Sequence[int], second: Sequence[int]) -> float:
    """The estimated share of shingles that two texts have in common (Jaccard), from their signatures.

    >>> similarity(signature("a b c d"), signature("a b c d"))
    1.0
    """
    if not first or not second:
        return 0.0
    return sum(one == other for one, other in zip(first, second, strict=True)) / len(first)


def _buckets(matrix: NDArray[np.int64]) -> list[list[int]]:
    """Documents that agree in all rows of some band: two at 0.3 meet with a chance of 0.9999."""
    found = []
    for band in range(BANDS if matrix.size else 0):
        members: defaultdict[bytes, list[int]] = defaultdict(list)
        rows = matrix[:, band * ROWS:(band + 1) * ROWS]
        for index in range(len(rows)):
            members[rows[index].tobytes()].append(index)
        found += [bucket for bucket in members.values() if len(bucket) > 1]
    return found


def _code(word: str, numbers: dict[str, int]) -> int:
    """A word's number, the same on every machine and in every version of Python."""
    code = numbers.get(word)
    if code is None:
        digest = hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        code = numbers[word] = int.from_bytes(digest, "little")
    return code


def _mixed(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """SplitMix64's finalizer: every bit of the input moves half of the bits of the output."""
    values = values + np.uint64(GOLDEN)
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


@cache
def _hashes() -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """The multipliers (odd) and increments of the hash functions, from the seed."""
    states = np.array([(SEED + GOLDEN * step) & MASK for step in range(2 * HASHES)], dtype=np.uint64)
    values = _mixed(states)
    return values[:HASHES] | np.uint64(1), values[HASHES:]
