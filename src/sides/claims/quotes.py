"""The quotations of a text: where each begins and ends, and which belong to one that goes on over paragraphs.

In a quotation of several paragraphs each paragraph opens with a mark, and only the last one closes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

OPENING = "“„«"
CLOSING = "”»"
STRAIGHT = '"'
OPENING_SINGLE, CLOSING_SINGLE = "‘", "’"
MARK = re.compile(r'[“”„«»"‘’]')
PARAGRAPH = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True)
class Quote:
    """A stretch of quoted text in one paragraph, its marks included.

    `is_open` if the paragraph ends and the quotation does not; `continues` if it began in the paragraph before.
    """

    begin: int
    end: int
    is_open: bool = False
    continues: bool = False


def quotations(text: str, layout: str | None = None) -> list[Quote]:
    """All quotations of a text, in order. `layout`, of the same length, has its line breaks where paragraphs end.

    >>> text = "He wrote: “One.\\n\\n“Two,” and left."
    >>> [(text[quote.begin:quote.end], quote.is_open, quote.continues) for quote in quotations(text)]
    [('“One.', True, False), ('“Two,”', False, True)]
    """
    found: list[Quote] = []
    was_open = False
    for paragraph in PARAGRAPH.finditer(layout if layout is not None else text):
        if not paragraph.group().strip():
            continue
        quotes = _of_paragraph(text, paragraph.start(), paragraph.end(), was_open)
        found += quotes
        was_open = bool(quotes) and quotes[-1].is_open
    return found


def _of_paragraph(text: str, begin: int, end: int, was_open: bool) -> list[Quote]:
    quotes: list[Quote] = []
    start: int | None = None
    opener = ""
    for match in MARK.finditer(text, begin, end):
        at, mark = match.start(), match.group()
        if start is None:
            if _opens(text, at, mark):
                start, opener = at, mark
        elif _closes(text, at, mark, opener):
            quotes.append(Quote(start, at + 1, continues=was_open and not quotes and _leads(text, begin, start)))
            start = None
    if start is not None and opener != OPENING_SINGLE:
        quotes.append(Quote(start, end, is_open=True,
                            continues=was_open and not quotes and _leads(text, begin, start)))
    return quotes


def _leads(text: str, begin: int, start: int) -> bool:
    return not text[begin:start].strip()


def _opens(text: str, at: int, mark: str) -> bool:
    before = text[at - 1] if at else " "
    after = text[at + 1] if at + 1 < len(text) else " "
    if mark in OPENING:
        return True
    if mark in {STRAIGHT, OPENING_SINGLE}:
        return not before.isalnum() and not after.isspace()
    return False


def _closes(text: str, at: int, mark: str, opener: str) -> bool:
    after = text[at + 1] if at + 1 < len(text) else " "
    if opener == OPENING_SINGLE:
        return mark == CLOSING_SINGLE and not after.isalnum()
    if opener == STRAIGHT:
        return mark == STRAIGHT and not (after.isalnum() and text[at - 1].isspace())
    return mark in CLOSING or (mark == STRAIGHT and not after.isalnum())
