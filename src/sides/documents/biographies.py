"""Paragraphs at the end of a text that introduce its writer."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sides.documents.heading import NAME
from sides.documents.lines import Line, without_bullet
from sides.documents.tables import table

LATE_SHARE = 0.5  # of the text, after which a writer may be introduced
MAX_CHARS = 3000  # of a biography
MAX_WORDS_TO_POST = 14  # "is a Beirut-based senior non-resident ... fellow"
PRONOUN_START = re.compile(r"(?:he|she|they|his|her|their|follow\s+(?:him|her|them))\b", re.I)


@dataclass(frozen=True, slots=True)
class _Patterns:
    """What a biography, its heading, and one of a person not known to be the writer look like."""

    known: re.Pattern[str]
    heading: re.Pattern[str]
    stranger: re.Pattern[str]


def biographies(lines: Sequence[Line], blocks: Sequence[Line], author: str | None,
                gone: Collection[int]) -> Iterator[tuple[int, int]]:
    """Begin and end offsets of what introduces the writer.

    `blocks` are paragraphs of several lines; `gone` are offsets of lines that are set aside already. Where no author is
    known, only the last paragraph may introduce one, and only a person of whom the story does not speak.

    >>> from sides.documents.lines import lines_of
    >>> text = "The truce holds. " * 9 + "\\n\\nAnn Lee is a journalist based in Doha.\\n\\nShe covers the Gulf."
    >>> [text[begin:end] for begin, end in biographies(lines_of(text), (), None, ())]
    ['Ann Lee is a journalist based in Doha.', 'She covers the Gulf.']
    """
    patterns = _patterns(author)
    paragraphs = {block.begin_char: block for block in blocks}
    story_end = _story_end(lines, gone)
    is_below_heading = is_below_biography = False
    until = 0
    late = LATE_SHARE * lines[-1].end_char if lines else 0
    for index, line in enumerate(lines):
        if line.begin_char < max(late, until) or len(line.text) > MAX_CHARS:
            continue
        text = without_bullet(line.text)
        if patterns.heading.fullmatch(text):
            yield line.begin_char, line.end_char
            is_below_heading = True
            continue
        paragraph = paragraphs.get(line.begin_char, line)
        whole = without_bullet(paragraph.text)
        stranger = patterns.stranger.fullmatch(whole) if author is None and line.begin_char >= story_end else None
        if is_below_heading or patterns.known.fullmatch(whole) or (
                is_below_biography and PRONOUN_START.match(text)) or (
                stranger and not _is_told_of(stranger.group("name"), lines[:index])):
            yield paragraph.begin_char, paragraph.end_char
            until = paragraph.end_char
            is_below_heading, is_below_biography = False, True
        elif line.begin_char not in gone:
            is_below_biography = False


def _patterns(author: str | None) -> _Patterns:
    words: Mapping[str, str] = table("asides")["biography"]
    authors = [name for name in re.split(r"\s*[;,&]\s*|\s+and\s+", author or "") if name]
    by_name = "|".join(re.escape(name) for name in authors)
    verbs, posts = words["verbs"], words["posts"]
    post_only = r"(?:[\w’'-]+\s+){0,6}"
    up_to_post = rf"(?:\s+[^\s.]+){{0,{MAX_WORDS_TO_POST}}}?"
    return _Patterns(
        known=re.compile(rf"(?:{by_name}),?\s+(?:{verbs}\b.*|{post_only}{posts}s?\.?)" if by_name else r"(?!)",
                         re.I | re.S),
        heading=re.compile(rf"(?i:{words['heading']})|(?i:about)\s+(?:{by_name or NAME})\s*:?"),
        stranger=re.compile(rf"(?P<name>{NAME}),?\s+{verbs}\b{up_to_post}\s+(?i:{posts})s?\b.*", re.S))


def _story_end(lines: Sequence[Line], gone: Collection[int]) -> int:
    """The offset of the last line that the story may end with, short lines about the same person below it aside."""
    for line in reversed(lines):
        if line.begin_char not in gone and not PRONOUN_START.match(without_bullet(line.text)):
            return line.begin_char
    return 0


def _is_told_of(name: str, above: Sequence[Line]) -> bool:
    """Whether the story speaks of the person: then a sentence about them is part of it."""
    surname = name.split()[-1]
    return any(surname in line.text for line in above)
