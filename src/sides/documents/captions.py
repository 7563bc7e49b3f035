"""Captions: set aside where they repeat the text or tell of no two actors; else only who took the picture."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from sides.documents.lines import WORD, Line
from sides.documents.tables import table

MAX_CAPTION_WORDS = 60
MAX_CAPTION_CHARS = 600
MAX_BARE_WORDS = 12
MAX_ALT_WORDS = 3
MIN_REPEATED = 0.85  # share of a caption's words of content that one other paragraph must hold
NAME = re.compile(r"\b[A-ZÀ-ÖØ-Þ][\w’'-]*(?:\s+[A-ZÀ-ÖØ-Þ][\w’'-]*)*")


def captions(lines: Sequence[Line]) -> list[tuple[int, int]]:
    """Begin and end offsets of what captions add nothing by.

    >>> from sides.documents.lines import lines_of
    >>> text = "Talks go on\\n\\nThe envoy of Oman meets the Houthis in Sanaa. [GETTY]\\n\\nThe talks went on."
    >>> [text[begin:end] for begin, end in captions(lines_of(text))]
    ['[GETTY]']
    """
    found: list[tuple[int, int]] = []
    for index, line in enumerate(lines):
        if index == 0 or len(line.text) > MAX_CAPTION_CHARS or line.words > MAX_CAPTION_WORDS:
            continue
        credit = _credit_pattern().search(line.text)
        if credit is None:
            continue
        said = (line.text[:credit.start()] + line.text[credit.end():]).strip()
        others = [other.text for other in lines if other is not line]
        if _tells_nothing(said) or _repeats(said, others):
            found.append((line.begin_char, line.end_char))
        else:
            found.append((line.begin_char + credit.start(), line.begin_char + credit.end()))
        above = lines[index - 1]
        if index > 1 and _is_alternative(above.text):
            found.append((above.begin_char, above.end_char))
    return found


@cache
def _credit_pattern() -> re.Pattern[str]:
    """Who took a picture, in brackets or after a word for it, at the end of a line or as a line of its own."""
    words = table("asides")["caption"]
    agency, credit = words["agencies"], words["credit_word"]
    return re.compile(
        rf"[\[(]\s*(?:{credit}\s*(?:credits?)?\s*(?:[:/]|by|via|courtesy\s+of)?\s*)?(?:[\w.’' -]{{2,40}}\s*[/|,-]\s*)?"
        rf"(?:{agency})(?:\s*(?:[/|,:-]|via|\s)\s*[^\])]{{1,50}})?\s*[\])]\.?$"
        rf"|(?:^|(?<=[.!?)”\"]\s)){credit}\s*(?:credits?)?\s*(?::|by\b|via\b|courtesy\s+of\b)\s*[^.]{{2,60}}\.?$"
        rf"|^[\[(]{credit}\s*:.{{2,200}}[\])]\.?$", re.I)


def _tells_nothing(said: str) -> bool:
    """Whether a caption names at most one actor, and so cannot say how one stands toward another."""
    bare = re.sub(table("asides")["caption"]["place"], " ", said, flags=re.I).strip(" -–—:.,")
    names = [name for name in NAME.findall(bare) if name.casefold() not in _function_words()]
    return len(WORD.findall(bare)) <= MAX_BARE_WORDS and len(names) <= 1 and not re.search(r"\bboth\b|\btwo\b", bare)


def _repeats(said: str, others: Sequence[str]) -> bool:
    words = _content_words(said)
    return bool(words) and any(len(words & _content_words(other)) >= MIN_REPEATED * len(words) for other in others)


def _content_words(text: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in WORD.findall(text)) - _function_words()


def _is_alternative(text: str) -> bool:
    """Whether a line is a picture's alternative text: a few names and nothing else."""
    words = text.split()
    return len(words) <= MAX_ALT_WORDS and all(word[0].isupper() and word.isalpha() for word in words)


@cache
def _function_words() -> frozenset[str]:
    return frozenset(table("languages")["words"]["en"].split())
