"""What stands in an article but is not the article: kept, marked, not read for claims.

Data, not code, says what it looks like: `data/documents/asides.toml`. A news paragraph that is set aside wrongly costs
claims, so whatever is in doubt is left to be read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from sides.documents.biographies import biographies
from sides.documents.captions import captions
from sides.documents.heading import Heading, read_heading
from sides.documents.lines import Line, lines_of, without_bullet
from sides.documents.repeats import repeated
from sides.documents.tables import table
from sides.model.document import Aside, AsideReason

TAIL_LINES = 12  # the last lines, in which a site speaks for itself; or a fifth of all lines, if that is more
TAIL_SHARE = 0.2
FIRST_TAIL_LINE = 2  # however short the text is: title and first paragraph are the article's
MAX_BLOCK_LINES = 12  # hard-wrapped lines that are matched as one paragraph
MAX_BETWEEN_WORDS = 12  # of a line without a full stop between two lines of the site's own
SENTENCE_ENDS = (".", "!", "?", "”", '"')


@dataclass(frozen=True, slots=True)
class _Rule:
    reason: AsideReason
    is_tail: bool
    max_words: int
    pattern: re.Pattern[str]


def find_asides(text: str, *, author: str | None = None, heading: Heading | None = None,
                known: Iterable[Aside] = ()) -> tuple[Aside, ...]:
    """The stretches of a text that are set aside, in their order, none overlapping another.

    `known` are those that the format itself gives away, like the running heads of a PDF.

    >>> text = "A truce\\n\\nThe talks ended.\\n\\nBoth sides signed.\\n\\nSign up for our weekly newsletter."
    >>> [(text[aside.begin_char:aside.end_char], str(aside.reason)) for aside in find_asides(text)]
    [('Sign up for our weekly newsletter.', 'subscription')]
    """
    heading = heading or read_heading(text)
    lines = lines_of(text)
    blocks = _blocks(lines)
    found = list(known)
    found += [Aside(begin, end, AsideReason.BYLINE) for begin, end in heading.furniture]
    found += _ruled(lines)
    found += _ruled(blocks, lines)
    gone = {aside.begin_char for aside in found}
    found += [Aside(begin, end, AsideReason.AUTHOR_BIOGRAPHY)
              for begin, end in biographies(lines, blocks, author or heading.author, gone)]
    found += [Aside(begin, end, AsideReason.CAPTION) for begin, end in captions(lines)]
    for units in (lines, blocks):
        found += [Aside(line.begin_char, line.end_char, AsideReason.REPEATED)
                  for line in repeated(units, heading.title)]
    found += _between(lines, found)
    return _apart(found)


def outside_asides(text: str, asides: Iterable[Aside]) -> str:
    """The text without what is set aside: what there is to read and to compare.

    >>> outside_asides("Ad. The news.", [Aside(0, 3, AsideReason.BOILERPLATE)])
    ' The news.'
    """
    parts, end = [], 0
    for aside in sorted(asides, key=lambda aside: aside.begin_char):
        parts.append(text[end:max(end, aside.begin_char)])
        end = max(end, aside.end_char)
    return "".join((*parts, text[end:]))


def _apart(asides: Iterable[Aside]) -> tuple[Aside, ...]:
    found: list[Aside] = []
    for aside in sorted(asides, key=lambda aside: (aside.begin_char, -aside.end_char, aside.reason)):
        if aside.begin_char < aside.end_char and (not found or aside.begin_char >= found[-1].end_char):
            found.append(aside)
    return tuple(found)


def _blocks(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Paragraphs of several lines, as one line each: in hard-wrapped text they are what a rule has to see."""
    groups: list[list[Line]] = []
    for line in lines:
        if line.is_after_gap or not groups:
            groups.append([])
        groups[-1].append(line)
    return tuple(Line(group[0].begin_char, group[-1].end_char, " ".join(line.text for line in group), True)
                 for group in groups if 1 < len(group) <= MAX_BLOCK_LINES)


def _tail_begin(lines: Sequence[Line]) -> int:
    """The offset from which on the site may speak for itself."""
    first = max(FIRST_TAIL_LINE, len(lines) - max(TAIL_LINES, int(TAIL_SHARE * len(lines))))
    return lines[first].begin_char if first < len(lines) else lines[-1].end_char if lines else 0


@cache
def _rules() -> tuple[_Rule, ...]:
    return tuple(_Rule(AsideReason(row["reason"]), row["where"] == "tail", row["max_words"],
                       re.compile(row["pattern"], re.I)) for row in table("asides")["line"])


def _ruled(units: Sequence[Line], lines: Sequence[Line] | None = None) -> Iterator[Aside]:
    tail_begin = _tail_begin(lines if lines is not None else units)
    for index, line in enumerate(units):
        if index == 0 and line.begin_char == (lines or units)[0].begin_char:
            continue
        words = without_bullet(line.text).split()
        text, size = " ".join(words), len(words)
        for rule in _rules():
            if size <= rule.max_words and (not rule.is_tail or line.begin_char >= tail_begin) and (
                    rule.pattern.fullmatch(text)):
                yield Aside(line.begin_char, line.end_char, rule.reason)
                break


def _between(lines: Sequence[Line], found: Sequence[Aside]) -> Iterator[Aside]:
    """Short scraps at the end, without a full stop, that stand between two lines of the site's own."""
    own = {aside.begin_char: aside.reason for aside in found
           if aside.reason in (AsideReason.BOILERPLATE, AsideReason.SUBSCRIPTION)}
    begin = _tail_begin(lines)
    places = [index for index, line in enumerate(lines) if line.begin_char in own and line.begin_char >= begin]
    for first, last in pairwise(places):
        scraps = lines[first + 1:last]
        if all(line.words <= MAX_BETWEEN_WORDS and not line.text.endswith(SENTENCE_ENDS) for line in scraps):
            yield from (Aside(line.begin_char, line.end_char, own[lines[first].begin_char]) for line in scraps)
