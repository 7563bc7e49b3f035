"""Paragraphs that say again, word for word, what the text says elsewhere: repeated headlines, teasers, pull quotes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from sides.documents.lines import WORD, Line

MIN_SAME_WORDS = 4  # shorter lines, like crossheads, may well return without being a slip
MIN_QUOTE_WORDS = 8
MAX_QUOTE_WORDS = 70  # a pull quote or teaser is no longer
SHINGLE_WORDS = 4
# Share of a pull quote's shingles that stand in one other paragraph. Quotes are often touched up: the changed words of
# a sentence of thirty cost about a fifth of its shingles. Two sentences that merely speak of the same share few.
MIN_SHARED = 0.7


def repeated(lines: Sequence[Line], title: str | None = None) -> list[Line]:
    """The lines that repeat others; never the first line, and of two equal ones the second.

    >>> from sides.documents.lines import lines_of
    >>> [line.begin_char for line in repeated(lines_of("Truce in the valley\\n\\nTruce in the valley\\n\\nIt holds."))]
    [21]
    """
    words = [tuple(word.casefold() for word in WORD.findall(line.text)) for line in lines]
    headline = tuple(word.casefold() for word in WORD.findall(title or (lines[0].text if lines else "")))
    found: list[Line] = []
    seen: set[tuple[str, ...]] = set()
    kept: list[int] = []
    for index, own in enumerate(words):
        is_same = len(own) >= MIN_SAME_WORDS and own in seen
        is_headline = index > 0 and len(headline) >= 3 and _is_times(own, headline) and headline in seen
        if is_same or is_headline:
            found.append(lines[index])
        else:
            kept.append(index)
        seen.add(own)
    found += [lines[index] for index in _quoted(words, kept, headline)]
    return sorted(found, key=lambda line: line.begin_char)


def _is_times(words: tuple[str, ...], headline: tuple[str, ...]) -> bool:
    times, rest = divmod(len(words), len(headline))
    return times > 0 and rest == 0 and words == headline * times


def _quoted(words: Sequence[tuple[str, ...]], kept: Sequence[int], headline: tuple[str, ...]) -> list[int]:
    """Paragraphs nearly all of whose words stand, in their order, in one longer paragraph."""
    holders: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for index in kept:
        for shingle in sorted(_shingles(words[index])):
            holders[shingle].append(index)
    found = []
    for index in kept:
        own = _without(words[index], headline) if index > 0 else ()
        if not MIN_QUOTE_WORDS <= len(own) <= MAX_QUOTE_WORDS:
            continue
        shingles = _shingles(own)
        shared = Counter(holder for shingle in shingles for holder in holders[shingle]
                         if holder > 0 and len(words[holder]) > len(own) and holder != index)
        if shared and max(shared.values()) >= MIN_SHARED * len(shingles):
            found.append(index)
    return found


def _shingles(words: tuple[str, ...]) -> set[tuple[str, ...]]:
    return {words[start:start + SHINGLE_WORDS] for start in range(len(words) - SHINGLE_WORDS + 1)}


def _without(words: tuple[str, ...], headline: tuple[str, ...]) -> tuple[str, ...]:
    """The words without a headline that a teaser ends in."""
    if len(headline) >= 3 and len(words) > len(headline) and words[-len(headline):] == headline:
        return words[:-len(headline)]
    return words
