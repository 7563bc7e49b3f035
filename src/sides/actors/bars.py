"""Where the name of an actor stands and the actor does not: bylines, languages, "anti-Houthi", "London-based"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from sides.actors.surface import Surface
from sides.actors.wordlists import Wordlists

HYPHENS = frozenset(("-", "–", "‑"))
# A language is spoken in, and translated from or into.
TRANSLATING = frozenset(("from", "into"))
LANGUAGE_VERBS = frozenset(("translate", "render", "adapt", "publish", "speak", "say", "write", "conduct", "broadcast",
                            "select", "learn", "teach", "read", "know", "understand"))
CREDIT_REACH_LINES = 5
CREDIT_MAX_TOKENS = 22
SENTENCE_ENDS = frozenset((".", "!", "?", ":", ";"))


def is_barred(surface: Surface, lists: Wordlists, begin: int, end: int) -> bool:
    """Whether a name at these tokens is said of something else: "pro-Serbian", "Brussels-based"."""
    return is_prefixed(surface, lists, begin) or is_suffixed(surface, lists, end) or is_byline(surface, lists, begin)


def is_prefixed(surface: Surface, lists: Wordlists, begin: int) -> bool:
    """Whether "anti-" or the like stands before a name."""
    return (begin > 1 and surface.text[begin - 1] in HYPHENS and surface.lower[begin - 2] in lists.prefixes
            and surface.end_char[begin - 2] == surface.begin_char[begin - 1])


def is_suffixed(surface: Surface, lists: Wordlists, end: int) -> bool:
    """Whether "-based" or the like stands after a name."""
    return (end + 1 < surface.size and surface.text[end] in HYPHENS and surface.lower[end + 1] in lists.suffixes
            and surface.begin_char[end] == surface.end_char[end - 1])


def is_joining(surface: Surface, lists: Wordlists, begin: int, end: int) -> bool:
    """Whether a word is the first half of an adjective of two: "Franco" in "Franco-German talks"."""
    return (end == begin + 1 and end + 1 < surface.size and surface.text[end] in HYPHENS
            and surface.lower[begin] in lists.joining_forms and surface.capital[end + 1])


def is_byline(surface: Surface, lists: Wordlists, begin: int) -> bool:
    """Whether a name is a writer's: "By Saba Wolde" opens a line, or "reporting by" stands before the name."""
    before = begin - 1
    if before < 0 or surface.lower[before] != "by" or surface.sentence[before] != surface.sentence[begin]:
        return False
    if surface.text[before] == "By" and surface.is_sentence_start(before):
        return not any(surface.pos[index] in ("VERB", "AUX") and surface.dep[index] == "ROOT"
                       for index in range(begin, surface.size) if surface.sentence[index] == surface.sentence[begin])
    return before > 0 and surface.lower[before - 1] in lists.bylines and (
        surface.lower[before - 1] in ("reporting", "editing", "photos", "words", "writing", "translation")
        or surface.capital[before - 1])


def credits(surface: Surface, lists: Wordlists) -> Iterator[tuple[int, int]]:
    """The lines that say who wrote the text, where and when: "By Harriet Quennell, Moscow, 16 May 1997".

    They stand at the head of a document, hold a month and a year, and are no sentences.
    """
    text, index = surface.document.text, 0
    for _ in range(CREDIT_REACH_LINES):
        while index < surface.size and not surface.text[index].strip():
            index += 1
        if index >= surface.size:
            return
        stop = text.find("\n", surface.begin_char[index])
        begin, index = index, bisect_left(surface.begin_char, stop if stop >= 0 else len(text))
        words = surface.lower[begin:index]
        if len(words) <= CREDIT_MAX_TOKENS and surface.text[index - 1] not in SENTENCE_ENDS \
                and ("may" in words or not lists.calendar.isdisjoint(words)) and any(map(is_year, words)):
            yield begin, index


def is_year(word: str) -> bool:
    """Whether a word is the number of a year of the twentieth or twenty-first century."""
    return len(word) == 4 and word.isdigit() and word[:2] in ("19", "20")


def is_language(surface: Surface, begin: int, end: int) -> bool:
    """Whether a demonym is a language: "in Arabic", "translated from Bosnian and Serbian"."""
    root = end - 1
    if end - begin > 1 or surface.tag[root] in ("NNS", "NNPS"):
        return False
    dep, head = surface.dep[root], surface.head[root]
    if dep == "pobj" and surface.lower[head] == "in" and begin == head + 1:
        return True
    while dep == "conj" and surface.head[head] != head:
        dep, head = surface.dep[head], surface.head[head]
    if dep != "pobj":
        return False
    word, governor = surface.lower[head], surface.lemma[surface.head[head]]
    return word in TRANSLATING and governor in LANGUAGE_VERBS
