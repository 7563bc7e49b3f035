"""Which lines of a document stand around its story and say it again: headline, standfirst, captions, pull quotes.

Told from how the lines stand and from what was set aside when the document was loaded. What is in doubt is taken for
the story itself, which restates nothing.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from importlib.resources import files

from sides.documents.lines import WORD, Line, lines_of, without_bullet
from sides.model.claim_type import ClaimType
from sides.model.document import AsideReason, Document

HEAD_LINES = 8  # in which title, standfirst and summary stand
HEADLINE_WORDS = 30
STANDFIRST_WORDS = 60
STANDFIRST_LINES = 3
STORY_WORDS = 40  # a line as long as this is the story, unless a byline follows
BULLET_WORDS = 45
CAPTION_WORDS = 60
CROSSHEAD_WORDS = 12
PARAGRAPH_WORDS = 20  # of the lines between which a crosshead stands
QUOTE_WORDS = (4, 60)
BULLET = re.compile(r"^\s*(?:[•*·∙●▪■►▶»✓✔➤→]|[-–—](?=\s))\s*\S")
ENDS = re.compile(r"[.!?…:;,][\"'”’)\]]*$")
OPENING, CLOSING = "\"“„«‘", "\"”“»’"


class Frame(IntEnum):
    """What a stretch of text is; of two that say the same, the smaller is the fuller one."""

    STORY = 0
    STANDFIRST = 1
    BULLET = 2
    CAPTION = 3
    QUOTE = 4
    HEADLINE = 5
    CROSSHEAD = 6


@dataclass(frozen=True, slots=True)
class Stretch:
    """A line that frames the story; a crosshead stands over the text up to `until_char`."""

    begin_char: int
    end_char: int
    frame: Frame
    until_char: int | None = None


class Frames:
    """The frames of one document."""

    def __init__(self, document: Document) -> None:
        self._stretches = sorted(_stretches(document), key=lambda one: (one.begin_char, one.frame))
        self._begins = [one.begin_char for one in self._stretches]

    def at(self, place: int) -> Stretch | None:
        """The frame that a character stands in; `None` for the story."""
        index = bisect_right(self._begins, place) - 1
        return self._stretches[index] if index >= 0 and place < self._stretches[index].end_char else None


@cache
def _words_of() -> tuple[frozenset[str], tuple[str, ...], tuple[str, ...]]:
    table = _table()
    openers, inside = (tuple(_listed(table["caption"][part])) for part in ("openers", "inside"))
    return frozenset(_listed(table["summary"]["headings"])), openers, inside


@cache
def near() -> frozenset[tuple[ClaimType, ClaimType]]:
    """The pairs of types, either way round, that may be put for each other."""
    groups = [[ClaimType(name) for name in _listed(group)] for group in _table()["near"]["groups"]]
    return frozenset((one, other) for group in groups for one in group for other in group)


@cache
def plain_words() -> frozenset[str]:
    """Words that do not tell one sentence from another."""
    return frozenset(_listed(_table()["plain"]["words"]))


@cache
def _table() -> dict[str, dict[str, str]]:
    return tomllib.loads((files("sides") / "data" / "lexicon" / "frames.toml").read_text(encoding="utf-8"))


def _listed(listing: str) -> list[str]:
    return [" ".join(word.split()) for word in listing.split(",") if word.strip()]


def _stretches(document: Document) -> Iterator[Stretch]:
    text = document.text
    whole, partial = _set_aside(document)
    lines = [line for line in lines_of(text) if (line.begin_char, line.end_char) not in whole]
    furniture = sorted(begin for begin, _ in whole | partial.keys())
    taken: set[int] = set()
    for found in (_headline(lines, document), _standfirsts(lines, furniture, partial), _bullets(lines),
                  _captions(lines, partial), _quotes(lines), _crossheads(lines)):
        for index, stretch in found:
            if index not in taken and not (stretch.frame is not Frame.HEADLINE and index == 0):
                taken.add(index)
                yield stretch


def _set_aside(document: Document) -> tuple[set[tuple[int, int]], dict[tuple[int, int], AsideReason]]:
    """The lines that are set aside as a whole, and those of which a part is, with the reason."""
    whole: set[tuple[int, int]] = set()
    partial: dict[tuple[int, int], AsideReason] = {}
    asides = sorted(document.asides, key=lambda aside: aside.begin_char)
    place = 0
    for line in lines_of(document.text):
        while place < len(asides) and asides[place].end_char <= line.begin_char:
            place += 1
        for aside in asides[place:place + 4]:
            if aside.begin_char >= line.end_char:
                break
            if aside.begin_char <= line.begin_char and aside.end_char >= line.end_char:
                whole.add((line.begin_char, line.end_char))
            else:
                partial[line.begin_char, line.end_char] = aside.reason
    return whole, partial


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.casefold() for word in WORD.findall(text))


def _stretch(line: Line, frame: Frame, until_char: int | None = None) -> Stretch:
    return Stretch(line.begin_char, line.end_char, frame, until_char)


def _headline(lines: Sequence[Line], document: Document) -> Iterator[tuple[int, Stretch]]:
    """The line that is the document's title, else a first line without a full stop that stands by itself."""
    title = _words(document.title or "")
    for index, line in enumerate(lines[:HEAD_LINES]):
        if title and _words(line.text) == title and len(lines) > 1:
            yield index, _stretch(line, Frame.HEADLINE)
            return
    is_apart = len(lines) > 1 and lines[1].is_after_gap
    if is_apart and lines[0].words <= HEADLINE_WORDS and not _is_sentence(lines[0].text):
        yield 0, _stretch(lines[0], Frame.HEADLINE)


