"""The head of a text: which of its first lines are title, date and author, and which are the story."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from sides.documents.dating import DateLine, date_pattern, parse_date, written_date
from sides.documents.lines import Line, lines_of
from sides.documents.tables import table

HEAD_LINES = 10
TAIL_LINES = 6
STORY_WORDS = 40  # from the first line as long as this on (the first line of all aside) there is only story
DATE_LINE_WORDS = 25
DATE_LINE_CHARS = 300
DATELINE_CHARS = 200  # of a line's start, in which a dateline must stand whole
TITLE_WORDS = 30
SEPARATOR = re.compile(
    r"\s*[|·•∙●]\s*|\s+/\s+|\s+[-–—]{1,2}\s+|(?<=[a-z\d)])\.\s+(?=[A-Z\d])|;\s+|,\s+(?=\d+[\s-]*min)")
WITHIN_PARENTHESES = re.compile(r"^\(([^()]*)\)\.?$")
PARENTHESES = re.compile(r"\([^()]*\)\.?$|^\(|\)$")
PARTICLES = "al|el|bin|ibn|bint|de|del|della|der|van|von|da|di|dos|la|le|abu|ben"
NAME = rf"[A-ZÀ-ÖØ-Þ][\w’'.-]*(?:\s+(?:[A-ZÀ-ÖØ-Þ][\w’'.-]*|{PARTICLES})){{1,4}}"
NAMES = rf"{NAME}(?:,\s+{NAME})*(?:,?\s+(?:and|&)\s+{NAME})?"
BYLINE = re.compile(
    rf"(?:(?:[Ww]ritten|[Rr]eported|[Tt]ext|[Ww]ords|[Ss]tory)\s+)?(?:[Bb]y|BY):?\s+(?P<names>{NAMES})"
    r"(?P<rest>(?:,\s|\s+in\s|\s+for\s).*)?")
DESK_BYLINE = re.compile(
    r"by\s+(?:our|staff|the|a)\s+[\w\s'’-]{3,60}|by\s+[\w\s'’-]{0,30}(?:staff|agencies|desk)", re.I)
PLACE = (r"(?:[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ'’.-]+(?:[ /][A-ZÀ-ÖØ-Þ'’.-]{2,}){0,3}"
         r"|[A-Z][a-zà-ÿ'’-]+(?:[ /][A-Z][a-zà-ÿ'’-]+){0,2})"
         r"(?:,\s+[A-Z][\w.'’-]+(?:\s[A-Z][\w.'’-]+)?)?")


@dataclass(frozen=True, slots=True)
class Heading:
    """What the first lines of a text say about it, and which stretches of them say nothing else.

    `furniture` are begin and end offsets of lines of date, author and reading time, and of datelines.
    """

    title: str | None
    author: str | None
    date: DateLine | None
    furniture: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class _Part:
    """What one part of a line of furniture is. `is_known` if it says nothing but that."""

    is_known: bool
    date: DateLine | None = None
    author: str | None = None


def read_heading(text: str) -> Heading:
    """Read title, author and date off the first lines; a labelled date may also stand in the last ones.

    >>> found = read_heading("A truce\\n\\nBy Ann Lee | 3 March 2014 | 6 min read\\n\\nThe talks ended in Doha today.")
    >>> found.title, found.author, str(found.date.date), len(found.furniture)
    ('A truce', 'Ann Lee', '2014-03-03', 1)
    """
    lines = lines_of(text)
    head = _head(lines)
    dates: list[DateLine] = []
    authors: list[str] = []
    furniture: list[tuple[int, int]] = []
    furnishing: set[int] = set()
    for index, line in enumerate(head):
        parts = read_line(line.text)
        if index == 0 and not any(part.date and part.is_known for part in parts) and len(lines) > 1 and (
                not all(part.is_known for part in parts)):
            parts = [part for part in parts if part.date is not None]
        dates += [part.date for part in parts if part.date is not None]
        authors += [part.author for part in parts if part.author is not None]
        if parts and all(part.is_known for part in parts):
            furnishing.add(index)
            if any(part.date or part.author for part in parts) or not _is_kicker(line.text):
                furniture.append((line.begin_char, line.end_char))
            continue
        if any(part.date is not None for part in parts):
            furnishing.add(index)
        dateline = dateline_pattern().match(line.text[:DATELINE_CHARS])
        if dateline and (dateline.group("dated") or dateline.group("agency")):
            furniture.append((line.begin_char, line.begin_char + dateline.end()))
            written = re.search(date_pattern(), dateline.group(), re.I)
            date = written_date(written) if written else None
            if date is not None:
                dates.append(DateLine(date))
    for line in lines[max(len(head), len(lines) - TAIL_LINES):]:
        dates += [part.date for part in read_line(line.text)
                  if part.is_known and part.date is not None and part.date.label == "published"]
    return Heading(_title(head, lines, furnishing), "; ".join(dict.fromkeys(authors)) or None, _best(dates),
                   tuple(sorted(furniture)))


def _head(lines: Sequence[Line]) -> Sequence[Line]:
    for index, line in enumerate(lines[:HEAD_LINES]):
        if index > 0 and line.words >= STORY_WORDS:
            return lines[:index + 1]
    return lines[:HEAD_LINES]


def _best(dates: Sequence[DateLine]) -> DateLine | None:
    """The date that is labelled as that of publication, else the first without a label, else that of an update."""
    order = {"published": 0, None: 1, "updated": 2}
    return min(dates, key=lambda date: order[date.label], default=None)


def _title(head: Sequence[Line], lines: Sequence[Line], furnishing: set[int]) -> str | None:
    for index, line in enumerate(head):
        if index in furnishing or len(lines) <= index + 1:
            continue
        text = re.sub(r"^#{1,6}\s+|\s+#+$", "", line.text)
        if line.words > TITLE_WORDS or (text.endswith((".", ":", ",", ";")) and not text.endswith("...")):
            return None
        return text
    return None


def read_line(line: str) -> list[_Part]:
    """What each part of a line is, if it may be a line about the publication; nothing for a line of the story.

    >>> [str(part.date.date) for part in read_line("Levant Quarterly, 20 July 2024") if part.date]
    ['2024-07-20']
    >>> read_line("Two centuries of staying out of alliances ended on 24 February 2022.")[0].date is None
    True
    """
    words = line.split()
    text = " ".join(words).strip("[]*_ ")
    if not text or len(words) > DATE_LINE_WORDS or len(text) > DATE_LINE_CHARS:
        return []
    return [_part(part) for part in SEPARATOR.split(text) if part.strip()]


def _part(text: str) -> _Part:
    text = text.strip().strip("*_ ").rstrip(":,")
    text = PARENTHESES.sub("", WITHIN_PARENTHESES.sub(r"\1", text)).strip().rstrip(",")
    byline = BYLINE.fullmatch(text)
    if byline:
        inner = re.search(rf",\s+({date_pattern()})$", byline.group("rest") or "", re.I)
        date = parse_date(inner.group(1)) if inner else None
        return _Part(True, DateLine(date) if date else None, byline.group("names"))
    if DESK_BYLINE.fullmatch(text.rstrip(".")) or _known_pattern().fullmatch(text.rstrip(".")) or _is_kicker(text):
        return _Part(True)
    found = _dated_pattern().fullmatch(text.rstrip("."))
    if found is None:
        return _Part(False)
    date = parse_date(found.group("date"))
    if date is None:
        return _Part(False)
    label = "published" if found.group("published") else "updated" if found.group("updated") else None
    before = found.group("before")
    if before and not (label or found.group("period")):
        words = before.split()
        if text.endswith(".") or len(words) > 10 or any(len(word) > 3 and word[0].islower() for word in words):
            return _Part(False)
    return _Part(not before or _is_kicker(before), DateLine(date, label))


def _is_kicker(text: str) -> bool:
    return re.fullmatch(table("dates")["furniture"]["kicker"], text.strip(" .:"), re.I) is not None


@cache
def _known_pattern() -> re.Pattern[str]:
    """A part that says something about the publication, and no date: a time, a weekday, how long it takes to read."""
    words = table("dates")["furniture"]
    time = rf"(?:{words['time']})(?:\s*(?:{words['zone']}))?"
    parts = (words["reading_time"], time, words["weekday"], words["number"], words["zone"],
             rf"(?:{words['published']}|{words['updated']}):?(?:\s+(?:{time}))?")
    return re.compile("|".join(f"(?:{part})" for part in parts), re.I)


@cache
def _dated_pattern() -> re.Pattern[str]:
    """A part that holds a date, with what may stand around it."""
    words = table("dates")["furniture"]
    groups = re.sub(r"\?P<\w+>", "?:", date_pattern())
    time = rf"(?:{words['time']})(?:\s*(?:{words['zone']}))?"
    return re.compile(
        rf"(?:(?P<before>[^.!?]{{2,100}}?),\s+)??"
        rf"(?:(?:(?P<published>{words['published']})|(?P<updated>{words['updated']})|(?P<period>{words['period']}))"
        rf"(?:\s+(?:on|at|in))?:?\s+)?"
        rf"(?:(?:{time}),?\s+)?(?:on\s+)?(?:(?:{words['weekday']}),?\s+)?(?P<date>{groups})"
        rf"(?:,?\s+(?:at\s+)?(?:{time})|\s+(?:{words['zone']}))?", re.I)


@cache
def dateline_pattern() -> re.Pattern[str]:
    """How wire copy begins: place, perhaps a date, perhaps the agency in parentheses, and a dash.

    >>> dateline_pattern().match("LA PAZ, July 2, 2024 (Altiplano Wire) - Bolivia on Monday").group()
    'LA PAZ, July 2, 2024 (Altiplano Wire) -'
    >>> dateline_pattern().match("Moscow (AFP) – The talks").group("agency")
    'AFP'
    """
    months = "|".join(sorted(table("dates")["months"], key=lambda month: (-len(month), month)))
    full = re.sub(r"\?P<\w+>", "?:", date_pattern())
    partial = rf"(?:{months})\.?\s+\d{{1,2}}|\d{{1,2}}\s+(?:{months})\.?"
    return re.compile(rf"(?P<place>{PLACE})(?:,?\s+(?P<dated>(?i:{full}|{partial})))?,?"
                      r"(?:\s*\((?P<agency>[A-Z][\w &'’./-]{1,40})\))?\s*[-–—]{1,2}(?=\s|$)")
