"""Near-duplicates: which documents are copies of one report, as wire copy printed by several outlets is.

MinHash (Broder 1997) over word shingles, locality-sensitive hashing in bands (Leskovec, Rajaraman and Ullman, *Mining
of Massive Datasets*, chapter 3), then connected components. Nothing depends on the order of documents.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
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
# So many pairs are compared at once: it bounds the memory.
PAIRS = 100_000
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
    ids = sorted(identifier for identifier in signatures if len(signatures[identifier]))
    rows = [signatures[identifier] for identifier in ids]
    return {identifier: identifier for identifier in sorted(signatures)} | reports_of(
        ids, np.array(rows, dtype=np.int64).reshape(len(ids), HASHES))


def reports_of(ids: Sequence[str], matrix: NDArray[np.int64]) -> dict[str, str]:
    """The same, of documents whose ids are sorted, from their signatures as rows of a table (N, 192)."""
    return {ids[place]: ids[root] for place, root in enumerate(_roots(matrix).tolist())}


def similarity(first: Sequence[int], second: Sequence[int]) -> float:
    """The estimated share of shingles that two texts have in common (Jaccard), from their signatures.

    >>> similarity(signature("a b c d"), signature("a b c d"))
    1.0
    """
    if not first or not second:
        return 0.0
    return sum(one == other for one, other in zip(first, second, strict=True)) / len(first)


def _roots(matrix: NDArray[np.int64]) -> NDArray[np.int64]:
    """(N,) for each row the first one that it resembles, directly or by others."""
    first = _first_alike(matrix)
    distinct = np.flatnonzero(first == np.arange(len(matrix)))  # a thousand copies of one report count as one
    rows = matrix[distinct]
    roots = np.arange(len(rows))
    for band in range(BANDS if rows.size else 0):
        for pairs in _candidates(rows[:, band * ROWS:(band + 1) * ROWS], roots):
            for start in range(0, len(pairs), PAIRS):
                one, other = pairs[start:start + PAIRS].T
                apart = roots[one] != roots[other]
                one, other = one[apart], other[apart]
                alike = (rows[one] == rows[other]).mean(axis=1) >= MIN_SIMILARITY
                _join(roots, one[alike], other[alike])
    found = np.zeros(len(matrix), np.int64)
    found[distinct] = distinct[roots]
    return found[first]


def _first_alike(matrix: NDArray[np.int64]) -> NDArray[np.int64]:
    """(N,) for each row the first one that is equal to it."""
    first: dict[bytes, int] = {}
    return np.asarray([first.setdefault(row.tobytes(), place) for place, row in enumerate(matrix)], np.int64)


def _candidates(band: NDArray[np.int64], roots: NDArray[np.int64]) -> Iterator[NDArray[np.int64]]:
    """Pairs of rows that agree in all of a band and are not known to be of one report; each row before the other.

    Two at 0.3 meet in some band with a chance of 0.9999.
    """
    _, code = np.unique(band[:, 0], return_inverse=True)
    for column in band.T[1:]:
        values, other = np.unique(column, return_inverse=True)
        code = code * len(values) + other
    order = np.argsort(code, kind="stable")
    edges = np.flatnonzero(np.diff(code[order], prepend=-1, append=-1))
    sizes = np.diff(edges)
    for size in np.unique(sizes[sizes > 1]).tolist():
        members = order[edges[:-1][sizes == size][:, None] + np.arange(size)]
        for place in range(size - 1):
            pairs = np.stack(np.broadcast_arrays(members[:, place, None], members[:, place + 1:]), -1).reshape(-1, 2)
            yield pairs[roots[pairs[:, 0]] != roots[pairs[:, 1]]]


def _join(roots: NDArray[np.int64], ones: NDArray[np.int64], others: NDArray[np.int64]) -> None:
    """Make pairs of rows one report, under its first row."""
    for one, other in zip(ones.tolist(), others.tolist(), strict=True):
        low, high = sorted((int(roots[one]), int(roots[other])))
        if low != high:
            roots[roots == high] = low


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