def _is_sentence(text: str) -> bool:
    """Whether a line ends like a sentence of the story; headlines may ask and shout."""
    return bool(ENDS.search(text)) and not re.search(r"[!?…][\"'”’]*$", text)


def _standfirsts(lines: Sequence[Line], furniture: Sequence[int], partial: dict[tuple[int, int], AsideReason],
                 ) -> Iterator[tuple[int, Stretch]]:
    """The lines between the headline and a line of author and date, or those below it that end in no full stop."""
    end = next((index for index, line in enumerate(lines[1:STANDFIRST_LINES + 2], 1)
                if partial.get((line.begin_char, line.end_char)) is AsideReason.BYLINE
                or (index > 1 and bisect_right(furniture, line.begin_char)
                    > bisect_right(furniture, lines[index - 1].begin_char))), 1)
    for index, line in enumerate(lines[1:STANDFIRST_LINES + 1], 1):
        is_above = index < end and line.words <= STANDFIRST_WORDS
        is_bare = (index == 1 and len(lines) > 2 and lines[2].is_after_gap and not ENDS.search(line.text)
                   and CROSSHEAD_WORDS < line.words < STORY_WORDS)
        if (is_above or is_bare) and not BULLET.match(line.text):
            yield index, _stretch(line, Frame.STANDFIRST)
        elif index >= end:
            return


def _bullets(lines: Sequence[Line]) -> Iterator[tuple[int, Stretch]]:
    """Bullets above the story, or under a heading that says that they sum it up; never a single one."""
    headings, _, _ = _words_of()
    run: list[int] = []
    for index in range(len(lines) + 1):
        if index < len(lines) and BULLET.match(lines[index].text) and lines[index].words <= BULLET_WORDS:
            run.append(index)
            continue
        if len(run) > 1:
            above = lines[:run[0]]
            is_summed = bool(above) and without_bullet(above[-1].text).rstrip(":").strip().casefold() in headings
            is_head = 0 < run[0] < HEAD_LINES and all(line.words < STORY_WORDS for line in above) and index < len(lines)
            if is_summed or is_head:
                yield from ((place, _stretch(lines[place], Frame.BULLET)) for place in run)
        run = []


def _captions(lines: Sequence[Line], partial: dict[tuple[int, int], AsideReason]) -> Iterator[tuple[int, Stretch]]:
    """Lines that hold a picture's credit, or that begin or speak as only captions do."""
    _, openers, inside = _words_of()
    for index, line in enumerate(lines):
        if index == 0 or line.words > CAPTION_WORDS:
            continue
        said = line.text.casefold()
        if (partial.get((line.begin_char, line.end_char)) is AsideReason.CAPTION or said.startswith(openers)
                or any(mark in said for mark in inside)):
            yield index, _stretch(line, Frame.CAPTION)


def _quotes(lines: Sequence[Line]) -> Iterator[tuple[int, Stretch]]:
    """Paragraphs that are one quotation and nothing else."""
    for index, line in enumerate(lines):
        text = line.text.lstrip("> ").strip()
        is_alone = line.is_after_gap and (index + 1 == len(lines) or lines[index + 1].is_after_gap)
        if (index and is_alone and QUOTE_WORDS[0] <= line.words <= QUOTE_WORDS[1] and text[:1] in OPENING
                and text[-1:] in CLOSING and not any(mark in text[1:-1] for mark in "\"“”„«»")):
            yield index, _stretch(line, Frame.QUOTE)


def _crossheads(lines: Sequence[Line]) -> Iterator[tuple[int, Stretch]]:
    """Short lines between two paragraphs; each stands over the text up to the next one."""
    found = [index for index, line in enumerate(lines[:-1]) if index and line.is_after_gap
             and lines[index + 1].is_after_gap and line.words <= CROSSHEAD_WORDS and not ENDS.search(line.text)
             and all(other.words >= PARAGRAPH_WORDS and ENDS.search(other.text)
                     for other in (lines[index - 1], lines[index + 1]))]
    for index, after in zip(found, [*found[1:], -1], strict=True) if found else ():
        until = lines[after].begin_char if after > 0 else lines[-1].end_char
        yield index, _stretch(lines[index], Frame.CROSSHEAD, until)
