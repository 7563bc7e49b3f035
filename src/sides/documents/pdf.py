"""PDF: the text of its pages (pypdf), running heads, feet and page numbers set aside."""

from __future__ import annotations

import io
import re
import struct
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime

from sides.documents.content import Content, Format, FoundDate, said, squeezed, storable
from sides.documents.html import PARSER_FAILURES, quiet
from sides.documents.lines import lines_of
from sides.documents.tables import table
from sides.model.dates import PartialDate
from sides.model.document import Aside, AsideReason
from sides.model.errors import EmptyInput, InputError, MalformedInput

EDGE_LINES = 3  # of a page, at its top and at its bottom, that may be running heads or feet
MIN_PAGES = 3  # with fewer, nothing can be seen to repeat
MIN_SHARE = 0.5  # of the pages that a running head stands on; it may differ on left and right pages
NO_TITLE = re.compile(r"(?:microsoft word\s*-.*|untitled.*|.*\.(?:docx?|pdf|indd|qxd|tex|odt|rtf)|slide \d+|\W*)", re.I)


def read(name: str, content: bytes, *, max_chars: int) -> Iterator[Content | InputError]:
    """The text of a PDF, page after page, each beginning on a new line."""
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, PyPdfError

    try:
        with quiet("pypdf"):
            reader = PdfReader(io.BytesIO(content))
            if reader.is_encrypted and not reader.decrypt(""):
                yield MalformedInput(name, "is protected with a password", "Save a copy without one.")
                return
            pages: list[str] = []
            for page in reader.pages:
                pages.append(storable(page.extract_text()))
                if sum(map(len, pages)) > max_chars:
                    break
            details = dict(reader.metadata or {})
            created = reader.metadata.creation_date if reader.metadata else None
    except DependencyError:
        yield MalformedInput(name, "is protected with a password", "Save a copy without one.")
        return
    except (PyPdfError, struct.error, zlib.error, ImportError, RuntimeError, EOFError, *PARSER_FAILURES) as error:
        reason = " ".join(str(error).split())[:80] or type(error).__name__
        yield MalformedInput(name, f"is a damaged PDF ({reason})", "Open it and save it again, or as plain text.")
        return
    text = "\n".join(pages)
    if not squeezed(text):
        yield EmptyInput(name, f"is a PDF of {len(pages)} page{'s' * (len(pages) != 1)} without text, perhaps scanned",
                         "Run text recognition (OCR) over it first.")
        return
    title = said(str(details.get("/Title") or ""))
    yield Content(
        name=name, format=Format.PDF, text=text, asides=running_heads(pages),
        title=None if title is None or NO_TITLE.fullmatch(title) or squeezed(title) not in squeezed(text) else title,
        dates=_created(created))


def _created(created: datetime | None) -> tuple[FoundDate, ...]:
    """When the file was made: often long after the text was published, so no more than a copy's date."""
    return (FoundDate(PartialDate.of(date(created.year, created.month, created.day)), "modified"),) if created else ()


def running_heads(pages: Sequence[str]) -> tuple[Aside, ...]:
    """Lines that return at the top or bottom of the pages of a text (joined by newlines), and page numbers.

    >>> running_heads(["Brief 7\\nA truce.\\n1", "Brief 7\\nIt holds.\\n2", "Brief 7\\nSo far.\\n3"])[0]
    Aside(begin_char=0, end_char=7, reason=<AsideReason.BOILERPLATE: 'boilerplate'>)
    """
    number = re.compile(table("asides")["pdf"]["page_number"], re.I)
    edges = []
    begin = 0
    for page in pages:
        lines = lines_of(page)
        edges.append([(begin, line) for line in dict.fromkeys((*lines[:EDGE_LINES], *lines[-EDGE_LINES:]))])
        begin += len(page) + 1
    counts = Counter(form for edge in edges for form in {_form(line.text) for _, line in edge})
    needed = max(2, MIN_SHARE * len(pages)) if len(pages) >= MIN_PAGES else float("inf")
    found = []
    seen: set[str] = set()
    for edge in edges:
        for offset, line in edge:
            form = _form(line.text)
            # The first time, a running head of some length may be the title itself.
            is_title = form not in seen and line.words > 3
            seen.add(form)
            is_outermost = line in (edge[0][1], edge[-1][1])
            if (counts[form] >= needed and not is_title) or (
                    len(pages) > 1 and is_outermost and number.fullmatch(line.text)):
                found.append(Aside(offset + line.begin_char, offset + line.end_char, AsideReason.BOILERPLATE))
    return tuple(found)


def _form(line: str) -> str:
    """A line with its numbers taken out: the running head of page 3 is that of page 4."""
    return re.sub(r"\d+", "0", line.casefold())
